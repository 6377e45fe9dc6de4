import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { appointmentTypes } from '../../../resources/appointment-type/catalogue'
import { bookAppointment } from '../../../resources/appointment/commands/book.server'
import { bookGroup } from '../../../resources/appointment/commands/book-group.server'
import {
  cancelAppointment,
  recordOutcome,
  undoOutcome,
} from '../../../resources/appointment/commands/settle.server'
import { mayConvokeGroups } from '../../../resources/appointment/policy'
import { earlierGroups, groupForm, groupMembers } from '../../../resources/appointment/queries/group.server'
import { isCollective } from '../../../resources/appointment/rules'
import { refusalOf, type RefusalAnswer } from '../../../resources/refusals'
import type { AgentActor } from '../../../resources/shared/actor'
import type { Context } from '../../../resources/shared/context'
import { prisma } from '../../../resources/shared/db.server'
import { Forbidden, NotFound } from '../../../resources/shared/errors'
import { rolesOf } from '../../../resources/shared/rights'
import { agent } from '../../support/actors'
import { aCountry, actAt, anAgent, aPerson, aService, monday, type AService } from '../../support/world'

let country: Awaited<ReturnType<typeof aCountry>>
let counsellor: AgentActor
beforeAll(async () => {
  country = await aCountry()
  await receivesGroups(country.spip)
})
beforeEach(async () => {
  counsellor = await anAgent(country.spip, 'probation_counsellor')
})

const receivesGroups = (service: AService) =>
  prisma.placeAppointmentType.createMany({
    data: ['group_session', 'course'].map((typeCode) => ({ placeId: service.placeId, typeCode })),
  })

const people = (many: number, service: { id: number } = country.spip) =>
  Promise.all(Array.from({ length: many }, () => aPerson([service])))
const idsOf = (persons: readonly { id: number }[]) => persons.map(({ id }) => id)

interface Said {
  service?: AService
  actor?: AgentActor
  now?: Date
  keeps?: readonly number[]
}
/** How many statements an act of the counsellor sends, by Prisma or by itself. */
async function statementsOf(work: Parameters<typeof actAt<unknown>>[2]): Promise<number> {
  let sent = 0
  const counting = <T extends object>(counted: T): T =>
    new Proxy(counted, {
      get(target, name) {
        const found: unknown = Reflect.get(target, name)
        if (typeof found !== 'function')
          return typeof found === 'object' && found !== null ? counting(found) : found
        return (...given: unknown[]) => {
          sent++
          return (found as (...given: unknown[]) => unknown).apply(target, given)
        }
      },
    })
  await actAt(counsellor, monday, (ctx) => work({ ...ctx, tx: counting(ctx.tx) }))
  return sent
}

/** An hour of their own for each test: the day is one, the place too. */
let hour = 6
const anHour = () =>
  `${String(6 + (++hour % 14)).padStart(2, '0')}:${String((hour * 7) % 60).padStart(2, '0')}`

const input = (
  probationerIds: readonly number[],
  more: Partial<Parameters<typeof bookGroup>[1]> = {},
  { service = country.spip, keeps = [] }: Said = {},
) => ({
  ...{ typeCode: 'group_session' as const, placeId: service.placeId, date: '2026-10-13', time: anHour() },
  ...{ inform: 'now' as const, requestKey: randomUUID() },
  persons: probationerIds.map((probationerId) => ({
    probationerId,
    keepOverlap: keeps.includes(probationerId),
  })),
  ...more,
})
const convoke = (
  probationerIds: readonly number[],
  more: Partial<Parameters<typeof bookGroup>[1]> = {},
  said: Said = {},
) =>
  actAt(said.actor ?? counsellor, said.now ?? monday, (ctx) =>
    bookGroup(ctx, input(probationerIds, more, said)),
  )
const refusal = async (act: Promise<unknown>): Promise<RefusalAnswer | null> =>
  refusalOf(
    await act.then(
      () => null,
      (error: unknown) => error,
    ),
  )
const appointmentsOf = (probationerIds: readonly number[]) =>
  prisma.appointment.findMany({
    where: { probationerId: { in: [...probationerIds] } },
    include: { slot: true, messages: true, historyEntries: true },
    orderBy: [{ probationerId: 'asc' }, { id: 'asc' }],
  })

describe('a group convoked to one session', () => {
  it('is twelve appointments in one hour of twelve seats, each with its SMS, its history and its trace', async () => {
    const persons = await people(12)
    const made = await convoke(idsOf(persons), { time: '14:00' })
    expect(made).toMatchObject({ date: '2026-10-13', time: '14:00' })
    const appointments = await appointmentsOf(idsOf(persons))
    expect(new Set(appointments.map(({ id }) => id))).toEqual(new Set(made.appointments.map(({ id }) => id)))
    expect(new Set(appointments.map(({ slotId }) => slotId)).size).toBe(1)
    expect(appointments[0]?.slot).toMatchObject({
      ...{ capacity: 12, seatsTaken: 12, startTime: '14:00', agendaId: country.spip.agendaId },
    })
    for (const one of appointments) {
      expect(one).toMatchObject({ state: 'booked', agentId: counsellor.id, bookedById: counsellor.id })
      expect(one.messages.map(({ kind }) => kind).sort()).toEqual(['reminder', 'summons'])
      expect(one.messages.every(({ probationerId }) => probationerId === one.probationerId)).toBe(true)
      expect(one.historyEntries).toMatchObject([
        {
          ...{ event: 'appointment.booked', probationerId: one.probationerId },
          data: { date: '2026-10-13', time: '14:00', typeCode: 'group_session', inform: 'now' },
        },
      ])
    }
    expect(appointments.flatMap(({ messages }) => messages)).toHaveLength(24)
    const traces = await prisma.auditEntry.findMany({
      where: { agentId: counsellor.id, action: 'create', subject: 'appointment' },
    })
    expect(new Set(traces.map((trace) => `${trace.subjectId} ${trace.probationerId}`))).toEqual(
      new Set(appointments.map((one) => `${one.id} ${one.probationerId}`)),
    )
    const jobs = await prisma.$queryRaw<object[]>`
      SELECT 1 FROM graphile_worker.jobs
       WHERE key = ANY (${appointments.flatMap(({ messages }) => messages.map(({ id }) => `message:${id}`))})`
    expect(jobs).toHaveLength(24)
  })

  it('costs as many statements for forty as for one', async () => {
    const [one, forty] = [await people(1), await people(40)]
    const costOf = (persons: readonly { id: number }[]) =>
      statementsOf((ctx) => bookGroup(ctx, input(idsOf(persons))))
    const cost = await costOf(one)
    expect(await costOf(forty)).toBe(cost)
    expect(cost).toBeLessThanOrEqual(15)
    expect(await refusal(convoke(idsOf([...one, ...forty])))).toMatchObject({
      status: 400,
      fieldErrors: { persons: '40 personnes au plus à la fois.' },
    })
  })

  it('keeps who cannot receive SMS: convoked, and told by paper', async () => {
    const [silent, told] = [await aPerson([country.spip], { smsOptOut: true }), await aPerson([country.spip])]
    await convoke([silent.id, told.id], { inform: 'reminder_only' })
    const [first, second] = await appointmentsOf([silent.id, told.id])
    expect(first?.messages).toEqual([])
    expect(first?.historyEntries[0]?.data).toMatchObject({ inform: null })
    expect(second?.messages.map(({ kind }) => kind)).toEqual(['reminder'])
    expect(await refusal(convoke([silent.id, told.id], { inform: null }))).toMatchObject({
      fieldErrors: { inform: expect.any(String) as string },
    })
    // Nobody to be told: the question is not asked.
    await convoke([silent.id], { inform: null })
  })

  it('of the same person named twice convokes them once', async () => {
    const [person] = idsOf(await people(1))
    expect((await convoke([person ?? 0, person ?? 0])).appointments).toHaveLength(1)
  })
})

describe('all of them, or nobody', () => {
  it('who cannot come is named with the reason, each on their line, and nothing is written', async () => {
    const time = '10:20'
    const [fine, expected] = await people(2)
    const archived = await aPerson([country.spip], { archivedAt: monday })
    const limited = await aPerson([country.spip], { limitedAt: monday })
    const claimed = await aPerson([country.spip])
    await prisma.divestment.create({
      data: {
        ...{ probationerId: claimed.id, targetOrganizationId: country.foreign.id, state: 'pending' },
        destinationOrganizationIds: [country.foreign.id],
      },
    })
    const incomplete = await aPerson([country.spip], { phone: null })
    const elsewhere = await aPerson([country.foreign])
    const ofBranch = await aPerson([country.branch, country.court])
    if (!fine || !expected) throw new Error('nobody')
    await convoke([expected.id], { time })

    const all = idsOf([fine, expected, archived, limited, claimed, incomplete, elsewhere, ofBranch])
    const before = await prisma.appointment.count()
    const slots = await prisma.slot.count()
    const answer = await refusal(convoke([...all, 999_999_999], { time }))
    expect(answer?.status).toBe(400)
    const sentenceOf = (id: number) => answer?.fieldErrors[`persons.${id}`]
    expect(sentenceOf(fine.id)).toBeUndefined()
    expect(sentenceOf(expected.id)).toMatch(/déjà convoquée à cette heure/)
    expect(sentenceOf(archived.id)).toMatch(/archivée/)
    expect(sentenceOf(limited.id)).toMatch(/limitée/)
    expect(sentenceOf(claimed.id)).toMatch(/dessaisissement/)
    expect(sentenceOf(incomplete.id)).toMatch(/à compléter/)
    // Of another jurisdiction as of nobody: the same words.
    expect(sentenceOf(elsewhere.id)).toMatch(/introuvable/)
    expect(sentenceOf(999_999_999)).toBe(sentenceOf(elsewhere.id))
    expect(sentenceOf(ofBranch.id)).toMatch(/pas celui d’un service qui suit la personne/)
    expect(await prisma.appointment.count()).toBe(before)
    expect(await prisma.slot.count()).toBe(slots)
  })

  it('who is expected elsewhere then may be kept, one by one', async () => {
    const [one, two] = idsOf(await people(2))
    if (!one || !two) throw new Error('nobody')
    for (const probationerId of [one, two])
      await actAt(counsellor, monday, (ctx) =>
        bookAppointment(ctx, {
          ...{ probationerId, typeCode: 'probation_follow_up', placeId: country.spip.placeId },
          ...{ date: '2026-10-14', time: '09:00', inform: 'reminder_only' },
        }),
      )
    const session = { date: '2026-10-14', time: '09:10' }
    const answer = await refusal(convoke([one, two], session, { keeps: [one] }))
    expect(Object.keys(answer?.fieldErrors ?? {})).toEqual([`persons.${two}`])
    expect(answer?.fieldErrors[`persons.${two}`]).toMatch(/SPIP de Nanterre, 9\sh\s00/)
    expect((await convoke([one, two], session, { keeps: [one, two] })).appointments).toHaveLength(2)
  })

  it('the moment and the place are those of any appointment: day off, holiday, past, closed, forged', async () => {
    const [person] = idsOf(await people(1))
    const why = async (more: Partial<Parameters<typeof bookGroup>[1]>, said: Said = {}) =>
      (await refusal(convoke([person ?? 0], more, said)))?.fieldErrors
    expect(await why({ date: '2026-10-17' })).toMatchObject({
      date: expect.stringMatching(/samedi/) as string,
    })
    expect(await why({ date: '2026-11-11' })).toMatchObject({
      date: expect.stringMatching(/férié/) as string,
    })
    expect(await why({ date: '2026-10-01' })).toMatchObject({
      date: expect.stringMatching(/passée/) as string,
    })
    expect(await why({ time: '22:00' })).toMatchObject({
      time: expect.stringMatching(/6 h et 21 h/) as string,
    })
    expect(await why({ date: null, time: null })).toMatchObject({
      ...{ date: expect.any(String) as string, time: expect.any(String) as string },
    })
    const closed = await prisma.closure.create({
      data: {
        ...{ organizationId: country.spip.id, agendaId: country.spip.agendaId, reason: 'travaux' },
        ...{ firstDate: new Date('2026-10-28'), lastDate: new Date('2026-10-28') },
      },
    })
    expect(await why({ date: '2026-10-28' })).toMatchObject({
      date: expect.stringMatching(/Fermeture/) as string,
    })
    await prisma.closure.delete({ where: { id: closed.id } })
    expect(await why({ agendaId: country.foreign.agendaId })).toMatchObject({
      agendaId: expect.any(String) as string,
    })
    await expect(convoke([person ?? 0], {}, { service: country.foreign })).rejects.toThrow(NotFound)
    // A place that receives no group.
    expect(
      await why({}, { service: country.branch, actor: await anAgent(country.branch, 'local_admin') }),
    ).toBeDefined()
  })

  it('an hour is that of the place, on both sides of a change of clock', async () => {
    const [person, other] = idsOf(await people(2))
    await convoke([person ?? 0], { date: '2026-10-23', time: '10:00' })
    await convoke([other ?? 0], { date: '2026-10-26', time: '10:00' })
    const startOf = async (id = 0) => (await appointmentsOf([id]))[0]?.startsAt.toISOString()
    expect(await startOf(person)).toBe('2026-10-23T08:00:00.000Z')
    expect(await startOf(other)).toBe('2026-10-26T09:00:00.000Z')
    const cayenne = await aService('SPIP de Cayenne', 'probation_service', {
      ...{ departmentCode: '973', timeZone: 'America/Cayenne' },
    })
    await receivesGroups(cayenne)
    const [far] = idsOf(await people(1, cayenne))
    const rosalie = await anAgent(cayenne, 'probation_secretary')
    await convoke([far ?? 0], { time: '09:00' }, { service: cayenne, actor: rosalie })
    expect((await appointmentsOf([far ?? 0]))[0]).toMatchObject({
      ...{ startsAt: new Date('2026-10-13T12:00:00Z'), agentId: null },
    })
  })
})

describe('a form sent twice', () => {
  it('books once, at the same instant or later, and gives the first answer', async () => {
    const persons = idsOf(await people(3))
    const asked = input(persons)
    const once = () => actAt(counsellor, monday, (ctx) => bookGroup(ctx, asked))
    const [one, two] = await Promise.all([once(), once()])
    expect(two).toEqual(one)
    expect(await once()).toEqual(one)
    expect(await appointmentsOf(persons)).toHaveLength(3)
  })

  it('changed since, is told what was recorded', async () => {
    const [first, second] = await people(2)
    const asked = input([first?.id ?? 0])
    await actAt(counsellor, monday, (ctx) => bookGroup(ctx, asked))
    const changed = { ...asked, persons: [{ probationerId: second?.id ?? 0 }] }
    expect(await refusal(actAt(counsellor, monday, (ctx) => bookGroup(ctx, changed)))).toMatchObject({
      code: 'appointment.already_booked',
    })
    expect(await appointmentsOf([second?.id ?? 0])).toEqual([])
  })
})

describe('a session', () => {
  it('is joined later: the same hour, as many more seats', async () => {
    const [early, late] = [idsOf(await people(3)), idsOf(await people(2))]
    const session = { date: '2026-10-15', time: '09:30' }
    await convoke(early, session)
    await convoke(late, session)
    const appointments = await appointmentsOf([...early, ...late])
    expect(new Set(appointments.map(({ slotId }) => slotId)).size).toBe(1)
    expect(appointments[0]?.slot).toMatchObject({ capacity: 5, seatsTaken: 5 })
  })

  it('lasts what the form says, half an hour without it; whoever joins stays as long', async () => {
    const [usual, long, late] = [idsOf(await people(1)), idsOf(await people(1)), idsOf(await people(1))]
    const session = { date: '2026-10-29', time: '14:00', durationMinutes: 120 as const }
    const durationOf = async (ids: readonly number[]) =>
      (await appointmentsOf(ids)).map(({ slot }) => slot.durationMinutes)
    await convoke(usual, { ...session, time: '09:00', durationMinutes: undefined })
    await convoke(long, session)
    await convoke(late, { ...session, durationMinutes: 30 })
    expect(await durationOf(usual)).toEqual([30])
    expect(await durationOf([...long, ...late])).toEqual([120, 120])
    for (const durationMinutes of [20, 0, -30, 121, '30', null])
      expect(
        await refusal(convoke(usual, { ...session, durationMinutes: durationMinutes as 30 })),
      ).toMatchObject({ status: 400, fieldErrors: { durationMinutes: expect.any(String) as string } })
  })

  it('that lasts two hours overlaps what comes an hour later; one that is joined too', async () => {
    const [person = 0, other = 0] = idsOf(await people(2))
    const later = { date: '2026-10-30', time: '15:00', durationMinutes: 30 as const }
    await convoke([person], later)
    const session = { date: later.date, time: '14:00' }
    const why = async (durationMinutes: 60 | 120) =>
      (await refusal(convoke([person], { ...session, durationMinutes })))?.fieldErrors[`persons.${person}`]
    expect(await why(120)).toMatch(/SPIP de Nanterre, 15\sh\s00/)
    const said = await actAt(counsellor, monday, (ctx) =>
      groupMembers(ctx, {
        ...{ typeCode: 'group_session', placeId: country.spip.placeId, probationerIds: [person] },
        ...session,
        durationMinutes: 120,
      }),
    )
    expect(said[0]?.why).toMatchObject({ mayKeep: true })
    await convoke([other], { ...session, durationMinutes: 120 })
    expect(await why(60)).toMatch(/SPIP de Nanterre, 15\sh\s00/)
  })

  it('two agents convoke to at once is one, and nobody is there twice', async () => {
    const other = await anAgent(country.spip, 'probation_counsellor')
    const session = { date: '2026-10-16', time: '09:30' }
    const [mine, theirs, both] = [idsOf(await people(2)), idsOf(await people(2)), idsOf(await people(1))]
    const [one, two] = await Promise.all([convoke(mine, session), convoke(theirs, session, { actor: other })])
    expect(one.appointments.length + two.appointments.length).toBe(4)
    const appointments = await appointmentsOf([...mine, ...theirs])
    expect(new Set(appointments.map(({ slotId }) => slotId)).size).toBe(1)
    expect(appointments[0]?.slot).toMatchObject({ capacity: 4, seatsTaken: 4 })
    const ends = await Promise.allSettled([
      convoke(both, { ...session, time: '11:30' }),
      convoke(both, { ...session, time: '11:30' }, { actor: other }),
    ])
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await appointmentsOf(both)).toHaveLength(1)
  })

  it('gives a seat back and takes it again, whoever joined meanwhile', async () => {
    const persons = idsOf(await people(2))
    const session = { date: '2026-10-20', time: '09:30' }
    const { appointments } = await convoke(persons, session)
    const [first, second] = appointments
    const act = <T>(work: Parameters<typeof actAt<T>>[2]) => actAt(counsellor, monday, work)
    await act((ctx) => recordOutcome(ctx, { appointmentId: first?.id ?? 0, outcome: 'excused' }))
    await act((ctx) => cancelAppointment(ctx, { appointmentId: second?.id ?? 0 }))
    await convoke(idsOf(await people(1)), session)
    await act((ctx) => undoOutcome(ctx, { appointmentId: first?.id ?? 0 }))
    const slot = await prisma.slot.findFirstOrThrow({
      where: { appointments: { some: { id: first?.id ?? 0 } } },
    })
    expect(slot).toMatchObject({ seatsTaken: 2, capacity: 3 })
  })

  it('is found again with its group, but who was cancelled, for who may convoke them', async () => {
    const service = await aService('SPIP de Sceaux', 'probation_service')
    await receivesGroups(service)
    const director = await anAgent(service, 'probation_director')
    const persons = await people(3, service)
    const { appointments } = await convoke(
      idsOf(persons),
      { date: '2026-10-20', time: '10:00' },
      {
        ...{ service, actor: director },
      },
    )
    await convoke(
      idsOf(await people(1, service)),
      { date: '2026-10-21', time: '11:00' },
      { service, actor: director },
    )
    await actAt(director, monday, (ctx) =>
      cancelAppointment(ctx, {
        appointmentId: appointments.find((one) => one.probationerId === persons[0]?.id)?.id ?? 0,
      }),
    )
    const sessions = await actAt(director, monday, (ctx) =>
      earlierGroups(ctx, { typeCode: 'course', placeId: service.placeId, agendaId: service.agendaId }),
    )
    expect(sessions).toMatchObject([
      { date: '2026-10-20', time: '10:00', typeCode: 'group_session', expected: 2 },
    ])
    expect(sessions[0]?.people.map(({ id }) => id).sort()).toEqual(idsOf(persons.slice(1)).sort())
    // Somebody alone at the hour that is typed is no group to convoke again, but a session to join.
    const typed = await actAt(director, monday, (ctx) =>
      earlierGroups(ctx, {
        ...{ typeCode: 'course', placeId: service.placeId, agendaId: service.agendaId },
        ...{ date: '2026-10-21', time: '11:00' },
      }),
    )
    expect(typed.map(({ date, expected }) => ({ date, expected }))).toEqual([
      { date: '2026-10-21', expected: 1 },
      { date: '2026-10-20', expected: 2 },
    ])
    const forged = { typeCode: 'course', placeId: service.placeId, agendaId: service.agendaId } as const
    await expect(actAt(counsellor, monday, (ctx) => earlierGroups(ctx, forged))).rejects.toThrow(NotFound)
  })
})

describe('the page', () => {
  it('says of each person what would keep them, in one reading, and of others nothing', async () => {
    const [fine, busy, foreign] = [
      await aPerson([country.spip], { smsOptOut: true }),
      await aPerson([country.spip]),
      await aPerson([country.foreign]),
    ]
    await convoke([busy.id], { date: '2026-10-22', time: '09:00' })
    const reading = (time: string | null) => (ctx: Context<AgentActor>) =>
      groupMembers(ctx, {
        ...{ typeCode: 'group_session' as const, placeId: country.spip.placeId },
        ...{ date: '2026-10-22', time, probationerIds: [fine.id, busy.id, foreign.id] },
      })
    const asked = (time: string | null) => actAt(counsellor, monday, reading(time))
    const lines = await asked('09:10')
    expect(lines.map(({ id }) => id).sort()).toEqual([fine.id, busy.id].sort())
    expect(lines.find(({ id }) => id === fine.id)).toMatchObject({ why: null, unreachable: 'opted_out' })
    expect(lines.find(({ id }) => id === busy.id)?.why).toMatchObject({ mayKeep: true })
    expect((await asked(null)).every(({ why }) => why === null)).toBe(true)
    // The day they have is told in muted words, but what the refusal names.
    const sameDayOf = async (time: string | null) =>
      (await asked(time)).map(({ id, sameDay }) => [id, sameDay.map((one) => `${one.time} ${one.placeName}`)])
    expect(await sameDayOf('09:10')).toContainEqual([busy.id, []])
    for (const time of [null, '15:00'])
      expect(await sameDayOf(time)).toEqual(
        expect.arrayContaining([
          [busy.id, ['09:00 SPIP de Nanterre']],
          [fine.id, []],
        ]),
      )
    expect(await statementsOf(reading('09:10'))).toBe(1)
  })

  it('offers action collective and stage, to the places that receive for them', async () => {
    const form = await actAt(counsellor, monday, (ctx) => groupForm(ctx, {}))
    expect(form.types.map(({ code }) => code)).toEqual(['course', 'group_session'])
    expect(form.places.map(({ id }) => id)).toEqual([country.spip.placeId])
    expect(form.usualTypeCode).toBe('group_session')
  })

  it.each(['court', 'probation_service'] as const)(
    'is opened at a %s by the roles that book these types',
    (kind) => {
      const types = appointmentTypes.filter(({ code }) => isCollective(code))
      expect(types.map(({ bookableByProbation }) => bookableByProbation)).toEqual([true, true])
      for (const role of rolesOf(kind))
        expect([role, mayConvokeGroups(agent(role, kind))]).toEqual([
          role,
          role === 'central_admin' || kind === 'probation_service',
        ])
      expect(
        mayConvokeGroups(agent('probation_counsellor', 'probation_service', { charterAccepted: false })),
      ).toBe(false)
    },
  )

  it('a court convokes no group, whatever is sent', async () => {
    const clerk = await anAgent(country.court, 'sentence_clerk')
    await expect(convoke(idsOf(await people(1)), {}, { actor: clerk })).rejects.toThrow(Forbidden)
  })
})
