import { beforeAll, describe, expect, it, test } from 'vitest'
import { deleteAgent } from '../../../resources/agent/commands/account.server'
import { bookAppointment } from '../../../resources/appointment/commands/book.server'
import {
  acceptDivestment,
  refuseDivestment,
  settleLate,
  withdrawDivestment,
} from '../../../resources/divestment/commands/answer.server'
import { startTheNight } from '../../../resources/divestment/commands/night.server'
import { requestDivestment, transferPerson } from '../../../resources/divestment/commands/request.server'
import { standardComments } from '../../../resources/divestment/fr'
import { listDivestments } from '../../../resources/divestment/queries/list.server'
import { divestmentRecord, personToTransfer } from '../../../resources/divestment/queries/record.server'
import { settleLateDivestment } from '../../../resources/divestment/jobs'
import { unassign } from '../../../resources/probationer/commands/follow-up.server'
import { handOver } from '../../../resources/probationer/commands/hand-over.server'
import { agentToChoose } from '../../../resources/probationer/queries/agents-in-charge.server'
import { answerRequest } from '../../../resources/rights-request/commands/answer.server'
import { recordRequest } from '../../../resources/rights-request/commands/record.server'
import { archiveProbationer } from '../../../resources/probationer/commands/archive.server'
import { updateProbationer } from '../../../resources/probationer/commands/update.server'
import { checkTypedPerson } from '../../../resources/probationer/queries/list.server'
import { probationerRecord, probationerToEdit } from '../../../resources/probationer/queries/record.server'
import type { AgentActor } from '../../../resources/shared/actor'
import type { Context } from '../../../resources/shared/context'
import { prisma } from '../../../resources/shared/db.server'
import { Forbidden, NotFound, Refused, Stale } from '../../../resources/shared/errors'
import { at } from '../../support/booked'
import { queuedJobs } from '../../support/queue'
import {
  aCountry,
  actAt,
  anAgent,
  aPerson,
  aService,
  aSlot,
  monday,
  type AService,
} from '../../support/world'

/** Nanterre (a court and two branches that share it), Lyon, whose court and service claim, and nobody else. */
let country: Awaited<ReturnType<typeof aCountry>>
let lyonCourt: AService
let secretary: AgentActor
let clerk: AgentActor
let central: AgentActor

beforeAll(async () => {
  country = await aCountry()
  lyonCourt = await aService('TJ de Lyon', 'court', { departmentCode: '69' })
  await prisma.organizationLink.create({
    data: { courtId: lyonCourt.id, probationServiceId: country.foreign.id },
  })
  secretary = await anAgent(country.spip, 'probation_secretary', { passwordHash: 'x' })
  clerk = await anAgent(country.court, 'sentence_clerk', { passwordHash: 'x' })
  await anAgent(country.branch, 'probation_secretary', { passwordHash: 'x' })
  central = await anAgent(lyonCourt, 'central_admin')
})

const days = (n: number) => new Date(monday.getTime() + n * 86_400_000)
const claimant = () => anAgent(country.foreign, 'probation_counsellor')
const bexOfLyon = () => anAgent(lyonCourt, 'execution_office_agent')

type Person = Awaited<ReturnType<typeof aPerson>>
const typed = ({ lastName, firstName }: Person, more: object = {}) => ({
  lastName,
  firstName,
  dateOfBirth: '1991-04-12',
  phone: '',
  appiNumber: '',
  ...more,
})
const ask = (
  actor: AgentActor,
  person: Person,
  { now = monday, ...more }: { now?: Date; reason?: string } = {},
) =>
  actAt(actor, now, (ctx) => requestDivestment(ctx, { ...typed(person), probationerId: person.id, ...more }))
const answer = (
  command: typeof acceptDivestment | typeof refuseDivestment,
  actor: AgentActor,
  divestmentId: number,
  { comment = null, now = days(1) }: { comment?: string | null; now?: Date } = {},
) =>
  actAt(actor, now, (ctx: Context<AgentActor>): Promise<unknown> => command(ctx, { divestmentId, comment }))
const withdraw = (actor: AgentActor, divestmentId: number) =>
  actAt(actor, days(1), (ctx) => withdrawDivestment(ctx, { divestmentId }))
const settle = (divestmentId: number, now: Date) => at(now, (ctx) => settleLate(ctx, { divestmentId }))

const reasonOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'accepted',
    (error: unknown) => (error instanceof Refused ? error.code : error),
  )
const ofDivestment = (id: number) =>
  prisma.divestment.findUniqueOrThrow({ where: { id }, include: { decisions: true } })
const stateOf = async (id: number) => (await ofDivestment(id)).state
const rowsOf = async (id: number) =>
  Object.fromEntries((await ofDivestment(id)).decisions.map((row) => [row.organizationId, row.state]))
const following = async ({ id }: { id: number }) =>
  (await prisma.probationer.findUniqueOrThrow({ where: { id } })).followingOrganizationIds.toSorted(
    (a, b) => a - b,
  )
const ids = (...services: { id: number }[]) => services.map(({ id }) => id).sort((a, b) => a - b)

/** Beneath the commands, which book nothing in the past. */
async function appointment(
  { id: probationerId }: { id: number },
  date: string,
  {
    service = country.spip,
    state = 'booked',
    time = '10:00',
  }: {
    service?: AService
    state?: 'booked' | 'cancelled' | 'attended' | 'missed' | 'excused'
    time?: string
  } = {},
) {
  const typeCode = service.kind === 'court' ? 'sentence_judge_follow_up' : 'probation_follow_up'
  const slot = await aSlot(service, typeCode, date, time, { seatsTaken: 1 })
  return prisma.appointment.create({
    data: {
      ...{ probationerId, slotId: slot.id, typeCode, state, startsAt: slot.startsAt },
      ...{ organizationId: service.id, placeId: service.placeId, creatingOrganizationId: service.id },
    },
  })
}
/** Followed in Nanterre, and convoked there a month ago: the services are asked. */
async function somebody(more: Parameters<typeof aPerson>[1] = {}, by = [country.spip, country.court]) {
  const person = await aPerson(by, more)
  await appointment(person, '2026-09-07', { state: 'attended' })
  return person
}
const mailsAsked = async (task: string) =>
  (await queuedJobs()).filter((job) => job.task === task).map((job) => job.payload)

describe('a request', () => {
  it('takes at once who is quiet: never convoked, or not for six months', async () => {
    const createdAt = days(-200)
    const never = await aPerson([country.spip, country.court], { createdAt, assignedAgentId: secretary.id })
    const long = await aPerson([country.spip])
    await appointment(long, '2026-04-04', { state: 'missed' })
    for (const person of [never, long]) {
      const asked = await ask(await claimant(), person)
      expect(asked.state).toBe('auto_accepted')
      expect(await following(person)).toEqual(ids(country.foreign, lyonCourt))
      const { assignedAgentId } = await prisma.probationer.findUniqueOrThrow({ where: { id: person.id } })
      expect(assignedAgentId).toBeNull()
      expect([...new Set(Object.values(await rowsOf(asked.id)))]).toEqual(['auto_accepted'])
    }
  })

  it.each([
    ['six months ago to the day', '2026-04-05', 'attended'],
    ['to come, though cancelled', '2026-11-05', 'cancelled'],
    ['a month ago, though missed', '2026-09-05', 'missed'],
  ] as const)('waits for an answer when the last appointment is %s', async (_, date, state) => {
    const person = await aPerson([country.spip])
    await appointment(person, date, { state })
    const asked = await ask(await claimant(), person)
    expect(asked.state).toBe('pending')
    expect(asked.deadline).toBe('2026-10-15')
    expect(await following(person)).toEqual(ids(country.spip))
  })

  it('once limited or under code 12, gives nobody up, answered or by the night: it is refused or withdrawn', async () => {
    for (const [change, reason] of [
      [{ limitedAt: monday }, 'divestment.limited'],
      [{ followedByAntiTerrorismJudge: true }, 'divestment.code_12'],
    ] as const) {
      const person = await somebody({}, [country.spip])
      const asked = await ask(await claimant(), person)
      await prisma.probationer.update({ where: { id: person.id }, data: change })
      expect(await reasonOf(answer(acceptDivestment, secretary, asked.id))).toBe(reason)
      await settle(asked.id, days(12))
      expect(await following(person)).toEqual(ids(country.spip))
      expect(await reasonOf(answer(refuseDivestment, secretary, asked.id))).toBe('accepted')
    }
  })

  it('says who asks in the history, with a trace, and writes to the services that answer', async () => {
    const admin = await anAgent(country.court, 'local_admin', { passwordHash: 'x' })
    const person = await somebody()
    const actor = await claimant()
    const asked = await ask(actor, person, { reason: 'Déménagement à Lyon' })
    const line = await prisma.historyEntry.findFirstOrThrow({ where: { probationerId: person.id } })
    expect(line).toMatchObject({
      event: 'divestment.requested',
      data: { service: 'SPIP de Lyon', comment: 'Déménagement à Lyon' },
      agentId: actor.id,
    })
    expect(
      await prisma.auditEntry.count({
        where: { subject: 'divestment', subjectId: asked.id, probationerId: person.id, action: 'create' },
      }),
    ).toBe(1)
    const written = await mailsAsked('send-divestments-waiting')
    expect(written).toContainEqual({
      organizationId: country.court.id,
      recipientId: admin.id,
      at: monday.toISOString(),
    })
    // Its court, that has a local admin, answers for both.
    expect(await rowsOf(asked.id)).toEqual({
      [country.court.id]: 'pending',
      [country.spip.id]: 'auto_accepted',
    })
    await prisma.agent.delete({ where: { id: admin.id } })
  })

  it('asks each service where the court has no local admin, and leaves out those where nobody answers', async () => {
    const person = await somebody()
    // Nobody has come yet by the link.
    const invited = await anAgent(country.court, 'local_admin')
    const asked = await ask(await claimant(), person)
    expect(await rowsOf(asked.id)).toEqual({ [country.court.id]: 'pending', [country.spip.id]: 'pending' })
    await prisma.agent.delete({ where: { id: invited.id } })

    const empty = await aService('SPIP sans agent', 'probation_service')
    const alone = await aPerson([empty])
    await appointment(alone, '2026-09-07', { service: empty, state: 'attended' })
    const ignored = await ask(await claimant(), alone)
    expect(await ofDivestment(ignored.id)).toMatchObject({
      state: 'pending',
      decisions: [{ state: 'ignored', comment: standardComments.nobody }],
    })
    const desk = await actAt(central, monday, (ctx) => listDivestments(ctx, { box: 'stalled', perPage: 50 }))
    expect(desk.rows.find(({ id }) => id === ignored.id)?.blocking).toBe('nobody_answers')
    expect(desk.rows.some(({ id }) => id === asked.id)).toBe(false)
  })

  it('lets the execution office convoke at once, which takes back nothing of before', async () => {
    const person = await somebody()
    const bex = await bexOfLyon()
    const asked = await ask(bex, person)
    expect(asked).toMatchObject({ state: 'pending', convokes: true })
    expect(await following(person)).toEqual(ids(country.spip, country.court, country.foreign, lyonCourt))
    const slot = await aSlot(country.foreign, 'hearing_exit_probation', '2026-10-20', '10:00')
    const book = (actor: AgentActor, service: AService, slotId: number) =>
      actAt(actor, monday, (ctx) =>
        bookAppointment(ctx, {
          ...{ probationerId: person.id, typeCode: 'hearing_exit_probation' },
          ...{ placeId: service.placeId, slotId, inform: 'reminder_only' },
        }),
      )
    const elsewhere = await aSlot(country.spip, 'hearing_exit_probation', '2026-10-20', '14:00')
    expect(await reasonOf(book(secretary, country.spip, elsewhere.id))).toBe('probationer.divestment_pending')
    expect(await reasonOf(book(await claimant(), country.foreign, slot.id))).toBe(
      'probationer.divestment_pending',
    )
    await book(bex, country.foreign, slot.id)
    await answer(refuseDivestment, secretary, asked.id)
    expect(await following(person)).toEqual(ids(country.spip, country.court))
  })

  it('of an incomplete record waits, and adds nobody even for the execution office', async () => {
    const person = await aPerson([country.spip], { phone: null })
    const asked = await ask(await bexOfLyon(), person)
    expect(asked).toMatchObject({ state: 'pending', convokes: false })
    expect(await following(person)).toEqual(ids(country.spip))
    expect(await reasonOf(answer(acceptDivestment, secretary, asked.id))).toBe('divestment.record_incomplete')
    await settle(asked.id, days(15))
    expect(await stateOf(asked.id)).toBe('pending')
    const page = await actAt(secretary, days(1), (ctx) => divestmentRecord(ctx, { divestmentId: asked.id }))
    expect(page.answer).toMatchObject({ faults: [{ field: 'phone' }], mayEdit: true })
    // The central desk answers all the same, and reads what is missing.
    const desk = await actAt(central, days(1), (ctx) => divestmentRecord(ctx, { divestmentId: asked.id }))
    expect(desk).toMatchObject({
      blocking: 'incomplete',
      missing: [{ field: 'phone' }],
      answer: { faults: [] },
    })
    await prisma.probationer.update({ where: { id: person.id }, data: { hasNoMobilePhone: true } })
    await answer(acceptDivestment, secretary, asked.id)
    expect(await stateOf(asked.id)).toBe('accepted')
  })

  it('leaves an archived person archived', async () => {
    const person = await somebody({ archivedAt: new Date('2026-09-20T08:00:00Z') })
    const asked = await ask(await claimant(), person)
    expect(asked).toMatchObject({ state: 'auto_accepted', isArchived: true, convokes: false })
    const after = await prisma.probationer.findUniqueOrThrow({ where: { id: person.id } })
    expect(after.archivedAt).toEqual(person.archivedAt)
  })

  it('of two at once, one is made and the other refused in words', async () => {
    const person = await somebody()
    const asking = [await claimant(), await claimant()]
    const told = await Promise.all(asking.map((actor) => reasonOf(ask(actor, person))))
    expect(told.sort()).toEqual(['accepted', 'divestment.not_possible_here'])
    expect(await prisma.divestment.count({ where: { probationerId: person.id } })).toBe(1)
    // The index itself, beneath the lock.
    const data = {
      probationerId: person.id,
      targetOrganizationId: country.foreign.id,
      destinationOrganizationIds: [],
    }
    await expect(prisma.divestment.create({ data })).rejects.toMatchObject({ code: 'P2002' })
  })
})

describe('who may be asked for', () => {
  const notice = async (actor: AgentActor, person: Person, more: object = {}) => {
    const { duplicates } = await actAt(actor, monday, (ctx) => checkTypedPerson(ctx, typed(person, more)))
    return duplicates[0]
  }
  const check = async (...asked: Parameters<typeof notice>) => (await notice(...asked))?.claim

  it.each([
    ['whom somebody expects today', (person: Person) => appointment(person, '2026-10-05', { time: '09:30' })],
    ['whom somebody expects later', (person: Person) => appointment(person, '2026-11-02')],
    [
      'under the anti-terrorism judge',
      ({ id }: Person) =>
        prisma.probationer.update({ where: { id }, data: { followedByAntiTerrorismJudge: true } }),
    ],
    ['claimed already', async (person: Person) => ask(await claimant(), person)],
  ])('not somebody %s: beyond the jurisdiction, one sentence', async (_, happen) => {
    const person = await somebody()
    await happen(person)
    const actor = await claimant()
    expect(await check(actor, person)).toMatchObject({
      whyNot: 'divestment.not_possible_here',
      probationerId: null,
      ownRequestId: null,
    })
    expect(await reasonOf(ask(actor, person))).toBe('divestment.not_possible_here')
  })

  it('inside, the reason is said', async () => {
    const branch = await anAgent(country.branch, 'probation_counsellor')
    const expected = await somebody()
    await appointment(expected, '2026-11-02')
    const watched = await somebody()
    await prisma.probationer.update({
      where: { id: watched.id },
      data: { followedByAntiTerrorismJudge: true },
    })
    const limited = await somebody()
    await prisma.probationer.update({ where: { id: limited.id }, data: { limitedAt: new Date() } })
    const claimed = await somebody()
    await ask(await claimant(), claimed)
    const own = await somebody({}, [country.branch, country.court])
    const linked = await somebody({}, [country.court])
    const told = [expected, watched, limited, claimed, own, linked].map(async (person) =>
      reasonOf(ask(branch, person)),
    )
    expect(await Promise.all(told)).toEqual([
      'divestment.expected',
      'divestment.code_12',
      'divestment.limited',
      'divestment.already_pending',
      'divestment.already_following',
      'divestment.no_source',
    ])
    const pendingFor = 'SPIP de Lyon'
    expect((await notice(branch, claimed))?.record).toMatchObject({ pendingFor })
    // Who follows the person is told too, and not to convoke them before the answer.
    expect((await notice(secretary, claimed))?.record).toMatchObject({
      ...{ pendingFor, whyNotConvokable: 'probationer.divestment_pending' },
    })
  })

  it('who asked is told of their own request, beyond the jurisdiction too, and nobody else is', async () => {
    const person = await somebody()
    const actor = await claimant()
    const { id } = await ask(actor, person)
    expect(await check(actor, person)).toMatchObject({ ownRequestId: id })
    for (const other of [await claimant(), secretary])
      expect(await check(other, person)).toMatchObject({ ownRequestId: null })
  })

  it('only who types them: an id asks for nobody, and a phone alone neither', async () => {
    const person = await somebody()
    const actor = await claimant()
    const other = await somebody()
    await expect(
      actAt(actor, monday, (ctx) => requestDivestment(ctx, { ...typed(other), probationerId: person.id })),
    ).rejects.toThrow(NotFound)
    const byPhone = {
      lastName: '',
      firstName: '',
      dateOfBirth: '',
      phone: person.phone ?? '',
      appiNumber: '',
    }
    expect(await check(actor, person, byPhone)).toMatchObject({ whyNot: 'divestment.not_possible_here' })
    expect(
      await reasonOf(
        actAt(actor, monday, (ctx) => requestDivestment(ctx, { ...byPhone, probationerId: person.id })),
      ),
    ).toBe('divestment.not_possible_here')
    await expect(ask({ ...actor, charterAccepted: false }, person)).rejects.toThrow(Forbidden)
  })
})

describe('an answer', () => {
  it('of all the services gives the person to the destinations, and writes to who asked', async () => {
    const person = await somebody({ assignedAgentId: secretary.id })
    const actor = await claimant()
    const { id } = await ask(actor, person)
    expect(await answer(acceptDivestment, secretary, id, { comment: 'Dossier transmis' })).toEqual({
      service: 'SPIP de Lyon',
      isOver: false,
    })
    expect(await stateOf(id)).toBe('pending')
    expect(await following(person)).toEqual(ids(country.spip, country.court))
    expect(await answer(acceptDivestment, clerk, id)).toMatchObject({ isOver: true })
    expect(await stateOf(id)).toBe('accepted')
    expect(await following(person)).toEqual(ids(country.foreign, lyonCourt))
    const events = await prisma.historyEntry.findMany({
      where: { probationerId: person.id },
      orderBy: { id: 'asc' },
    })
    expect(events.map(({ event }) => event)).toEqual([
      'divestment.requested',
      'divestment.agreed',
      'divestment.agreed',
      'divestment.accepted',
    ])
    expect(await mailsAsked('send-divestment-end')).toContainEqual({
      divestmentId: id,
      recipientId: actor.id,
    })
    const after = actAt(secretary, days(2), (ctx) => probationerRecord(ctx, { probationerId: person.id }))
    await expect(after).rejects.toThrow(NotFound)
    const record = await actAt(actor, days(2), (ctx) => probationerRecord(ctx, { probationerId: person.id }))
    expect(record.assignedAgent).toBeNull()
  })

  it('that refuses ends it for all, and gives exactly what there was before', async () => {
    const person = await somebody({}, [country.spip, country.court, lyonCourt])
    const bex = await anAgent(country.branch, 'probation_counsellor')
    const { id } = await ask(bex, person)
    await answer(refuseDivestment, secretary, id, { comment: 'Suivi en cours' })
    expect(await ofDivestment(id)).toMatchObject({ state: 'refused' })
    // The court of Nanterre is of both sides, and was never asked.
    expect(await rowsOf(id)).toEqual({ [country.spip.id]: 'refused', [lyonCourt.id]: 'ignored' })
    expect(await following(person)).toEqual(ids(country.spip, country.court, lyonCourt))
  })

  it('between branches of one court leaves the court, on both ways out', async () => {
    const [kept, given] = [await somebody(), await somebody()]
    const branch = await anAgent(country.branch, 'local_admin', { passwordHash: 'x' })
    const asked = [await ask(branch, kept), await ask(branch, given)]
    expect(await rowsOf(asked[0]?.id ?? 0)).toEqual({ [country.spip.id]: 'pending' })
    await answer(refuseDivestment, secretary, asked[0]?.id ?? 0)
    expect(await following(kept)).toEqual(ids(country.spip, country.court))
    await answer(acceptDivestment, secretary, asked[1]?.id ?? 0)
    expect(await following(given)).toEqual(ids(country.branch, country.court))
    await prisma.agent.update({ where: { id: branch.id }, data: { role: 'probation_secretary' } })
  })

  it('says before what accepting changes', async () => {
    const person = await somebody({ assignedAgentId: secretary.id })
    const actor = await claimant()
    const { id } = await ask(actor, person, { reason: 'Déménagement' })
    const met = await appointment(person, '2026-11-03', { time: '15:00' })
    const page = await actAt(secretary, days(1), (ctx) => divestmentRecord(ctx, { divestmentId: id }))
    expect(page).toMatchObject({
      reason: 'Déménagement',
      deadline: '2026-10-15',
      daysLeft: 9,
      target: 'SPIP de Lyon',
      blocking: 'waiting',
      answer: {
        faults: [],
        othersAnswer: true,
        losesSight: true,
        services: ['SPIP de Lyon', 'TJ de Lyon'],
        referent: 'Claire Vasseur',
        toCome: [{ id: met.id, date: '2026-11-03', time: '15:00' }],
      },
    })
    // Who asked reads the minimum, and answers nothing.
    const theirs = await actAt(actor, days(1), (ctx) => divestmentRecord(ctx, { divestmentId: id }))
    expect(theirs).toMatchObject({
      person: { id: null, lastName: 'P.', dateOfBirth: null, yearOfBirth: 1991, archived: false },
      answer: null,
      // Neither who expects them, nor what their record lacks.
      blocking: null,
    })
    expect(JSON.stringify(theirs)).not.toContain(person.lastName)
  })

  it('does not need the referent, nor who asked: deleted meanwhile, the local admins there are written to', async () => {
    const referent = await anAgent(country.spip, 'probation_counsellor')
    const person = await somebody({ assignedAgentId: referent.id })
    const actor = await claimant()
    const { id } = await ask(actor, person)
    const admin = await anAgent(country.foreign, 'local_admin', { passwordHash: 'x' })
    const nanterre = await anAgent(country.spip, 'local_admin', { passwordHash: 'x' })
    await actAt(nanterre, days(1), (ctx) => deleteAgent(ctx, { agentId: referent.id }))
    await actAt(admin, days(1), (ctx) => deleteAgent(ctx, { agentId: actor.id }))
    await answer(acceptDivestment, secretary, id)
    await answer(acceptDivestment, clerk, id)
    expect(await stateOf(id)).toBe('accepted')
    const told = (await mailsAsked('send-divestment-end')).filter(
      (payload) => (payload as { divestmentId: number }).divestmentId === id,
    )
    expect(told).toEqual([{ divestmentId: id, recipientId: admin.id }])
    await prisma.agent.deleteMany({ where: { id: { in: [admin.id, nanterre.id] } } })
  })
})

describe('a withdrawal', () => {
  it('restores exactly what there was, and another may ask', async () => {
    const person = await somebody({}, [country.spip, country.court, lyonCourt])
    const foreign = await aService('SPIP de Villeurbanne', 'probation_service', { departmentCode: '69' })
    const foreignCourt = await aService('TJ de Villeurbanne', 'court', { departmentCode: '69' })
    await prisma.organizationLink.create({
      data: { courtId: foreignCourt.id, probationServiceId: foreign.id },
    })
    const bex = await anAgent(foreignCourt, 'execution_office_agent')
    const { id } = await ask(bex, person)
    expect(await following(person)).toEqual(
      ids(country.spip, country.court, lyonCourt, foreign, foreignCourt),
    )
    await withdraw(bex, id)
    expect(await following(person)).toEqual(ids(country.spip, country.court, lyonCourt))
    expect(await stateOf(id)).toBe('withdrawn')
    expect(Object.values(await rowsOf(id)).every((state) => state === 'ignored')).toBe(true)
    expect((await ask(bex, person)).state).toBe('pending')
  })
})

describe('the night', () => {
  it('accepts what has waited ten days, whatever was cancelled or is expected by those who claim', async () => {
    const person = await somebody()
    const { id } = await ask(await claimant(), person)
    await appointment(person, '2026-11-02', { state: 'cancelled' })
    await appointment(person, '2026-11-03', { service: lyonCourt })
    await appointment(person, '2026-10-15', { time: '15:00' })
    await settle(id, days(9))
    expect(await stateOf(id)).toBe('pending')
    await settle(id, days(10))
    expect(await ofDivestment(id)).toMatchObject({
      state: 'accepted',
      decisions: [{ comment: standardComments.late }, { comment: standardComments.late }],
    })
    expect(await following(person)).toEqual(ids(country.foreign, lyonCourt))
    expect(await mailsAsked('send-divestment-end')).toContainEqual(
      expect.objectContaining({ divestmentId: id }),
    )
  })

  it('leaves who is still expected, even by a service that is not asked any more', async () => {
    const person = await somebody()
    const { id } = await ask(await claimant(), person)
    await appointment(person, '2026-10-16')
    await settle(id, days(10))
    expect(await stateOf(id)).toBe('pending')
    const desk = await actAt(central, days(10), (ctx) => listDivestments(ctx, { perPage: 50 }))
    expect(desk.rows.find((row) => row.id === id)?.blocking).toBe('expected')
    await settle(id, days(11))
    expect(await stateOf(id)).toBe('accepted')
  })

  it('begins with those that are late, and reminds each service every five days', async () => {
    await prisma.divestment.deleteMany()
    const lists = { spip: await somebody(), court: await somebody() }
    const { id } = await ask(await claimant(), lists.spip, { now: days(30) })
    const waiting = () => prisma.divestmentDecision.findMany({ where: { divestmentId: id } })
    const night = async (n: number) => {
      await prisma.$executeRaw`DELETE FROM graphile_worker._private_jobs`
      const handled = await at(days(n), startTheNight)
      return {
        handled,
        late: await mailsAsked(settleLateDivestment.name),
        mails: await mailsAsked('send-divestments-waiting'),
      }
    }
    expect(await night(34)).toMatchObject({ handled: 0, late: [], mails: [] })
    const fifth = await night(35)
    expect(fifth.mails.map((job) => (job as { organizationId: number }).organizationId).sort()).toEqual(
      ids(country.spip, country.court),
    )
    expect((await waiting()).every((row) => row.remindedAt?.getTime() === days(35).getTime())).toBe(true)
    expect(await night(36)).toMatchObject({ handled: 0 })
    expect(await night(40)).toMatchObject({ handled: 3, late: [{ divestmentId: id }] })
  })
})

describe('the central desk', () => {
  it('decides what is stalled, and what no service answers', async () => {
    const empty = await aService('SPIP désert', 'probation_service')
    const person = await aPerson([empty])
    await appointment(person, '2026-09-07', { service: empty, state: 'attended' })
    const { id } = await ask(await claimant(), person)
    await prisma.organization.update({ where: { id: empty.id }, data: { switchboardPhone: '+33199001122' } })
    await answer(acceptDivestment, central, id)
    // Whom to write to is who decided: no switchboard is theirs.
    const { email } = await prisma.agent.findUniqueOrThrow({ where: { id: central.id } })
    const page = await actAt(central, days(1), (ctx) => divestmentRecord(ctx, { divestmentId: id }))
    expect(page.decisions).toMatchObject([{ name: 'SPIP désert', switchboard: null, team: { email } }])
    expect(await ofDivestment(id)).toMatchObject({
      state: 'accepted',
      decisions: [{ state: 'accepted', comment: standardComments.desk, decidedById: central.id }],
    })
    expect(await following(person)).toEqual(ids(country.foreign, lyonCourt))
  })

  it('gives a person to a service at once, unless a request waits', async () => {
    const person = await somebody({ assignedAgentId: secretary.id })
    await appointment(person, '2026-11-02')
    const { version } = await actAt(central, monday, (ctx) =>
      personToTransfer(ctx, { probationerId: person.id }),
    )
    const transfer = (actor: AgentActor, organizationId: number) =>
      actAt(actor, monday, (ctx) =>
        transferPerson(ctx, {
          ...{ probationerId: person.id, version, organizationId },
          reason: 'E-mail du 2 octobre',
        }),
      )
    await expect(transfer(secretary, country.foreign.id)).rejects.toThrow(Forbidden)
    expect(await reasonOf(transfer(central, country.spip.id))).toBe('divestment.already_following')
    await transfer(central, country.foreign.id)
    expect(await following(person)).toEqual(ids(country.foreign, lyonCourt))
    expect(
      await prisma.historyEntry.count({
        where: { probationerId: person.id, event: 'divestment.transferred' },
      }),
    ).toBe(1)
    // Who gives the same person elsewhere meanwhile is told so.
    await expect(transfer(central, country.branch.id)).rejects.toThrow(Stale)
    const claimed = await somebody()
    await ask(await claimant(), claimed)
    expect(
      await reasonOf(
        actAt(central, monday, (ctx) =>
          transferPerson(ctx, {
            ...{ probationerId: claimed.id, version, organizationId: country.branch.id },
          }),
        ),
      ),
    ).toBe('divestment.already_pending')
  })
})

describe('while a request waits', () => {
  test('the record is changed by who answers, archived by nobody, and says where the request is', async () => {
    const person = await somebody()
    const { id } = await ask(await claimant(), person)
    const counsellor = await anAgent(country.spip, 'probation_counsellor')
    const edit = (actor: AgentActor) =>
      actAt(actor, monday, async (ctx) => {
        const form = await probationerToEdit(ctx, { probationerId: person.id })
        await updateProbationer(ctx, {
          probationerId: person.id,
          ...form,
          ...form.person,
          hasNoMobilePhone: false,
        })
      })
    await expect(edit(counsellor)).rejects.toThrow(Forbidden)
    await edit(secretary)
    for (const actor of [secretary, counsellor])
      expect(
        await reasonOf(actAt(actor, monday, (ctx) => archiveProbationer(ctx, { probationerId: person.id }))),
      ).toBe('probationer.being_divested')
    const seen = async (actor: AgentActor) =>
      (await actAt(actor, monday, (ctx) => probationerRecord(ctx, { probationerId: person.id }))).divestment
    expect(await seen(secretary)).toEqual({ id, mayAnswer: true })
    expect(await seen(counsellor)).toBeNull()
  })

  test('who is in charge, and what the person is answered, are not decided by those who only ask for them', async () => {
    const counsellor = await anAgent(country.spip, 'probation_counsellor')
    const person = await somebody({ assignedAgentId: counsellor.id })
    const probationerId = person.id
    await ask(await bexOfLyon(), person)
    expect(await following(person)).toEqual(ids(country.spip, country.court, country.foreign, lyonCourt))
    const claiming = await claimant()
    const lyonAdmin = await anAgent(country.foreign, 'local_admin')
    const { id: requestId } = await actAt(lyonAdmin, monday, (ctx) =>
      recordRequest(ctx, { probationerId, kind: 'limitation', receivedOn: '2026-10-01' }),
    )
    const answered = (actor: AgentActor) =>
      actAt(actor, monday, (ctx) =>
        answerRequest(ctx, {
          ...{ requestId, outcome: 'refused', answer: 'Donnée utile.', answeredOn: '2026-10-05' },
        }),
      )
    for (const attempt of [
      () => actAt(claiming, monday, (ctx) => unassign(ctx, { probationerId })),
      () => actAt(claiming, monday, (ctx) => agentToChoose(ctx, { probationerId })),
      () =>
        actAt(lyonAdmin, monday, (ctx) =>
          handOver(ctx, { probationerIds: [probationerId], agentId: claiming.id }),
        ),
      () => answered(lyonAdmin),
    ])
      await expect(attempt()).rejects.toThrow(Forbidden)
    await answered(await anAgent(country.spip, 'local_admin'))
    await actAt(counsellor, monday, (ctx) => unassign(ctx, { probationerId }))
  })
})

describe('the lists', () => {
  it('show each side what it sent and received, waiting or over, the oldest first', async () => {
    await prisma.divestment.deleteMany()
    const first = await ask(await claimant(), await somebody(), { now: days(-3) })
    const second = await ask(await claimant(), await somebody(), { now: days(-2) })
    const refused = await ask(await claimant(), await somebody(), { now: days(-1) })
    await answer(refuseDivestment, secretary, refused.id)
    const admin = await anAgent(country.foreign, 'local_admin')
    const box = async (actor: AgentActor, name: 'received' | 'answered' | 'sent' | 'ended') => {
      const { rows, total } = await actAt(actor, monday, (ctx) => listDivestments(ctx, { box: name }))
      expect(total).toBe(rows.length)
      return rows.map(({ id }) => id)
    }
    expect(await box(secretary, 'received')).toEqual([first.id, second.id])
    expect(await box(secretary, 'answered')).toEqual([refused.id])
    expect(await box(secretary, 'sent')).toEqual([])
    expect(await box(admin, 'sent')).toEqual([first.id, second.id])
    expect(await box(admin, 'ended')).toEqual([refused.id])
    expect(await box(admin, 'received')).toEqual([])
    // Who only asks reads their own.
    expect(await box(await claimant(), 'sent')).toEqual([])
    const { rows } = await actAt(admin, monday, (ctx) => listDivestments(ctx, { box: 'sent' }))
    expect(rows[0]).toMatchObject({
      person: { id: null, lastName: 'P.' },
      blocking: null,
      deadline: '2026-10-12',
      daysLeft: 7,
    })
  })
})
