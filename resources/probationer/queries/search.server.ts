import { Prisma } from '@prisma/client'
import type { AgentActor } from '../../shared/actor'
import { civilOf, type CivilDate } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { fold, plainDigits, trigramText } from '../../shared/fold'
import { parseTypedBirthDate } from '../../shared/french'
import { normalizePhone } from '../../shared/phone'
import { organizationsReached } from '../policy'
import { firstPersons, type ListedPerson } from './list.sql.server'

/** What an agent typed in one field: names, a date of birth, a phone in any spelling, an APPI number. */
export interface SearchTerms {
  words: string[]
  dateOfBirth: CivilDate | null
  phone: string | null
  /** Digits that are neither a whole phone nor a date: the start of an APPI number, a piece of a phone. */
  digits: string | null
  /** The same digits read as a birth, where they may be one: "12041991". */
  digitsAsBirth: CivilDate | null
}

/** What is looked for: no name needs more, and each number of words makes a statement of its own. */
const mostWords = 6
/** PostgreSQL indexes no word of 2 kB, and a letter that is not ASCII is written in six. */
const mostLetters = 100

/** A day by its numbers, which is no part of a longer number: 06.01.02.03.04 is a phone. */
const birth = /(?<!\d\s?[/.-]\s?|\d)\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{2,4}(?!\s?[/.-]\s?\d|\d)/

export function parseSearch(text: string, departmentCode: string, today: CivilDate): SearchTerms {
  const wanted: SearchTerms = { words: [], dateOfBirth: null, phone: null, digits: null, digitsAsBirth: null }
  let rest = plainDigits(text).replace(birth, (date) => {
    wanted.dateOfBirth = parseTypedBirthDate(date, today)
    return wanted.dateOfBirth ? ' ' : date
  })
  rest = rest.replace(/\+?\d[\d\s.()/-]{2,}[A-Za-z]?(?![\p{L}\d])/u, (number) => {
    const compact = number.replace(/[\s.()/-]/g, '')
    wanted.phone = compact.length >= 9 ? normalizePhone(compact, departmentCode) : null
    if (/^\d{6}(\d{2})?$/.test(compact)) wanted.digitsAsBirth = parseTypedBirthDate(compact, today)
    wanted.digits = wanted.phone ? null : compact.replace(/^(\+|0)+/, '').toUpperCase()
    return ' '
  })
  wanted.words = fold(rest)
    .split(' ')
    .filter(Boolean)
    .slice(0, mostWords)
    .map((word) => word.slice(0, mostLetters))
  return wanted
}

/** The conditions of what is wanted; null when nothing is: nobody answers to "!!!". */
export function matchSql({ words, ...wanted }: SearchTerms): Prisma.Sql | null {
  const conditions = [
    // Of one or two letters, only the start of a name is looked for: the index knows nothing shorter.
    ...words
      .map(trigramText)
      .map((word) => Prisma.sql`p.search_text LIKE ${`%${word.length < 3 ? ' ' : ''}${word}%`}`),
    ...besideNames(wanted),
  ]
  return conditions.length > 0 ? Prisma.join(conditions, ' AND ') : null
}

/**
 * The same, where each word begins one of a name, for persons whom these organizations follow. What begins by one
 * or two letters is half of a service: where a longer word is typed too, it is found first.
 */
function beginningSql({ words, ...wanted }: SearchTerms, organizations: readonly number[]): Prisma.Sql {
  const typed = words.map(trigramText)
  const long = typed.filter((word) => word.length >= 3)
  const looked = long.length > 0 ? long : typed
  const others = typed.filter((word) => !looked.includes(word))
  const ofEach = organizations.map(
    (service) => `(${looked.map((word) => `'${service}/${word}':*`).join(' & ')})`,
  )
  const conditions = [
    Prisma.sql`words_of_services(p.following_organization_ids, p.search_text) @@ ${ofEach.join(' | ')}::tsquery`,
    // Said to be true: no index is asked for it.
    Prisma.sql`(p.search_text LIKE ALL (${others.map((word) => `% ${word}%`)}::text[])) IS TRUE`,
    ...besideNames(wanted),
  ]
  return Prisma.join(conditions, ' AND ')
}

function besideNames({
  dateOfBirth,
  phone,
  digits,
  digitsAsBirth,
}: Omit<SearchTerms, 'words'>): Prisma.Sql[] {
  return [
    // Few are born on a day: PostgreSQL would read all that a service follows beside them.
    ...(dateOfBirth
      ? [Prisma.sql`p.id IN (SELECT id FROM probationer WHERE date_of_birth = ${dateOfBirth}::date)`]
      : []),
    ...(phone ? [Prisma.sql`p.phone = ${phone}`] : []),
    ...(digits
      ? [
          Prisma.sql`(p.appi_number LIKE ${`${digits}%`} OR p.phone LIKE ${`%${digits}%`}
            ${digitsAsBirth ? Prisma.sql`OR p.date_of_birth = ${digitsAsBirth}::date` : Prisma.empty})`,
        ]
      : []),
  ]
}

/** The first persons, in the order of their names, whose last name begins so: few of each service. */
function lastNameBeginsSql(word: string, organizations: readonly number[], most: number): Prisma.Sql {
  const beginning = ` ${trigramText(word)}`
  // "~" comes after every letter that a name is folded to.
  return Prisma.sql`p.id = ANY (ARRAY(
    SELECT f.probationer_id
      FROM unnest(${[...organizations]}::int[]) AS service (id)
     CROSS JOIN LATERAL (
       SELECT probationer_id FROM following
        WHERE organization_id = service.id AND NOT archived
          AND search_text >= ${beginning} AND search_text < ${`${beginning}~`}
        ORDER BY search_text, probationer_id LIMIT ${most}) AS f))`
}

/**
 * How well the names answer, best lowest. For each word: the whole beginning of the last name, its beginning,
 * another whole word of it, the beginning of one, a whole first name, the beginning of one, then inside a last
 * name, inside a first: "ali" is ALI before EL ALI, before Ali, before KHALIL.
 */
const rankSql = (words: readonly string[]): Prisma.Sql => Prisma.sql`(
  SELECT coalesce(sum(CASE
           WHEN p.search_text LIKE ' ' || word || ' %' THEN 0
           WHEN p.search_text LIKE ' ' || word || '%' THEN 1
           WHEN p.search_text LIKE '% ' || word || ' %/%' THEN 2
           WHEN p.search_text LIKE '% ' || word || '%/%' THEN 3
           WHEN p.search_text LIKE '%/% ' || word || ' %' THEN 4
           WHEN p.search_text LIKE '%/% ' || word || '%' THEN 5
           WHEN p.search_text LIKE '%' || word || '%/%' THEN 6
           ELSE 7 END), 0)
    FROM unnest(${words.map(trigramText)}::text[]) AS word)`

/** Few are born on a day, and a number is one person's. */
const hasFew = ({ dateOfBirth, phone }: SearchTerms): boolean => dateOfBirth !== null || phone !== null

/**
 * The first persons of the jurisdiction that answer what is typed, best first: of one word, those whose last
 * name begins so; when they are too few, those whose names begin so; when there are none, those whose names hold it; when there are none either, the nearest spellings.
 */
export async function findProbationers(
  ctx: Context<AgentActor>,
  text: string,
  limit: number,
): Promise<ListedPerson[]> {
  const { organization } = ctx.actor
  const today = civilOf(ctx.now, organization.timeZone).date
  const wanted = parseSearch(text, organization.departmentCode, today)
  const where = matchSql(wanted)
  if (!where) return []
  const order = Prisma.sql`p.archived_at IS NOT NULL, ${rankSql(wanted.words)}, p.search_text COLLATE "C", p.id`
  const organizations = organizationsReached(ctx.actor, 'list')
  const begins = wanted.words.length > 0 && organizations !== null && organizations.length > 0
  if (begins) {
    const [word, ...others] = wanted.words
    const isName = !hasFew(wanted) && wanted.digits === null && others.length === 0
    const first =
      isName && word !== undefined
        ? await firstPersons(ctx, {
            where: lastNameBeginsSql(word, organizations, limit),
            order,
            limit,
            narrow: true,
          })
        : []
    if (first.length === limit) return first
    const begun = await firstPersons(ctx, {
      where: beginningSql(wanted, organizations),
      order,
      limit,
      narrow: true,
    })
    if (begun.length > 0) return begun
  }
  const name = wanted.words.join(' ')
  // Nearness is counted in letters of the Latin alphabet.
  const hasNear = /^[a-z0-9 ]{4,}$/.test(name)
  // Among several words, a piece of a name is near enough to be found as a spelling is.
  const readsPieces = !begins || wanted.words.length === 1 || hasFew(wanted) || !hasNear
  const found = readsPieces ? await firstPersons(ctx, { where, order, limit, narrow: hasFew(wanted) }) : []
  if (found.length > 0 || !hasNear) return found
  return firstPersons(ctx, {
    where: Prisma.join([Prisma.sql`${name} <% p.search_text`, ...besideNames(wanted)], ' AND '),
    order: Prisma.sql`${name} <<-> p.search_text, p.id`,
    limit,
  })
}
