import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ServerBuild } from '@remix-run/node'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { commands, queries } from '../../admin/api-table'
import type { ListShape } from '../../admin/define/list'
import { pages } from '../../admin/pages'
import { resources } from '../../admin/resources'
import { addDays, civilOf } from '../../resources/shared/civil-time'
import { sessionCookie } from '../support/agent-session'
import { startHost, type RunningHost } from '../support/server'
import { aCountry, anAgent, aPerson, aSlot } from '../support/world'

/**
 * What no screen of ours sends, at every address there is: the routes of the portal as they were
 * built, the tables, resources and pages of the back office. The answer is in French, never a 500.
 */
vi.setConfig({ testTimeout: 120_000 })

let host: RunningHost
let agentId: number
let cookie: string
let portalRoutes: { path: string; acts: boolean }[]
/** What the screens do send, entry by entry: one field of it is spoilt at a time. */
let soundInputs: Record<string, object>

beforeAll(async () => {
  const { spip, court } = await aCountry()
  const agent = await anAgent(spip, 'probation_counsellor')
  const person = await aPerson([spip, court])
  const date = addDays(civilOf(new Date(), 'Europe/Paris').date, 7)
  const slot = await aSlot(spip, 'hearing_exit_probation', date, '10:00')
  const ids = { probationerId: person.id, appointmentId: 1, placeId: spip.placeId, agendaId: spip.agendaId }
  const appointment = {
    ...ids,
    typeCode: 'probation_follow_up',
    slotId: slot.id,
    date,
    time: '10:00',
    inform: 'now',
    prosecutionNumber: '',
    assignToMe: true,
    keepOverlap: false,
    requestKey: '3b241101-e2bb-4255-8caf-4136c566a962',
  }
  const probationer = {
    lastName: 'BENSALEM',
    firstName: 'Karim',
    dateOfBirth: '1991-04-12',
    phone: '06 39 98 41 27',
    appiNumber: '',
    hasNoMobilePhone: false,
    smsOptOut: false,
    cityId: null,
    isAnotherPerson: false,
  }
  soundInputs = {
    bookAppointment: appointment,
    bookingPreview: appointment,
    freeSlots: { ...ids, typeCode: 'hearing_exit_probation', from: date },
    registerProbationer: probationer,
    checkTypedPerson: probationer,
    recordOutcome: { ...ids, outcome: 'attended', inform: true },
  }
  agentId = agent.id
  host = await startHost()

  const file = join(import.meta.dirname, '../../build/portal/server/index.js')
  const { routes } = (await import(pathToFileURL(file).href)) as ServerBuild
  portalRoutes = Object.values(routes).flatMap((route) =>
    route.id !== 'root' ? [{ path: `/${route.path ?? ''}`, acts: route.module.action !== undefined }] : [],
  )
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
  notice?: object
}

/** Null when the answer is decent; otherwise what is wrong with it. */
function wrongWith(method: string, { status, type, text }: Awaited<ReturnType<typeof send>>): string | null {
  if (status >= 500 || status < 200) return 'not an answer'
  if (method === 'HEAD' || text === '' || (status >= 300 && status < 400)) return null
  if (type.startsWith('application/json')) {
    if (status < 400) return null
    const { message, fieldErrors, notice } = JSON.parse(text) as JsonAnswer
    // What AdminJS says of a record is a name, which its page words in French.
    if (notice) return null
    const sentence = [message ?? '', ...Object.values(fieldErrors ?? {})].find(
      (one) => one === '' || english.test(one),
    )
    return sentence === undefined ? null : `says « ${sentence} »`
  }
  if (type.startsWith('text/html')) return text.includes('<html lang="fr"') ? null : 'not a French page'
  return type.startsWith('text/plain') && status === 200 ? null : `is ${type}`
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
]

/** The fields a command takes, nested ones too. */
function fieldsOf(schema: z.ZodType): string[] {
  if (!(schema instanceof z.ZodObject)) return []
  return Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([name, field]) => [
    name,
    ...fieldsOf(field),
  ])
}

function entryRequests(): Sent[] {
  const fields = [
    ...new Set([
      ...Object.values(commands).flatMap((command) => fieldsOf(command.input)),
      'text',
      'from',
      'wholeService',
    ]),
  ]
  return Object.entries({ queries, commands }).flatMap(([kind, table]) =>
    Object.keys(table).flatMap((name) => {
      const path = `/admin/api/msj/${kind}/${name}`
      const sound = soundInputs[name] ?? {}
      const inputs = [
        ...oddValues.map((value) => Object.fromEntries(fields.map((field) => [field, value]))),
        ...oddValues.map((value) => ({ probationer: value, appointment: value })),
        ...Object.keys(sound).flatMap((field) => oddValues.map((value) => ({ ...sound, [field]: value }))),
      ]
      return inputs.map((input) => ({
        method: 'POST',
        path,
        body: JSON.stringify(input),
        headers: { 'Content-Type': json },
      }))
    }),
  )
}

describe('the tables of the back office', () => {
  it('answer any value of any field in French', async () => {
    expect(await wrongAnswers(entryRequests())).toEqual([])
  })

  it('answer bodies that are not theirs, methods and names they do not have', async () => {
    const [query = ''] = Object.keys(queries)
    const paths = [
      ...Object.keys(queries).map((name) => `/admin/api/msj/queries/${name}`),
      ...Object.keys(commands).map((name) => `/admin/api/msj/commands/${name}`),
    ]
    const requests: Sent[] = [
      ...paths.flatMap(posted),
      ...paths.flatMap((path) => [...methods, 'GET'].map((method) => ({ method, path }))),
      ...pieces.flatMap((piece) =>
        [`/admin/api/msj/${piece}/${query}`, `/admin/api/msj/queries/${piece}`].map((path) => ({ path })),
      ),
      ...pieces.flatMap((piece) => posted(`/admin/api/msj/queries/${piece}`).slice(0, 3)),
    ]
    expect(await wrongAnswers(requests)).toEqual([])
    for (const path of paths) {
      const forged = {
        method: 'POST',
        path,
        body: '{}',
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
    const requests: Sent[] = resources.flatMap((resource) => {
      const api = `/admin/api/resources/${String(resource.options.id)}`
      const { filters } = resource.options.actions?.list?.custom as ListShape
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
          `${api}/actions/search?query=${piece}`,
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

  it('answer forms that are not theirs', async () => {
    const requests = resources.flatMap((resource) => {
      const api = `/admin/api/resources/${String(resource.options.id)}`
      return [
        'actions/new',
        'records/1/edit',
        'records/1/delete',
        'bulk/bulkDelete?recordIds=1',
        'actions/list',
      ].flatMap((action) => posted(`${api}/${action}`))
    })
    expect(await wrongAnswers(requests)).toEqual([])
  })

  it('answer any address of a page', async () => {
    const paths = [
      ...Object.keys(pages).flatMap((name) => [
        `/admin/pages/${name}`,
        ...queryStrings.map((query) => `/admin/pages/${name}${query}`),
      ]),
      ...pieces.flatMap((piece) => [
        `/admin/${piece}`,
        `/admin/pages/${piece}`,
        `/admin/resources/${piece}`,
        `/admin/resources/Probationer/records/${piece}/show`,
        `/admin/pages/enregistrer-et-convoquer?personne=${piece}`,
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
