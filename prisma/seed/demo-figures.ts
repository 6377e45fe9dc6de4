import type { SystemActor } from '../../resources/shared/actor'
import { addMonths, civilOf } from '../../resources/shared/civil-time'
import { prisma } from '../../resources/shared/db.server'
import {
  refreshFigures,
  refreshNationalFigures,
  servicesCounted,
} from '../../resources/reporting/commands/refresh.sql.server'

const months = 15

const reminders = [
  // How often, and how much more or less is missed then.
  { kind: 'received', weight: 68, missed: 0.8 },
  { kind: 'unacknowledged', weight: 7, missed: 1.2 },
  { kind: 'not_received', weight: 6, missed: 1.5 },
  { kind: 'no_mobile', weight: 10, missed: 1.6 },
  { kind: 'opted_out', weight: 4, missed: 1.3 },
  { kind: 'none', weight: 5, missed: 1.1 },
]
const types = {
  probation_service: [
    { code: 'probation_follow_up', weight: 55, missed: 0.9 },
    { code: 'first_probation_follow_up', weight: 15, missed: 1.4 },
    { code: 'hearing_exit_probation', weight: 12, missed: 1.5 },
    { code: 'phone_appointment', weight: 10, missed: 0.5 },
    { code: 'article_741_1', weight: 8, missed: 1.1 },
  ],
  court: [
    { code: 'sentence_judge_follow_up', weight: 60, missed: 0.9 },
    { code: 'hearing_exit_sentence_judge', weight: 40, missed: 1.3 },
  ],
}

/**
 * What persons who are erased by now counted for, month after month, so that the figures of the demonstration say
 * something; then the count of a night.
 */
export async function fillFigures(
  services: readonly {
    id: number
    kind: keyof typeof types
    placeId: number
    timeZone: string
    aMonth: number
  }[],
): Promise<void> {
  const chance = dice(92)
  for (const { id, kind, placeId, timeZone, aMonth } of services) {
    const agents = await prisma.agent.findMany({
      where: { organizationId: id, role: 'probation_counsellor' },
      select: { id: true },
      orderBy: { id: 'asc' },
    })
    const referents = [...agents.map((agent) => agent.id), null]
    const thisMonth = `${civilOf(new Date(), timeZone).date.slice(0, 7)}-01`
    const rows = Array.from({ length: months }, (_, index) => index + 1).flatMap((ago) =>
      Array.from({ length: aMonth }, () => {
        const type = drawn(types[kind], chance())
        const reminder = drawn(reminders, chance())
        // One in five was missed when the service began, less and less since.
        const missed = (0.12 + 0.006 * ago) * type.missed * reminder.missed
        const fate = chance()
        const outcome =
          fate < missed ? 'missed' : fate < missed + 0.05 ? 'excused' : fate > 0.985 ? 'booked' : 'attended'
        const left = ['received', 'unacknowledged', 'not_received'].includes(reminder.kind)
        return {
          month: addMonths(thisMonth, -ago),
          type_code: type.code,
          reminder: reminder.kind,
          outcome,
          referent_id: referents[Math.floor(chance() * referents.length)] ?? null,
          texts_sent: left ? 1 : 0,
          texts_received: reminder.kind === 'received' ? 1 : 0,
          parts_sent: left ? 2 - Number(chance() < 0.1) : 0,
        }
      }),
    )
    await prisma.$executeRaw`
      INSERT INTO reporting.erased_appointment
             (organization_id, place_id, type_code, month, referent_id, reminder, outcome,
              appointments, texts_sent, texts_received, parts_sent)
      SELECT ${id}::int, ${placeId}::int, type_code, month, referent_id, reminder, outcome,
             count(*), sum(texts_sent), sum(texts_received), sum(parts_sent)
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          AS r (month date, type_code text, reminder reporting.reminder, outcome appointment_state, referent_id int,
                texts_sent int, texts_received int, parts_sent int)
       GROUP BY type_code, month, referent_id, reminder, outcome`
  }
  const ctx = { actor: night, now: new Date() }
  await prisma.$transaction(async (tx) => {
    for (const id of await servicesCounted({ ...ctx, tx })) await refreshFigures({ ...ctx, tx }, id)
    await refreshNationalFigures({ ...ctx, tx })
  }, longTransaction)
}

const night: SystemActor = { kind: 'system', task: 'seed' }
const longTransaction = { maxWait: 10_000, timeout: 120_000 }

/** The same draws each time. */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

function drawn<One extends { weight: number }>(choices: readonly One[], chance: number): One {
  let left = chance * choices.reduce((sum, { weight }) => sum + weight, 0)
  for (const one of choices) {
    left -= one.weight
    if (left < 0) return one
  }
  throw new Error('A chance is under one')
}
