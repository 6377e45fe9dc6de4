import { Prisma } from '@prisma/client'
import { outcomePromptMonths } from '../../appointment/rules'
import { addMonths, civilOf, instantOf, isoWeekday, type CivilDate } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { day } from '../../shared/duration'
import { rowsOf } from '../../shared/prepared.server'
import { freshDays } from '../rules'
import { holdFigures } from './hold.sql.server'

/** The services whose figures may change: all of them, in their order. */
export async function servicesCounted(ctx: Context): Promise<number[]> {
  const services = await ctx.tx.organization.findMany({ select: { id: true }, orderBy: { id: 'asc' } })
  return services.map(({ id }) => id)
}

const cell = Prisma.sql`organization_id, place_id, type_code, month, referent_id, reminder, outcome`
const sums = Prisma.sql`appointments, texts_sent, texts_received, parts_sent`

/**
 * Counts the appointments of a service again, until some days ago: later ones are counted as they are read. Only cells
 * that changed are written, in one transaction: a page reads the old figures or the new ones. Each night the months of
 * which outcomes are still asked for; older ones, where little changes, one night a week, not the same for all services.
 */
export async function refreshFigures(ctx: Context, organizationId: number): Promise<void> {
  await holdFigures(ctx, organizationId)
  const [service] = await rowsOf<{ timeZone: string; countedUntil: Date | null }>(
    ctx,
    Prisma.sql`
      SELECT o.time_zone AS "timeZone", n.counted_until AS "countedUntil"
        FROM organization o LEFT JOIN reporting.service_night n ON n.organization_id = o.id
       WHERE o.id = ${organizationId}`,
  )
  if (!service) return
  const { timeZone, countedUntil } = service
  const today = civilOf(ctx.now, timeZone).date
  const isWhole = countedUntil === null || isoWeekday(today) % 7 === organizationId % 7
  const since = isWhole ? firstMonth : monthsOpen(today, civilOf(countedUntil, timeZone).date)
  const until = new Date(ctx.now.getTime() - freshDays * day)
  await rowsOf(
    ctx,
    Prisma.sql`
      WITH now_counted AS MATERIALIZED (
        SELECT ${cell}, sum(appointments)::int AS appointments, sum(texts_sent)::int AS texts_sent,
               sum(texts_received)::int AS texts_received, sum(parts_sent)::int AS parts_sent
          FROM (SELECT ${cell}, 1 AS appointments, texts_sent, texts_received, parts_sent
                  FROM reporting.live_appointment
                 WHERE organization_id = ${organizationId}
                   AND starts_at >= ${instantOf(since, '00:00', timeZone)}::timestamptz AND starts_at <= ${until}::timestamptz
                UNION ALL
                SELECT e.organization_id, e.place_id, e.type_code, e.month, agent.id, e.reminder, e.outcome,
                       e.appointments, e.texts_sent, e.texts_received, e.parts_sent
                  FROM reporting.erased_appointment e
                  LEFT JOIN agent ON agent.id = e.referent_id
                 WHERE e.organization_id = ${organizationId} AND e.month >= ${since}::date) AS counted
         GROUP BY ${cell}),
      emptied AS (
        DELETE FROM reporting.nightly_appointment_count past
         WHERE past.organization_id = ${organizationId} AND past.month >= ${since}::date
           AND NOT EXISTS (
             SELECT 1 FROM now_counted
              WHERE now_counted.month = past.month AND now_counted.place_id = past.place_id
                AND now_counted.type_code = past.type_code AND now_counted.reminder = past.reminder
                AND now_counted.outcome = past.outcome
                AND coalesce(now_counted.referent_id, 0) = coalesce(past.referent_id, 0))),
      noted AS (
        INSERT INTO reporting.service_night AS night (organization_id, counted_until, computed_at)
        VALUES (${organizationId}, ${until}::timestamptz, ${ctx.now}::timestamptz)
        ON CONFLICT (organization_id) DO UPDATE
           SET counted_until = excluded.counted_until, computed_at = excluded.computed_at)
      INSERT INTO reporting.nightly_appointment_count AS past (${cell}, ${sums})
      SELECT ${cell}, ${sums} FROM now_counted
      ON CONFLICT (organization_id, month, place_id, type_code, referent_id, reminder, outcome) DO UPDATE
         SET appointments = excluded.appointments, texts_sent = excluded.texts_sent,
             texts_received = excluded.texts_received, parts_sent = excluded.parts_sent
       WHERE (past.appointments, past.texts_sent, past.texts_received, past.parts_sent)
             IS DISTINCT FROM
             (excluded.appointments, excluded.texts_sent, excluded.texts_received, excluded.parts_sent)`,
  )
}

/** Before any appointment. */
const firstMonth: CivilDate = '1970-01-01'

/** The first of the month from which outcomes are still asked for, or from which nothing was counted yet. */
const monthsOpen = (today: CivilDate, counted: CivilDate): CivilDate =>
  [addMonths(today, -outcomePromptMonths), counted].map((date) => `${date.slice(0, 7)}-01`).sort()[0] ?? today

/**
 * Adds the services up, once each is counted, and what is later than their count: a page of the whole country reads a
 * few thousand lines.
 */
export async function refreshNationalFigures(ctx: Context): Promise<void> {
  await rowsOf(
    ctx,
    Prisma.sql`
      WITH now_counted AS MATERIALIZED (
        SELECT month, type_code, reminder, outcome, sum(appointments)::int AS appointments,
               sum(texts_sent)::int AS texts_sent, sum(texts_received)::int AS texts_received,
               sum(parts_sent)::int AS parts_sent
          FROM (SELECT month, type_code, reminder, outcome, ${sums}
                  FROM reporting.nightly_appointment_count JOIN reporting.service_night USING (organization_id)
                UNION ALL
                SELECT month, type_code, reminder, outcome, 1, texts_sent, texts_received, parts_sent
                  FROM reporting.live_appointment live JOIN reporting.service_night night USING (organization_id)
                 WHERE starts_at > night.counted_until AND starts_at <= ${ctx.now}::timestamptz
                   -- Their index finds them: few of millions are so late.
                   AND starts_at > (SELECT min(counted_until) FROM reporting.service_night)) AS counted
         GROUP BY month, type_code, reminder, outcome),
      emptied AS (
        DELETE FROM reporting.national_count past
         WHERE NOT EXISTS (
           SELECT 1 FROM now_counted
            WHERE now_counted.month = past.month AND now_counted.type_code = past.type_code
              AND now_counted.reminder = past.reminder AND now_counted.outcome = past.outcome))
      INSERT INTO reporting.national_count (month, type_code, reminder, outcome, ${sums}, computed_at)
      SELECT month, type_code, reminder, outcome, ${sums}, ${ctx.now}::timestamptz FROM now_counted
      ON CONFLICT (month, type_code, reminder, outcome) DO UPDATE
         SET appointments = excluded.appointments, texts_sent = excluded.texts_sent,
             texts_received = excluded.texts_received, parts_sent = excluded.parts_sent,
             computed_at = excluded.computed_at`,
  )
}
