import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ServerBuild } from '@remix-run/node'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ListShape } from '../../admin/define/list'
import { lookups } from '../../admin/lookups'
import { resources } from '../../admin/resources'
import { addDays, civilOf, instantOf } from '../../resources/shared/civil-time'
import { prisma } from '../../resources/shared/db.server'
import { sessionCookie } from '../support/agent-session'
import {
  addressOf,
  adminJsAction,
  declaredActions,
  exampleOf,
  lookupAddresses,
  resourceNames,
  type DeclaredAction,
  type ResourceName,
} from '../support/declared'
import { startHost, type RunningHost } from '../support/server'
import { aCountry, anAgent, aPerson, aSlot } from '../support/world'

/**
 * What no screen of ours sends, at every address there is: the routes of the portal as they were
 * built, the lists, records, actions and look-ups of the back office as they are declared. The answer is in
 * French, never a 500, and nothing is done.
 */
vi.setConfig({ testTimeout: 300_000 })

let host: RunningHost
let agentId: number
let cookie: string
let portalRoutes: { path: string; acts: boolean }[]
/** What exists, by name of field: one field of a sound input is spoilt at a time. */
let known: Record<string, unknown>
let appointmentIds: number[]

beforeAll(async () => {
  const { spip, court } = await aCountry()
  const agent = await anAgent(spip, 'local_admin')
  const person = await aPerson([spip, court], { smsOptOut: true })
  const date = addDays(civilOf(new Date(), 'Europe/Paris').date, 7)
  const slot = await aSlot(spip, 'hearing_exit_probation', date, '10:00')
  const past = addDays(civilOf(new Date(), 'Europe/Paris').date, -3)
  appointmentIds = []
  for (const time of ['09:00', '10:00', '11:00']) {
    const taken = await aSlot(spip, 'probation_follow_up', past, time, { seatsTaken: 1 })
    const { id } = await prisma.appointment.create({
      data: {
        probationerId: person.id,
        slotId: taken.id,
        typeCode: 'probation_follow_up',
        organizationId: spip.id,
        placeId: spip.placeId,
        startsAt: instantOf(past, time, spip.timeZone),
        creatingOrganizationId: spip.id,
      },
    })
    appointmentIds.push(id)
  }
  const [appointmentId] = appointmentIds
  known = {
    probationerId: person.id,
    appointmentId,
    agentId: (await anAgent(spip, 'probation_counsellor')).id,
    organizationId: spip.id,
    placeId: spip.placeId,
    agendaId: spip.agendaId,
    intoId: spip.agendaId,
    otherId: court.id,
    customColumnId: 1,
    headquartersId: 1,
    relocationId: 1,
    divestmentId: 1,
    oldPlaceId: spip.placeId,
    slotId: slot.id,
    typeCode: 'probation_follow_up',
    date,
    time: '10:00',
    inform: 'now',
    password: 'girafe-cabane-trompette',
    passwordAgain: 'girafe-cabane-trompette',
    lastName: 'BENSALEM',
    firstName: 'Karim',
    dateOfBirth: '1991-04-12',
    phone: '06 39 98 41 27',
  }
  agentId = agent.id
  host = await startHost()

  const file = join(import.meta.dirname, '../../build/portal/server/index.js')
  const { routes } = (await import(pathToFileURL(file).href)) as ServerBuild
  portalRoutes = Object.values(routes).flatMap((route) =>
    route.id !== 'root' ? [{ path: `/${route.path ?? ''}`, acts: route.module.action !== undefined }] : [],
  )
  // The host's own.
  portalRoutes.push({ path: '/calendrier/:token/convocations.ics', acts: false })
}, 120_000)
afterAll(() => host.stop())

// Of these requests, one signs out.
beforeEach(async () => {
  cookie = await sessionCookie(agentId)
})

interface Sent {
  method?: string
  path: string
  headers?: Record<string, string>
  body?: string | Buffer
}

/** As written: `fetch` would mend the addresses and refuse the methods. */
function send({ method = 'GET', path, headers = {}, body }: Sent) {
  return new Promise<{ status: number; type: string; text: string }>((resolve, reject) => {
    const asking = httpRequest(
      host.url,
      {
        method,
        path,
        agent: false,
        headers: {
          Cookie: cookie,
          ...(body !== undefined && { 'Content-Length': String(Buffer.byteLength(body)), Origin: host.url }),
          ...headers,
        },
      },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('error', reject)
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            type: answer.headers['content-type'] ?? '',
            text: Buffer.concat(chunks).toString(),
          }),
        )
      },
    )
    asking.on('error', reject)
    asking.end(body)
  })
}

const english =
  /\b(the|not|invalid|error|unexpected|expected|required|must|too|cannot|missing|forbidden)\b|^[a-z]+(_[a-z]+)+$/i

interface JsonAnswer {
  message?: string
  fieldErrors?: Record<string, string>
}

/** Null when the answer is decent; otherwise what is wrong with it. */
function wrongWith(method: string, { status, type, text }: Awaited<ReturnType<typeof send>>): string | null {
  if (status >= 500 || status < 200) return 'not an answer'
  if (method === 'HEAD' || text === '' || (status >= 300 && status < 400)) return null
  if (type.startsWith('application/json')) {
    if (status < 400) return null
    const { message, fieldErrors } = JSON.parse(text) as JsonAnswer
    const sentence = [message ?? '', ...Object.values(fieldErrors ?? {})].find(
      (one) => one === '' || english.test(one),
    )
    return sentence === undefined ? null : `says « ${sentence} »`
  }
  if (type.startsWith('text/html')) return text.includes('<html lang="fr"') ? null : 'not a French page'
  // For robots: robots.txt and sitemap.xml.
  return /^(text\/plain|application\/xml)/.test(type) && status === 200 ? null : `is ${type}`
}

/** A few at a time; what went wrong, in a line each. */
async function wrongAnswers(requests: readonly Sent[]): Promise<string[]> {
  const told: string[] = []
  const waiting = [...requests]
  await Promise.all(
    Array.from({ length: 6 }, async () => {
      for (let one = waiting.shift(); one; one = waiting.shift()) {
        const { method = 'GET', path, headers, body } = one
        const answer = await send(one).catch((error: unknown) => String(error))
        const wrong = typeof answer === 'string' ? answer : wrongWith(method, answer)
        if (!wrong) continue
        const sent = [method, path.slice(0, 120), headers?.['Content-Type'], String(body ?? '').slice(0, 160)]
        told.push(
          `${sent.filter(Boolean).join(' ')} → ${typeof answer === 'string' ? '' : answer.status} ${wrong}`,
        )
      }
    }),
  )
  return told
}

const pieces = [
  'inconnu',
  '0',
  '-1',
  '1.5',
  '99999999999999999999',
  '%00',
  '%E0%A4%A',
  '%',
  '%F0%9F%92%A9',
  '%27%20OR%201=1--',
  '..%2F..%2Fetc%2Fpasswd',
  '__proto__',
  'constructor',
  '%3Cscript%3E',
  'x'.repeat(3_000),
]
const queryStrings = [
  '?q=%00',
  '?q=%E0%A4%A',
  `?q=${'é'.repeat(2_000)}`,
  '?q=a&q=b&q[]=c&q[x]=d',
  '?retour=//evil.example&retour=%00',
  '?_data=root',
  '?_data=routes/inconnue',
  '?_data=routes%2Fagents.charte',
  '?index',
  '?__proto__[x]=1&constructor=1',
]
const methods = ['HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'TRACE']

const form = 'application/x-www-form-urlencoded'
const json = 'application/json'
const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`

/** Bodies nobody means, by what they pretend to be. */
const bodies: { type: string | null; body: string | Buffer; headers?: Record<string, string> }[] = [
  ...['', 'a', '=&=&', '%', 'email=%00&password=%00', 'a[b][c]=1&__proto__=2', `x=${'a'.repeat(70_000)}`].map(
    (body) => ({ type: form, body }),
  ),
  { type: form, body: Array.from({ length: 5_000 }, (_, index) => `k${index}=1`).join('&') },
  { type: form, body: Buffer.from([0x65, 0x3d, 0xff, 0xfe, 0x00]) },
  { type: `${form}; charset=utf-99`, body: 'a=1' },
  ...[
    '',
    '{',
    '{"a":',
    'null',
    '[]',
    '"x"',
    '1',
    'undefined',
    '{"__proto__":{"x":1}}',
    deep,
    `"${'a'.repeat(200_000)}"`,
  ].map((body) => ({ type: json, body })),
  { type: json, body: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]) },
  { type: `${json}; charset=utf-99`, body: '{}' },
  { type: json, body: 'not gzip', headers: { 'Content-Encoding': 'gzip' } },
  { type: json, body: '{}', headers: { 'Content-Encoding': 'inconnu' } },
  { type: 'multipart/form-data', body: 'no boundary' },
  {
    type: 'multipart/form-data; boundary=x',
    body: '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\ncut',
  },
  {
    type: 'multipart/form-data; boundary=x',
    body: '--x\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\nfile\r\n--x--',
  },
  { type: 'text/plain', body: 'a=1' },
  { type: 'text/xml', body: '<a/>' },
  { type: 'rien', body: 'a=1' },
  { type: null, body: 'a=1' },
]

const posted = (path: string): Sent[] =>
  bodies.map(({ type, body, headers }) => ({
    method: 'POST',
    path,
    body,
    headers: { ...(type !== null && { 'Content-Type': type }), ...headers },
  }))

const filled = (path: string, piece: string) => path.replace(/:\w+|\*/g, piece)

// First: a process is not ready once a queue that nobody works here has waited for five minutes.
describe('a cookie, a header', () => {
  it.each([
    ['a cookie signed by nobody', { Cookie: 'msj_agent=s%3Ax.y' }],
    ['a cookie that is not one', { Cookie: 'msj_agent=%E0%A4%A; ;;=; a' }],
    ['two cookies of one name', { Cookie: 'msj_agent=a; msj_agent=b' }],
    ['a request id of any text', { 'X-Request-Id': '<script>' }],
    ['a host that is not ours', { Host: 'evil.example' }],
    ['languages and types nobody has', { 'Accept-Language': '*;q=9', Accept: 'image/inconnu;;' }],
    ['a proxy that lies', { 'X-Forwarded-For': "'; drop table", 'X-Forwarded-Proto': 'gopher' }],
    ['a range of nothing', { Range: 'bytes=9-1' }],
    ['a condition of nothing', { 'If-None-Match': '"x', 'If-Modified-Since': 'hier' }],
  ])('%s breaks no page', async (_, headers) => {
    const paths = [
      '/',
      '/agents/connexion',
      '/admin',
      '/admin/api/resources/Place/actions/list',
      '/healthz',
      '/readyz',
    ]
    expect(await wrongAnswers(paths.map((path) => ({ path, headers })))).toEqual([])
  })
})

describe('the pages of the portal', () => {
  it('answer every address and every query in French', async () => {
    const requests = portalRoutes.flatMap(({ path }) => [
      ...(/[:*]/.test(path) ? pieces.map((piece) => ({ path: filled(path, piece) })) : []),
      ...queryStrings.map((query) => ({ path: filled(path, 'inconnu') + query })),
    ])
    expect(requests.length).toBeGreaterThan(200)
    expect(await wrongAnswers(requests)).toEqual([])
  })

  it('refuse the methods they do not have', async () => {
    const requests = portalRoutes.flatMap(({ path }) =>
      methods.map((method) => ({ method, path: filled(path, 'inconnu') })),
    )
    expect(await wrongAnswers(requests)).toEqual([])
    for (const method of ['PUT', 'DELETE', 'PROPFIND']) {
      expect((await send({ method, path: '/agents/connexion' })).status).toBe(405)
    }
  })

  it('read no body that no form of theirs sends', async () => {
    expect(await wrongAnswers(portalRoutes.flatMap(({ path }) => posted(filled(path, 'inconnu'))))).toEqual(
      [],
    )
  })

  it('refuse the forms of other sites, and what is too long', async () => {
    for (const { path } of portalRoutes.filter(({ acts }) => acts)) {
      const to = { method: 'POST', path: filled(path, 'inconnu'), body: 'a=1' }
      const forged = await send({ ...to, headers: { 'Content-Type': form, Origin: 'https://evil.example' } })
      expect([path, forged.status]).toEqual([path, 403])
      const long = await send({ ...to, body: 'a'.repeat(1_100_000), headers: { 'Content-Type': form } })
      expect([path, long.status]).toEqual([path, 413])
    }
  })
})

const oddValues: unknown[] = [
  null,
  '',
  ' ',
  [],
  {},
  [[]],
  true,
  -1,
  0,
  1.5,
  1e308,
  2_147_483_648,
  '99999999999999999999',
  'x'.repeat(10_000),
  'a\u0000b',
  '\ud800',
  '2026-02-30',
  '0000-00-00',
  '0202-03-12',
  '9999-12-28',
  '99:99',
  '%_\\',
  { toString: 'x' },
  { length: { toString: 1 } },
  '__FORM_VALUE_NULL__',
]

/** Names that every object answers to. */
const oddBodies = [
  '[1,2]',
  '"abc"',
  'null',
  '3',
  '{"constructor":{"name":1},"toString":1,"hasOwnProperty":1}',
  '{"__proto__":{"probationerId":1},"prototype":1}',
  '{"text":{"length":{"toString":1}}}',
]

function idFor(resource: ResourceName): number | string {
  const id = known[`${resource.charAt(0).toLowerCase()}${resource.slice(1)}Id`]
  return typeof id === 'number' ? id : 1
}
const pathOf = (declared: DeclaredAction) => addressOf(declared, idFor(declared.resource))
const writing = declaredActions.filter(({ input }) => input)
const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A sound input with all its fields spoilt alike, then with one at a time: nested ones too. */
function spoilt(sound: unknown): unknown[] {
  if (!isObject(sound)) return []
  const fields = Object.keys(sound)
  return [
    ...oddValues.map((odd) => Object.fromEntries(fields.map((field) => [field, odd]))),
    ...Object.entries(sound).flatMap(([field, value], rank) => [
      // Each field meets every number alone, and its part of the other oddities: together, all of them.
      ...oddValues
        .filter((odd, index) => typeof odd === 'number' || index % 4 === rank % 4)
        .map((odd) => ({ ...sound, [field]: odd })),
      ...spoilt(value).map((inner) => ({ ...sound, [field]: inner })),
    ]),
  ]
}

const jsonPost = (path: string, body: string): Sent => ({
  method: 'POST',
  path,
  body,
  headers: { 'Content-Type': json },
})

/** One line a table: what is written anywhere changes it. Sessions, throttles and traces live of themselves. */
async function everythingWritten(): Promise<Record<string, string>> {
  const tables = [
    'agent',
    'appointment',
    'probationer',
    'following',
    'history_entry',
    'message',
    'slot',
    'place',
  ]
  const rows = await prisma.$queryRawUnsafe<{ name: string; content: string }[]>(
    tables
      .map(
        (name) =>
          `SELECT '${name}' AS name, count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS content FROM "${name}" t`,
      )
      .join(' UNION ALL '),
  )
  return Object.fromEntries(rows.map(({ name, content }) => [name, content]))
}

describe('the actions of the back office', () => {
  it('answer any value of any field in French', async () => {
    const requests = writing.flatMap((declared) => {
      const sound = declared.input ? exampleOf(declared.input, known) : {}
      return [...spoilt(sound).map((input) => JSON.stringify(input)), ...oddBodies].map((body) =>
        jsonPost(pathOf(declared), body),
      )
    })
    expect(await wrongAnswers(requests)).toEqual([])
  })

  it('read JSON and nothing else: anything else is refused, and nothing is done', async () => {
    const before = await everythingWritten()
    const notJson = (path: string) =>
      posted(path).filter(({ headers }) => !headers?.['Content-Type']?.startsWith(json))
    const requests = writing.flatMap((declared) => [
      ...notJson(pathOf(declared)),
      { method: 'POST', path: pathOf(declared) },
    ])
    const statuses = new Set<number>()
    for (const request of requests) statuses.add((await send(request)).status)
    expect([...statuses]).toEqual([400])
    expect(await everythingWritten()).toEqual(before)
  })

  it('answer JSON that cannot be read, or that is not of them', async () => {
    const requests = writing.flatMap((declared) => posted(pathOf(declared)))
    expect(await wrongAnswers(requests)).toEqual([])
  })

  it('are not done by HEAD, GET, PUT, PATCH or DELETE, nor from another site', async () => {
    const before = await everythingWritten()
    for (const declared of writing) {
      const path = pathOf(declared)
      const body = JSON.stringify(exampleOf(declared.input as never, known))
      for (const method of ['HEAD', 'PUT', 'PATCH', 'DELETE'])
        expect([
          method,
          path,
          (await send({ method, path, body, headers: { 'Content-Type': json } })).status,
        ]).toEqual([method, path, 405])
      const asked = await send({ method: 'HEAD', path, headers: { 'Sec-Fetch-Site': 'cross-site' } })
      expect([path, asked.status]).toEqual([path, 405])
      const read = await send({ path })
      expect([path, [200, 400, 403, 404, 405].includes(read.status)]).toEqual([path, true])
      const forged = {
        ...jsonPost(path, body),
        headers: { 'Content-Type': json, Origin: 'https://evil.example' },
      }
      expect([path, (await send(forged)).status]).toEqual([path, 403])
    }
    expect(await everythingWritten()).toEqual(before)
  })

  it('open by GET when they have a page, do by POST when they write, and say which', async () => {
    for (const declared of declaredActions) {
      const words = adminJsAction(declared).custom
      // Some are the central team's.
      if (!words.opens)
        expect([403, 405], declared.name).toContain((await send({ path: pathOf(declared) })).status)
      if (!words.writes)
        expect([403, 405], declared.name).toContain((await send(jsonPost(pathOf(declared), '{}'))).status)
    }
    for (const resource of resourceNames) {
      const address = `/admin/api/resources/${resource}`
      const shown = await send(jsonPost(`${address}/records/${idFor(resource)}/show`, '{}'))
      expect([resource, [403, 405].includes(shown.status)]).toEqual([resource, true])
    }
  })
})

describe('the lists of the back office', () => {
  it('are asked by POST as by GET, with the same answer', async () => {
    for (const resource of resourceNames) {
      const address = `/admin/api/resources/${resource}/actions/list`
      const asked = await send({ path: `${address}?text=b&perPage=2&view=all` })
      const posted = await send(jsonPost(address, '{"text":"b","perPage":"2","view":"all"}'))
      expect([resource, posted]).toEqual([resource, asked])
    }
  })

  it('answer whatever is posted in French', async () => {
    const names = [
      'text',
      'view',
      'date',
      'placeId',
      'agendaId',
      'agentId',
      'typeCode',
      'state',
      'page',
      'mine',
    ]
    const requests = resourceNames.flatMap((resource) => {
      const address = `/admin/api/resources/${resource}/actions/list`
      return [
        ...posted(address),
        ...oddBodies.map((body) => jsonPost(address, body)),
        ...oddValues.map((odd) =>
          jsonPost(address, JSON.stringify(Object.fromEntries(names.map((name) => [name, odd])))),
        ),
      ]
    })
    expect(await wrongAnswers(requests)).toEqual([])
  })
})

describe('the ids of an address', () => {
  const cookieOf = async () => ({ Cookie: await sessionCookie(agentId) })
  const outcome = JSON.stringify({ outcome: 'attended', inform: false })
  const statesOf = async () =>
    (
      await prisma.appointment.findMany({ where: { id: { in: appointmentIds } }, orderBy: { id: 'asc' } })
    ).map(({ state }) => state)
  const acts = async (path: string, body = outcome) =>
    (
      await send({
        ...jsonPost(`/admin/api/resources/${path}`, body),
        headers: { 'Content-Type': json, ...(await cookieOf()) },
      })
    ).status

  it.each([
    'records/{id}%2Fshow/recordOutcome',
    'records/%2F{id}/recordOutcome',
    'records/{id}%00/recordOutcome',
    'records/{id},1/recordOutcome',
    'records/+{id}/recordOutcome',
    'records/0x{id}/recordOutcome',
    'records/{id}.0/recordOutcome',
    'records/{id}e0/recordOutcome',
    'actions/recordOutcome',
    'actions/recordOutcome?recordId={id}&recordIds={id}',
    'actions/list%2Fx',
    'bulk/recordOutcome?recordIds={id}',
    'records/2147483648/recordOutcome',
    'records/__proto__/recordOutcome',
    'records/constructor/recordOutcome',
    'records/{id}/constructor',
    'records/{id}/__proto__',
    'records/{id}/toString',
  ])('%s leads nowhere', async (address) => {
    expect(await acts(`Appointment/${address.replaceAll('{id}', String(appointmentIds[0]))}`)).toBe(404)
    expect(await statesOf()).toEqual(['booked', 'booked', 'booked'])
  })

  it('are those of the address: a body names no other record', async () => {
    const [first, second] = appointmentIds
    const body = JSON.stringify({ outcome: 'attended', appointmentId: second, appointmentIds: [second] })
    expect(await acts(`Appointment/records/${first}/recordOutcome`, body)).toBe(200)
    expect(await statesOf()).toEqual(['attended', 'booked', 'booked'])
    expect(await acts(`Appointment/records/${first}/undoOutcome`, '{}')).toBe(200)
  })

  const onSeveral = declaredActions.filter(({ kind, input }) => kind === 'bulk' && input)

  it('of acts on several records are read from one list, and all that it names is there', async () => {
    const before = await everythingWritten()
    for (const declared of onSeveral) {
      const id = idFor(declared.resource)
      const api = `${declared.resource}/bulk/${declared.name}`
      const body = JSON.stringify(exampleOf(declared.input as never, known))
      for (const query of [
        '',
        '?recordIds=',
        `?recordIds=${id}&recordIds=${id}`,
        `?recordIds[]=${id}`,
        `?recordIds=${id},`,
        `?recordIds=${id}%2C%00`,
        `?recordIds=${Array.from({ length: 101 }, (_, index) => index + 1).join(',')}`,
        `?recordIds=${id},2147483647`,
        `?recordIds=${id},x`,
      ])
        expect([api, query.slice(0, 60), [400, 404].includes(await acts(api + query, body))]).toEqual([
          api,
          query.slice(0, 60),
          true,
        ])
    }
    expect(await everythingWritten()).toEqual(before)
  })

  it.runIf(onSeveral.some(({ name }) => name === 'recordAttended'))(
    'one refused among several, none is written; the same one twice is one',
    async () => {
      const [first, second, third] = appointmentIds
      const bulk = (...ids: unknown[]) => acts(`Appointment/bulk/recordAttended?recordIds=${ids.join(',')}`)
      expect(await acts(`Appointment/records/${third}/recordOutcome`)).toBe(200)
      expect(await bulk(first, second, third)).toBe(400)
      expect(await statesOf()).toEqual(['booked', 'booked', 'attended'])
      const recorded = () =>
        prisma.historyEntry.count({ where: { appointmentId: first, event: 'appointment.attended' } })
      const before = await recorded()
      expect(await bulk(first, second, first)).toBe(200)
      expect(await statesOf()).toEqual(['attended', 'attended', 'attended'])
      expect(await recorded()).toBe(before + 1)
    },
  )
})

describe('the look-ups of the back office', () => {
  it('answer any value of any field in French', async () => {
    const requests = lookupAddresses.flatMap((path) => {
      const input = lookups[path.split('/').at(-1) as 'home'] as (typeof lookups)['home'] | undefined
      const sound = input ? exampleOf(input.input, known) : { text: 'nan' }
      return [...spoilt(sound).map((one) => JSON.stringify(one)), ...oddBodies].map((body) =>
        jsonPost(path, body),
      )
    })
    expect(await wrongAnswers(requests)).toEqual([])
  })

  it('answer bodies that are not theirs, methods and names they do not have', async () => {
    const requests: Sent[] = [
      ...lookupAddresses.flatMap(posted),
      ...pieces.flatMap((piece) =>
        [`/admin/api/lookups/${piece}`, `/admin/api/references/${piece}`].flatMap((path) => [
          { path },
          ...posted(path).slice(0, 3),
        ]),
      ),
    ]
    expect(await wrongAnswers(requests)).toEqual([])
    for (const path of lookupAddresses) {
      for (const method of ['GET', 'HEAD', 'PUT', 'DELETE'])
        expect([path, method, (await send({ method, path })).status]).toEqual([path, method, 405])
      const forged = {
        ...jsonPost(path, '{}'),
        headers: { 'Content-Type': json, Origin: 'https://evil.example' },
      }
      expect([path, (await send(forged)).status]).toEqual([path, 403])
      expect([path, (await send({ ...forged, headers: { 'Content-Type': 'text/plain' } })).status]).toEqual([
        path,
        400,
      ])
    }
  })
})

describe('the lists and records of the back office', () => {
  it('answer any filter, page, record, action and resource in French', async () => {
    const requests: Sent[] = resourceNames.flatMap((resource) => {
      const api = `/admin/api/resources/${resource}`
      const { filters } = resources[resource].adminjs.options.actions?.list?.custom as ListShape
      const names = [
        ...filters.map(({ name }) => name),
        'page',
        'perPage',
        'inconnu',
        'sortBy',
        'direction',
        'filters.id',
      ]
      return [
        ...names.flatMap((name) =>
          [
            '-1',
            '1.5',
            '99999999999999999999',
            '%00',
            '%E0%A4%A',
            '__proto__',
            '',
            '2026-02-30',
            '1&page=2',
          ].map((piece) => `${api}/actions/list?${name}=${piece}`),
        ),
        ...pieces.flatMap((piece) => [
          `${api}/records/${piece}/show`,
          `${api}/records/1/${piece}`,
          `${api}/actions/${piece}`,
          `${api}/actions/search/${piece}`,
          `${api}/search/${piece}`,
          `${api}/bulk/${piece}?recordIds=${piece}`,
          `${api}/bulk/bulkDelete?recordIds=${piece}`,
          `/admin/api/resources/${piece}/actions/list`,
          `/admin/api/${piece}`,
        ]),
      ].map((path) => ({ path }))
    })
    expect(await wrongAnswers(requests)).toEqual([])
  })

  it('open the page of an action at any address', async () => {
    const requests = declaredActions.flatMap((declared) =>
      [
        ...pieces.map((piece) => addressOf(declared, piece)),
        ...queryStrings.map(
          (query) => pathOf(declared) + query.replace('?', pathOf(declared).includes('?') ? '&' : '?'),
        ),
      ].map((path) => ({ path })),
    )
    expect(await wrongAnswers(requests)).toEqual([])
  })

  it('answer any address of a page', async () => {
    const paths = [
      ...declaredActions.map((declared) => pathOf(declared).replace('/api/', '/')),
      ...queryStrings.map((query) => `/admin/resources/Probationer${query}`),
      ...pieces.flatMap((piece) => [
        `/admin/${piece}`,
        `/admin/resources/${piece}`,
        `/admin/resources/Probationer/records/${piece}/show`,
        `/admin/resources/Probationer/records/${piece}/convoke`,
        `/admin/assets/${piece}`,
      ]),
    ]
    const requests = paths.flatMap((path): Sent[] => [
      { path },
      { path, method: 'POST' },
      { path, method: 'DELETE' },
    ])
    expect(await wrongAnswers(requests)).toEqual([])
  })
})
