import { prisma } from '../../resources/shared/db.server'
import { fold } from '../../resources/shared/fold'

// Where a person is in the database: asked of its catalogue, so that a table made tomorrow is looked at too.

export interface Sought {
  lastName: string
  firstName: string
  /** In E.164, those they had before too. */
  phones: string[]
  appiNumber: string
}

interface Column {
  table: string
  column: string
  type: string
}

/** Every column of every table of ours: of PostgreSQL's own, statistics hold samples that ANALYZE makes again. */
const columns = () => prisma.$queryRaw<Column[]>`
  SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS "table", quote_ident(a.attname) AS "column",
         format_type(a.atttypid, NULL) AS type
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
   WHERE c.relkind IN ('r', 'p', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
   ORDER BY 1, a.attnum`

/** Words of a name, folded; numbers by their last nine digits, whatever is between them. */
function pieces({ lastName, firstName, phones, appiNumber }: Sought) {
  return {
    words: [lastName, firstName].flatMap((name) => fold(name).split(/[^a-z0-9]+/)).filter(Boolean),
    digits: [...phones.map((phone) => phone.slice(-9)), appiNumber.replace(/\D/g, '')],
  }
}

/** `schema.table.column` of each place where a piece of the person is: text, JSON, arrays, bytes, all as text. */
export async function tracesOf(person: Sought): Promise<string[]> {
  const { words, digits } = pieces(person)
  const found: string[] = []
  for (const { table, column, type } of await columns()) {
    const text = type === 'bytea' ? `encode(${column}, 'escape')` : `${column}::text`
    const [row] = await prisma.$queryRawUnsafe<{ there: boolean }[]>(
      `SELECT EXISTS (
         SELECT 1 FROM ${table}
          WHERE EXISTS (SELECT 1 FROM unnest($1::text[]) AS word WHERE fold_text(${text}) LIKE '%' || word || '%')
             OR EXISTS (SELECT 1 FROM unnest($2::text[]) AS number
                         WHERE regexp_replace(${text}, '[^0-9]', '', 'g') LIKE '%' || number || '%')) AS there`,
      words,
      digits,
    )
    if (row?.there) found.push(`${table}.${column}`)
  }
  return found
}

interface Link {
  /** The table that refers, and by which column. */
  table: string
  column: string
  /** The table referred to. */
  to: string
}

/** The foreign keys that lead to a person, from one table to the next. */
const linksToPersons = () => prisma.$queryRaw<Link[]>`
  WITH RECURSIVE key AS (
    SELECT c.conrelid, c.confrelid, a.attname
      FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
     WHERE c.contype = 'f' AND cardinality(c.conkey) = 1 AND c.conrelid <> c.confrelid AND c.confdeltype = 'c'),
  leads (conrelid, confrelid, attname) AS (
    SELECT * FROM key WHERE confrelid = 'probationer'::regclass
    UNION SELECT key.* FROM key JOIN leads ON key.confrelid = leads.conrelid)
  SELECT conrelid::regclass::text AS "table", attname::text AS "column", confrelid::regclass::text AS "to" FROM leads`

/** A condition on the rows of a table that are a person's, however far. */
function theirRows(links: readonly Link[], table: string, id: number): string {
  if (table === 'probationer') return `id = ${id}`
  return links
    .filter((link) => link.table === table)
    .map(({ column, to }) => `${column} IN (SELECT id FROM ${to} WHERE ${theirRows(links, to, id)})`)
    .join(' OR ')
}

/** How many rows of each table that leads to persons are this one's. */
export async function rowsOfPerson(id: number): Promise<Record<string, number>> {
  const links = await linksToPersons()
  const counts: Record<string, number> = {}
  for (const table of new Set(links.map((link) => link.table))) {
    const [row] = await prisma.$queryRawUnsafe<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM ${table} WHERE ${theirRows(links, table, id)}`,
    )
    counts[table] = row?.count ?? 0
  }
  return counts
}

/**
 * Tables with words that no foreign key links to a person. Each either holds none of a person, for a reason that the
 * test says, or is furnished by it: a new one is met here.
 */
export async function unlinkedTablesWithWords(): Promise<string[]> {
  const linked = new Set((await linksToPersons()).map(({ table }) => table))
  const wordy = (await columns()).filter(({ type }) => /^(text|character|json|bytea)/.test(type))
  return [...new Set(wordy.map(({ table }) => table))].filter(
    (table) => table !== 'public.probationer' && !linked.has(table.replace(/^public\./, '')),
  )
}
