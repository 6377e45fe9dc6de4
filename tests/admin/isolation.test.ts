import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { DomainResource, RecordWithFacts } from '../../admin/define/domain-resource'
import type { ListShape } from '../../admin/define/list'
import { resources } from '../../admin/resources'
import dataModel from '../../generated/dmmf.json'
import { bookAppointment } from '../../resources/appointment/commands/book.server'
import { bookGroup } from '../../resources/appointment/commands/book-group.server'
import { registerProbationer } from '../../resources/probationer/commands/register.server'
import { refusalSentence, type RefusalCode } from '../../resources/refusal-sentences'
import type { AgentActor, Role } from '../../resources/shared/actor'
import { addDays, civilOf, dbDateOf, instantOf, isWeekend } from '../../resources/shared/civil-time'
import { prisma } from '../../resources/shared/db.server'
import { saidOf } from '../../resources/public-page/said.server'
import { pageDays } from '../../resources/public-page/schema'
import { holidayOn } from '../../resources/shared/holidays'
import { rolesOf } from '../../resources/shared/rights'
import { slotTypes } from '../../resources/slot/policy'
import { transact } from '../../resources/shared/transact.server'
import { sessionCookie } from '../support/agent-session'
import {
  addressOf,
  adminJsAction,
  declaredActions,
  exampleOf,
  resourceNames,
  type DeclaredAction,
  type ResourceName,
} from '../support/declared'
import { lookups, references } from '../../admin/lookups'
import { startHost, type RunningHost } from '../support/server'
import { anAgent, aPerson, aService, aSlot, type AService } from '../support/world'

/**
 * An agent of another jurisdiction gets nothing, whatever is asked. The requests are made from the
 * declarations themselves: resources, actions, filters, columns, look-ups, references.
 */
vi.setConfig({ testTimeout: 300_000 })

/** What must never be read from elsewhere. Hours and names nobody else has. */
const secret = {
  lastName: 'MARQUEUR-SECRET',
  firstName: 'Zénobie',
  birth: '1987-06-05',
  phone: '+33639987654',
  appi: '202312345678',
  service: 'SPIP de Marqueville',
  place: 'Lieu marqué',
  address: '77 allée du Marqueur',
  agenda: 'Agenda marqué',
  column: 'Colonne marquée',
  agent: 'MARQUAGENT',
  hour: '07:13',
  prosecution: 'PARQUET-SECRET-7',
  sms: 'TEXTE-SECRET-DU-SMS',
  stopLink: 'jetonsecret',
  announcement: 'ANNONCE-SECRÈTE',
} as const
type Secret = keyof typeof secret

/** Each secret in the spellings an answer may give it, as `plain` writes them. */
const spellings: Record<Secret, string[]> = {
  ...(Object.fromEntries(Object.entries(secret).map(([name, text]) => [name, [plain(text)]])) as Record<
    Secret,
    string[]
  >),
  birth: ['1987-06-05', '05/06/1987', '5juin1987'],
  phone: ['639987654'],
  hour: ['07:13', '7h13'],
}

/** Without accents, capitals or spaces, so that no spelling hides. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/\s/g, '')
}

const secretsIn = (body: string): Secret[] => {
  const text = plain(body)
  return (Object.keys(spellings) as Secret[]).filter((name) =>
    spellings[name].some((one) => text.includes(one)),
  )
}

/** Outside the jurisdiction, a resemblance shows a first name, the services and no more (decision P2). */
const minimum: Secret[] = ['firstName', 'service']

interface Forged {
  method: 'GET' | 'POST'
  path: string
  input?: unknown
  /** What the answer may say all the same: what the agent typed, or the minimum. */
  says?: readonly Secret[]
}

let host: RunningHost
const emailOfInsider = `${secret.agent.toLowerCase()}@justice.example`
let insider: AgentActor
let foreign: AService
let foreignCourt: AService
let spip: AService
let court: AService
/** Of each resource, all that belongs to the jurisdiction nobody here sees. */
let hidden: Record<string, (number | string)[]>
let ids: Record<string, number>
let own: { probationerId: number; placeId: number; agendaId: number; slotId: number }
let date: string
/** The right one: the phone of a person elsewhere is then the only reason to refuse. */
let ownVersion: string
const requestKey = '3b241101-e2bb-4255-8caf-4136c566a962'

interface Rows {
  findMany(args: object): Promise<Record<string, number | string>[]>
}

async function idsOf(resource: ResourceName): Promise<(number | string)[]> {
  const { idField } = modelOf(resource)
  const name = resource.charAt(0).toLowerCase() + resource.slice(1)
  const rows = await (prisma as unknown as Record<string, Rows>)[name]?.findMany({
    select: { [idField]: true },
  })
  return (rows ?? []).map((row) => row[idField] ?? '')
}

function modelOf(resource: ResourceName) {
  const model = dataModel.models.find(({ name }) => name === resource)
  if (!model) throw new Error(`No model ${resource}`)
  return {
    idField: model.fields.find(({ isId }) => isId)?.name ?? '',
    columns: model.fields.map(({ name }) => name),
  }
}

beforeAll(async () => {
  const before = new Map<ResourceName, (number | string)[]>()
  for (const resource of resourceNames) before.set(resource, await idsOf(resource))
  await furnishHiddenJurisdiction()
  const found = await Promise.all(
    resourceNames.map(async (resource) => [
      resource,
      (await idsOf(resource)).filter((id) => !before.get(resource)?.includes(id)),
    ]),
  )
  hidden = Object.fromEntries(found) as typeof hidden

  foreign = await aService('SPIP de Lyon', 'probation_service', { departmentCode: '69' })
  foreignCourt = await aService('TJ de Lyon', 'court', { departmentCode: '69' })
  await prisma.placeAppointmentType.create({ data: { placeId: foreign.placeId, typeCode: 'group_session' } })
  await prisma.organizationLink.create({ data: { courtId: foreignCourt.id, probationServiceId: foreign.id } })
  const ownPerson = await aPerson([foreign, foreignCourt], { lastName: 'LYONNAIS' })
  ownVersion = ownPerson.updatedAt.toISOString()
  const ownSlot = await aSlot(foreign, 'hearing_exit_probation', date, '10:00', { capacity: 3 })
  own = {
    probationerId: ownPerson.id,
    placeId: foreign.placeId,
    agendaId: foreign.agendaId,
    slotId: ownSlot.id,
  }
  host = await startHost()
}, 120_000)
afterAll(() => host.stop())

async function furnishHiddenJurisdiction() {
  spip = await aService(secret.service, 'probation_service')
  court = await aService('TJ de Nanterre', 'court')
  await prisma.organizationLink.create({ data: { courtId: court.id, probationServiceId: spip.id } })
  await prisma.place.update({
    where: { id: spip.placeId },
    data: { name: secret.place, address: secret.address, shortAddress: secret.address },
  })
  await prisma.agenda.update({ where: { id: spip.agendaId }, data: { name: secret.agenda } })
  // Closed: what the rules refuse.
  const closed = await prisma.place.create({
    data: {
      organizationId: spip.id,
      name: 'Lieu fermé',
      address: '2 rue des Peupliers, 92000 Nanterre',
      shortAddress: '2 rue des Peupliers, Nanterre',
      departmentCode: '92',
      phone: '+33199001021',
      archivedAt: new Date(),
      agendas: { create: [{ name: 'Agenda fermé', archivedAt: new Date() }] },
    },
  })
  const made = await anAgent(spip, 'probation_counsellor')
  await prisma.agent.update({
    where: { id: made.id },
    data: {
      lastName: secret.agent,
      email: emailOfInsider,
      passwordHash: 'x',
    },
  })
  insider = { ...made, lastName: secret.agent }
  await prisma.importRun.create({
    data: {
      kind: 'agents',
      fileName: 'agents.csv',
      agentId: insider.id,
      total: 1,
      refused: 1,
      rows: { create: [{ line: 2, outcome: 'refused', reason: secret.agent }] },
    },
  })
  await prisma.competentService.create({
    data: { kind: 'probation_service', officialName: 'SPIP des Peupliers', organizationId: spip.id },
  })
  const gone = await anAgent(spip, 'educator', { lastName: 'PARTI' })
  await prisma.agent.update({ where: { id: gone.id }, data: { deletedAt: new Date() } })
  await prisma.announcement.create({
    data: { body: secret.announcement, receipts: { create: [{ agentId: insider.id }] } },
  })

  date = addDays(civilOf(new Date(), 'Europe/Paris').date, 7)
  while (isWeekend(date) || holidayOn('92', date) || holidayOn('69', date)) date = addDays(date, 1)
  const { id: probationerId } = await transact(insider, (ctx) =>
    registerProbationer(ctx, {
      lastName: secret.lastName,
      firstName: secret.firstName,
      dateOfBirth: secret.birth,
      phone: secret.phone,
      appiNumber: secret.appi,
      assignToMe: true,
    }),
  )
  await prisma.probationer.update({ where: { id: probationerId }, data: { smsOptOutToken: secret.stopLink } })
  const twin = await aPerson([spip], { archivedAt: new Date() })
  await prisma.likelyDuplicate.create({
    data: {
      ...{ firstId: probationerId, secondId: twin.id, score: 80 },
      likenesses: ['names_sound_alike', 'same_birth'],
      foundAt: new Date(),
    },
  })
  const namesake = await aPerson([spip])
  await prisma.placeAppointmentType.createMany({
    data: ['course', 'group_session'].map((typeCode) => ({ placeId: spip.placeId, typeCode })),
  })
  await transact(insider, (ctx) =>
    bookGroup(ctx, {
      ...{ typeCode: 'group_session', placeId: spip.placeId, date, time: '16:40', inform: 'reminder_only' },
      persons: [{ probationerId }, { probationerId: namesake.id }],
    }),
  )
  await prisma.likelyDuplicate.create({
    data: {
      ...{ firstId: probationerId, secondId: namesake.id, score: 80, likenesses: ['same_names'] },
      ...{ foundAt: new Date(), dismissedAt: new Date() },
    },
  })
  await prisma.siteRequest.create({
    data: {
      ...{ kind: 'contact', reference: 'ABCD-EFGH', email: emailOfInsider, expiresAt: new Date() },
      details: { topic: 'other', message: secret.sms, service: secret.service },
    },
  })
  // Without an address, nobody can be answered.
  await prisma.siteRequest.create({
    data: {
      ...{ kind: 'page_error', reference: 'ABCD-EFGJ', page: '/', expiresAt: new Date() },
      details: { message: secret.sms },
    },
  })
  await prisma.pageVote.create({ data: { page: `/${secret.sms}`, day: new Date(), helped: 1 } })
  const { id: requestId } = await prisma.rightsRequest.create({
    data: { probationerId, kind: 'access', receivedOn: new Date(), dueOn: new Date() },
  })
  await prisma.rightsRequest.create({
    data: {
      ...{ probationerId, kind: 'limitation', receivedOn: new Date(), dueOn: new Date() },
      ...{ answeredOn: new Date(), outcome: 'refused', answer: secret.place },
    },
  })
  const { id: appointmentId } = await transact(insider, (ctx) =>
    bookAppointment(ctx, {
      probationerId,
      typeCode: 'probation_follow_up',
      placeId: spip.placeId,
      agendaId: spip.agendaId,
      date,
      time: secret.hour,
      inform: 'now',
    }),
  )
  const pastAppointmentId = await aPastAppointment(probationerId, 9, 'booked')
  await aPastAppointment(probationerId, 10, 'attended')
  const message = await prisma.message.findFirstOrThrow({ where: { appointmentId, kind: 'summons' } })
  await prisma.message.update({
    where: { id: message.id },
    data: { state: 'sent', textSent: secret.sms, phone: secret.phone, sentAt: new Date() },
  })
  await prisma.probationer.update({ where: { id: probationerId }, data: { phoneState: 'to_check' } })
  await prisma.testSms.create({ data: { phone: secret.phone, agentId: insider.id, deadline: new Date() } })
  // A draft: what is published is everybody's.
  await prisma.contentPage.create({
    data: {
      ...{ path: '/brouillon', previewToken: 'f'.repeat(32) },
      versions: {
        create: {
          ...{ title: secret.place, shortTitle: 'Brouillon', description: 'Brouillon.', lead: 'Brouillon.' },
          body: 'Brouillon.',
        },
      },
    },
  })
  // In each of its states: a draft is nobody else's, and each rule has its page.
  const page = {
    ...{ organizationId: spip.id, kind: 'probation_service' as const, departmentCode: '92' },
    ...{ timeZone: 'Europe/Paris', officialName: 'SPIP' },
  }
  await prisma.publicPage.create({
    data: { ...page, slug: 'page-brouillon', code: 'brouilln', title: secret.place },
  })
  for (const state of ['published', 'archived'] as const)
    await prisma.publicPage.create({
      data: { ...page, slug: `page-${state}`, code: state.slice(0, 8), title: secret.place, state },
    })
  const { id: draftedId, ...drafted } = await prisma.publicPage.create({
    data: { ...page, slug: 'page-reprise', code: 'reprise', title: secret.place, state: 'published' },
  })
  await prisma.publicPage.update({ where: { id: draftedId }, data: { draft: saidOf(drafted) } })
  for (const archivedAt of [null, new Date()])
    await prisma.partner.create({
      data: { organizationId: spip.id, name: secret.place, themes: ['work'], mission: 'Aide.', archivedAt },
    })
  const lastLine = await prisma.historyEntry.findFirstOrThrow({
    where: { probationerId },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
  })
  const claimed = await aPerson([spip, court], { lastName: `${secret.lastName}-DEUX` })
  const claiming = await aService('SPIP qui demande', 'probation_service')
  const claim = (state: 'pending' | 'refused') =>
    prisma.divestment.create({
      data: {
        ...{ probationerId: claimed.id, targetOrganizationId: claiming.id, state, reason: secret.place },
        ...{ requestedById: insider.id, destinationOrganizationIds: [claiming.id] },
        decisions: { create: [{ organizationId: spip.id, state }] },
      },
    })
  const { id: divestmentId } = await claim('pending')
  await claim('refused')
  const slot = await aSlot(spip, 'hearing_exit_probation', date, secret.hour, { capacity: 3 })
  await aSlot(spip, 'hearing_exit_probation', date, secret.hour, { isOpen: false })
  const rule = { agendaId: spip.agendaId, typeCode: 'hearing_exit_probation', startTime: secret.hour }
  const { id: recurringSlotId } = await prisma.recurringSlot.create({ data: { ...rule, weekday: 1 } })
  await prisma.recurringSlot.create({ data: { ...rule, weekday: 2, archivedAt: new Date() } })
  const { id: relocationId } = await prisma.placeRelocation.create({
    data: {
      ...{ oldPlaceId: spip.placeId, newPlaceId: closed.id, date: dbDateOf(addDays(date, 200)) },
      preparedAt: new Date(),
    },
  })
  const closure = {
    ...{ organizationId: spip.id, placeId: spip.placeId, reason: secret.place },
    ...{ firstDate: dbDateOf(addDays(date, 100)), lastDate: dbDateOf(addDays(date, 101)) },
  }
  const { id: closureId } = await prisma.closure.create({ data: closure })
  await prisma.closure.create({ data: { ...closure, liftedAt: new Date() } })
  const { id: headquartersId } = await prisma.headquarters.create({
    data: { name: `Siège de ${secret.service}` },
  })
  const { id: customColumnId } = await prisma.customColumn.create({
    data: {
      organizationId: court.id,
      name: secret.column,
      moment: 'in_table',
      typeCodes: ['hearing_exit_probation'],
    },
  })
  const { versions } = await prisma.messageTemplate.create({
    data: {
      ...{ organizationId: spip.id, typeCode: 'probation_follow_up', kind: 'summons' },
      versions: { create: { text: `{lieu.nom} : {rdv.date} à {rdv.heure}. ${secret.sms}` } },
    },
    include: { versions: true },
  })
  const proposal = {
    ...{ organizationId: spip.id, typeCode: 'probation_follow_up', kind: 'summons' as const },
    ...{ text: `{lieu.nom} : ${secret.sms}`, proposedById: insider.id },
  }
  const { id: proposalId } = await prisma.messageTemplateProposal.create({ data: proposal })
  await prisma.messageTemplateProposal.create({
    data: { ...proposal, state: 'refused', answer: secret.sms, endedAt: new Date() },
  })
  const versionId = versions[0]?.id ?? 0
  ids = {
    id: probationerId,
    ...{ service: spip.id, proposalId, versionId, seenVersionId: versionId },
    probationerId,
    appointmentId,
    pastAppointmentId,
    placeId: spip.placeId,
    agendaId: spip.agendaId,
    intoId: spip.agendaId,
    slotId: slot.id,
    recurringSlotId,
    closureId,
    divestmentId,
    organizationId: spip.id,
    otherId: court.id,
    customColumnId,
    headquartersId,
    relocationId,
    oldPlaceId: spip.placeId,
    agentId: insider.id,
    messageId: message.id,
    historyEntryId: lastLine.id,
    before: lastLine.id,
    requestId,
  }
}

/** Lists that ask for an outcome show it while it is booked. */
async function aPastAppointment(probationerId: number, daysAgo: number, state: 'booked' | 'attended') {
  const startsAt = instantOf(addDays(date, -daysAgo - 7), secret.hour, spip.timeZone)
  const slot = await prisma.slot.create({
    data: {
      agendaId: spip.agendaId,
      typeCode: 'hearing_exit_probation',
      date: dbDateOf(civilOf(startsAt, spip.timeZone).date),
      startTime: secret.hour,
      startsAt,
      seatsTaken: 1,
    },
  })
  const { id } = await prisma.appointment.create({
    data: {
      probationerId,
      slotId: slot.id,
      typeCode: 'hearing_exit_probation',
      organizationId: spip.id,
      placeId: spip.placeId,
      startsAt,
      state,
      agentId: insider.id,
      creatingOrganizationId: spip.id,
      prosecutionNumber: secret.prosecution,
    },
  })
  return id
}

const meeting = () => ({ date, time: '09:00', inform: 'now', cells: {}, requestKey })
const newPerson = {
  lastName: 'INCONNU',
  firstName: 'Paul',
  dateOfBirth: '1990-01-01',
  phone: '0639981111',
}
const secretPerson = {
  lastName: secret.lastName,
  firstName: secret.firstName,
  dateOfBirth: secret.birth,
  phone: secret.phone,
  appiNumber: secret.appi,
}

/** What a forger knows of the other jurisdiction, by name of field: fills any input. */
const known = (resource?: ResourceName): Record<string, unknown> => ({
  ...ids,
  ...meeting(),
  // An agent may give themselves any name: it would be read afterwards.
  ...(resource !== 'Agent' && secretPerson),
  password: 'girafe-cabane-trompette',
  passwordAgain: 'girafe-cabane-trompette',
  typeCode: 'probation_follow_up',
  ...{ from: date, startTime: '09:00', first: '09:00', last: '09:30', weekday: 1 },
  hour: { first: '09:00', last: null, everyMinutes: 30 },
  ...{ path: '/un-essai', key: 'delai' },
  ...{ scope: `agenda:${ids.agendaId}`, firstDate: date, to: date },
  ...{ durationMinutes: 30, everyMinutes: 30, capacity: 1 },
  isAnotherPerson: false,
  hasNoMobilePhone: false,
  smsOptOut: false,
  version: new Date().toISOString(),
  departmentCode: '92',
  image: 'iVBORw0KGgo=',
  ...{ coordinates: '48.89, 2.2', closures: '24/12/2026' },
  ...Object.fromEntries(pageDays.map((day) => [day, '9h à 12h'])),
})

const asGet = (path: string): Forged => ({ method: 'GET', path })
const asPost = (path: string, input: unknown): Forged => {
  const typesAPerson = JSON.stringify(input).includes(secret.phone)
  return { method: 'POST', path, input, ...(typesAPerson && { says: [...minimum, 'phone'] }) }
}

const recordRequests = (resource: ResourceName): Forged[] =>
  hiddenOf(resource).map((id) => asGet(`/admin/api/resources/${resource}/records/${id}/show`))

/** Each action, on each thing hidden, opened and done, with every id known of elsewhere. */
function actionRequests(): Forged[] {
  const query = new URLSearchParams(Object.entries(ids).map(([name, id]) => [name, String(id)]))
  return declaredActions.flatMap((declared) => {
    const all = hiddenOf(declared.resource)
    const targets = declared.kind === 'record' ? all.map((id) => [id]) : [all.slice(0, 100)]
    const bodies = [...(declared.input ? [example(declared)] : []), known(declared.resource)]
    return targets.flatMap((target) => {
      const path = addressOf(declared, ...target)
      return [
        asGet(`${path}${path.includes('?') ? '&' : '?'}${query}`),
        ...bodies.map((body) => asPost(path, body)),
      ]
    })
  })
}

/** What only somebody who knows the trade would try: one thing of elsewhere among one's own. */
function craftedRequests(): Forged[] {
  const book = (choices: object) => ({ typeCode: 'probation_follow_up', ...meeting(), ...choices })
  const convoke = (id: number | undefined) => `/admin/api/resources/Probationer/records/${id}/convoke`
  const edit = (id: number | undefined) => `/admin/api/resources/Probationer/records/${id}/edit`
  return [
    ...[
      { placeId: ids.placeId, agendaId: ids.agendaId },
      { placeId: own.placeId, agendaId: ids.agendaId },
      { placeId: ids.placeId, slotId: ids.slotId, typeCode: 'hearing_exit_probation' },
      { placeId: own.placeId, slotId: ids.slotId, typeCode: 'hearing_exit_probation' },
    ].flatMap((choices) => [
      asPost(convoke(own.probationerId), book(choices)),
      asPost('/admin/api/resources/Probationer/actions/registerAndConvoke', {
        probationer: newPerson,
        appointment: book(choices),
      }),
    ]),
    asPost(convoke(ids.probationerId), book({ placeId: own.placeId, agendaId: own.agendaId })),
    ...['phone', 'appiNumber'].map((field) => ({
      ...asPost('/admin/api/resources/Probationer/actions/register', {
        ...newPerson,
        [field]: secretPerson[field as 'phone'],
      }),
      says: minimum,
    })),
    {
      ...asPost(edit(own.probationerId), { ...newPerson, phone: secret.phone, version: ownVersion }),
      says: minimum,
    },
    ...[
      { placeId: own.placeId, persons: [own.probationerId, ids.probationerId] },
      { placeId: own.placeId, agendaId: ids.agendaId, persons: [own.probationerId] },
      { placeId: ids.placeId, agendaId: ids.agendaId, persons: [own.probationerId] },
    ].map(({ persons, ...place }) =>
      asPost('/admin/api/resources/Appointment/actions/convokeGroup', {
        ...{ ...meeting(), ...place, typeCode: 'group_session' },
        persons: persons.map((probationerId) => ({ probationerId })),
      }),
    ),
    asPost(`/admin/api/resources/Agenda/records/${own.agendaId}/merge`, { intoId: ids.agendaId }),
    ...[
      { fromOrganizationId: ids.organizationId, confirmed: false },
      { fromOrganizationId: foreign.id, confirmed: true },
    ].map((input) => asPost('/admin/api/resources/Agent/actions/pull', { email: emailOfInsider, ...input })),
    asPost('/admin/api/resources/Agent/actions/new', {
      firstName: 'Paul',
      lastName: 'INCONNU',
      email: 'paul.inconnu@justice.example',
      role: 'probation_counsellor',
      organizationId: ids.organizationId,
    }),
  ]
}

/** What a forger asks of a look-up beside what its own input asks for. */
const lookupInputs: Partial<Record<keyof typeof lookups, () => object[]>> = {
  searchProbationers: () =>
    [
      secret.lastName,
      'marqeur secret',
      secret.firstName,
      `${secret.lastName} ${secret.firstName}`,
      secret.phone,
      '06 39 98 76 54',
      '8765',
      '05/06/1987',
      secret.appi,
      '2023',
      '%',
      '',
    ].map((text) => ({ text })),
  slotsOfDay: () => [{ agendaId: ids.agendaId, date }],
  hearingExitDesk: () =>
    slotTypes.flatMap((typeCode) =>
      [null, ids.placeId].map((placeId) => ({
        ...{ typeCode, placeId, agendaId: ids.agendaId, month: date.slice(0, 7) },
      })),
    ),
  figures: () =>
    ['', 'month', date.slice(0, 4)].flatMap((period) => [
      { period },
      { period, view: 'national' },
      { period, organizationId: foreign.id },
      { period, organizationId: foreignCourt.id, placeId: ids.placeId },
      { period, organizationId: foreign.id, referentId: ids.agentId },
    ]),
  supervision: () => ['24h', '7d', '30d'].map((period) => ({ period })),
  deskStamp: () =>
    slotTypes.map((typeCode) => ({ typeCode, agendaId: ids.agendaId, month: date.slice(0, 7) })),
  slotCalendar: () => [{ agendaId: ids.agendaId, from: date, to: date, each: true }],
  home: () => [{ wholeService: true }, { wholeService: false }],
  unreached: () => ['mine', 'service', 'jurisdiction'].map((scope) => ({ scope })),
  unreachedStamp: () => [{ probationerIds: [ids.probationerId] }],
  bookingForm: () => [{}],
  freeSlots: () =>
    [ids.placeId, own.placeId].flatMap((placeId) =>
      [null, ids.agendaId].map((agendaId) => ({
        typeCode: 'hearing_exit_probation',
        placeId,
        agendaId,
        from: date,
      })),
    ),
  bookingPreview: () =>
    [ids.placeId, own.placeId].flatMap((placeId) =>
      [null, ids.probationerId].flatMap((probationerId) => [
        { typeCode: 'hearing_exit_probation', placeId, probationerId, slotId: ids.slotId, inform: 'now' },
        { typeCode: 'probation_follow_up', placeId, probationerId, agendaId: ids.agendaId, date },
        // A quarter of an hour later: the hour itself is a secret that the agent would have typed.
        {
          typeCode: 'probation_follow_up',
          placeId,
          probationerId,
          agendaId: ids.agendaId,
          date,
          time: '07:28',
          inform: 'now',
        },
      ]),
    ),
  groupMembers: () =>
    [ids.placeId, own.placeId].map((placeId) => ({
      ...{ typeCode: 'group_session', placeId, date, time: '07:28' },
      probationerIds: [ids.probationerId],
    })),
  earlierGroups: () =>
    [ids.placeId, own.placeId].map((placeId) => ({
      ...{ typeCode: 'group_session', placeId, agendaId: ids.agendaId },
    })),
  checkTypedPerson: () => [
    { phone: secret.phone },
    { appiNumber: secret.appi },
    { lastName: secret.lastName, firstName: secret.firstName, dateOfBirth: secret.birth },
  ],
  whoseEmail: () => [{ email: emailOfInsider }],
  noticePreview: () =>
    ['cancellation', 'missed'].map((kind) => ({ appointmentId: ids.pastAppointmentId, kind })),
}

function lookupRequests(): Forged[] {
  const byLookup = Object.entries(lookups).flatMap(([name, { input }]) =>
    [exampleOf(input, known()), ...(lookupInputs[name as keyof typeof lookups]?.() ?? []), known()].map(
      (body) => ({
        ...asPost(`/admin/api/lookups/${name}`, body),
        ...(name === 'checkTypedPerson' && { says: [...minimum, 'phone'] as Secret[] }),
        // Who adds an agent is told whose account it is, and where they are now.
        ...(name === 'whoseEmail' && { says: ['agent', 'service'] satisfies Secret[] }),
      }),
    ),
  )
  const byReference = Object.keys(references).flatMap((name) =>
    [secret.service, secret.place, secret.agenda, '%', ''].map((text) =>
      asPost(`/admin/api/references/${name}`, { text }),
    ),
  )
  return [...byLookup, ...byReference]
}

const hiddenOf = (resource: ResourceName) => hidden[resource] ?? []
const shapeOf = (resource: ResourceName) =>
  resources[resource].adminjs.options.actions?.list?.custom as ListShape

/** Values a forger gives to the filters that have no list of their own. */
const filterValues: Record<string, () => string[]> = {
  text: () => [secret.lastName, secret.phone, secret.appi, secret.place, secret.agent, 'mar'],
  date: () => [date, addDays(date, -16)],
  placeId: () => [String(ids.placeId)],
  agendaId: () => [String(ids.agendaId)],
  typeCode: () => ['probation_follow_up', 'hearing_exit_probation'],
}

function valuesOf(filter: ListShape['filters'][number]): string[] {
  if (filter.kind === 'checkbox') return ['on']
  const listed = 'options' in filter ? filter.options?.map(({ value }) => value) : undefined
  return listed ?? filterValues[filter.name]?.() ?? ['mar', String(ids.placeId)]
}

/** A list with each value of each filter, under each view and scope, by pages of every size. */
function listRequests(resource: ResourceName): Forged[] {
  const { filters } = shapeOf(resource)
  const isWide = ({ kind, name }: ListShape['filters'][number]) =>
    kind === 'tabs' || name === 'wholeJurisdiction'
  const around = filters
    .filter(isWide)
    .reduce<string[]>(
      (queries, filter) =>
        queries.flatMap((query) =>
          ['', ...valuesOf(filter)].map((value) => `${query}&${filter.name}=${value}`),
        ),
      [''],
    )
  const each = filters
    .filter((filter) => !isWide(filter))
    .flatMap((filter) => valuesOf(filter).map((value) => `&${filter.name}=${encodeURIComponent(value)}`))
  // What AdminJS itself would understand.
  const native = modelOf(resource).columns.map(
    (column) => `&filters.${column}=${String(hiddenOf(resource)[0])}`,
  )
  const widest = around.at(-1) ?? ''
  const searches = [
    ...around,
    ...each.map((one) => widest + one),
    ...each,
    `${native.join('')}&sortBy=id&direction=desc`,
  ]
  const api = `/admin/api/resources/${resource}`
  return [
    ...[...new Set(searches)].map((search) => `?page=1&perPage=50${search}`),
    ...['?perPage=100000', '?page=-1&perPage=-1', '?page=2&perPage=1', '?page=1&page=2&perPage=abc'],
  ].map((search) => asGet(`${api}/actions/list${search}`))
}

/** What AdminJS would have, and is not declared. */
function undeclaredRequests(): Forged[] {
  return resourceNames.flatMap((resource) => {
    const api = `/admin/api/resources/${resource}`
    const [id] = hiddenOf(resource)
    const columns = Object.fromEntries(modelOf(resource).columns.map((column) => [column, 'Pris']))
    return [
      `${api}/actions/new`,
      `${api}/actions/search?query=mar&searchProperty=id&filters.id=${id}`,
      `${api}/search/mar`,
      `${api}/records/${id}/edit`,
      `${api}/records/${id}/delete`,
      `${api}/bulk/bulkDelete?recordIds=${id}`,
    ].flatMap((path) => [asGet(path), asPost(path, { ...columns, organizationId: foreign.id })])
  })
}

/** Every address a browser can open: the frame is drawn by its script, and must hold nothing itself. */
function pageRequests(): Forged[] {
  const paths = [
    '/admin',
    '/admin/api/dashboard',
    ...resourceNames.flatMap((resource) => [
      `/admin/resources/${resource}`,
      ...hiddenOf(resource).map((id) => `/admin/resources/${resource}/records/${id}/show`),
    ]),
    ...declaredActions.map((declared) =>
      addressOf(declared, ...hiddenOf(declared.resource)).replace('/admin/api/', '/admin/'),
    ),
  ]
  return paths.map(asGet)
}

const groups: [string, () => Forged[]][] = [
  ['lists', () => resourceNames.flatMap(listRequests)],
  ['records', () => resourceNames.flatMap(recordRequests)],
  ['look-ups and references', lookupRequests],
  ['actions', actionRequests],
  ['actions that mix what is one’s own and what is not', craftedRequests],
  ['actions that are not declared', undeclaredRequests],
  ['addresses of pages', pageRequests],
]
/**
 * Too many to be asked by everybody: each request by one role in so many. Actions come by threes, opened and done
 * twice, so that in four no role meets one of the three only.
 */
const shared: Partial<Record<string, number>> = {
  lists: 3,
  actions: 4,
  'actions that are not declared': 3,
  'addresses of pages': 3,
}

async function answerTo({ method, path, input }: Forged, cookie: string) {
  const response = await fetch(host.url + path, {
    method,
    redirect: 'manual',
    headers: {
      Cookie: cookie,
      Accept: 'application/json, text/html',
      ...(method === 'POST' && { 'Content-Type': 'application/json', Origin: host.url }),
    },
    ...(method === 'POST' && { body: JSON.stringify(input ?? {}) }),
  })
  return { status: response.status, body: await response.text() }
}

/** A few at once, as a forger would. */
async function eachOf<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items]
  await Promise.all(
    Array.from({ length: 6 }, async () => {
      for (let item = waiting.shift(); item; item = waiting.shift()) await work(item)
    }),
  )
}

/** What the requests got that they should not. */
async function leaks(requests: readonly Forged[], cookie: string): Promise<string[]> {
  const told: string[] = []
  await eachOf(requests, async (request) => {
    const { status, body } = await answerTo(request, cookie)
    const got = secretsIn(body).filter((name) => !request.says?.includes(name))
    if (status >= 500 || got.length > 0)
      told.push(
        `${request.method} ${request.path} ${JSON.stringify(request.input ?? '')} → ${status}: ${got.join(', ')}`,
      )
  })
  return told
}

/** What an agent writes of themselves, and whose row it is. */
const ownRows: Readonly<Record<string, string>> = {
  'public.agent': 'id',
  'public.calendar_feed': 'agent_id',
}

/** One line a table: what is written anywhere changes it. Sessions, throttles, traces of reads and what an agent says of themselves live apart. */
async function everythingWritten({ id }: { id: number } = { id: 0 }): Promise<Record<string, string>> {
  const tables = await prisma.$queryRaw<{ name: string }[]>`
    SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema IN ('public', 'graphile_worker')
       AND table_name NOT IN ('session', 'rate_limit', 'city', 'audit_entry')`
  const rows = await prisma.$queryRawUnsafe<{ name: string; content: string }[]>(
    tables
      .map(
        ({ name }) =>
          `SELECT '${name}' AS name, count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS content FROM ${name} t${ownRows[name] ? ` WHERE ${ownRows[name]} <> ${id}` : ''}`,
      )
      .join(' UNION ALL '),
  )
  return Object.fromEntries(rows.map(({ name, content }) => [name, content]))
}

describe('what the requests are made of', () => {
  it('each resource has something hidden', () => {
    expect(resourceNames.filter((resource) => hiddenOf(resource).length === 0)).toEqual([])
  })

  it('each action is asked with an input that its command takes', () => {
    const refused = declaredActions.filter(
      ({ input, resource }) => input && !input.safeParse(exampleOf(input, known(resource))).success,
    )
    expect(refused.map(({ resource, name }) => `${resource}.${name}`)).toEqual([])
  })
})

describe('the same requests, made from within the jurisdiction,', () => {
  it('do show what is hidden elsewhere, or the test would prove nothing', async () => {
    const agents = [
      insider,
      await anAgent(spip, 'local_admin'),
      await anAgent(court, 'local_admin'),
      await anAgent(spip, 'central_admin'),
    ]
    const cookies = await Promise.all(agents.map(({ id }) => sessionCookie(id)))
    const shown = new Map<string, Set<Secret>>()
    const asked = [
      ...lookupRequests(),
      ...resourceNames.flatMap(listRequests),
      ...resourceNames.flatMap(recordRequests),
    ]
    await eachOf(asked, async (request) => {
      const [address = ''] = request.path.replace(/records.*show/, 'show').split('?')
      const secrets = shown.get(address) ?? new Set()
      shown.set(address, secrets)
      for (const cookie of cookies)
        for (const name of secretsIn((await answerTo(request, cookie)).body)) secrets.add(name)
    })
    // Communes are public, and a count is no secret of anybody's: nothing there belongs to a jurisdiction.
    const silent = [...shown].filter(([, secrets]) => secrets.size === 0).map(([address]) => address)
    expect(silent.sort()).toEqual([
      '/admin/api/lookups/appointmentCounts',
      // Whether something changed.
      '/admin/api/lookups/appointmentMessagesStamp',
      '/admin/api/lookups/cityChoices',
      // Whether something changed.
      '/admin/api/lookups/deskStamp',
      // The tabs of a list.
      '/admin/api/lookups/divestmentChoices',
      '/admin/api/lookups/divestmentCounts',
      // Of the execution offices with inter-jurisdiction.
      '/admin/api/lookups/foreseenOfCity',
      // Counts, and days on which somebody is expected.
      '/admin/api/lookups/foreseenOfRule',
      // Days and hours that were asked.
      '/admin/api/lookups/previewSlots',
      '/admin/api/lookups/proposalsToDecide',
      // Counts of the whole country.
      '/admin/api/lookups/supervision',
      // A count, and whether something changed.
      '/admin/api/lookups/unreachedCount',
      '/admin/api/lookups/unreachedStamp',
      // Where a record went that was merged: none was.
      '/admin/api/lookups/whereMerged',
      '/admin/api/references/cities',
      // Of central admins, and of nobody: where a test SMS went is told to none of these services.
      '/admin/api/resources/TestSms/show',
    ])
    // The end of a STOP link is in no answer, even to who may see the person.
    const told = new Set([...shown.values()].flatMap((secrets) => [...secrets]))
    expect(Object.keys(secret).filter((name) => !told.has(name as Secret))).toEqual(['stopLink'])
  })
})

/**
 * One agent a role but the central one. The roles of the execution office share a row of every table: each
 * asks its part of the requests.
 */
const executionOffice: Role[] = [
  'execution_office_agent',
  'prosecutor',
  'criminal_court_clerk',
  'juvenile_court_clerk',
  'guilty_plea_clerk',
  'appeal_court_clerk',
]
const foreigners = (['probation_service', 'court'] as const).flatMap((kind) =>
  rolesOf(kind)
    .filter((role) => role !== 'central_admin')
    .map((role, rank) => ({ kind, role, rank })),
)

describe.each(foreigners)('a $role of another jurisdiction, at a $kind', ({ role, kind, rank }) => {
  let actor: AgentActor
  let cookie: string
  beforeAll(async () => {
    actor = await anAgent(kind === 'court' ? foreignCourt : foreign, role)
    cookie = await sessionCookie(actor.id)
  })

  it.each(groups)('gets nothing from the %s, and changes nothing', async (name, made) => {
    const before = await everythingWritten(actor)
    const office = executionOffice.indexOf(role)
    const parts = office < 0 ? (shared[name] ?? 1) : executionOffice.length
    const requests = made().filter((_, index) => index % parts === (office < 0 ? rank : office) % parts)
    expect(await leaks(requests, cookie)).toEqual([])
    expect(await everythingWritten(actor)).toEqual(before)
  })

  it('is told that what is hidden is not there, or not theirs to do', async () => {
    const onRecords = declaredActions.filter(({ kind: one, input }) => one !== 'resource' && input)
    for (const declared of onRecords) {
      const [id = 0] = hiddenOf(declared.resource)
      const { status, body } = await answerTo(asPost(addressOf(declared, id), example(declared)), cookie)
      const line = [declared.resource, declared.name]
      const expected = isAccessible(declared, actor) ? 404 : 403
      expect([...line, status, shapeOfRefusal(body)]).toEqual([...line, expected, 'refusal'])
    }
  })
})

const example = ({ input, resource }: DeclaredAction) => (input ? exampleOf(input, known(resource)) : {})

const isAccessible = (declared: DeclaredAction, actor: AgentActor) =>
  adminJsAction(declared).isAccessible({ currentAdmin: { email: '', actor } })

interface Refusal {
  ok: boolean
  message: string
  fieldErrors: object
  code?: RefusalCode
  params?: Record<string, string | number>
}

/** The one shape that the browser knows. */
function shapeOfRefusal(body: string): string {
  const { ok, message, fieldErrors } = JSON.parse(body) as Partial<Refusal>
  return ok === false && /^\p{Lu}/u.test(message ?? '') && typeof fieldErrors === 'object' ? 'refusal' : body
}

describe('of the very jurisdiction', () => {
  const refusedByRule = new Set<string>()
  const insiders = (['probation_service', 'court'] as const).flatMap((kind) =>
    rolesOf(kind)
      .filter((role) => !executionOffice.includes(role) || role === executionOffice[0])
      .map((role) => ({ kind, role })),
  )

  it.each(insiders)(
    'a $role at a $kind is answered what the declaration says: the right, then the rule',
    async ({ kind, role }) => {
      const actor = await anAgent(kind === 'court' ? court : spip, role)
      const cookie = await sessionCookie(actor.id)
      const before = await everythingWritten()
      const told: unknown[] = []
      const expected: unknown[] = []
      const onRecords = declaredActions.filter(({ kind: one, input }) => one !== 'resource' && input)
      for (const declared of onRecords) {
        for (const id of hiddenOf(declared.resource)) {
          const record = await recordAs(actor, declared, id)
          const ending = endingOf(declared, actor, record)
          if (!ending) continue
          const { status, body } = await answerTo(asPost(addressOf(declared, id), example(declared)), cookie)
          const { code, params = {}, message } = JSON.parse(body) as Refusal
          const line = [declared.resource, declared.name, id]
          told.push([...line, shapeOfRefusal(body), status, ...(ending.code ? [code] : [])])
          expected.push([...line, 'refusal', ending.status, ...(ending.code ? [ending.code] : [])])
          if (code) {
            expect(message).toBe(refusalSentence({ code, params }))
            refusedByRule.add(`${declared.resource}.${declared.name}`)
          }
        }
      }
      expect(told).toEqual(expected)
      expect(await everythingWritten()).toEqual(before)
    },
  )

  it('each rule that leaves a button out was met, and refused in its sentence', () => {
    const withRule = declaredActions.filter(
      ({ action, kind, input }) => action.whyNot && kind !== 'resource' && input,
    )
    // Offered to nobody of the jurisdiction: tests/resources/probationer/look-up.test.ts meets its rule.
    const ofOtherJurisdictions = ['Probationer.changeCity']
    expect(
      withRule.map(({ resource, name }) => `${resource}.${name}`).filter((one) => !refusedByRule.has(one)),
    ).toEqual(ofOtherJurisdictions)
  })

  it('an agent who has not accepted the charter gets nothing', async () => {
    const cookie = await sessionCookie((await anAgent(spip, 'probation_counsellor', { charter: null })).id)
    const before = await everythingWritten()
    for (const [, made] of groups) expect(await leaks(made(), cookie)).toEqual([])
    expect(await everythingWritten()).toEqual(before)
  })

  it('nobody gets anything without signing in', async () => {
    const statuses = new Set<number>()
    for (const [, made] of groups)
      await eachOf(made(), async (request) => {
        statuses.add((await answerTo(request, '')).status)
      })
    expect([...statuses].sort()).toEqual([302, 401])
  })
})

async function recordAs(actor: AgentActor, { resource, name }: DeclaredAction, id: number | string) {
  const context = { currentAdmin: { email: '', actor }, action: { name } }
  const model = resources[resource].adminjs.resource as DomainResource
  return model.findOne(id, context as never)
}

/** How an action that is not to be done ends; null when it would be done. */
function endingOf(
  declared: DeclaredAction,
  actor: AgentActor,
  record: RecordWithFacts | null,
): { status: number; code?: string } | null {
  if (!isAccessible(declared, actor)) return { status: 403 }
  if (!record) return { status: 404 }
  const { may, whyNot } = declared.action as unknown as {
    may: (actor: AgentActor, facts: object) => boolean
    whyNot?: (facts: object, now: Date, actor: AgentActor) => string | null
  }
  if (!may(actor, record.facts)) return { status: 403 }
  const code = whyNot?.(record.facts, new Date(), actor)
  return code ? { status: 400, code } : null
}
