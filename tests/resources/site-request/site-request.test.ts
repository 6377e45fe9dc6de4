import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { votePage } from '../../../resources/page-vote/commands.server'
import { eraseExpired } from '../../../resources/retention/commands.server'
import type { AgentActor, SystemActor } from '../../../resources/shared/actor'
import type { Context } from '../../../resources/shared/context'
import { prisma, transaction } from '../../../resources/shared/db.server'
import { env } from '../../../resources/shared/env.server'
import { Forbidden, NotFound, Refused } from '../../../resources/shared/errors'
import {
  answerSiteRequest,
  changeSiteRequestState,
  makeServicePage,
} from '../../../resources/site-request/commands/answer.server'
import {
  requestDeployment,
  requestServicePage,
  sendAbsence,
  sendContact,
  sendPageError,
} from '../../../resources/site-request/commands/send.server'
import {
  listSiteRequests,
  requestReceived,
  siteRequestToAnswer,
} from '../../../resources/site-request/queries/requests.server'
import { sitePage } from '../../../resources/site-request/schema'
import { mailTasks } from '../../../worker/mail/tasks'
import { drainQueue } from '../../support/queue'
import { aCountry, actAt, anAgent, monday } from '../../support/world'

const visitor: SystemActor = { kind: 'system', task: 'public-site' }
const send = <Result>(work: (ctx: Context<SystemActor>) => Promise<Result>, now = monday) =>
  transaction((tx) => work({ tx, actor: visitor, now }), { maxWait: 10_000, timeout: 20_000 })

const contact = {
  topic: 'error',
  message: 'La carte ne s’ouvre pas.\r\nSur mon téléphone.',
  email: 'Karim.Bensalem@Exemple.fr',
} as const
const absence = {
  slug: 'spip-92-nanterre',
  ...{ firstName: 'karim', lastName: 'BENSALEM', appointment: 'lundi 12 octobre à 9 h 30' },
  ...{ message: 'Je suis hospitalisé.', reach: '06 39 98 41 27' },
}
const deployment = {
  ...{ serviceKind: 'court' as const, serviceName: 'TJ de Versailles', jurisdiction: 'Versailles' },
  ...{ departmentCode: '78', agents: '24', firstName: 'Anne', lastName: 'Roy', position: 'Directrice' },
  ...{ email: 'anne.roy@justice.fr', approverName: 'Luc Petit', approverPosition: 'Directeur de greffe' },
  ...{ approverEmail: 'luc.petit@justice.fr', agreement: true, toolSms: true },
  localAdmins: 'Sonia Marchetti, sonia.marchetti@justice.fr',
} as const
const key = '3b241101-e2bb-4255-8caf-4136c566a962'

let country: Awaited<ReturnType<typeof aCountry>>
let central: AgentActor
let localAdmin: AgentActor
beforeAll(async () => {
  country = await aCountry()
  central = await anAgent(country.foreign, 'central_admin')
  localAdmin = await anAgent(country.spip, 'local_admin')
  const page = {
    ...{ organizationId: country.spip.id, kind: 'probation_service' as const, officialName: 'SPIP' },
    ...{ departmentCode: '92', addressLine: '14 rue', postalCode: '92000', cityName: 'Nanterre' },
    ...{ timeZone: 'Europe/Paris', phone: '+33199001020', state: 'published' as const },
  }
  await prisma.publicPage.createMany({
    data: [
      {
        ...page,
        ...{
          slug: 'spip-92-nanterre',
          code: 'aaaabbbb',
          title: 'SPIP de Nanterre',
          email: 'spip92@justice.fr',
        },
      },
      { ...page, ...{ slug: 'spip-92-sceaux', code: 'aaaacccc', title: 'SPIP de Sceaux' } },
      {
        ...page,
        ...{ slug: 'tj-nanterre', code: 'aaaadddd', title: 'TJ', organizationId: country.court.id },
      },
    ],
  })
  await prisma.organization.update({
    where: { id: country.court.id },
    data: { sharedMailbox: 'sap.nanterre@justice.fr' },
  })
})
beforeEach(async () => {
  await prisma.siteRequest.deleteMany()
  await prisma.outboxItem.deleteMany()
})

const only = () => prisma.siteRequest.findFirstOrThrow({ orderBy: { id: 'desc' } })
const mails = async () => {
  await drainQueue(mailTasks)
  return prisma.outboxItem.findMany({ where: { channel: 'email' }, orderBy: { id: 'asc' } })
}
const faults = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'accepted',
    (error: unknown) =>
      error instanceof Refused
        ? [error.code, error.field]
        : (error as { issues: { path: unknown[] }[] }).issues.map(({ path }) => path.join('.')),
  )

describe('What a visitor sends to the team', () => {
  test('is kept with its reference; the team is told without a word of it, the sender that it came', async () => {
    const { reference } = await send((ctx) => sendContact(ctx, contact))
    expect(reference).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/)
    const row = await only()
    expect(row).toMatchObject({
      ...{ kind: 'contact', state: 'received', reference, email: 'karim.bensalem@exemple.fr' },
      details: { topic: 'error', message: 'La carte ne s’ouvre pas.\nSur mon téléphone.', service: null },
    })
    const [toTeam, toSender, ...others] = await mails()
    expect(others).toEqual([])
    expect(toTeam).toMatchObject({ recipient: env.SUPPORT_EMAIL })
    expect(toTeam?.body).toContain(`/admin/resources/SiteRequest/records/${row.id}/show`)
    expect(toSender).toMatchObject({ recipient: 'karim.bensalem@exemple.fr' })
    for (const mail of [toTeam, toSender]) {
      expect(mail?.body).toContain(reference)
      expect(`${mail?.subject} ${mail?.body}`).not.toMatch(/carte|bensalem|karim/i)
    }
    expect(await send((ctx) => requestReceived(ctx, { reference }))).toMatchObject({
      ...{ kind: 'contact', mailFollows: true, service: null },
    })
  })

  test('is one, sent twice or by two at once; with other words it is another', async () => {
    const sent = { ...contact, requestKey: key }
    const references = await Promise.all([1, 2, 3].map(() => send((ctx) => sendContact(ctx, sent))))
    expect(new Set(references.map(({ reference }) => reference)).size).toBe(1)
    expect(await prisma.siteRequest.count()).toBe(1)
    await send((ctx) => sendContact(ctx, { ...sent, message: 'Autre chose.' }))
    expect(await prisma.siteRequest.count()).toBe(2)
    expect(await mails()).toHaveLength(4)
  })

  test('is refused when a program filled what nobody sees, and nothing is kept', async () => {
    expect(await faults(send((ctx) => sendContact(ctx, { ...contact, trap: 'http://x' })))).toEqual([
      'site_request.trap',
      undefined,
    ])
    expect(await prisma.siteRequest.count()).toBe(0)
  })

  test.each([
    ['no topic', { topic: '' as 'error' }, ['topic']],
    ['nothing that can be read', { message: ' \u200b\n — ' }, ['message']],
    ['more than 2000 signs', { message: 'é'.repeat(2_001) }, ['message']],
    ['no address', { email: '  ' }, ['email']],
    ['an address with a line of its own', { email: 'a@b.fr\nBcc: c@d.fr' }, ['email']],
    ['nothing at all', { topic: '' as 'error', message: '', email: '' }, ['topic', 'message', 'email']],
  ])('with %s is refused beside its field', async (_, more, expected) => {
    expect(await faults(send((ctx) => sendContact(ctx, { ...contact, ...more })))).toEqual(expected)
  })

  test('about a page keeps the page and its service, and needs no address', async () => {
    await send((ctx) =>
      sendPageError(ctx, {
        ...{ page: '/preparer-ma-convocation/spip-92-nanterre', message: 'Le numéro est faux.', email: '' },
      }),
    )
    const row = await only()
    const service = await prisma.publicPage.findUniqueOrThrow({ where: { slug: 'spip-92-nanterre' } })
    expect(row).toMatchObject({ email: null, page: absencePage, publicPageId: service.id })
    expect((await mails()).map(({ recipient }) => recipient)).toEqual([env.SUPPORT_EMAIL])
  })
  const absencePage = '/preparer-ma-convocation/spip-92-nanterre'

  test.each([
    ['/', true],
    ['/comprendre-ma-peine/peines/sursis-probatoire', true],
    ['/stop/tk3x9mpq2s', false],
    ['/agents/invitation/secret', false],
    ['/admin/resources/Probationer', false],
    ['//evil.example', false],
    ['https://evil.example', false],
    ['/recherche?q=nom', false],
    [`/${'a'.repeat(201)}`, false],
  ])('from %s: an address is kept when it is nobody’s secret (%s)', (page, kept) => {
    expect(sitePage.safeParse(page).success).toBe(kept)
  })
})

describe('A service that asks for the product', () => {
  test('says everything that is wrong at once, beside each field', async () => {
    const blank = Object.fromEntries(Object.keys(deployment).map((name) => [name, '']))
    const told = await faults(send((ctx) => requestDeployment(ctx, blank as never)))
    expect(told).toEqual([
      ...['serviceKind', 'serviceName', 'jurisdiction', 'departmentCode', 'agents', 'firstName', 'lastName'],
      ...['position', 'email', 'approverName', 'approverPosition', 'approverEmail', 'agreement'],
      ...['localAdmins', 'toolSms'],
    ])
  })

  test.each([
    ['an address that is not of the State', { email: 'anne.roy@gmail.com' }, ['email']],
    ['one that looks like it', { approverEmail: 'a@notjustice.fr' }, ['approverEmail']],
    ['no agreement', { agreement: false }, ['agreement']],
    ['a local admin without address', { localAdmins: 'Sonia Marchetti' }, ['localAdmins']],
    ['no agent', { agents: '0' }, ['agents']],
    ['a département nobody has', { departmentCode: '99' }, ['departmentCode']],
  ])('is refused for %s', async (_, more, expected) => {
    expect(await faults(send((ctx) => requestDeployment(ctx, { ...deployment, ...more })))).toEqual(expected)
  })

  test('is refused without any tool, in words of its own', async () => {
    const without = { ...deployment, toolSms: false }
    expect(await faults(send((ctx) => requestDeployment(ctx, without)))).toEqual([
      'site_request.no_tool',
      'toolSms',
    ])
    expect(await prisma.siteRequest.count()).toBe(0)
  })

  test.each(['d’Arcy', 'Nguyễn', 'O’Brien-Łukasz', 'Иванова'])('is heard in the name of %s', async (name) => {
    const at = 'x@sub.interieur.gouv.fr'
    await send((ctx) => requestDeployment(ctx, { ...deployment, lastName: name, email: at }))
    expect((await only()).details).toMatchObject({ agents: 24, agreement: true, email: at })
  })
})

describe('A service that asks for its page', () => {
  const asked = {
    ...{ serviceKind: 'probation_service' as const, serviceName: 'SPIP de Sceaux', departmentCode: '92' },
    ...{ addressLine: '4 rue des Écoles', postalCode: '92330', cityName: 'Sceaux' },
    ...{ servicePhone: '01 99 00 55 66', reception: 'Portail vert', hours: 'Le matin' },
    ...{ firstName: 'Anne', lastName: 'Roy', position: 'Directrice', email: 'anne.roy@justice.fr' },
  }
  const row = async () => {
    const { reference } = await send((ctx) => requestServicePage(ctx, asked))
    return prisma.siteRequest.findUniqueOrThrow({ where: { reference } })
  }

  test('has a draft of it made by the team from what it wrote, once', async () => {
    const { id } = await row()
    const make = () => actAt(central, monday, (ctx) => makeServicePage(ctx, { requestId: id }))
    const { pageId } = await make()
    expect(await prisma.publicPage.findUniqueOrThrow({ where: { id: pageId } })).toMatchObject({
      ...{ state: 'draft', title: 'SPIP de Sceaux', kind: 'probation_service', organizationId: null },
      ...{ addressLine: '4 rue des Écoles', phone: '+33199005566', reception: 'Portail vert' },
    })
    expect((await prisma.siteRequest.findUniqueOrThrow({ where: { id } })).state).toBe('accepted')
    await expect(make()).rejects.toThrow(
      expect.objectContaining({ code: 'site_request.page_made' }) as Refused,
    )
  })

  test('is made for no other request, by nobody but the team', async () => {
    const { id } = await row()
    await expect(actAt(localAdmin, monday, (ctx) => makeServicePage(ctx, { requestId: id }))).rejects.toThrow(
      Forbidden,
    )
    const { reference } = await send((ctx) => sendContact(ctx, contact))
    const other = await prisma.siteRequest.findUniqueOrThrow({ where: { reference } })
    await expect(
      actAt(central, monday, (ctx) => makeServicePage(ctx, { requestId: other.id })),
    ).rejects.toThrow(expect.objectContaining({ code: 'site_request.not_a_page' }) as Refused)
  })
})

describe('A person who cannot come', () => {
  test('is heard by their service, never by the team', async () => {
    await send((ctx) => sendAbsence(ctx, absence))
    const [mail, ...others] = await mails()
    expect(others).toEqual([])
    expect(mail?.recipient).toBe('spip92@justice.fr')
    for (const words of ['Karim', 'Bensalem', 'lundi 12 octobre', 'hospitalisé', '06 39 98 41 27'])
      expect(mail?.body).toContain(words)
    expect(mail?.subject).not.toMatch(/Karim|Bensalem|hospitalisé|\d/)
    const { id } = await only()
    const { rows, total } = await actAt(central, monday, (ctx) => listSiteRequests(ctx, {}))
    expect([rows, total]).toEqual([[], 0])
    await expect(
      actAt(central, monday, (ctx) => siteRequestToAnswer(ctx, { requestId: id })),
    ).rejects.toBeInstanceOf(NotFound)
  })

  test('is written back to when they left an address; the mailbox of a court is that of the service', async () => {
    await send((ctx) => sendAbsence(ctx, { ...absence, slug: 'tj-nanterre', reach: 'Karim@exemple.fr' }))
    expect((await mails()).map(({ recipient }) => recipient).sort()).toEqual([
      'karim@exemple.fr',
      'sap.nanterre@justice.fr',
    ])
  })

  test('is told when the service has no mailbox, or is not there', async () => {
    expect(await faults(send((ctx) => sendAbsence(ctx, { ...absence, slug: 'spip-92-sceaux' })))).toEqual([
      'site_request.no_mailbox',
      undefined,
    ])
    await expect(send((ctx) => sendAbsence(ctx, { ...absence, slug: 'nulle-part' }))).rejects.toBeInstanceOf(
      NotFound,
    )
    expect(await faults(send((ctx) => sendAbsence(ctx, { ...absence, reach: 'oui' })))).toEqual(['reach'])
  })
})

describe('The team', () => {
  const formOf = (requestId: number, actor = central) =>
    actAt(actor, monday, (ctx) => siteRequestToAnswer(ctx, { requestId }))
  const answer = (requestId: number, version: string, words = 'C’est corrigé.', actor = central) =>
    actAt(actor, monday, (ctx) =>
      answerSiteRequest(ctx, { requestId, version, answer: words, state: 'done' }),
    )

  test('answers by mail, once of two at once; the page says who and when', async () => {
    await send((ctx) => sendContact(ctx, contact))
    await mails()
    await prisma.outboxItem.deleteMany()
    const { id } = await only()
    const { version } = await formOf(id)
    const ends = await Promise.allSettled([answer(id, version), answer(id, version, 'Autre réponse.')])
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const [mail, ...others] = await mails()
    expect(others).toEqual([])
    expect(mail).toMatchObject({ recipient: 'karim.bensalem@exemple.fr' })
    const row = await only()
    expect(row.state).toBe('done')
    expect(row.steps).toMatchObject([{ by: 'Claire Vasseur', state: 'done' }])
    expect(await prisma.auditEntry.count({ where: { subject: 'site_request', subjectId: id } })).toBe(1)
  })

  test('changes the state without writing to anybody, and never for nothing', async () => {
    await send((ctx) => sendContact(ctx, contact))
    await mails()
    await prisma.outboxItem.deleteMany()
    const { id } = await only()
    const { version } = await formOf(id)
    const change = (state: 'received' | 'incomplete') =>
      actAt(central, monday, (ctx) => changeSiteRequestState(ctx, { requestId: id, version, state }))
    expect(await faults(change('received'))).toEqual(['site_request.same_state', 'state'])
    await change('incomplete')
    expect(await faults(change('received'))).toEqual(['site_request.changed', undefined])
    expect(await mails()).toEqual([])
  })

  test('cannot answer who left no address', async () => {
    await send((ctx) => sendPageError(ctx, { page: '/', message: 'Une faute.', email: null }))
    const { id } = await only()
    const { version } = await formOf(id)
    expect(await faults(answer(id, version))).toEqual(['site_request.no_email', undefined])
  })

  test('filters by kind, state and reference', async () => {
    await send((ctx) => sendContact(ctx, contact))
    const { reference } = await send((ctx) => requestDeployment(ctx, deployment))
    const list = async (filters: object) =>
      (await actAt(central, monday, (ctx) => listSiteRequests(ctx, filters))).rows.map(({ kind }) => kind)
    expect(await list({})).toEqual(['deployment', 'contact'])
    expect(await list({ kind: 'contact' })).toEqual(['contact'])
    expect(await list({ state: 'done' })).toEqual([])
    expect(await list({ reference: reference.slice(0, 6).toLowerCase() })).toEqual(['deployment'])
    expect(await list({ kind: 'absence' })).toEqual(['deployment', 'contact'])
  })

  test('is the central one: nobody else reads, answers or changes', async () => {
    await send((ctx) => sendContact(ctx, contact))
    const { id } = await only()
    const { version } = await formOf(id)
    await expect(actAt(localAdmin, monday, (ctx) => listSiteRequests(ctx, {}))).rejects.toBeInstanceOf(
      Forbidden,
    )
    await expect(formOf(id, localAdmin)).rejects.toBeInstanceOf(Forbidden)
    await expect(answer(id, version, 'Non.', localAdmin)).rejects.toBeInstanceOf(Forbidden)
  })
})

describe('What was sent is erased', () => {
  const left = async (now: string) => {
    await send((ctx) => eraseExpired(ctx), new Date(now))
    return (await prisma.siteRequest.findMany({ select: { kind: true }, orderBy: { id: 'asc' } })).map(
      ({ kind }) => kind,
    )
  }

  test('twelve months later by the night, seven days later when it was for a service', async () => {
    await send((ctx) => sendContact(ctx, contact))
    await send((ctx) => sendAbsence(ctx, absence))
    expect(await left('2026-10-12T07:59:00Z')).toEqual(['contact', 'absence'])
    expect(await left('2026-10-12T08:01:00Z')).toEqual(['contact'])
    expect(await left('2027-10-05T07:59:00Z')).toEqual(['contact'])
    expect(await left('2027-10-05T08:01:00Z')).toEqual([])
  })
})

describe('« Cette page vous a-t-elle aidé ? »', () => {
  test('is counted by page and day, whoever says it, all at once', async () => {
    const vote = (helped: 'oui' | 'non', page = '/comprendre-ma-peine', now = monday) =>
      send((ctx) => votePage(ctx, { page, helped }), now)
    await vote('oui')
    await Promise.all([vote('oui', '/comprendre-ma-peine/'), vote('non'), vote('oui')])
    await vote('non', '/comprendre-ma-peine', new Date('2026-10-06T08:00:00Z'))
    const rows = await prisma.pageVote.findMany({ orderBy: { day: 'asc' } })
    expect(rows.map(({ page, helped, notHelped }) => [page, helped, notHelped])).toEqual([
      ['/comprendre-ma-peine', 3, 1],
      ['/comprendre-ma-peine', 0, 1],
    ])
    expect(await faults(vote('oui', '/stop/secret'))).toEqual(['page'])
  })
})
