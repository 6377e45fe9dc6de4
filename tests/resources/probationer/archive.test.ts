import { beforeAll, describe, expect, test } from 'vitest'
import { bookAppointment } from '../../../resources/appointment/commands/book.server'
import {
  archiveProbationer,
  unarchiveProbationer,
} from '../../../resources/probationer/commands/archive.server'
import { assignToMe, enableSms, unassign } from '../../../resources/probationer/commands/follow-up.server'
import { updateProbationer } from '../../../resources/probationer/commands/update.server'
import { probationerRecord, probationerToEdit } from '../../../resources/probationer/queries/record.server'
import type { AgentActor } from '../../../resources/shared/actor'
import type { Context } from '../../../resources/shared/context'
import { prisma } from '../../../resources/shared/db.server'
import { Forbidden, NotFound, Refused } from '../../../resources/shared/errors'
import { aCountry, actAt, anAgent, aPerson, monday } from '../../support/world'

let country: Awaited<ReturnType<typeof aCountry>>
let counsellor: AgentActor
let localAdmin: AgentActor

beforeAll(async () => {
  country = await aCountry()
  counsellor = await anAgent(country.spip, 'probation_counsellor')
  localAdmin = await anAgent(country.spip, 'local_admin')
})

const by = <Result>(actor: AgentActor, work: (ctx: Context<AgentActor>) => Promise<Result>) =>
  actAt(actor, monday, work)
const archive = (probationerId: number, actor = counsellor) =>
  by(actor, (ctx) => archiveProbationer(ctx, { probationerId }))
const unarchive = (probationerId: number, actor = localAdmin) =>
  by(actor, (ctx) => unarchiveProbationer(ctx, { probationerId }))
const reasonOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'accepted',
    (error: unknown) => (error instanceof Refused ? error.code : error),
  )

describe('archiving the record of a person', () => {
  test('says the day of its erasure and who is still expected, and leaves a line and a trace', async () => {
    const { id } = await aPerson([country.spip, country.court])
    await by(counsellor, (ctx) =>
      bookAppointment(ctx, {
        probationerId: id,
        typeCode: 'probation_follow_up',
        placeId: country.spip.placeId,
        date: '2026-10-13',
        time: '14:30',
        inform: 'reminder_only',
      }),
    )
    expect(await archive(id)).toEqual({ erasedOn: '2027-04-05', appointmentsToCome: 1 })

    const record = await by(counsellor, (ctx) => probationerRecord(ctx, { probationerId: id }))
    expect(record).toMatchObject({ erasedOn: '2027-04-05', unreachable: 'archived' })
    expect(record.history.lines[0]).toMatchObject({
      event: 'probationer.archived',
      data: { date: '2027-04-05' },
    })
    expect(
      await prisma.auditEntry.count({
        where: { probationerId: id, action: 'archive', agentId: counsellor.id },
      }),
    ).toBe(1)
  })

  test('is refused twice, and while a service claims the person', async () => {
    const { id } = await aPerson([country.spip])
    await archive(id)
    expect(await reasonOf(archive(id))).toBe('probationer.already_archived')

    const claimed = await aPerson([country.spip])
    await prisma.divestment.create({
      data: {
        probationerId: claimed.id,
        targetOrganizationId: country.foreign.id,
        destinationOrganizationIds: [country.foreign.id],
      },
    })
    expect(await reasonOf(archive(claimed.id))).toBe('probationer.being_divested')
  })

  test('belongs to a service that follows the person; elsewhere there is nobody', async () => {
    const { id } = await aPerson([country.spip])
    await expect(archive(id, await anAgent(country.court, 'sentence_clerk'))).rejects.toThrow(Forbidden)
    await expect(archive(id, await anAgent(country.foreign, 'local_admin'))).rejects.toThrow(NotFound)
  })

  test('leaves a record that nothing changes: its state says so, not the role of the agent', async () => {
    const { id } = await aPerson([country.spip], { smsOptOut: true, assignedAgentId: counsellor.id })
    const form = await by(counsellor, (ctx) => probationerToEdit(ctx, { probationerId: id }))
    await archive(id)
    const acts: ((ctx: Context<AgentActor>) => Promise<unknown>)[] = [
      (ctx) => unassign(ctx, { probationerId: id }),
      (ctx) => enableSms(ctx, { probationerId: id }),
      (ctx) => probationerToEdit(ctx, { probationerId: id }),
      (ctx) => updateProbationer(ctx, { probationerId: id, version: form.version, ...form.person }),
    ]
    for (const act of acts) expect(await reasonOf(by(counsellor, act))).toBe('probationer.archived')
    const free = await aPerson([country.spip], { archivedAt: monday })
    const assigning = by(counsellor, (ctx) => assignToMe(ctx, { probationerId: free.id }))
    expect(await reasonOf(assigning)).toBe('probationer.archived')
  })
})

describe('unarchiving', () => {
  test('belongs to the local admin, gives the record back, and is told', async () => {
    const { id } = await aPerson([country.spip])
    await archive(id)
    await expect(unarchive(id, counsellor)).rejects.toThrow(Forbidden)
    await unarchive(id)
    const record = await by(counsellor, (ctx) => probationerRecord(ctx, { probationerId: id }))
    expect(record).toMatchObject({ erasedOn: null, whyNotConvokable: null })
    expect(record.history.lines[0]?.event).toBe('probationer.unarchived')
    expect(await reasonOf(unarchive(id))).toBe('probationer.not_archived')
  })
})
