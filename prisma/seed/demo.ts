import { hashPassword } from '../../resources/agent/commands/password-hash.server'
import { agentActor } from '../../resources/agent/queries/actor.server'
import { roleNames } from '../../resources/agent/fr'
import { charterVersion } from '../../resources/agent/charter'
import { bookAppointment } from '../../resources/appointment/commands/book.server'
import { recordOutcome } from '../../resources/appointment/commands/settle.server'
import { createCustomColumn } from '../../resources/custom-column/commands/edit.server'
import { refuseDivestment } from '../../resources/divestment/commands/answer.server'
import { requestDivestment } from '../../resources/divestment/commands/request.server'
import { claimMessage, recordSendResult } from '../../resources/message/commands/deliver.server'
import { referenceOf } from '../../resources/message/reference'
import { recordReceipt, storeReceipt } from '../../resources/message/commands/receipts.server'
import { archiveProbationer } from '../../resources/probationer/commands/archive.server'
import { registerProbationer } from '../../resources/probationer/commands/register.server'
import { createRecurringSlots } from '../../resources/recurring-slot/commands/create.server'
import type { Actor, AgentActor, SystemActor } from '../../resources/shared/actor'
import { addDays, civilOf, instantOf, type CivilDate } from '../../resources/shared/civil-time'
import type { Context } from '../../resources/shared/context'
import { prisma } from '../../resources/shared/db.server'
import { day } from '../../resources/shared/duration'
import { orNotFound } from '../../resources/shared/errors'
import { isWorkingDay } from '../../resources/shared/calendar'
import { seedCommon } from './common'
import { fillFigures } from './demo-figures'
import { fillRights } from './demo-rights'
import { fillSpaces } from './demo-spaces'
import { fillPages } from './demo-pages'
import { fillTexts } from './demo-texts'
import { tieCompetentServices } from './competent-services'
import {
  emailOf,
  jurisdictions,
  leavers,
  unreached,
  persons,
  personFromCayenne,
  personsClaimed,
  personsOfCayenne,
  personsOfVersailles,
  services,
  type DemoService,
} from './invented'
import { markEndings } from '../../resources/retention/commands/mark.sql.server'
import { seedPublicPage } from './public-pages'
import { outboxReceiptOf } from '../../worker/sms/outbox'

/** Printed at start-up in demo mode, and only there. */
export const demoPassword = 'cerisier-vapeur-lundi-42'

/** One agent a role: who to sign in as. */
export const demoAccounts = services.flatMap((service) =>
  service.agents.map((agent) => ({
    role: roleNames[agent.role],
    service: service.name,
    email: emailOf(agent),
  })),
)

type Service = DemoService & { id: number; placeId: number; agendaIds: number[] }

/** Fills an empty database with three jurisdictions, through the commands agents use. */
export async function seedDemo(): Promise<void> {
  await seedCommon()
  const passwordHash = await hashPassword(demoPassword)
  const made = new Map<string, Service>()
  for (const service of services) made.set(service.name, await createService(service, passwordHash))
  const named = (name: string) => orNotFound(made.get(name), name)
  for (const [court, probationServices] of jurisdictions) {
    for (const probationService of probationServices) {
      await prisma.organizationLink.create({
        data: { courtId: named(court).id, probationServiceId: named(probationService).id },
      })
    }
  }
  await tieCompetentServices(prisma)
  const team = await actorCalled('equipe.nationale@justice.example')
  for (const service of made.values()) await publishSlots(team, service)
  await actAt(await actorCalled('gilles.riviere@justice.example'), new Date(), (ctx) =>
    createCustomColumn(ctx, {
      ...{ name: 'Remise de l’avis', dataType: 'text', moment: 'in_table' },
      typeCodes: ['hearing_exit_sentence_judge', 'hearing_exit_probation'],
    }),
  )
  await fillNanterre(named('SPIP 92 Nanterre'), named('TJ de Nanterre'))
  await fillArchives(named('SPIP 92 Nanterre'))
  await fillUnreached(named('SPIP 92 Nanterre'))
  await fillSpaces(await actorCalled('claire.vasseur@justice.example'), demoPassword)
  await fillCayenne(named('SPIP 973 Cayenne'))
  await fillDivestments({
    nanterre: named('SPIP 92 Nanterre'),
    versailles: named('SPIP 78 Versailles'),
    cayenne: named('SPIP 973 Cayenne'),
  })
  const asking = await prisma.probationer.findFirstOrThrow({
    where: { lastName: 'HAMDI', firstName: 'Yasmine' },
    select: { id: true },
  })
  await fillRights(
    (actor, work) => actAt(actor, new Date(), work),
    {
      counsellor: await actorCalled('claire.vasseur@justice.example'),
      clerk: await actorCalled('camille.aubert@justice.example'),
      admin: await actorCalled('paul.adjovi@justice.example'),
      team,
    },
    asking.id,
  )
  await fillTexts((actor, daysAgo, work) => actAt(actor, new Date(Date.now() - daysAgo * day), work), {
    admin: await actorCalled('paul.adjovi@justice.example'),
    team,
  })
  const nanterreAdmin = await actorCalled('paul.adjovi@justice.example')
  await fillPages((work) => actAt(nanterreAdmin, new Date(), work), prisma, 'spip-92-nanterre')
  await prisma.$transaction(
    (tx) => markEndings({ tx, actor: system, now: new Date() }, { after: 0, looked: 10_000 }),
    longTransaction,
  )
  await fillFigures([
    { ...named('SPIP 92 Nanterre'), aMonth: 140 },
    { ...named('TJ de Nanterre'), aMonth: 60 },
    { ...named('SPIP 78 Versailles'), aMonth: 80 },
    { ...named('SPIP 973 Cayenne'), aMonth: 50 },
  ])
}

const system: SystemActor = { kind: 'system', task: 'seed' }

const longTransaction = { maxWait: 10_000, timeout: 120_000 }

const typesOf = {
  court: ['hearing_exit_sentence_judge', 'sentence_judge_follow_up', 'adversarial_hearing'],
  probation_service: [
    'hearing_exit_probation',
    'electronic_tag_fitting',
    'first_probation_follow_up',
    'probation_follow_up',
    'article_741_1',
    'community_service_placement',
    'home_visit',
    'phone_appointment',
    'electronic_monitoring',
    'course',
    'probation_recall',
    'group_session',
  ],
}

async function createService(service: DemoService, passwordHash: string): Promise<Service> {
  return prisma.$transaction(async (tx) => {
    const headquarters = service.headquarters
      ? await tx.headquarters.upsert({
          where: { name: service.headquarters },
          create: { name: service.headquarters },
          update: {},
        })
      : null
    const organization = await tx.organization.create({
      data: {
        name: service.name,
        kind: service.kind,
        timeZone: service.timeZone,
        departmentCode: service.departmentCode,
        switchboardPhone: service.phone,
        interJurisdiction: service.interJurisdiction ?? false,
        agendaGuidance: service.agendaGuidance ?? null,
        openedAt: new Date('2026-03-02'),
        headquartersId: headquarters?.id ?? null,
      },
    })
    const publicPageId = await seedPublicPage(tx, { ...service, organizationId: organization.id })
    const place = await tx.place.create({
      data: {
        organizationId: organization.id,
        name: service.placeName,
        address: service.address,
        shortAddress: service.shortAddress,
        departmentCode: service.departmentCode,
        phone: service.phone,
        publicPageId,
        appointmentTypes: { create: typesOf[service.kind].map((typeCode) => ({ typeCode })) },
        agendas: { create: service.agendas.map((name) => ({ name })) },
      },
      select: { id: true, agendas: { select: { id: true }, orderBy: { id: 'asc' } } },
    })
    await tx.agent.createMany({
      data: service.agents.map((agent) => ({
        ...agent,
        email: emailOf(agent),
        organizationId: organization.id,
        headquartersId: headquarters?.id ?? null,
        passwordHash,
        ...(!newcomers.includes(emailOf(agent)) && {
          securityCharterVersion: charterVersion,
          securityCharterAcceptedAt: new Date(),
        }),
      })),
    })
    return {
      ...service,
      id: organization.id,
      placeId: place.id,
      agendaIds: place.agendas.map((agenda) => agenda.id),
    }
  })
}

/** Whoever signs in as one of them meets the charter first. */
const newcomers = [
  'yann.le-goff@justice.example',
  'sonia.marchetti@justice.example',
  'benoit.leclerc@justice.example',
  'malik.benali@justice.example',
]

/** What each service publishes of the exit of the hearing, week after week, six months ahead. */
const weeks = {
  court: [
    {
      typeCode: 'hearing_exit_sentence_judge',
      ...{ weekdays: [1, 2, 4], first: '09:30', last: '11:00', everyMinutes: 30, capacity: 1 },
    },
    {
      typeCode: 'hearing_exit_sentence_judge',
      ...{ weekdays: [3], first: '14:00', last: '16:00', everyMinutes: 60, capacity: 3 },
    },
  ],
  probation_service: [
    {
      typeCode: 'electronic_tag_fitting',
      ...{ weekdays: [2, 4], first: '10:00', last: '14:00', everyMinutes: 240, capacity: 1 },
    },
    {
      typeCode: 'hearing_exit_probation',
      ...{ weekdays: [1, 3], first: '14:15', last: '15:45', everyMinutes: 90, capacity: 3 },
    },
    {
      typeCode: 'hearing_exit_probation',
      ...{ weekdays: [1, 2, 3, 4, 5], first: '09:15', last: '10:15', everyMinutes: 60, capacity: 2 },
    },
  ],
}

async function publishSlots(team: AgentActor, service: Service): Promise<void> {
  for (const [index, week] of weeks[service.kind].entries()) {
    const agendaId = orNotFound(service.agendaIds[index % service.agendaIds.length], 'agenda')
    await actAt(team, new Date(), (ctx) =>
      createRecurringSlots(ctx, { ...week, agendaId, durationMinutes: 30 }),
    )
  }
}

function workingDays(today: CivilDate, from: number, to: number, departmentCode: string): CivilDate[] {
  return Array.from({ length: to - from + 1 }, (_, index) => addDays(today, from + index)).filter((date) =>
    isWorkingDay(date, departmentCode),
  )
}

async function actorCalled(email: string): Promise<AgentActor> {
  const { id } = await prisma.agent.findUniqueOrThrow({ where: { email } })
  return orNotFound(await agentActor({ tx: prisma, actor: system, now: new Date() }, id), email)
}

/** Acts at a chosen instant: that is how the past is written. */
function actAt<A extends Actor, Result>(actor: A, now: Date, work: (ctx: Context<A>) => Promise<Result>) {
  return prisma.$transaction((tx) => work({ tx, actor, now }), longTransaction)
}

async function register(
  actor: AgentActor,
  now: Date,
  [lastName, firstName, dateOfBirth]: [string, string, string],
  index: number,
) {
  const reachable = index % 8 !== 6
  return actAt(actor, now, (ctx) =>
    registerProbationer(ctx, {
      lastName,
      firstName,
      dateOfBirth,
      phone: reachable
        ? `06 39 98 ${String(10 + index).padStart(2, '0')} ${actor.organization.departmentCode.slice(-2)}`
        : null,
      hasNoMobilePhone: !reachable,
      smsOptOut: index === 5,
      appiNumber:
        index % 2 === 0
          ? `2023${actor.organization.departmentCode.padStart(3, '0')}${String(10_000 + index * 37)}`
          : null,
      assignToMe: index % 3 !== 2,
    }),
  )
}

async function fillNanterre(spip: Service, court: Service): Promise<void> {
  const claire = await actorCalled('claire.vasseur@justice.example')
  const clerk = await actorCalled('camille.aubert@justice.example')
  const now = new Date()
  const today = civilOf(now, spip.timeZone).date
  const registeredAt = instantOf(addDays(today, -60), '10:00', spip.timeZone)
  const people: number[] = []
  for (const [index, person] of persons.entries())
    people.push((await register(claire, registeredAt, person, index)).id)
  const someone = (index: number) => people[index % people.length] ?? 0

  const book = (
    actor: AgentActor,
    at: Date,
    service: Service,
    who: number,
    typeCode: string,
    date: CivilDate,
    time: string,
    agenda: number,
  ) =>
    actAt(actor, at, (ctx) =>
      bookAppointment(ctx, {
        probationerId: who,
        typeCode,
        placeId: service.placeId,
        agendaId: service.agendaIds[agenda],
        date,
        time,
        inform: 'now',
      }),
    )
  const types = [
    'probation_follow_up',
    'probation_follow_up',
    'first_probation_follow_up',
    'phone_appointment',
    'article_741_1',
  ]
  const hours = ['09:00', '09:45', '10:30', '11:15', '14:00', '14:45', '15:30', '16:15']

  // Past: most have their outcome, the last weeks still wait for some.
  for (const [index, date] of workingDays(today, -42, -1, spip.departmentCode).entries()) {
    const { id } = await book(
      claire,
      instantOf(addDays(date, -9), '11:20', spip.timeZone),
      spip,
      someone(index),
      types[index % 5] ?? '',
      date,
      hours[index % 8] ?? '',
      0,
    )
    await deliverPast(id)
    if (index % 4 === 3) continue
    const outcome = index % 7 === 5 ? 'missed' : index % 11 === 9 ? 'excused' : 'attended'
    await actAt(claire, instantOf(date, '18:30', spip.timeZone), (ctx) =>
      recordOutcome(ctx, { appointmentId: id, outcome, inform: false }),
    )
  }
  // Today and the days to come.
  const soon = workingDays(today, 0, 12, spip.departmentCode)
  for (const [day, date] of soon.entries()) {
    for (const [index, time] of hours.entries()) {
      if (day > 1 && index % 3 !== 0) continue
      const who = someone(day * 5 + index)
      const weekBefore = instantOf(addDays(date, -8), '09:40', spip.timeZone)
      const { id } = await book(
        claire,
        weekBefore < now ? weekBefore : now,
        spip,
        who,
        types[(day + index) % 5] ?? '',
        date,
        time,
        0,
      )
      await deliverPast(id)
    }
  }
  // Sent by the court at the exit of the hearing, to the seats that the service publishes.
  const published = await prisma.slot.findMany({
    where: { agenda: { placeId: spip.placeId }, typeCode: 'hearing_exit_probation' },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    take: 12,
    select: { id: true, capacity: true },
  })
  for (const [index, slot] of published.entries())
    for (let seat = 0; seat < slot.capacity - (index % 3); seat++)
      await actAt(clerk, now, (ctx) =>
        bookAppointment(ctx, {
          probationerId: someone(index * 3 + seat),
          typeCode: 'hearing_exit_probation',
          placeId: spip.placeId,
          slotId: slot.id,
          inform: 'reminder_only',
          keepOverlap: true,
        }),
      )
  // The court expects some of the same persons.
  for (const [index, date] of workingDays(today, 14, 20, spip.departmentCode).entries()) {
    await book(clerk, now, court, someone(index * 2), 'sentence_judge_follow_up', date, hours[index] ?? '', 0)
  }
}

/** Persons expected these days whose number is nobody's any more: their SMS came back. */
async function fillUnreached(spip: Service): Promise<void> {
  const claire = await actorCalled('claire.vasseur@justice.example')
  const today = civilOf(new Date(), spip.timeZone).date
  const weekAgo = instantOf(addDays(today, -7), '10:00', spip.timeZone)
  const days = workingDays(today, 2, 12, spip.departmentCode)
  for (const [index, person] of unreached.entries()) {
    const { id } = await register(claire, weekAgo, person, 60 + 3 * index)
    const { id: appointmentId } = await actAt(claire, weekAgo, (ctx) =>
      bookAppointment(ctx, {
        ...{ probationerId: id, typeCode: 'first_probation_follow_up', placeId: spip.placeId },
        ...{ agendaId: spip.agendaIds[0], date: days[2 * index], time: '17:00', inform: 'now' },
      }),
    )
    await deliverPast(appointmentId, 'failed')
  }
}

/**
 * Persons whose follow-up is over: one who came for the last time long ago, and records that an agent archived since,
 * the oldest about to be erased.
 */
async function fillArchives(spip: Service): Promise<void> {
  const claire = await actorCalled('claire.vasseur@justice.example')
  const today = civilOf(new Date(), spip.timeZone).date
  const daysAgo = (days: number) => instantOf(addDays(today, -days), '10:00', spip.timeZone)
  for (const [index, { person, knownFor, archivedFor }] of leavers.entries()) {
    const { id } = await register(claire, daysAgo(knownFor), person, persons.length + 6 + index)
    // The database dates a change of services by its own clock.
    await prisma.probationer.update({
      where: { id },
      data: { followingsChangedAt: daysAgo(knownFor) },
      select: { id: true },
    })
    if (archivedFor === null) continue
    for (const [visit, date] of workingDays(
      today,
      30 - knownFor,
      33 - knownFor,
      spip.departmentCode,
    ).entries()) {
      const appointment = await actAt(claire, instantOf(addDays(date, -7), '09:30', spip.timeZone), (ctx) =>
        bookAppointment(ctx, {
          probationerId: id,
          typeCode: visit === 0 ? 'first_probation_follow_up' : 'probation_follow_up',
          placeId: spip.placeId,
          agendaId: spip.agendaIds[0],
          date,
          time: `1${index}:30`,
          inform: 'reminder_only',
        }),
      )
      await deliverPast(appointment.id)
      await actAt(claire, instantOf(date, '18:30', spip.timeZone), (ctx) =>
        recordOutcome(ctx, {
          appointmentId: appointment.id,
          outcome: visit === 1 ? 'missed' : 'attended',
          inform: false,
        }),
      )
    }
    await actAt(claire, daysAgo(archivedFor), (ctx) => archiveProbationer(ctx, { probationerId: id }))
  }
}

/** Received and sent by Nanterre, one answered; the first is a few days from its deadline. One is the central desk's. */
async function fillDivestments({
  nanterre,
  versailles,
  cayenne,
}: Record<'nanterre' | 'versailles' | 'cayenne', Service>): Promise<void> {
  const today = civilOf(new Date(), nanterre.timeZone).date
  const on = (daysAgo: number) => instantOf(addDays(today, -daysAgo), '10:00', nanterre.timeZone)
  const known = async (
    email: string,
    service: Service,
    [person, index]: [person: [string, string, string], index: number],
  ) => {
    const agent = await actorCalled(email)
    const { id } = await register(agent, on(60), person, index)
    const [met = today] = workingDays(today, -30, -20, service.departmentCode)
    const { id: appointmentId } = await actAt(agent, on(45), (ctx) =>
      bookAppointment(ctx, {
        ...{ probationerId: id, typeCode: 'probation_follow_up', placeId: service.placeId },
        ...{ agendaId: service.agendaIds[0], date: met, time: '11:45', inform: 'reminder_only' },
        keepOverlap: true,
      }),
    )
    await deliverPast(appointmentId)
    await actAt(agent, instantOf(met, '18:30', service.timeZone), (ctx) =>
      recordOutcome(ctx, { appointmentId, outcome: 'attended', inform: false }),
    )
    return id
  }
  const claim = async (
    email: string,
    daysAgo: number,
    [[lastName, firstName, dateOfBirth], probationerId]: [person: [string, string, string], id: number],
    reason: string,
  ) =>
    actAt(await actorCalled(email), on(daysAgo), (ctx) =>
      requestDivestment(ctx, { ...{ lastName, firstName, dateOfBirth }, probationerId, reason }),
    )
  const claire = 'claire.vasseur@justice.example'
  const claimed: [(typeof personsClaimed)[number], number][] = []
  for (const [index, person] of personsClaimed.entries())
    claimed.push([person, await known(claire, nanterre, [person, 40 + index])])
  const [ofBranch, ofVersailles, refused] = claimed
  const [moved] = personsOfVersailles
  if (!ofBranch || !ofVersailles || !refused || !moved) return
  await claim('julie.perrin@justice.example', 6, ofBranch, 'Habite Gennevilliers depuis le mois dernier')
  const lucie = 'lucie.perrin@justice.example'
  await claim(lucie, 1, ofVersailles, 'Déménagement à Trappes')
  const { id: divestmentId } = await claim(lucie, 9, refused, 'Nouvelle mesure suivie à Versailles')
  await actAt(await actorCalled('camille.aubert@justice.example'), on(7), (ctx) =>
    refuseDivestment(ctx, { divestmentId, comment: 'Mesure en cours à Nanterre jusqu’en fin d’année.' }),
  )
  const id = await known('fanny.colin@justice.example', versailles, [moved, 44])
  await claim('ines.faure@justice.example', 2, [moved, id], 'Suivie à Nanterre depuis son embauche')
  const settled = personFromCayenne
  const late = await known('rosalie.jean-baptiste@justice.example', cayenne, [settled, 45])
  await claim(lucie, 14, [settled, late], 'Vit en métropole depuis la rentrée')
  // Nothing says any more how the person is reached: the night accepts no incomplete record.
  await prisma.probationer.update({ where: { id: late }, data: { phone: null }, select: { id: true } })
}

async function fillCayenne(spip: Service): Promise<void> {
  const rosalie = await actorCalled('rosalie.jean-baptiste@justice.example')
  const now = new Date()
  const today = civilOf(now, spip.timeZone).date
  const days = workingDays(today, 2, 12, spip.departmentCode)
  for (const [index, person] of personsOfCayenne.entries()) {
    const { id } = await register(rosalie, now, person, index)
    await actAt(rosalie, now, (ctx) =>
      bookAppointment(ctx, {
        probationerId: id,
        typeCode: 'probation_follow_up',
        placeId: spip.placeId,
        date: days[index],
        time: '08:30',
        inform: 'reminder_only',
      }),
    )
  }
}

/** Plays the days gone by: what was due then left then, and arrived, or came back. */
async function deliverPast(
  appointmentId: number,
  event: 'delivered' | 'failed' = 'delivered',
): Promise<void> {
  const due = await prisma.message.findMany({
    where: { appointmentId, state: 'planned', dueAt: { lte: new Date() } },
    select: { id: true, dueAt: true, createdAt: true },
    orderBy: { dueAt: 'asc' },
  })
  for (const { id, dueAt, createdAt } of due) {
    const letter = await actAt(system, dueAt, (ctx) => claimMessage(ctx, { messageId: id }))
    if (!letter) continue
    const soonAfter = new Date(dueAt.getTime() + 20_000)
    await actAt(system, dueAt, (ctx) =>
      recordSendResult(ctx, { messageId: id, outcome: { kind: 'accepted', externalId: `demo-${id}` } }),
    )
    await actAt(system, soonAfter, async (ctx) => {
      const of = { kind: 'message', id, createdAt } as const
      const { id: receiptId } = await storeReceipt(ctx, {
        raw: outboxReceiptOf(referenceOf(of), event, soonAfter),
      })
      const reason = event === 'failed' && { reason: 'unallocated_number' as const }
      await recordReceipt(ctx, { receiptId, news: { of, event, at: soonAfter, ...reason } })
    })
  }
}
