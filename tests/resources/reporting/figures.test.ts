import { beforeAll, describe, expect, it } from 'vitest'
import type { AppointmentState, MessageState } from '@prisma/client'
import {
  refreshFigures,
  refreshNationalFigures,
} from '../../../resources/reporting/commands/refresh.sql.server'
import { reminderWords } from '../../../resources/reporting/fr'
import { figures, figuresToExport, type Line } from '../../../resources/reporting/queries/figures.server'
import { publicFigures } from '../../../resources/reporting/queries/public.server'
import { missedShare, type Counts } from '../../../resources/reporting/rules'
import { eraseDue } from '../../../resources/retention/commands/erase.sql.server'
import { deleteProbationer } from '../../../resources/probationer/commands/delete.server'
import type { AgentActor, SystemActor } from '../../../resources/shared/actor'
import { addMonths, civilOf, instantOf } from '../../../resources/shared/civil-time'
import type { Context } from '../../../resources/shared/context'
import { prisma } from '../../../resources/shared/db.server'
import { Forbidden } from '../../../resources/shared/errors'
import { read, transact } from '../../../resources/shared/transact.server'
import { waiting } from '../../support/waiting'
import { aCountry, anAgent, aPerson, aService, type AService } from '../../support/world'

const night: SystemActor = { kind: 'system', task: 'refresh-figures' }
const now = new Date()
const today = civilOf(now, 'Europe/Paris').date
const dayMs = 86_400_000
const daysAgo = (days: number) => new Date(now.getTime() - days * dayMs)
const years = [today.slice(0, 4), addMonths(today, -12).slice(0, 4)]

let country: Awaited<ReturnType<typeof aCountry>>
let director: AgentActor
let counsellor: AgentActor
let colleague: AgentActor
beforeAll(async () => {
  country = await aCountry()
  director = await anAgent(country.spip, 'probation_director')
  counsellor = await anAgent(country.spip, 'probation_counsellor', { firstName: 'Inès', lastName: 'Faure' })
  colleague = await anAgent(country.spip, 'probation_counsellor', { firstName: 'Karl', lastName: 'Neuf' })
  await fill()
}, 120_000)

interface Text {
  kind?: 'reminder' | 'summons'
  state: MessageState
  parts?: number
  endReason?: string
}

/** An appointment as it is in the database, whatever its hour, with its texts. */
async function anAppointment(
  host: AService,
  probationerId: number,
  startsAt: Date,
  state: AppointmentState,
  { typeCode = 'probation_follow_up', texts = [] }: { typeCode?: string; texts?: readonly Text[] } = {},
) {
  const { date, time } = civilOf(startsAt, host.timeZone)
  const slot = await prisma.slot.create({
    data: {
      ...{ agendaId: host.agendaId, typeCode, startsAt, capacity: 1, seatsTaken: 1 },
      ...{ date: new Date(`${date}T00:00:00Z`), startTime: time },
    },
  })
  const { id } = await prisma.appointment.create({
    data: {
      ...{ probationerId, typeCode, startsAt, state, slotId: slot.id },
      ...{ organizationId: host.id, placeId: host.placeId, creatingOrganizationId: host.id },
    },
  })
  for (const [index, { kind = 'reminder', state: became, parts = 2, endReason }] of texts.entries()) {
    const left = !['planned', 'suppressed', 'cancelled'].includes(became)
    await prisma.message.create({
      data: {
        ...{ probationerId, appointmentId: id, kind, state: became, reminderHours: 24 + index },
        ...{ dueAt: startsAt, deadline: startsAt, endReason: endReason ?? null },
        ...(left && { textSent: 'Rappel', parts, sentAt: startsAt }),
      },
    })
  }
  return id
}

const reminders: readonly (readonly Text[])[] = [
  [{ state: 'delivered' }, { kind: 'summons', state: 'delivered', parts: 1 }],
  [{ state: 'sent', endReason: 'no_receipt' }],
  [{ state: 'failed' }],
  [{ state: 'suppressed', endReason: 'opted_out' }],
  [{ state: 'suppressed', endReason: 'no_phone' }],
  [],
]
const states = ['attended', 'missed', 'excused', 'booked', 'cancelled', 'rescheduled'] as const

/** Two years of a service, some of it of the last days, of persons of three agents, of nobody and of the court. */
async function fill() {
  const elsewhere = await anAgent(country.branch, 'probation_counsellor')
  const people = await Promise.all(
    [counsellor.id, colleague.id, elsewhere.id, undefined].map((assignedAgentId) =>
      aPerson([country.spip], assignedAgentId ? { assignedAgentId } : {}),
    ),
  )
  let nth = 0
  for (const daysBack of [0.1, 2, 6, 9, 35, 70, 120, 190, 260, 330, 400, 600])
    for (const { id } of people)
      for (const state of states) {
        const at = new Date(daysAgo(daysBack).getTime() - nth * 60_000)
        // Every outcome after every reminder.
        const texts = reminders[(nth + Math.floor(nth / 6)) % reminders.length] ?? []
        const typeCode = nth % 5 === 0 ? 'phone_appointment' : 'probation_follow_up'
        await anAppointment(nth % 7 === 0 ? country.court : country.spip, id, at, state, { typeCode, texts })
        nth += 1
      }
}

const readBy = (actor: AgentActor, asked: Parameters<typeof figures>[1] = {}) =>
  read(actor, (ctx) => figures(ctx, asked))
const atNight = (at: Date, work: (ctx: Context) => Promise<unknown>) =>
  prisma.$transaction((tx) => work({ tx, actor: night, now: at }), { timeout: 20_000 })
async function nightPasses(at = now) {
  for (const { id } of await prisma.organization.findMany({ select: { id: true } }))
    await atNight(at, (ctx) => refreshFigures(ctx, id))
  await atNight(at, refreshNationalFigures)
}

/** Counted from the rows themselves, one by one: nothing of the schema `reporting`. */
async function countedAlone(
  wanted: { organizationId?: number; referentId?: number; typeCode?: string; placeId?: number },
  inPeriod: (month: string) => boolean,
) {
  const rows = await prisma.appointment.findMany({
    where: {
      startsAt: { lte: new Date() },
      ...(wanted.organizationId && { organizationId: wanted.organizationId }),
      ...(wanted.placeId && { placeId: wanted.placeId }),
      ...(wanted.typeCode && { typeCode: wanted.typeCode }),
      ...(wanted.referentId && { probationer: { assignedAgentId: wanted.referentId } }),
    },
    include: {
      organization: true,
      messages: true,
      type: true,
      probationer: { include: { assignedAgent: true } },
    },
  })
  const counted = new Map<string, Counts>()
  for (const row of rows) {
    const month = civilOf(row.startsAt, row.organization.timeZone).date.slice(0, 7)
    if (!inPeriod(month)) continue
    const reminder = row.messages.find(({ kind }) => kind === 'reminder')
    const became = !reminder
      ? 'none'
      : reminder.state === 'delivered'
        ? 'received'
        : reminder.state === 'sent'
          ? 'unacknowledged'
          : reminder.state === 'failed'
            ? 'not_received'
            : reminder.endReason === 'opted_out'
              ? 'opted_out'
              : 'no_mobile'
    const sent = row.messages.filter(({ sentAt }) => sentAt !== null)
    for (const key of [
      'whole',
      `month ${month}`,
      `type ${row.type.label}`,
      `reminder ${reminderWords[became]}`,
    ]) {
      const counts = counted.get(key) ?? zero()
      if (row.state === 'attended' || row.state === 'missed' || row.state === 'excused')
        counts[row.state] += 1
      if (row.state === 'booked') counts.unsettled += 1
      counts.textsSent += sent.length
      counts.textsReceived += sent.filter(({ state }) => state === 'delivered').length
      counts.partsSent += sent.reduce((total, { parts }) => total + (parts ?? 0), 0)
      counted.set(key, counts)
    }
  }
  return counted
}
const zero = (): Counts => ({
  ...{ attended: 0, missed: 0, excused: 0, unsettled: 0, textsSent: 0, textsReceived: 0, partsSent: 0 },
})

async function expectTrue(
  actor: AgentActor,
  asked: Parameters<typeof figures>[1],
  wanted: Parameters<typeof countedAlone>[0],
) {
  const told = await readBy(actor, asked)
  const { from, to } = told.period
  const alone = await countedAlone(wanted, (month) => month >= from && month <= to)
  expect(told.whole).toEqual(alone.get('whole') ?? zero())
  for (const { month, counts } of told.months)
    expect(counts, month).toEqual(alone.get(`month ${month}`) ?? zero())
  for (const { label, counts } of told.reminders)
    expect(counts, label).toEqual(alone.get(`reminder ${label}`) ?? zero())
  for (const { label, counts } of told.types) expect(counts, label).toEqual(alone.get(`type ${label}`))
  return told
}

const total = (lines: readonly Line[] | null) =>
  (lines ?? []).reduce(
    (sum, { counts: { attended, missed, excused } }) => sum + attended + missed + excused,
    0,
  )

describe('the figures of a service', () => {
  it('are those of its rows, before any night, after one, and of what was recorded this week', async () => {
    const everything = async () => {
      for (const period of ['12', '3', 'month', ...years]) {
        await expectTrue(director, { period }, { organizationId: country.spip.id })
        await expectTrue(
          director,
          { period, typeCode: 'phone_appointment', placeId: country.spip.placeId },
          { organizationId: country.spip.id, typeCode: 'phone_appointment', placeId: country.spip.placeId },
        )
      }
    }
    await everything()
    await nightPasses()
    await everything()
    const recent = await prisma.appointment.findFirstOrThrow({
      where: { organizationId: country.spip.id, state: 'booked', startsAt: { gte: daysAgo(3), lte: now } },
    })
    await prisma.appointment.update({ where: { id: recent.id }, data: { state: 'missed' } })
    await everything()
  })

  it('say what was attended, missed and excused by referent and place, and leave out what never took place', async () => {
    const told = await readBy(director, { period: years[0] })
    const { attended, missed, excused } = told.whole
    for (const lines of [told.referents, told.places, told.types, told.reminders])
      expect(total(lines)).toBe(attended + missed + excused)
    expect(told.referents?.map(({ label }) => label)).toEqual([
      'Inès Faure',
      'Karl Neuf',
      ...['Agents d’autres services', 'Sans agent référent'],
    ])
    expect(told.places?.map(({ label }) => label)).toEqual(['SPIP de Nanterre'])
    const ofCounsellor = await expectTrue(
      director,
      { period: years[0], referentId: counsellor.id },
      { organizationId: country.spip.id, referentId: counsellor.id },
    )
    expect(ofCounsellor.whole).toEqual(told.referents?.[0]?.counts)
  })

  it('tell sent without receipt from received, not received, refused and without mobile', async () => {
    const { reminders: lines } = await readBy(director, { period: years[0] })
    expect(lines.map(({ label }) => label)).toEqual([
      ...['Rappel reçu', 'Envoyé, sans accusé', 'Envoyé, non reçu'],
      ...['Pas de portable joignable', 'Refuse les SMS', 'Pas de rappel'],
    ])
    for (const { label, counts } of lines) expect(counts.attended + counts.missed, label).toBeGreaterThan(0)
  })

  it('give a month by the clock of the place: one that ends in Paris still runs in Cayenne', async () => {
    const cayenne = await aService('SPIP de Cayenne', 'probation_service', {
      ...{ departmentCode: '973', timeZone: 'America/Cayenne' },
    })
    const admin = await anAgent(cayenne, 'local_admin')
    const person = await aPerson([cayenne])
    const paris = await aService('SPIP de Paris', 'probation_service')
    const [thisMonth, lastMonth] = [today.slice(0, 7), addMonths(today, -1).slice(0, 7)]
    const first = instantOf(`${thisMonth}-01`, '00:30', 'Europe/Paris')
    await anAppointment(cayenne, person.id, first, 'missed')
    await anAppointment(paris, person.id, new Date(first.getTime() + 60_000), 'missed')
    const monthOf = async (actor: AgentActor) =>
      (await readBy(actor, { period: String(years[0]) })).months
        .filter(({ counts }) => counts.missed > 0)
        .map(({ month }) => month)
    const parisAdmin = await anAgent(paris, 'local_admin')
    const january = thisMonth.endsWith('-01')
    for (const pass of [() => Promise.resolve(), nightPasses]) {
      await pass()
      expect(await monthOf(parisAdmin)).toEqual([thisMonth])
      expect(await monthOf(admin)).toEqual(january ? [] : [lastMonth])
    }
  })

  it('count an excuse given beforehand once its hour has passed, with what left', async () => {
    const host = await aService('SPIP des excuses', 'probation_service')
    const admin = await anAgent(host, 'local_admin')
    const { id } = await aPerson([host])
    await anAppointment(host, id, daysAgo(-3), 'excused')
    expect((await readBy(admin, { period: 'month' })).whole).toEqual(zero())
    await anAppointment(host, id, daysAgo(0.01), 'excused', {
      texts: [{ kind: 'summons', state: 'delivered' }],
    })
    const { months } = await readBy(admin, {
      period: civilOf(daysAgo(0.01), 'Europe/Paris').date.slice(0, 4),
    })
    expect(months.at(-1)?.counts).toMatchObject({ excused: 1, attended: 0, textsSent: 1, textsReceived: 1 })
  })

  it('say when they were computed, and since when they are counted as they are read', async () => {
    const host = await aService('SPIP tout neuf', 'probation_service')
    const admin = await anAgent(host, 'local_admin')
    expect(await readBy(admin, { period: 'month' })).toMatchObject({ computed: null, freshSince: null })
    const four = instantOf(today, '00:00', 'Europe/Paris')
    await atNight(four, (ctx) => refreshFigures(ctx, host.id))
    const told = await readBy(admin, { period: 'month' })
    expect(told.computed).toEqual({ date: today, time: '00:00' })
    expect(told.freshSince).toBe(civilOf(new Date(four.getTime() - 7 * dayMs), 'Europe/Paris').date)
    expect((await readBy(admin, { period: years[1] })).freshSince).toBeNull()
  })

  it('ask nothing that cannot be read, and choose nothing that is not there', async () => {
    const told = await readBy(director, {
      ...{ view: 'tout' as never, period: '99', typeCode: 'x', placeId: 'abc', referentId: -4 },
    })
    expect(told.period.code).toBe('12')
    expect(told.whole).toEqual(zero())
  })
})

describe('under twenty appointments', () => {
  it('a figure is not a percentage', () => {
    expect(missedShare({ ...zero(), missed: 19 })).toBeNull()
    expect(missedShare({ ...zero(), missed: 5, attended: 10, excused: 5 })).toBe(0.25)
    expect(missedShare({ ...zero(), missed: 5, attended: 10, unsettled: 50 })).toBeNull()
  })
})

describe('who reads what', () => {
  it('a counsellor reads the figures of their own persons, and no others by a forged question', async () => {
    const told = await expectTrue(
      counsellor,
      { period: years[0] },
      { organizationId: country.spip.id, referentId: counsellor.id },
    )
    expect(told).toMatchObject({ view: 'own', referents: null, choices: { referents: [], services: [] } })
    for (const forged of [
      { referentId: colleague.id },
      { referentId: director.id },
      { organizationId: country.foreign.id },
      { organizationId: country.branch.id, referentId: counsellor.id },
      { organizationId: country.court.id, referentId: colleague.id },
    ])
      for (const ask of [figures, figuresToExport])
        await expect(read(counsellor, (ctx) => ask(ctx, forged))).rejects.toThrow(Forbidden)
  })

  it('directors and local admins read their whole service and no other; central admins any, by its number', async () => {
    for (const [service, role] of [
      [country.spip, 'probation_director'],
      [country.spip, 'local_admin'],
      [country.court, 'local_admin'],
    ] as const) {
      const reader = await anAgent(service, role)
      await expectTrue(reader, { period: years[0] }, { organizationId: service.id })
      for (const organizationId of [country.foreign.id, country.branch.id])
        await expect(readBy(reader, { organizationId })).rejects.toThrow(Forbidden)
    }
    const central = await anAgent(country.foreign, 'central_admin')
    const told = await expectTrue(
      central,
      { organizationId: country.spip.id, period: years[0] },
      { organizationId: country.spip.id },
    )
    expect(told.choices.services.map(({ label }) => label)).toContain('SPIP de Lyon')
  })

  it('who follows nobody reads the country, and everybody may; a court reads no agent by name', async () => {
    await nightPasses()
    for (const [service, role] of [
      [country.court, 'execution_office_agent'],
      [country.court, 'sentence_judge'],
      [country.spip, 'probation_secretary'],
      [country.spip, 'monitoring_officer'],
    ] as const) {
      const reader = await anAgent(service, role)
      expect(await readBy(reader)).toMatchObject({ view: 'national', own: 'none' })
      expect(await readBy(reader, { organizationId: country.spip.id })).toMatchObject({ view: 'national' })
    }
    for (const period of ['12', ...years])
      for (const typeCode of [undefined, 'phone_appointment'])
        await expectTrue(
          counsellor,
          { view: 'national', period, ...(typeCode && { typeCode }) },
          { ...(typeCode && { typeCode }) },
        )
    const ofCourt = await readBy(await anAgent(country.court, 'local_admin'), { period: years[0] })
    expect(ofCourt.whole.attended).toBeGreaterThan(0)
    expect(ofCourt.referents).toEqual([])
  })

  it('everybody reads the country as an agent does, without its types nor its services', async () => {
    const { whole, months, reminders, period, computedOn, ...others } = await read(
      { kind: 'system', task: 'visitor' },
      (ctx) => publicFigures(ctx, {}),
    )
    const asAgent = await readBy(counsellor, { view: 'national', period: '12' })
    expect({ whole, months, reminders, period }).toEqual({
      ...{ whole: asAgent.whole, months: asAgent.months },
      ...{ reminders: asAgent.reminders, period: asAgent.period },
    })
    expect(whole.attended).toBeGreaterThan(0)
    expect(computedOn).toBe(today)
    expect(others).toEqual({})
  })

  it('what is taken away is traced: which filters, how many lines, no value', async () => {
    await read(director, (ctx) => figuresToExport(ctx, { period: years[0], typeCode: 'probation_follow_up' }))
    const trace = await prisma.auditEntry.findFirstOrThrow({
      where: { agentId: director.id, action: 'export' },
    })
    expect(trace).toMatchObject({ subject: 'figures', subjectId: country.spip.id, probationerId: null })
    expect(trace.fields.join(' ')).toMatch(/^period typeCode \d+ lines$/)
  })
})

describe('a purge moves no figure', () => {
  const everyone = async () => {
    const central = await anAgent(country.foreign, 'central_admin')
    const told = []
    for (const { id: organizationId } of [country.spip, country.court])
      for (const period of ['month', '3', '12', ...years]) {
        const {
          whole,
          months,
          reminders: byReminder,
          types,
          referents,
        } = await readBy(central, { organizationId, period })
        told.push({ whole, months, byReminder, types, referents })
      }
    return told
  }
  /** Seen by the service yesterday, and long ago; by the court too. */
  async function somebody(more: Parameters<typeof aPerson>[1] = {}) {
    const { id } = await aPerson([country.spip, country.court], { assignedAgentId: counsellor.id, ...more })
    for (const [index, days] of [0.2, 3, 8, 40, 200, 500].entries()) {
      const host = index % 2 ? country.court : country.spip
      await anAppointment(host, id, daysAgo(days), index % 3 ? 'missed' : 'attended', {
        texts: reminders[index % reminders.length] ?? [],
      })
    }
    return id
  }
  const longArchived = { archivedAt: daysAgo(220) }

  it('before its first night, between two nights, and after the next', async () => {
    const id = await somebody(longArchived)
    await nightPasses()
    await prisma.$executeRaw`DELETE FROM reporting.service_night WHERE organization_id = ${country.court.id}`
    const before = await everyone()
    expect(await transact(night, (ctx) => eraseDue(ctx, id))).toBe(true)
    expect(await everyone()).toEqual(before)
    await nightPasses()
    expect(await everyone()).toEqual(before)

    const byHand = await somebody()
    const archived = await somebody(longArchived)
    await prisma.$executeRaw`DELETE FROM reporting.service_night`
    await nightPasses()
    const counted = await everyone()
    const admin = await anAgent(country.spip, 'local_admin')
    await transact(admin, (ctx) => deleteProbationer(ctx, { probationerId: byHand }))
    expect(await transact(night, (ctx) => eraseDue(ctx, archived))).toBe(true)
    expect(await prisma.probationer.count({ where: { id: { in: [byHand, archived] } } })).toBe(0)
    expect(await everyone()).toEqual(counted)
    await nightPasses()
    expect(await everyone()).toEqual(counted)
    // Days later, what was erased is counted by the night, and only there.
    await nightPasses(new Date(now.getTime() + 8 * dayMs))
    expect(await everyone()).toEqual(counted)
    await nightPasses()
  })

  it('nor does one amid which the night counts: neither twice, nor not at all', async () => {
    const [id, next] = [await somebody(longArchived), await somebody(longArchived)]
    // The last night was days ago: what the next one will count is what is being erased.
    await prisma.$executeRaw`DELETE FROM reporting.service_night`
    await nightPasses(daysAgo(9))
    const before = await everyone()
    const counting: Promise<unknown>[] = []
    await prisma.$transaction(
      async (tx) => {
        expect(await eraseDue({ tx, actor: night, now: new Date() }, id)).toBe(true)
        for (const service of [country.spip, country.court])
          counting.push(transact(night, (ctx) => refreshFigures(ctx, service.id)))
        await expect.poll(waiting).toBe(2)
      },
      { timeout: 20_000 },
    )
    await Promise.all(counting)
    expect(await everyone()).toEqual(before)

    // And the other way round: the night has counted somebody, and has not said so yet.
    const then = await everyone()
    await prisma.$transaction(
      async (tx) => {
        await refreshFigures({ tx, actor: night, now: new Date(now.getTime() + 5 * dayMs) }, country.spip.id)
        counting.push(transact(night, (ctx) => eraseDue(ctx, next)))
        await expect.poll(waiting).toBe(1)
      },
      { timeout: 20_000 },
    )
    expect(await counting.at(-1)).toBe(true)
    expect(await everyone()).toEqual(then)
  })

  it('and leaves nobody’s name: the last days are kept as numbers, as the others', async () => {
    const id = await somebody(longArchived)
    await transact(night, (ctx) => eraseDue(ctx, id))
    const columns = await prisma.$queryRaw<{ name: string }[]>`
      SELECT DISTINCT column_name::text AS name FROM information_schema.columns c
        JOIN information_schema.tables t USING (table_schema, table_name)
       WHERE c.table_schema = 'reporting' AND t.table_type = 'BASE TABLE'`
    expect(
      columns.map(({ name }) => name).filter((name) => /probationer|appointment_id|person/.test(name)),
    ).toEqual([])
  })
})

describe('the months of a service', () => {
  it('without a figure yet are said all the same', async () => {
    const host = await aService('SPIP d’hier', 'probation_service')
    const told = await readBy(await anAgent(host, 'local_admin'))
    expect(told.months).toHaveLength(12)
    expect(told.months.at(-1)?.month).toBe(addMonths(`${today.slice(0, 7)}-01`, -1).slice(0, 7))
    expect(told.whole).toEqual(zero())
  })
})
