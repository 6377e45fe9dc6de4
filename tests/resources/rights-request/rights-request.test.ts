import { beforeAll, describe, expect, test } from 'vitest'
import { bookAppointment } from '../../../resources/appointment/commands/book.server'
import { rescheduleAppointment } from '../../../resources/appointment/commands/reschedule.server'
import { cancelAppointment } from '../../../resources/appointment/commands/settle.server'
import { claimMessage } from '../../../resources/message/commands/deliver.server'
import { archiveProbationer } from '../../../resources/probationer/commands/archive.server'
import { assignToMe } from '../../../resources/probationer/commands/follow-up.server'
import { updateProbationer } from '../../../resources/probationer/commands/update.server'
import { searchProbationers } from '../../../resources/probationer/queries/list.server'
import { probationerRecord, probationerToEdit } from '../../../resources/probationer/queries/record.server'
import { answerRequest, liftLimitation } from '../../../resources/rights-request/commands/answer.server'
import { recordRequest } from '../../../resources/rights-request/commands/record.server'
import { listRequests, requestToAnswer } from '../../../resources/rights-request/queries/list.server'
import type { AgentActor } from '../../../resources/shared/actor'
import type { Context } from '../../../resources/shared/context'
import { prisma } from '../../../resources/shared/db.server'
import { Forbidden, NotFound, Refused } from '../../../resources/shared/errors'
import { aCountry, actAt, anAgent, aPerson, monday } from '../../support/world'

let country: Awaited<ReturnType<typeof aCountry>>
let counsellor: AgentActor
let localAdmin: AgentActor
let central: AgentActor
beforeAll(async () => {
  country = await aCountry()
  counsellor = await anAgent(country.spip, 'probation_counsellor')
  localAdmin = await anAgent(country.spip, 'local_admin')
  central = await anAgent(country.foreign, 'central_admin')
})

const by = <Result>(actor: AgentActor, work: (ctx: Context<AgentActor>) => Promise<Result>) =>
  actAt(actor, monday, work)
type Kind = 'access' | 'rectification' | 'erasure' | 'limitation'
const record = (probationerId: number, kind: Kind, actor = counsellor, receivedOn = '2026-09-30') =>
  by(actor, (ctx) => recordRequest(ctx, { probationerId, kind, receivedOn }))
const answer = (
  requestId: number,
  more: { outcome?: 'granted' | 'partly_granted' | 'refused'; answeredOn?: string } = {},
  actor = localAdmin,
) =>
  by(actor, (ctx) =>
    answerRequest(ctx, {
      requestId,
      answer: 'Copie remise en main propre.',
      ...{ outcome: 'granted', answeredOn: '2026-10-05', ...more },
    }),
  )
const refusalOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'accepted',
    (error: unknown) => (error instanceof Refused ? [error.code, error.field] : error),
  )
const limited = async (more: Parameters<typeof aPerson>[1] = {}) => {
  const person = await aPerson([country.spip, country.court], more)
  const { id } = await record(person.id, 'limitation')
  await answer(id)
  return person
}

describe('What a person asks of their data', () => {
  test('is recorded on the record, with its day, its end and who is to answer', async () => {
    const { id } = await aPerson([country.spip])
    expect(await record(id, 'access')).toMatchObject({ dueOn: '2026-10-30' })
    // Received on the last day of a month, it is due on the last day of the next.
    expect(await record(id, 'rectification', counsellor, '2026-08-31')).toMatchObject({ dueOn: '2026-09-30' })
    const { requests, history } = await by(counsellor, (ctx) => probationerRecord(ctx, { probationerId: id }))
    expect(requests).toMatchObject([
      { kind: 'access', receivedOn: '2026-09-30', dueOn: '2026-10-30', late: false, answeredOn: null },
      { kind: 'rectification', receivedOn: '2026-08-31', dueOn: '2026-09-30', late: true },
    ])
    expect(history.lines.map(({ event }) => event)).toEqual([
      'probationer.request_recorded',
      'probationer.request_recorded',
    ])
    expect(
      await prisma.auditEntry.count({
        where: { probationerId: id, subject: 'rights_request', action: 'create' },
      }),
    ).toBe(2)
  })

  test('waits on the list of those who answer, the first due first, until it is answered', async () => {
    const { id } = await aPerson([country.branch], { lastName: 'DEMANDEUR' })
    const inBranch = await anAgent(country.branch, 'local_admin')
    const later = await record(id, 'access', inBranch, '2026-10-02')
    const sooner = await record(id, 'rectification', inBranch, '2026-09-01')
    const list = (actor: AgentActor, answered = false) => by(actor, (ctx) => listRequests(ctx, { answered }))
    expect((await list(inBranch)).rows.map((row) => [row.id, row.late])).toEqual([
      [sooner.id, true],
      [later.id, false],
    ])
    expect((await list(central)).rows.map((row) => row.id)).toEqual(
      expect.arrayContaining([later.id, sooner.id]),
    )
    expect((await list(localAdmin)).rows.filter((row) => row.probationer.id === id)).toEqual([])

    await answer(sooner.id, {}, inBranch)
    expect((await list(inBranch)).rows.map((row) => row.id)).toEqual([later.id])
    expect((await list(inBranch, true)).rows).toMatchObject([
      { id: sooner.id, outcome: 'granted', answeredOn: '2026-10-05', answer: 'Copie remise en main propre.' },
    ])
    await expect(list(counsellor)).rejects.toBeInstanceOf(Forbidden)
  })

  test('is answered once, between its day and today, by who answers for the person', async () => {
    const { id } = await aPerson([country.spip])
    const request = await record(id, 'access')
    expect(await refusalOf(answer(request.id, { answeredOn: '2026-09-29' }))).toEqual([
      'rights_request.answered_outside',
      'answeredOn',
    ])
    expect(await refusalOf(answer(request.id, { answeredOn: '2026-10-06' }))).toEqual([
      'rights_request.answered_outside',
      'answeredOn',
    ])
    await expect(answer(request.id, {}, counsellor)).rejects.toBeInstanceOf(NotFound)
    const stranger = await anAgent(country.foreign, 'local_admin')
    await expect(answer(request.id, {}, stranger)).rejects.toBeInstanceOf(NotFound)
    const ends = await Promise.allSettled([answer(request.id), answer(request.id, { outcome: 'refused' })])
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await refusalOf(answer(request.id))).toEqual(['rights_request.answered', undefined])
  })

  test('is not received tomorrow, nor recorded by another jurisdiction', async () => {
    const { id } = await aPerson([country.spip])
    expect(await refusalOf(record(id, 'access', counsellor, '2026-10-06'))).toEqual([
      'rights_request.received_outside',
      'receivedOn',
    ])
    const stranger = await anAgent(country.foreign, 'local_admin')
    await expect(record(id, 'access', stranger)).rejects.toBeInstanceOf(NotFound)
    // Linked, but not following: seen, not written.
    const beside = await anAgent(country.branch, 'probation_counsellor')
    await prisma.following.create({ data: { probationerId: id, organizationId: country.court.id } })
    await expect(record(id, 'access', beside)).rejects.toBeInstanceOf(Forbidden)
    const { requests } = await by(beside, (ctx) => probationerRecord(ctx, { probationerId: id }))
    expect(requests).toEqual([])
  })

  test('an erasure is granted by erasing the record, not by a sentence', async () => {
    const { id } = await aPerson([country.spip])
    const request = await record(id, 'erasure')
    expect(await refusalOf(answer(request.id))).toEqual(['rights_request.erase', 'outcome'])
    // Nor is it offered: what is refused of it is.
    const offered = async (requestId: number) =>
      (await by(localAdmin, (ctx) => requestToAnswer(ctx, { requestId }))).options.outcome.map(
        ({ value }) => value,
      )
    expect(await offered(request.id)).toEqual(['partly_granted', 'refused'])
    expect(await offered((await record(id, 'access')).id)).toEqual(['granted', 'partly_granted', 'refused'])
    expect(await refusalOf(answer(request.id, { outcome: 'refused' }))).toBe('accepted')
  })

  test('a limitation that is refused limits nothing', async () => {
    const { id } = await aPerson([country.spip])
    const request = await record(id, 'limitation')
    await answer(request.id, { outcome: 'refused' })
    expect((await prisma.probationer.findUniqueOrThrow({ where: { id } })).limitedAt).toBeNull()
  })
})

describe('A record whose use is limited', () => {
  test('is read and found, and serves no more', async () => {
    const { id, updatedAt, lastName } = await limited({ lastName: 'LIMITROPHE' })
    const read = await by(counsellor, (ctx) => probationerRecord(ctx, { probationerId: id }))
    expect(read).toMatchObject({
      ...{ limitedOn: '2026-10-05', unreachable: 'limited', whyNotConvokable: 'probationer.limited' },
    })
    const [line] = await by(counsellor, (ctx) => searchProbationers(ctx, { text: lastName }))
    expect(line).toMatchObject({ id, limited: true, mayBook: false })

    const attempts: Record<string, () => Promise<unknown>> = {
      book: () =>
        by(counsellor, (ctx) =>
          bookAppointment(ctx, {
            ...{ probationerId: id, typeCode: 'probation_follow_up', placeId: country.spip.placeId },
            ...{ date: '2026-10-13', time: '14:30', inform: 'now' },
          }),
        ),
      edit: () =>
        by(counsellor, (ctx) =>
          updateProbationer(ctx, {
            ...{ probationerId: id, version: updatedAt.toISOString(), lastName: 'AUTRE', firstName: 'Karim' },
            ...{ dateOfBirth: '1991-04-12', hasNoMobilePhone: true },
          }),
        ),
      openEdit: () => by(counsellor, (ctx) => probationerToEdit(ctx, { probationerId: id })),
      assign: () => by(counsellor, (ctx) => assignToMe(ctx, { probationerId: id })),
      archive: () => by(counsellor, (ctx) => archiveProbationer(ctx, { probationerId: id })),
    }
    // One after the other: one that fails unwatched fails the run.
    for (const [name, attempt] of Object.entries(attempts))
      expect([name, await refusalOf(attempt())]).toEqual([name, ['probationer.limited', undefined]])
  })

  test('receives no SMS that was planned before, may be cancelled and not moved', async () => {
    const { id } = await aPerson([country.spip, country.court])
    const { id: appointmentId } = await by(counsellor, (ctx) =>
      bookAppointment(ctx, {
        ...{ probationerId: id, typeCode: 'probation_follow_up', placeId: country.spip.placeId },
        ...{ date: '2026-10-13', time: '14:30', inform: 'now' },
      }),
    )
    const summons = await prisma.message.findFirstOrThrow({ where: { appointmentId, kind: 'summons' } })
    const { id: requestId } = await record(id, 'limitation')
    expect(await answer(requestId)).toEqual({ probationerId: id, limited: true })

    const claim = (ctx: Context<AgentActor>) => claimMessage(ctx, { messageId: summons.id })
    expect(await by(counsellor, claim)).toBeNull()
    expect(await prisma.message.findUniqueOrThrow({ where: { id: summons.id } })).toMatchObject({
      ...{ state: 'suppressed', endReason: 'limited' },
    })
    expect(
      await refusalOf(
        by(counsellor, (ctx) =>
          rescheduleAppointment(ctx, {
            ...{ appointmentId, date: '2026-10-14', time: '09:00', inform: false },
          }),
        ),
      ),
    ).toEqual(['probationer.limited', undefined])
    await by(counsellor, (ctx) => cancelAppointment(ctx, { appointmentId, inform: true }))
    expect(
      await prisma.message.count({ where: { appointmentId, state: { in: ['planned', 'sending', 'sent'] } } }),
    ).toBe(0)
  })

  test('serves again once the limitation is lifted, by who answers for the person', async () => {
    const { id } = await limited()
    const lift = (actor: AgentActor) => by(actor, (ctx) => liftLimitation(ctx, { probationerId: id }))
    await expect(lift(counsellor)).rejects.toBeInstanceOf(Forbidden)
    await lift(localAdmin)
    expect(await refusalOf(lift(localAdmin))).toEqual(['rights_request.not_limited', undefined])
    const read = await by(counsellor, (ctx) => probationerRecord(ctx, { probationerId: id }))
    expect(read).toMatchObject({ limitedOn: null, unreachable: null, whyNotConvokable: null })
    expect(read.history.lines.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['probationer.limited', 'probationer.limitation_lifted']),
    )
  })
})
