import { beforeAll, describe, expect, test } from 'vitest'
import { bookAppointment } from '../../../resources/appointment/commands/book.server'
import { recordOutcome } from '../../../resources/appointment/commands/settle.server'
import { endMailPrefix } from '../../../resources/divestment/jobs'
import { storeReceipt } from '../../../resources/message/commands/receipts.server'
import { archiveProbationer } from '../../../resources/probationer/commands/archive.server'
import { deleteProbationer } from '../../../resources/probationer/commands/delete.server'
import { registerProbationer } from '../../../resources/probationer/commands/register.server'
import { updateProbationer } from '../../../resources/probationer/commands/update.server'
import { probationerToEdit } from '../../../resources/probationer/queries/record.server'
import { erasedOn } from '../../../resources/probationer/rules'
import { refreshFigures } from '../../../resources/reporting/commands/refresh.sql.server'
import { eraseDue } from '../../../resources/retention/commands/erase.sql.server'
import { personsToErase } from '../../../resources/retention/queries/due.sql.server'
import { recordRequest } from '../../../resources/rights-request/commands/record.server'
import type { AgentActor, SystemActor } from '../../../resources/shared/actor'
import { addDays, civilOf, dbDateOf, instantOf } from '../../../resources/shared/civil-time'
import type { Context } from '../../../resources/shared/context'
import { prisma } from '../../../resources/shared/db.server'
import { Forbidden, Refused } from '../../../resources/shared/errors'
import { transact } from '../../../resources/shared/transact.server'
import { referenceOf } from '../../../resources/message/reference'
import { tasks } from '../../../worker/tasks'
import { drainQueue, queuedJobs } from '../../support/queue'
import { waiting } from '../../support/waiting'
import { rowsOfPerson, tracesOf, unlinkedTablesWithWords, type Sought } from '../../support/traces-of'
import {
  aCountry,
  actAt,
  anAgent,
  aPerson,
  aService,
  aSlot,
  workingDay,
  type AService,
} from '../../support/world'

const night: SystemActor = { kind: 'system', task: 'erase-archived' }
/** In one transaction, at an instant of the test's choosing. */
const atNight = <Result>(now: Date, work: (ctx: Context) => Promise<Result>) =>
  prisma.$transaction((tx) => work({ tx, actor: night, now }), { maxWait: 10_000, timeout: 20_000 })
const now = new Date()
const monthsAgo = (months: number) => new Date(now.getTime() - months * 30.5 * 86_400_000)
const longAgo = monthsAgo(7)

let country: Awaited<ReturnType<typeof aCountry>>
let counsellor: AgentActor
let localAdmin: AgentActor
beforeAll(async () => {
  country = await aCountry()
  counsellor = await anAgent(country.spip, 'probation_counsellor')
  localAdmin = await anAgent(country.spip, 'local_admin')
})

const erase = (id: number, at = now) => atNight(at, (ctx) => eraseDue(ctx, id))
const exists = async (id: number) => (await prisma.probationer.count({ where: { id } })) === 1

interface Figure {
  month: Date
  [dimension: string]: unknown
}
const figures = () =>
  prisma.$queryRaw<Figure[]>`
    SELECT * FROM reporting.appointment_count
     ORDER BY organization_id, month, place_id, type_code, referent_id, reminder, outcome`

/** A person with something in every table that may lead to one, all through the doors where there is one. */
async function furnished(who: Sought & { typedPhones: [string, string] }) {
  const by = <Result>(work: (ctx: Context<AgentActor>) => Promise<Result>) => actAt(counsellor, now, work)
  const { id } = await by((ctx) =>
    registerProbationer(ctx, {
      lastName: who.lastName,
      firstName: who.firstName,
      dateOfBirth: '1991-04-12',
      phone: who.typedPhones[0],
      appiNumber: who.appiNumber,
      assignToMe: true,
    }),
  )
  const book = (date: string, time: string, slotId?: number) =>
    by((ctx) =>
      bookAppointment(ctx, {
        probationerId: id,
        typeCode: slotId ? 'hearing_exit_probation' : 'probation_follow_up',
        placeId: country.spip.placeId,
        ...(slotId ? { slotId } : { date, time }),
        inform: 'now',
      }),
    )
  const published = await aSlot(country.spip, 'hearing_exit_probation', workingDay(9), '10:00', {
    capacity: 3,
  })
  const first = await book(workingDay(8), '09:00')
  await book('', '', published.id)
  // What leaves for their first number, then for the next.
  await drainQueue(tasks)
  const form = await by((ctx) => probationerToEdit(ctx, { probationerId: id }))
  await by((ctx) =>
    updateProbationer(ctx, {
      ...form.person,
      probationerId: id,
      version: form.version,
      phone: who.typedPhones[1],
    }),
  )
  await book(workingDay(10), '09:00')
  await drainQueue(tasks)
  await past(id, first.id)

  // Receipts as a provider may write them, understood or not.
  const [phone = ''] = who.phones
  const national = `0${phone.slice(3)}`
  await prisma.testSms.create({ data: { phone, deadline: now } })
  const spaced = national.replace(/(..)(?=.)/g, '$1\u00a0')
  for (const spelt of [
    phone,
    phone.slice(1),
    `00${phone.slice(1)}`,
    national,
    spaced,
    national.replace(/(..)(?=.)/g, '$1.'),
  ])
    await transact(night, (ctx) => storeReceipt(ctx, { raw: { event: 'delivered', to: { number: spelt } } }))

  // What has no command yet, or is another subject's.
  const divestment = await prisma.divestment.create({
    data: {
      probationerId: id,
      targetOrganizationId: country.foreign.id,
      state: 'refused',
      destinationOrganizationIds: [country.foreign.id],
      decisions: {
        create: { organizationId: country.spip.id, state: 'refused', comment: `${who.lastName} reste ici` },
      },
    },
  })
  await prisma.outboxItem.create({
    data: {
      channel: 'email',
      sender: 'ne-pas-repondre@justice.example',
      recipient: 'demandeur@justice.example',
      body: `Commentaire : ${who.lastName} reste ici`,
      reference: `${endMailPrefix(divestment.id)}${counsellor.id}`,
    },
  })
  const { id: accountId } = await prisma.spaceAccount.create({
    data: {
      probationerId: id,
      tokens: {
        create: { purpose: 'invitation', tokenHash: `hash-${id}`, expiresAt: new Date(now.getTime() + 1e9) },
      },
    },
  })
  await prisma.spaceSession.create({
    data: { sid: `session-${id}`, sess: { accountId }, expire: new Date(now.getTime() + 1e9) },
  })
  await prisma.identityLookUp.create({ data: { agentId: counsellor.id, probationerId: id, at: now } })
  await prisma.phoneCall.create({ data: { probationerId: id, agentId: counsellor.id, at: now } })
  await prisma.rightsRequest.create({
    data: {
      probationerId: id,
      kind: 'access',
      receivedOn: dbDateOf('2026-01-05'),
      dueOn: dbDateOf('2026-02-05'),
      answeredOn: dbDateOf('2026-01-20'),
      outcome: 'granted',
      answer: `Copie remise à ${who.firstName} ${who.lastName}`,
    },
  })
  const { id: namesakeId } = await aPerson([country.foreign])
  await prisma.likelyDuplicate.create({
    data: { firstId: id, secondId: namesakeId, score: 80, likenesses: ['same_names'], foundAt: now },
  })
  await prisma.mergedRecord.create({ data: { id: 1_000_000 + id, intoId: id, mergedAt: now } })
  const column = await prisma.customColumn.create({
    data: { organizationId: country.spip.id, name: 'Remarque', moment: 'in_table', typeCodes: [] },
  })
  await prisma.customColumnValue.create({
    data: { appointmentId: first.id, customColumnId: column.id, value: `${who.firstName} viendra` },
  })
  const closure = await prisma.closure.create({
    data: {
      organizationId: country.spip.id,
      agendaId: country.spip.agendaId,
      firstDate: dbDateOf('2026-01-05'),
      lastDate: dbDateOf('2026-01-05'),
      liftedAt: now,
    },
  })
  await prisma.closureLine.create({
    data: { closureId: closure.id, appointmentId: first.id, choice: 'keep' },
  })
  return { id, publishedSlotId: published.id, divestmentId: divestment.id }
}

/** The appointment was two months ago, and they came. */
async function past(probationerId: number, appointmentId: number): Promise<void> {
  const startsAt = monthsAgo(2)
  await prisma.appointment.update({ where: { id: appointmentId }, data: { startsAt } })
  await actAt(counsellor, now, (ctx) =>
    recordOutcome(ctx, { appointmentId, outcome: 'attended', inform: false }),
  )
  expect(await prisma.appointment.count({ where: { probationerId, state: 'attended' } })).toBe(1)
}

const marked = {
  lastName: 'QUIXOTZKY-VERMUILLEUX',
  firstName: 'Théodelindre',
  phones: ['+33639987413', '+33639987526'],
  typedPhones: ['06 39 98 74 13', '06 39 98 75 26'] as [string, string],
  appiNumber: '202387654321',
}
const other = {
  lastName: 'DARQUEBIN',
  firstName: 'Zéphirette',
  phones: ['+33639987611', '+33639987622'],
  typedPhones: ['06 39 98 76 11', '06 39 98 76 22'] as [string, string],
  appiNumber: '202387650000',
}

/** What no foreign key links to a person, and why it holds nothing of one. Receipts and the outbox are furnished. */
const ofNobody = [
  // The house: services, agents, places, texts, public pages, the catalogue.
  'agenda agent agent_token announcement appointment_type calendar_feed city closure competent_service content_page',
  'content_page_version custom_column',
  'headquarters legacy_path message_template message_template_proposal message_template_version organization place',
  'place_appointment_type provider_pace public_page public_page_version page_photo partner recurring_slot slot',
  // Counts of votes; what visitors write, tied to no record: a week for a service, a year for the team.
  'page_vote site_request',
  // Agents' ids; numbers of the network; ids and names of fields.
  'session sign_in_tries space_sign_in_tries rate_limit audit_entry job_run',
  // Counts, the first digits of numbers, services that fail.
  'watch_figures watch_alert sms_account',
  // Files of agents and of competent services: cells are erased as soon as they are worked.
  'import_run import_row',
  'receipt outbox_item test_sms _prisma_migrations',
]
  .flatMap((line) => line.split(' '))
  .map((table) => `public.${table}`)

describe('the erasure of a person', () => {
  test('leaves no piece of them in any table of the database, and takes nobody else', async () => {
    const { id, publishedSlotId } = await furnished(marked)
    const bystander = await furnished(other)
    const rows = await rowsOfPerson(id)
    const untouched = await rowsOfPerson(bystander.id)
    // A table that may hold something of a person is furnished above, or the test would not see what it keeps.
    expect(Object.entries(rows).filter(([, count]) => count === 0)).toEqual([])
    const unknown = (await unlinkedTablesWithWords()).filter(
      (table) => !ofNobody.includes(table) && !/^(graphile_worker|reporting)\./.test(table),
    )
    expect(unknown).toEqual([])
    const traces = await tracesOf(marked)
    expect(traces).toEqual(
      expect.arrayContaining([
        'public.probationer.last_name',
        'public.probationer.search_text',
        'public.following.first_name',
        'public.history_entry.data',
        'public.message.phone',
        'public.receipt.raw',
        'public.outbox_item.recipient',
        'public.test_sms.phone',
        'public.outbox_item.body',
        'public.custom_column_value.value',
        'public.divestment_decision.comment',
        'public.rights_request.answer',
      ]),
    )
    const tracesOfOther = await tracesOf(other)
    const receipts = await prisma.receipt.count()
    const keyed = await jobsOfMessages(id)
    expect(keyed.length).toBeGreaterThan(0)
    const before = await figures()
    expect(before).not.toEqual([])

    await actAt(counsellor, longAgo, (ctx) => archiveProbationer(ctx, { probationerId: id }))
    const jobsBefore = await keysOfJobs()
    expect(await erase(id)).toBe(true)

    expect(await tracesOf(marked)).toEqual([])
    expect(await exists(id)).toBe(false)
    expect((await keysOfJobs()).filter((key) => keyed.includes(key))).toEqual([])
    expect(jobsBefore.filter((key) => keyed.includes(key)).sort()).toEqual(keyed)
    // Seats to come are free again, and the hours opened for them alone are gone.
    expect(await prisma.slot.findUniqueOrThrow({ where: { id: publishedSlotId } })).toMatchObject({
      seatsTaken: 0,
    })
    expect(await slotsWithoutAppointment()).toBe(0)
    // A purge moves no figure.
    expect(await figures()).toEqual(before)
    // Traces keep ids, which name nobody.
    expect(await prisma.auditEntry.count({ where: { probationerId: id, action: 'delete' } })).toBe(1)

    expect(await rowsOfPerson(bystander.id)).toEqual(untouched)
    expect(await tracesOf(other)).toEqual(tracesOfOther)
    expect(await prisma.receipt.count()).toBe(receipts - 6)
  }, 120_000)

  test('by hand takes the same, at once, and moves no figure', async () => {
    const who = { ...marked, lastName: 'ZWOLINGHAUSE', appiNumber: '202311112222' }
    const { id } = await furnished(who)
    const before = await figures()
    await actAt(localAdmin, now, (ctx) => deleteProbationer(ctx, { probationerId: id }))
    expect(await tracesOf(who)).toEqual([])
    expect(await figures()).toEqual(before)
    expect(
      await prisma.auditEntry.findFirst({ where: { probationerId: id, action: 'delete' } }),
    ).toMatchObject({ agentId: localAdmin.id })
  }, 60_000)

  test('by hand belongs to some roles of a following service, not of what is archived, claimed or limited', async () => {
    const attempt = (id: number, actor: AgentActor) =>
      actAt(actor, now, (ctx) => deleteProbationer(ctx, { probationerId: id })).then(
        () => 'erased',
        (error: unknown) => (error instanceof Refused ? error.code : (error as Error).name),
      )
    const plain = await aPerson([country.spip])
    expect(await attempt(plain.id, counsellor)).toBe(Forbidden.name)
    expect(await attempt(plain.id, await anAgent(country.foreign, 'local_admin'))).toBe('NotFound')
    expect(await attempt(plain.id, await anAgent(country.court, 'local_admin'))).toBe(Forbidden.name)

    const archived = await aPerson([country.spip], { archivedAt: monthsAgo(1) })
    expect(await attempt(archived.id, localAdmin)).toBe('probationer.archived_erases_itself')
    const claimed = await aPerson([country.spip])
    await claim(claimed.id)
    expect(await attempt(claimed.id, localAdmin)).toBe('probationer.divested_not_deletable')
    const limited = await aPerson([country.spip])
    await prisma.probationer.update({ where: { id: limited.id }, data: { limitedAt: now } })
    expect(await attempt(limited.id, localAdmin)).toBe('probationer.limited')
    for (const { id } of [plain, archived, claimed, limited]) expect(await exists(id)).toBe(true)
    expect(await attempt(plain.id, await anAgent(country.spip, 'probation_director'))).toBe('erased')
  })

  test('by hand is done on what is archived or limited too, once the person asked for it', async () => {
    const archived = await aPerson([country.spip], { archivedAt: monthsAgo(1) })
    const limited = await aPerson([country.spip])
    await prisma.probationer.update({ where: { id: limited.id }, data: { limitedAt: now } })
    for (const { id: probationerId } of [archived, limited]) {
      const attempt = () => actAt(localAdmin, now, (ctx) => deleteProbationer(ctx, { probationerId }))
      await actAt(counsellor, now, (ctx) =>
        recordRequest(ctx, { probationerId, kind: 'erasure', receivedOn: '2026-01-05' }),
      )
      await claim(probationerId)
      await expect(attempt()).rejects.toMatchObject({ code: 'probationer.divested_not_deletable' })
      await prisma.divestment.updateMany({ where: { probationerId }, data: { state: 'refused' } })
      await attempt()
      expect(await exists(probationerId)).toBe(false)
    }
  })

  test('waits for the answer to what the person asked, by night', async () => {
    const { id: probationerId } = await aPerson([country.spip], { archivedAt: longAgo })
    const { id } = await prisma.rightsRequest.create({
      data: { probationerId, kind: 'access', receivedOn: now, dueOn: now },
    })
    expect(await erase(probationerId)).toBe(false)
    await prisma.rightsRequest.update({
      where: { id },
      data: { answeredOn: now, outcome: 'granted', answer: 'Remise.' },
    })
    expect(await erase(probationerId)).toBe(true)
  })

  test('takes the SMS that is leaving at that very instant', async () => {
    const { id: probationerId } = await aPerson([country.spip], { phone: '+33639987801' })
    const { id: messageId, createdAt } = await prisma.message.create({
      data: {
        probationerId,
        kind: 'summons',
        causeKey: 'essai',
        state: 'sending',
        dueAt: now,
        deadline: now,
      },
    })
    const erased = await prisma.$transaction(
      async (tx) => {
        await tx.$queryRaw`SELECT 1 FROM message WHERE id = ${messageId} FOR UPDATE`
        const erasing = actAt(localAdmin, now, (ctx) => deleteProbationer(ctx, { probationerId }))
        await expect.poll(waiting).toBe(1)
        const item = {
          channel: 'sms',
          sender: 'RDV Justice',
          recipient: '+33639987801',
          body: 'Vous êtes convoqué',
        } as const
        await tx.outboxItem.create({
          data: { ...item, reference: referenceOf({ kind: 'message', id: messageId, createdAt }) },
        })
        return { erasing }
      },
      { timeout: 20_000 },
    )
    await erased.erasing
    expect(await prisma.outboxItem.count({ where: { recipient: '+33639987801' } })).toBe(0)
  })

  test('of who was archived on 31 August comes on the last day of February, as it was said', async () => {
    for (const at of ['2026-08-31T08:00:00Z', '2026-08-31T21:50:00Z']) {
      const { id } = await aPerson([country.spip], { archivedAt: new Date(at) })
      expect(erasedOn(new Date(at), 'Europe/Paris')).toBe('2027-02-28')
      expect(await erase(id, new Date('2027-02-27T00:00:00Z'))).toBe(false)
      expect(await erase(id, new Date('2027-02-28T00:00:00Z'))).toBe(true)
    }
  })

  test('leaves the number of somebody who has it now: their receipts and their SMS stay', async () => {
    const phone = '+33639987733'
    const former = await aPerson([country.spip], { phone: null, archivedAt: longAgo })
    await prisma.historyEntry.create({
      data: {
        probationerId: former.id,
        category: 'probationer',
        event: 'probationer.phone_removed',
        data: { from: phone },
      },
    })
    const owner = await aPerson([country.spip], { phone })
    const { id: receiptId } = await transact(night, (ctx) => storeReceipt(ctx, { raw: { to: phone } }))
    expect(await erase(former.id)).toBe(true)
    expect(await prisma.receipt.count({ where: { id: receiptId } })).toBe(1)
    await prisma.probationer.update({ where: { id: owner.id }, data: { archivedAt: longAgo } })
    expect(await erase(owner.id)).toBe(true)
    expect(await prisma.receipt.count({ where: { id: receiptId } })).toBe(0)
  })
})

test('a person is looked for in a table that nobody knows yet, however they are written', async () => {
  await prisma.$executeRaw`CREATE SCHEMA tomorrow`
  await prisma.$executeRaw`CREATE TABLE tomorrow.note (body text, detail jsonb, tags text[], bytes bytea, number bigint)`
  await prisma.$executeRaw`
    INSERT INTO tomorrow.note VALUES
      ('Vu M. Vermuilleux ce matin', '{"who": {"firstName": "theodelindre"}}', '{"x", "QUIXOTZKY"}',
       convert_to('appelé au 06.39.98.74.13', 'UTF8'), 33639987526), (NULL, NULL, NULL, 'rien', NULL)`
  try {
    expect((await tracesOf(marked)).filter((trace) => trace.startsWith('tomorrow.'))).toEqual(
      ['body', 'detail', 'tags', 'bytes', 'number'].map((column) => `tomorrow.note.${column}`),
    )
    // And it is asked whose it is before it holds anybody.
    expect(await unlinkedTablesWithWords()).toContain('tomorrow.note')
  } finally {
    await prisma.$executeRaw`DROP SCHEMA tomorrow CASCADE`
  }
})

describe('who is erased', () => {
  test('is whoever was archived six months ago, on the very day that was said', async () => {
    const archivedAt = new Date('2026-03-31T09:00:00Z')
    const { id } = await aPerson([country.spip], { archivedAt })
    const day = erasedOn(archivedAt, 'Europe/Paris')
    expect(day).toBe('2026-09-30')
    const one = instantOf(day, '01:00', 'Europe/Paris')
    const theDayBefore = instantOf(addDays(day, -1), '01:00', 'Europe/Paris')
    expect(await erase(id, theDayBefore)).toBe(false)
    expect(await atNight(one, (ctx) => personsToErase(ctx, { after: id - 1, limit: 1 }))).toEqual([id])
    expect(await erase(id, one)).toBe(true)
  })

  test('is counted by the clock of their service: never before the day that its agents read', async () => {
    const cayenne = await aServiceIn('America/Cayenne')
    const archivedAt = new Date('2026-03-10T12:00:00Z')
    const { id } = await aPerson([cayenne], { archivedAt })
    // At one o'clock in Paris it is still the day before in Cayenne.
    expect(await erase(id, instantOf('2026-09-10', '01:00', 'Europe/Paris'))).toBe(false)
    expect(await erase(id, instantOf('2026-09-11', '01:00', 'Europe/Paris'))).toBe(true)
  })

  test('is nobody who was unarchived, or whose processing is limited; a request that waits goes with them', async () => {
    const unarchived = await aPerson([country.spip])
    const claimed = await aPerson([country.spip], { archivedAt: longAgo })
    await claim(claimed.id)
    expect(await erase(claimed.id)).toBe(true)
    expect(await prisma.divestment.count({ where: { probationerId: claimed.id } })).toBe(0)
    const limited = await aPerson([country.spip], { archivedAt: longAgo })
    await prisma.probationer.update({ where: { id: limited.id }, data: { limitedAt: now } })
    for (const { id } of [unarchived, limited]) {
      expect(await erase(id)).toBe(false)
      expect(await exists(id)).toBe(true)
    }
  })

  test('is erased once by two workers at once, and neither waits for the other', async () => {
    const people = await Promise.all(
      Array.from({ length: 6 }, () => aPerson([country.spip], { archivedAt: longAgo })),
    )
    const ids = people.map(({ id }) => id)
    const ends = await Promise.all([...ids, ...ids].map((id) => transact(night, (ctx) => eraseDue(ctx, id))))
    expect(ends.filter(Boolean)).toHaveLength(ids.length)
    expect(await prisma.probationer.count({ where: { id: { in: ids } } })).toBe(0)
    const held = await aPerson([country.spip], { archivedAt: longAgo })
    await prisma.$transaction(async (tx) => {
      expect(await eraseDue({ tx, actor: night, now }, held.id)).toBe(true)
      expect(await erase(held.id)).toBe(false)
    })
  })

  test('stays whole when the erasure breaks in the middle, and goes the next time', async () => {
    const { id } = await aPerson([country.spip], { archivedAt: longAgo })
    const slot = await aSlot(country.spip, 'hearing_exit_probation', workingDay(12), '09:00', {
      seatsTaken: 1,
    })
    await anAppointmentOn(slot, id)
    const before = { rows: await rowsOfPerson(id), figures: await figures() }
    const broken = prisma.$transaction(async (tx) => {
      await eraseDue({ tx, actor: night, now }, id)
      throw new Error('the machine stops')
    })
    await expect(broken).rejects.toThrow('the machine stops')
    expect({ rows: await rowsOfPerson(id), figures: await figures() }).toEqual(before)
    expect(await seatsOf(slot.id)).toBe(1)
    expect(await erase(id)).toBe(true)
    expect(await erase(id)).toBe(false)
    expect(await seatsOf(slot.id)).toBe(0)
  })
})

describe('the figures', () => {
  test('are the sum of what is and of what was, in every dimension, last night’s too', async () => {
    const states = ['attended', 'missed', 'excused', 'cancelled', 'rescheduled', 'booked'] as const
    const people = await Promise.all([
      aPerson([country.spip], { assignedAgentId: counsellor.id, archivedAt: longAgo }),
      aPerson([country.spip], { phone: null, archivedAt: longAgo }),
      aPerson([country.spip, country.court], { smsOptOut: true, archivedAt: longAgo }),
    ])
    for (const [rank, { id }] of people.entries())
      for (const [index, state] of states.entries()) {
        const host = index % 2 ? country.court : country.spip
        const typeCode = index % 2 ? 'sentence_judge_follow_up' : 'probation_follow_up'
        const date = addDays(civilOf(monthsAgo(index), 'Europe/Paris').date, rank)
        const slot = await aSlot(host, typeCode, date, '09:00', { seatsTaken: 1 })
        const appointment = await anAppointmentOn(slot, id, { host, state })
        await prisma.message.create({
          data: {
            probationerId: id,
            appointmentId: appointment.id,
            kind: 'reminder',
            reminderHours: 24,
            state: index % 3 ? 'delivered' : 'failed',
            textSent: 'Rappel',
            parts: 2,
            sentAt: now,
            dueAt: now,
            deadline: now,
          },
        })
      }
    const nightly = () => prisma.$queryRaw<Figure[]>`
      SELECT organization_id, place_id, type_code, month, referent_id, reminder, outcome,
             sum(appointments)::int AS appointments, sum(texts_sent)::int AS texts_sent,
             sum(texts_received)::int AS texts_received, sum(parts_sent)::int AS parts_sent
        FROM reporting.figure GROUP BY 1, 2, 3, 4, 5, 6, 7
       ORDER BY organization_id, month, place_id, type_code, referent_id, reminder, outcome`
    const refresh = async () => {
      for (const { id } of await prisma.organization.findMany())
        await transact(night, (ctx) => refreshFigures(ctx, id))
    }
    await refresh()
    const [before, beforeAtNight] = [await figures(), await nightly()]
    expect(beforeAtNight).toEqual(before)
    const dimensions = [
      'organization_id',
      'place_id',
      'type_code',
      'month',
      'referent_id',
      'reminder',
      'outcome',
    ]
    for (const name of dimensions)
      expect(new Set(before.map((line) => String(line[name]))).size, name).toBeGreaterThan(1)

    for (const { id } of people) expect(await erase(id)).toBe(true)
    expect(await figures()).toEqual(before)
    expect(await nightly()).toEqual(before)
    await refresh()
    expect(await nightly()).toEqual(before)
    // By nobody's name: what is kept is a number a cell.
    const kept = await prisma.$queryRaw<{ name: string }[]>`
      SELECT column_name::text AS name FROM information_schema.columns WHERE table_schema = 'reporting' AND table_name = 'erased_appointment'`
    expect(kept.map(({ name }) => name).sort()).toEqual(
      [...dimensions, 'appointments', 'texts_sent', 'texts_received', 'parts_sent'].sort(),
    )
  })

  test('follow what changes of those who are still there, night after night', async () => {
    const { id } = await aPerson([country.branch])
    const slotOn = (months: number) =>
      aSlot(country.branch, 'probation_follow_up', civilOf(monthsAgo(months), 'Europe/Paris').date, '09:00', {
        seatsTaken: 1,
      })
    const appointment = await anAppointmentOn(await slotOn(2), id, { host: country.branch, state: 'missed' })
    const outcomes = async (nightsLater = 0) => {
      await atNight(new Date(now.getTime() + nightsLater * 86_400_000), (ctx) =>
        refreshFigures(ctx, country.branch.id),
      )
      const lines = await prisma.$queryRaw<{ outcome: string; appointments: number }[]>`
        SELECT outcome::text, appointments FROM reporting.nightly_appointment_count WHERE organization_id = ${country.branch.id}`
      return lines
    }
    expect(await outcomes()).toEqual([{ outcome: 'missed', appointments: 1 }])
    await prisma.appointment.update({ where: { id: appointment.id }, data: { state: 'attended' } })
    expect(await outcomes()).toEqual([{ outcome: 'attended', appointments: 1 }])

    // Of a month for which no outcome is asked any more, within the week.
    await anAppointmentOn(await slotOn(14), id, { host: country.branch, state: 'missed' })
    for (let nights = 1; nights <= 6; nights++) await outcomes(nights)
    expect(await outcomes(7)).toContainEqual({ outcome: 'missed', appointments: 1 })
  })

  test('count nobody twice who is erased with an appointment to come: it never took place', async () => {
    const { id } = await aPerson([country.branch], { archivedAt: longAgo })
    const slot = await aSlot(country.branch, 'probation_follow_up', workingDay(20), '09:00', {
      seatsTaken: 1,
    })
    await anAppointmentOn(slot, id, { host: country.branch })
    const before = await figures()
    expect(await erase(id)).toBe(true)
    expect(await figures()).toEqual(before)
    expect(await prisma.slot.count({ where: { id: slot.id } })).toBe(0)
  })
})

const claim = (probationerId: number) =>
  prisma.divestment.create({
    data: {
      probationerId,
      targetOrganizationId: country.foreign.id,
      destinationOrganizationIds: [country.foreign.id],
    },
  })

const seatsOf = async (id: number) => (await prisma.slot.findUniqueOrThrow({ where: { id } })).seatsTaken

const aServiceIn = (timeZone: string): Promise<AService> =>
  aService(`SPIP ${timeZone}`, 'probation_service', { timeZone, departmentCode: '973' })

function anAppointmentOn(
  slot: { id: number; typeCode: string; startsAt: Date },
  probationerId: number,
  {
    host = country.spip,
    state = 'booked',
  }: {
    host?: AService
    state?: 'booked' | 'attended' | 'missed' | 'excused' | 'cancelled' | 'rescheduled'
  } = {},
) {
  return prisma.appointment.create({
    data: {
      probationerId,
      slotId: slot.id,
      typeCode: slot.typeCode,
      organizationId: host.id,
      placeId: host.placeId,
      startsAt: slot.startsAt,
      state,
      creatingOrganizationId: host.id,
    },
  })
}

/** The keys of the jobs that carry the messages of a person. */
async function jobsOfMessages(probationerId: number): Promise<string[]> {
  const messages = await prisma.message.findMany({ where: { probationerId }, select: { id: true } })
  const keys = messages.map(({ id }) => `message:${id}`)
  return (await keysOfJobs()).filter((key) => keys.includes(key)).sort()
}

const keysOfJobs = async () => (await queuedJobs()).flatMap(({ key }) => (key ? [key] : []))

/** Hours opened for one person, whom nobody has any more. */
async function slotsWithoutAppointment(): Promise<number> {
  return prisma.slot.count({
    where: { type: { usesPublishedSlots: false }, appointments: { none: {} } },
  })
}
