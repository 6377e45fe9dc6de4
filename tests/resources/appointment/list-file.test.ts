import { beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../resources/appointment/commands/book.server'
import { recordOutcome, undoOutcome } from '../../../resources/appointment/commands/settle.server'
import {
  appointmentsToExport,
  appointmentsToPrint,
  exportedAppointments,
} from '../../../resources/appointment/queries/list-file.server'
import { appointmentCounts, listAppointments } from '../../../resources/appointment/queries/list.server'
import { summonsPages } from '../../../resources/appointment/queries/summons.server'
import type { AgentActor } from '../../../resources/shared/actor'
import { prisma } from '../../../resources/shared/db.server'
import { Forbidden, NotFound } from '../../../resources/shared/errors'
import { aCountry, actAt, anAgent, aPerson, monday } from '../../support/world'

let country: Awaited<ReturnType<typeof aCountry>>
let counsellor: AgentActor
let director: AgentActor
const ids: number[] = []
beforeAll(async () => {
  country = await aCountry()
  counsellor = await anAgent(country.spip, 'probation_counsellor')
  director = await anAgent(country.spip, 'probation_director')
  // Of two colleagues, on five days.
  for (const [n, booker] of [counsellor, director, counsellor, director, counsellor].entries()) {
    const { id: probationerId } = await aPerson([country.spip, country.court])
    const { id } = await actAt(booker, monday, (ctx) =>
      bookAppointment(ctx, {
        ...{ probationerId, typeCode: 'probation_follow_up', placeId: country.spip.placeId },
        ...{ date: `2026-10-${12 + n}`, time: '09:00', inform: 'reminder_only' },
      }),
    )
    await prisma.appointment.update({ where: { id }, data: { agentId: booker.id } })
    ids.push(id)
  }
})

const at = <Result>(actor: AgentActor, run: Parameters<typeof actAt<Result>>[2]) => actAt(actor, monday, run)

describe('a list of appointments taken away', () => {
  it('is whole and in the order of the list, with its filters; the trace says which, and how many', async () => {
    const asked = { view: 'to_come', typeCode: 'probation_follow_up' } as const
    const found = await at(director, (ctx) => appointmentsToExport(ctx, asked))
    const shown = await at(director, (ctx) => listAppointments(ctx, asked))
    expect(found).toEqual(shown.rows.map(({ id }) => id))
    expect(found).toEqual(ids)
    expect(await at(director, (ctx) => exportedAppointments(ctx, found))).toEqual(shown.rows)
    const trace = await prisma.auditEntry.findFirstOrThrow({
      where: { agentId: director.id, action: 'export' },
    })
    expect(trace.fields).toEqual(['view', 'typeCode', '5 lines'])
  })

  it('has only their own for a counsellor, and is nobody’s of a role that exports none', async () => {
    const own = await at(counsellor, (ctx) => appointmentsToPrint(ctx, { view: 'to_come' }))
    expect(own.lines.map(({ id }) => id)).toEqual([ids[0], ids[2], ids[4]])
    expect(own.ownOnly).toBe(true)
    const whole = await at(director, (ctx) => appointmentsToPrint(ctx, { view: 'to_come' }))
    expect(whole).toMatchObject({ lines: ids.map((id) => ({ id })), ownOnly: false })
    const secretary = await anAgent(country.spip, 'probation_secretary')
    await expect(at(secretary, (ctx) => appointmentsToExport(ctx, { view: 'all' }))).rejects.toThrow(
      Forbidden,
    )
  })

  it('gives nothing of appointments that are not seen, whatever ids are asked', async () => {
    const stranger = await anAgent(country.foreign, 'probation_director')
    expect(await at(stranger, (ctx) => exportedAppointments(ctx, ids))).toEqual([])
  })
})

describe('the tabs of the list', () => {
  it('leave whoever is excused beforehand out of those to come: they are found by their state, and in all', async () => {
    const [first = 0] = ids
    await at(counsellor, (ctx) =>
      recordOutcome(ctx, { appointmentId: first, outcome: 'excused', inform: false }),
    )
    const idsIn = async (asked: object) =>
      (await at(director, (ctx) => listAppointments(ctx, asked))).rows.map(({ id }) => id)
    expect(await idsIn({ view: 'to_come' })).toEqual(ids.slice(1))
    expect(await idsIn({ view: 'to_come', state: 'excused' })).toEqual([first])
    expect(await idsIn({ view: 'all' })).toContain(first)
    expect(await at(director, (ctx) => appointmentCounts(ctx, {}))).toMatchObject({ to_come: 4 })
    await at(counsellor, (ctx) => undoOutcome(ctx, { appointmentId: first }))
  })

  it('say how many each has, with the filters in force', async () => {
    expect(await at(director, (ctx) => appointmentCounts(ctx, {}))).toEqual({
      ...{ day: 0, to_come: 5, outcome_missing: 0 },
    })
    const thursday = new Date('2026-10-15T10:00:00Z')
    const counts = (actor: AgentActor, asked: object) =>
      actAt(actor, thursday, (ctx) => appointmentCounts(ctx, asked))
    expect(await counts(director, {})).toEqual({ day: 1, to_come: 1, outcome_missing: 3 })
    expect(await counts(counsellor, { mine: true })).toEqual({ day: 0, to_come: 1, outcome_missing: 2 })
  })
})

describe('the papers of several lines', () => {
  it('come in the order asked, each read by somebody who is traced', async () => {
    const [first = 0, second = 0] = ids
    const papers = await at(director, (ctx) => summonsPages(ctx, { appointmentIds: [second, first] }))
    expect(papers.map(({ id }) => id)).toEqual([second, first])
    const traces = await prisma.auditEntry.findMany({
      where: { agentId: director.id, action: 'view', subject: 'appointment' },
    })
    expect(traces.map(({ subjectId, probationerId }) => [subjectId, probationerId !== null]).sort()).toEqual([
      [first, true],
      [second, true],
    ])
  })

  it('are not given when one of them is out of sight', async () => {
    const stranger = await anAgent(country.foreign, 'probation_director')
    await expect(at(stranger, (ctx) => summonsPages(ctx, { appointmentIds: ids }))).rejects.toThrow(NotFound)
  })
})
