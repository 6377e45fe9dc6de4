import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { commands, queries } from '../../admin/api-table'
import type { ListShape } from '../../admin/define/list'
import { pages } from '../../admin/pages'
import { resources } from '../../admin/resources'
import dataModel from '../../generated/dmmf.json'
import { bookAppointment } from '../../resources/appointment/commands/book.server'
import { registerProbationer } from '../../resources/probationer/commands/register.server'
import type { AgentActor, Role } from '../../resources/shared/actor'
import { addDays, civilOf, dbDateOf, instantOf, isWeekend } from '../../resources/shared/civil-time'
import { prisma } from '../../resources/shared/db.server'
import { orNotFound } from '../../resources/shared/errors'
import { holidayOn } from '../../resources/shared/holidays'
import { transact } from '../../resources/shared/transact.server'
import { sessionCookie } from '../support/agent-session'
import { startHost, type RunningHost } from '../support/server'
import { aCountry, anAgent, aPerson, aService, aSlot, type AService } from '../support/world'

/**
 * Issue 1, step 6: an agent of another jurisdiction gets nothing, whatever is asked. The requests are
 * made from the tables themselves (resources, actions, filters, columns, queries, commands, pages): a
 * new entry is asked at once, and one that needs an example fails here until it has it.
 */
vi.setConfig({ testTimeout: 120_000 })

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
  agent: 'MARQUAGENT',
  hour: '07:13',
  prosecution: 'PARQUET-SECRET-7',
  sms: 'TEXTE-SECRET-DU-SMS',
  stopLink: 'jetonsecret',
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
  body?: string
  type?: string
  /** What the answer may say all the same: what the agent typed, or the minimum. */
  says?: readonly Secret[]
}

let host: RunningHost
let insider: AgentActor
let foreign: AService
let foreignCourt: AService
let spip: AService
let hiddenId: Record<string, number[]>
let ids: Record<string, number>
let own: { probationerId: number; placeId: number; agendaId: number; slotId: number }
let date: string
/** The right one: the phone of a person elsewhere is then the only reason to refuse. */
let ownVersion: string
const requestKey = '3b241101-e2bb-4255-8caf-4136c566a962'

beforeAll(async () => {
  const country = await aCountry()
  foreign = country.foreign
  spip = country.spip
  foreignCourt = await aService('TJ de Lyon', 'court', { departmentCode: '69' })
  await prisma.organizationLink.create({ data: { courtId: foreignCourt.id, probationServiceId: foreign.id } })
  await prisma.organization.update({ where: { id: spip.id }, data: { name: secret.service } })
  await prisma.place.update({
    where: { id: spip.placeId },
    data: { name: secret.place, address: secret.address, shortAddress: secret.address },
  })
  await prisma.agenda.update({ where: { id: spip.agendaId }, data: { name: secret.agenda } })
  const made = await anAgent(spip, 'probation_counsellor')
  await prisma.agent.update({
    where: { id: made.id },
    data: { lastName: secret.agent, email: `${secret.agent.toLowerCase()}@justice.example` },
  })
  insider = { ...made, lastName: secret.agent }

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
  // One of today, gone by: lists that ask for an outcome show it.
  const past = await prisma.slot.create({
    data: {
      agendaId: spip.agendaId,
      typeCode: 'hearing_exit_probation',
      date: dbDateOf(addDays(date, -9)),
      startTime: secret.hour,
      startsAt: instantOf(addDays(date, -9), secret.hour, spip.timeZone),
      seatsTaken: 1,
    },
  })
  const { id: pastAppointmentId } = await prisma.appointment.create({
    data: {
      probationerId,
      slotId: past.id,
      typeCode: 'hearing_exit_probation',
      organizationId: spip.id,
      placeId: spip.placeId,
      startsAt: past.startsAt,
      agentId: insider.id,
      creatingOrganizationId: spip.id,
      prosecutionNumber: secret.prosecution,
    },
  })
  const message = await prisma.message.findFirstOrThrow({ where: { appointmentId, kind: 'summons' } })
  await prisma.message.update({
    where: { id: message.id },
    data: { state: 'sent', textSent: secret.sms, phone: secret.phone, sentAt: new Date() },
  })
  const lastLine = await prisma.historyEntry.findFirstOrThrow({
    where: { probationerId },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
  })
  const slot = await aSlot(spip, 'hearing_exit_probation', date, secret.hour, { capacity: 3 })

  const ownPerson = await aPerson([foreign, foreignCourt], { lastName: 'LYONNAIS' })
  ownVersion = ownPerson.updatedAt.toISOString()
  const ownSlot = await aSlot(foreign, 'hearing_exit_probation', date, '10:00', { capacity: 3 })
  own = {
    probationerId: ownPerson.id,
    placeId: foreign.placeId,
    agendaId: foreign.agendaId,
    slotId: ownSlot.id,
  }
  ids = {
    id: probationerId,
    probationerId,
    appointmentId,
    pastAppointmentId,
    placeId: spip.placeId,
    agendaId: spip.agendaId,
    slotId: slot.id,
    organizationId: spip.id,
    agentId: insider.id,
    messageId: message.id,
    historyEntryId: lastLine.id,
  }
  hiddenId = {
    Probationer: [probationerId],
    Appointment: [appointmentId, pastAppointmentId],
    Organization: [spip.id, country.court.id],
    Place: [spip.placeId],
    Agenda: [spip.agendaId],
    Agent: [insider.id],
  }
  host = await startHost()
}, 120_000)
afterAll(() => host.stop())

interface Example {
  input: object
  says?: readonly Secret[]
}
type Inputs = readonly (object | Example)[]

const exampleOf = (one: object): Example =>
  'input' in one && 'says' in one ? (one as Example) : { input: one }

/** What a forger of another jurisdiction would try, entry by entry. One is missing: the test says so. */
const queryInputs: Record<keyof typeof queries, () => Inputs> = {
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
  // Communes are public: nothing here belongs to a jurisdiction.
  cityChoices: () => [{ text: 'Nanterre' }, { text: secret.service }],
  home: () => [{}, { wholeService: true }, { wholeService: false, organizationId: ids.organizationId }],
  bookingForm: () => [{}, { probationerId: ids.probationerId }],
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
  checkTypedPerson: () => [
    { input: { phone: secret.phone }, says: ['phone', ...minimum] },
    { input: { phone: '06 39 98 76 54' }, says: ['phone', ...minimum] },
    { input: { appiNumber: secret.appi }, says: minimum },
    {
      input: { lastName: secret.lastName, firstName: secret.firstName, dateOfBirth: secret.birth },
      says: minimum,
    },
  ],
  earlierHistory: () => [{ probationerId: ids.probationerId, before: ids.historyEntryId }],
  noticePreview: () =>
    ['cancellation', 'missed'].flatMap((kind) => [
      { appointmentId: ids.appointmentId, kind },
      { appointmentId: ids.pastAppointmentId, kind },
    ]),
  probationerToEdit: () => [{ probationerId: ids.probationerId }],
  probationerRecord: () => [
    { probationerId: ids.probationerId },
    { probationerId: String(ids.probationerId) },
  ],
  appointmentPage: () => [{ appointmentId: ids.appointmentId }, { appointmentId: ids.pastAppointmentId }],
  agentRecord: () => [{ agentId: ids.agentId }, { agentId: String(ids.agentId) }],
  invitationForm: () => [{}, { organizationId: ids.organizationId }],
}

const newPerson = {
  lastName: 'INCONNU',
  firstName: 'Paul',
  dateOfBirth: '1990-01-01',
  phone: '0639981111',
}
const meeting = () => ({ date, time: '09:00', inform: 'now', requestKey })
const commandInputs: Record<keyof typeof commands, () => Inputs> = {
  registerProbationer: () => [
    { input: { ...newPerson, phone: secret.phone }, says: minimum },
    { input: { ...newPerson, appiNumber: secret.appi }, says: minimum },
    {
      input: {
        ...newPerson,
        lastName: secret.lastName,
        firstName: secret.firstName,
        dateOfBirth: secret.birth,
      },
      says: minimum,
    },
  ],
  registerAndBook: () =>
    (
      [
        ['probation_follow_up', { placeId: ids.placeId, agendaId: ids.agendaId, ...meeting() }],
        ['probation_follow_up', { placeId: own.placeId, agendaId: ids.agendaId, ...meeting() }],
        ['hearing_exit_probation', { placeId: ids.placeId, slotId: ids.slotId, inform: 'now' }],
        ['hearing_exit_probation', { placeId: own.placeId, slotId: ids.slotId, inform: 'now' }],
      ] as const
    ).map(([typeCode, choices]) => ({ probationer: newPerson, appointment: { typeCode, ...choices } })),
  bookAppointment: () =>
    [
      { ...own, probationerId: ids.probationerId, slotId: null },
      { ...own, placeId: ids.placeId, agendaId: ids.agendaId, slotId: null },
      { ...own, agendaId: ids.agendaId, slotId: null },
      { ...own, slotId: ids.slotId, typeCode: 'hearing_exit_probation' },
      { ...own, slotId: own.slotId, typeCode: 'hearing_exit_probation', probationerId: ids.probationerId },
      { ...ids, slotId: null },
      { ...ids, typeCode: 'hearing_exit_probation' },
    ].map((choices) => ({ typeCode: 'probation_follow_up', ...meeting(), ...choices })),
  cancelAppointment: () => [
    { appointmentId: ids.appointmentId, inform: true },
    { appointmentId: ids.pastAppointmentId, inform: false },
  ],
  recordOutcome: () =>
    ['attended', 'missed', 'excused'].flatMap((outcome) => [
      { appointmentId: ids.pastAppointmentId, outcome, inform: true },
      { appointmentId: ids.appointmentId, outcome, inform: false },
    ]),
  undoOutcome: () => [{ appointmentId: ids.pastAppointmentId }, { appointmentId: ids.appointmentId }],
  setShortcuts: () => [{ enabled: true, agentId: ids.agentId }],
  markAnnouncementRead: () => [{ announcementId: 1 }],
  updateProbationer: () => [
    { ...newPerson, probationerId: ids.probationerId, version: new Date().toISOString() },
    {
      input: {
        ...newPerson,
        phone: secret.phone,
        probationerId: own.probationerId,
        version: ownVersion,
      },
      says: minimum,
    },
  ],
  assignToMe: () => [{ probationerId: ids.probationerId }],
  unassign: () => [{ probationerId: ids.probationerId }],
  enableSms: () => [{ probationerId: ids.probationerId }],
  inviteAgent: () => [
    {
      firstName: 'Paul',
      lastName: 'INCONNU',
      email: 'paul.inconnu@justice.example',
      role: 'probation_counsellor',
      organizationId: ids.organizationId,
    },
  ],
  resendInvitation: () => [{ agentId: ids.agentId }],
  unlockAgent: () => [{ agentId: ids.agentId }],
}

function asked(kind: 'queries' | 'commands', inputs: Record<string, () => Inputs>): Forged[] {
  return Object.entries(inputs).flatMap(([name, made]) => {
    // Every id at once, under every name: whatever the entry reads of it.
    const everything: Record<string, unknown> = {
      ...ids,
      ...meeting(),
      typeCode: 'probation_follow_up',
      outcome: 'missed',
    }
    return [...made(), everything].map(exampleOf).map(({ input, says }): Forged => {
      return {
        method: 'POST',
        path: `/admin/api/msj/${kind}/${name}`,
        body: JSON.stringify(input),
        type: 'application/json',
        ...(says && { says }),
      }
    })
  })
}

const idOf = ({ options }: (typeof resources)[number]) => String(options.id)
const api = (resource: (typeof resources)[number]) => `/admin/api/resources/${idOf(resource)}`
const hiddenOf = (resource: (typeof resources)[number]) =>
  orNotFound(hiddenId[idOf(resource)], `hidden ids of ${idOf(resource)}`)

/** Values a forger gives to the filters that have no list of their own. */
const filterValues: Record<string, () => string[]> = {
  text: () => [secret.lastName, secret.phone, secret.appi, secret.place, secret.agent, 'mar'],
  date: () => [date, addDays(date, -9)],
  placeId: () => [String(ids.placeId)],
  agendaId: () => [String(ids.agendaId)],
  agentId: () => [String(ids.agentId)],
  typeCode: () => ['probation_follow_up', 'hearing_exit_probation'],
}

/** A list with each value of each filter, under each view and scope, by pages of every size. */
function listRequests(resource: (typeof resources)[number]): Forged[] {
  const shape = resource.options.actions?.list?.custom as ListShape
  const valuesOf = (filter: ListShape['filters'][number]): string[] => {
    if (filter.kind === 'box') return ['on']
    const listed = 'options' in filter && filter.options?.map(({ value }) => value)
    return orNotFound(listed || filterValues[filter.name]?.(), `values for the filter ${filter.name}`)
  }
  const wide = shape.filters.filter(({ name }) => ['view', 'scope'].includes(name))
  const around = wide.reduce<string[]>(
    (queries, filter) =>
      queries.flatMap((query) =>
        ['', ...valuesOf(filter)].map((value) => `${query}&${filter.name}=${value}`),
      ),
    [''],
  )
  const each = shape.filters
    .filter((filter) => !wide.includes(filter))
    .flatMap((filter) => valuesOf(filter).map((value) => `&${filter.name}=${encodeURIComponent(value)}`))
  // What AdminJS itself would understand.
  const native = columnsOf(resource).map(
    (column) => `&filters.${column}=${String(hiddenOf(resource)[0])}&sortBy=${column}&direction=desc`,
  )
  // The widest look at the table, narrowed by each other filter.
  const widest = around.at(-1) ?? ''
  const searches = [...around, ...each.map((one) => widest + one), ...each, ...native]
  return [
    ...searches.map((search) => `?page=1&perPage=50${search}`),
    ...['?perPage=100000', '?page=-1&perPage=-1', '?page=2&perPage=1', '?page=1&page=2&perPage=abc'],
  ].map((search) => ({ method: 'GET', path: `${api(resource)}/actions/list${search}` }))
}

function columnsOf(resource: (typeof resources)[number]): string[] {
  return orNotFound(
    dataModel.models.find(({ name }) => name === idOf(resource)),
    `model of ${idOf(resource)}`,
  ).fields.map(({ name }) => name)
}

/** The reference picker of other resources' forms, by each thing known of what is hidden. */
function pickerRequests(resource: (typeof resources)[number]): Forged[] {
  const { lastName, phone, service, place, agenda, agent } = secret
  return [lastName, phone, service, place, agenda, agent, 'mar', '%', ''].flatMap((text) => {
    const word = encodeURIComponent(text)
    const [id] = hiddenOf(resource)
    return [
      `${api(resource)}/actions/search/${word}?filters.id=${id}&searchProperty=id`,
      `${api(resource)}/actions/search?query=${word}`,
      `${api(resource)}/search/${word}`,
    ].map((path): Forged => ({ method: 'GET', path }))
  })
}

/** Every action by id and by several ids, read or acted, with every column of the table filled. */
function forgedRequests(resource: (typeof resources)[number]): Forged[] {
  const actions = [
    ...new Set([...Object.keys(resource.options.actions ?? {}), 'new', 'edit', 'delete', 'bulkDelete']),
  ]
  const forms = [
    new URLSearchParams(columnsOf(resource).map((column) => [column, String(own.placeId)])),
    new URLSearchParams({
      ...Object.fromEntries(columnsOf(resource).map((column) => [column, 'Pris'])),
      organization: String(foreign.id),
    }),
  ]
  return actions.flatMap((action) => {
    const all = hiddenOf(resource).join(',')
    const paths = [
      ...hiddenOf(resource).map((id) => `${api(resource)}/records/${id}/${action}`),
      `${api(resource)}/bulk/${action}?recordIds=${all}`,
      `${api(resource)}/actions/${action}?recordIds=${all}&recordId=${all}`,
    ]
    return paths.flatMap((path): Forged[] => [
      { method: 'GET', path },
      ...forms.map((form): Forged => ({
        method: 'POST',
        path,
        body: form.toString(),
        type: 'application/x-www-form-urlencoded',
      })),
    ])
  })
}

/** Every address a browser can open: the frame is drawn by its script, and must hold nothing itself. */
function pageRequests(): Forged[] {
  const query = `?personne=${ids.probationerId}&numero=${ids.appointmentId}`
  return [
    '/admin',
    '/admin/api/dashboard',
    ...Object.keys(pages).flatMap((name) => [`/admin/pages/${name}`, `/admin/api/pages/${name}`]),
    ...resources.flatMap((resource) => [
      `/admin/resources/${idOf(resource)}`,
      ...Object.keys(resource.options.actions ?? {}).flatMap((action) => [
        `/admin/resources/${idOf(resource)}/actions/${action}`,
        ...hiddenOf(resource).map((id) => `/admin/resources/${idOf(resource)}/records/${id}/${action}`),
      ]),
    ]),
  ].map((path) => ({ method: 'GET', path: path + query }))
}

const groups: [string, () => Forged[]][] = [
  ['lists, with their filters', () => resources.flatMap(listRequests)],
  ['reference pickers', () => resources.flatMap(pickerRequests)],
  ['queries of the screens', () => asked('queries', queryInputs)],
  ['commands of the screens', () => asked('commands', commandInputs)],
  ['addresses of pages', pageRequests],
  ['forged forms, by id', () => resources.flatMap(forgedRequests)],
]

async function answerTo(request: Forged, cookie: string) {
  const response = await fetch(host.url + request.path, {
    method: request.method,
    redirect: 'manual',
    headers: {
      Cookie: cookie,
      Accept: 'application/json, text/html',
      ...(request.body !== undefined && { 'Content-Type': request.type ?? '', Origin: host.url }),
    },
    ...(request.body !== undefined && { body: request.body }),
  })
  return { status: response.status, body: await response.text() }
}

/** What the requests got that they should not; a few at once, as a forger would. */
async function leaks(requests: Forged[], cookie: string): Promise<string[]> {
  const told: string[] = []
  const waiting = [...requests]
  await Promise.all(
    Array.from({ length: 6 }, async () => {
      for (let request = waiting.shift(); request; request = waiting.shift()) {
        const { status, body } = await answerTo(request, cookie)
        const says = request.says ?? []
        const got = secretsIn(body).filter((name) => !says.includes(name))
        if (status >= 500 || got.length > 0) {
          told.push(`${request.method} ${request.path} ${request.body ?? ''} → ${status}: ${got.join(', ')}`)
        }
      }
    }),
  )
  return told
}

/** One line a table: what is written anywhere changes it. Sessions and throttles live of themselves. */
async function everythingWritten(): Promise<Record<string, string>> {
  const tables = await prisma.$queryRaw<{ name: string }[]>`
    SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema IN ('public', 'graphile_worker')
       AND table_name NOT IN ('session', 'rate_limit', 'city')`
  const rows = await prisma.$queryRawUnsafe<{ name: string; content: string }[]>(
    tables
      .map(
        ({ name }) =>
          `SELECT '${name}' AS name, count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS content FROM ${name} t`,
      )
      .join(' UNION ALL '),
  )
  return Object.fromEntries(rows.map(({ name, content }) => [name, content]))
}

it('every query and every command of the screens has its forged examples', () => {
  expect(Object.keys(queryInputs).sort()).toEqual(Object.keys(queries).sort())
  expect(Object.keys(commandInputs).sort()).toEqual(Object.keys(commands).sort())
})

describe('the same requests, made from within the jurisdiction,', () => {
  it('do show what is hidden elsewhere, or the test would prove nothing', async () => {
    const admin = await anAgent(spip, 'local_admin')
    const cookies = [await sessionCookie(insider.id), await sessionCookie(admin.id)]
    const shownBy = async (request: Forged) =>
      (await Promise.all(cookies.map((cookie) => answerTo(request, cookie)))).flatMap(({ body }) =>
        secretsIn(body),
      )
    const showsSomething = async (requests: Forged[]) => {
      for (const request of requests) if ((await shownBy(request)).length > 0) return true
      return false
    }
    for (const resource of resources) {
      const hasPicker = resource.options.actions?.search?.isAccessible !== false
      for (const made of hasPicker ? [listRequests, pickerRequests] : [listRequests]) {
        expect(await showsSomething(made(resource)), `${made.name} of ${idOf(resource)}`).toBe(true)
      }
    }
    const byQuery = asked('queries', queryInputs)
    for (const name of Object.keys(queries).filter((one) => one !== 'cityChoices')) {
      expect(await showsSomething(byQuery.filter(({ path }) => path.endsWith(`/${name}`))), name).toBe(true)
    }
    const all = await Promise.all(byQuery.map(shownBy))
    expect([...new Set(all.flat())].sort()).toEqual(Object.keys(secret).sort())
  })
})

const foreigners: [Role, () => AService][] = [
  ['local_admin', () => foreign],
  ['probation_director', () => foreign],
  ['probation_counsellor', () => foreign],
  ['educator', () => foreign],
  ['psychologist', () => foreign],
  ['monitoring_officer', () => foreign],
  ['probation_secretary', () => foreign],
  ['local_admin', () => foreignCourt],
  ['sentence_judge', () => foreignCourt],
  ['court_secretary', () => foreignCourt],
  ['sentence_clerk', () => foreignCourt],
  ['head_sentence_clerk', () => foreignCourt],
  ['head_execution_clerk', () => foreignCourt],
  ['execution_office_agent', () => foreignCourt],
]

describe.each(foreigners)('a %s of another jurisdiction (%#)', (role, at) => {
  let cookie: string
  beforeAll(async () => {
    cookie = await sessionCookie((await anAgent(at(), role)).id)
  })

  it.each(groups)('gets nothing from the %s, and changes nothing', async (_, made) => {
    const before = await everythingWritten()
    expect(await leaks(made(), cookie)).toEqual([])
    expect(await everythingWritten()).toEqual(before)
  })
})

describe('of the very service', () => {
  it('an agent who has not accepted the charter gets nothing', async () => {
    const cookie = await sessionCookie((await anAgent(spip, 'probation_counsellor', { charter: false })).id)
    for (const [, made] of groups.slice(2)) {
      const before = await everythingWritten()
      const requests = made()
      expect(await leaks(requests, cookie)).toEqual([])
      expect(await everythingWritten()).toEqual(before)
    }
  })

  it('nobody gets anything without signing in', async () => {
    for (const [, made] of groups.slice(2)) {
      const requests = made()
      const statuses = await Promise.all(
        requests.map(async (request) => (await answerTo(request, '')).status),
      )
      expect([...new Set(statuses)].filter((status) => ![302, 401].includes(status))).toEqual([])
    }
  })
})
