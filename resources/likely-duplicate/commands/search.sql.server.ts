import { Prisma } from '@prisma/client'
import type { Context } from '../../shared/context'
import { rowsOf } from '../../shared/prepared.server'

/**
 * Records that may be of one person, for a country, without comparing each with each: only those that share a key (a
 * birth and the sound of a name, a name and most of a birth, the end of a number) are compared. A part at a time,
 * each its own short transaction: the births of half a year, the names of a few letters, the phones, the APPI numbers.
 */
export type Part =
  | { by: 'birth'; from: string; to: string }
  | { by: 'names'; from: string; to: string | null }
  | { by: 'phone' }
  | { by: 'appiNumber' }

/** More under one key than this are strangers who share it (a name of many, 1 January): they say nothing. */
const mostUnderOneKey = 100

/** Two records are proposed from here on. */
const leastScore = 60

/** Where parts of names begin: what begins by one letter is cut in five, a tenth of a country being too much at once. */
const beginnings = [...'abcdefghijklmnopqrstuvwxyz'].flatMap((letter) =>
  ['', 'e', 'i', 'o', 's'].map((next) => letter + next),
)

/** All the parts of a country whose oldest was born in 1900. */
export const partsOf = (now: Date): Part[] => [
  ...Array.from({ length: now.getUTCFullYear() - 1900 + 1 }, (_, index) => 1900 + index).flatMap((year) => [
    { by: 'birth' as const, from: `${year}-01-01`, to: `${year}-07-01` },
    { by: 'birth' as const, from: `${year}-07-01`, to: `${year + 1}-01-01` },
  ]),
  { by: 'names', from: '', to: 'a' },
  ...beginnings.map((from, index) => ({
    by: 'names' as const,
    from,
    // Every script comes after "z".
    to: beginnings[index + 1] ?? null,
  })),
  { by: 'phone' },
  { by: 'appiNumber' },
]

/** Under which keys each record of a part is looked for. */
function keysSql(part: Part): Prisma.Sql {
  if (part.by === 'birth')
    return Prisma.sql`
      SELECT p.id, p.date_of_birth || '/' || sound AS key
        FROM probationer p, unnest(ARRAY[sound_of(p.last_name), sound_of(p.first_name)]) AS sound
       WHERE p.date_of_birth >= ${part.from}::date AND p.date_of_birth < ${part.to}::date`
  if (part.by === 'phone')
    return Prisma.sql`SELECT p.id, right(p.phone, 9) AS key FROM probationer p WHERE p.phone IS NOT NULL`
  if (part.by === 'appiNumber')
    return Prisma.sql`SELECT p.id, ${appiDigits(Prisma.sql`p`)} AS key FROM probationer p WHERE p.appi_number IS NOT NULL`
  // Of a birth mistyped, two of the three parts are right, or day and month changed places.
  return Prisma.sql`
    SELECT p.id, names || key AS key
      FROM (SELECT id, names, birth, bool_or(birth IS NULL) OVER (PARTITION BY names) AS "oneWithout"
              FROM (SELECT id, fold_text(last_name) || '/' || fold_text(first_name) || '/' AS names, date_of_birth AS birth
                      FROM probationer
                     WHERE fold_text(last_name) >= ${part.from}::text
                       AND ${part.to === null ? Prisma.sql`true` : Prisma.sql`fold_text(last_name) < ${part.to}::text`}) AS named
           ) AS p,
           unnest(ARRAY[CASE WHEN "oneWithout" THEN '?' END, to_char(birth, '"ym"YYYYMM'), to_char(birth, '"yd"YYYYDD'),
                        to_char(birth, '"md"MMDD'),
                        to_char(birth, 'YYYY') || least(to_char(birth, 'MM'), to_char(birth, 'DD'))
                                              || greatest(to_char(birth, 'MM'), to_char(birth, 'DD'))]) AS key
     WHERE key IS NOT NULL`
}

const appiDigits = (person: Prisma.Sql) => Prisma.sql`regexp_replace(${person}.appi_number, '\\D', '', 'g')`

/** What two records `p` and `q` have alike. */
const likenessesSql = Prisma.sql`
  array_remove(ARRAY[
    CASE WHEN ${appiDigits(Prisma.sql`p`)} = ${appiDigits(Prisma.sql`q`)} THEN 'same_appi_number' END,
    CASE WHEN right(p.phone, 9) = right(q.phone, 9) THEN 'same_number' END,
    CASE WHEN p.search_text = q.search_text THEN 'same_names'
         WHEN (fold_text(p.last_name), fold_text(p.first_name)) = (fold_text(q.first_name), fold_text(q.last_name))
         THEN 'swapped_names'
         WHEN (sound_of(p.last_name), sound_of(p.first_name)) IN (
                (sound_of(q.last_name), sound_of(q.first_name)), (sound_of(q.first_name), sound_of(q.last_name)))
         THEN 'names_sound_alike'
         WHEN similarity(p.search_text, q.search_text) >= 0.5 THEN 'names_spelt_alike' END,
    CASE WHEN p.date_of_birth = q.date_of_birth THEN 'same_birth'
         WHEN p.date_of_birth IS NULL OR q.date_of_birth IS NULL THEN 'birth_missing'
         WHEN (to_char(p.date_of_birth, 'YYYYMM') = to_char(q.date_of_birth, 'YYYYMM'))::int
            + (to_char(p.date_of_birth, 'YYYYDD') = to_char(q.date_of_birth, 'YYYYDD'))::int
            + (to_char(p.date_of_birth, 'MMDD') = to_char(q.date_of_birth, 'MMDD'))::int > 0
           OR to_char(p.date_of_birth, 'YYYYMMDD') = to_char(q.date_of_birth, 'YYYYDDMM') THEN 'birth_nearly_same' END,
    CASE WHEN p.following_organization_ids && q.following_organization_ids THEN 'same_service' END,
    CASE WHEN ${appiDigits(Prisma.sql`p`)} <> ${appiDigits(Prisma.sql`q`)} THEN 'different_appi_numbers' END
  ], NULL)::likeness[]`

/** How much each likeness says: two records of one person have several. */
const worth = {
  same_appi_number: 60,
  same_number: 40,
  same_names: 45,
  swapped_names: 40,
  names_sound_alike: 35,
  names_spelt_alike: 25,
  same_birth: 35,
  birth_nearly_same: 10,
  birth_missing: 5,
  same_service: 10,
  // APPI gives a number a file, and sometimes a person has two files.
  different_appi_numbers: -15,
}

const scoreSql = Prisma.sql`
  (SELECT sum(CASE likeness ${Prisma.join(
    Object.entries(worth).map(
      ([likeness, points]) => Prisma.sql`WHEN ${likeness}::likeness THEN ${points}::int`,
    ),
    ' ',
  )} END)::int FROM unnest(likenesses) AS likeness)`

/** Proposes the pairs of one part; a pair that is known, dismissed or not, is only seen again. @returns how many. */
export async function searchPart(ctx: Context, part: Part, startedAt: Date): Promise<number> {
  const found = await rowsOf(
    ctx,
    Prisma.sql`
      INSERT INTO likely_duplicate (first_id, second_id, score, likenesses, found_at)
      SELECT first_id, second_id, least(score, 100), likenesses, ${startedAt}::timestamptz
        FROM (WITH key AS MATERIALIZED (${keysSql(part)}),
                   alike AS MATERIALIZED (
                     SELECT array_agg(id) AS ids FROM key GROUP BY key.key
                     HAVING count(*) BETWEEN 2 AND ${mostUnderOneKey}::int),
                   pair AS MATERIALIZED (
                     SELECT DISTINCT one.id AS first_id, other.id AS second_id
                       FROM alike, unnest(ids) AS one (id), unnest(ids) AS other (id)
                      WHERE one.id < other.id)
              SELECT pair.*, likenesses, ${scoreSql} AS score
                FROM pair
                JOIN probationer p ON p.id = pair.first_id
                JOIN probationer q ON q.id = pair.second_id
               CROSS JOIN LATERAL (SELECT ${likenessesSql} AS likenesses) AS compared) AS scored
       WHERE score >= ${leastScore}::int
          ON CONFLICT (first_id, second_id) DO UPDATE
         SET score = excluded.score, likenesses = excluded.likenesses,
             -- Of two searches at once, the one that began first takes nothing from what the other saw.
             found_at = greatest(likely_duplicate.found_at, excluded.found_at)
      RETURNING id`,
  )
  return found.length
}

/** Pairs that the search did not find again are alike no more; what was said of two persons is remembered. */
export const forgetOthers = (ctx: Context, startedAt: Date): Promise<unknown> =>
  rowsOf(
    ctx,
    Prisma.sql`DELETE FROM likely_duplicate WHERE found_at < ${startedAt} AND dismissed_at IS NULL RETURNING id`,
  )
