import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Prisma } from '@prisma/client'
import express from 'express'
import ICAL from 'ical.js'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { agentSessionOf, spaceSessionOf, spaceSessions } from '../../portal/host/sessions.server'
import { refuseForgery } from '../../portal/host/guard'
import { createPortal } from '../../portal/handler.server'
import { claimMessage } from '../../resources/message/commands/deliver.server'
import { transferPerson } from '../../resources/divestment/commands/request.server'
import { personToTransfer } from '../../resources/divestment/queries/record.server'
import { updateFlags } from '../../resources/organization/commands/edit.server'
import { archiveProbationer, unarchiveProbationer } from '../../resources/probationer/commands/archive.server'
import { deleteProbationer } from '../../resources/probationer/commands/delete.server'
import { handOver } from '../../resources/probationer/commands/hand-over.server'
import { inviteToSpace } from '../../resources/probationer-space/commands/invite.server'
import { pathOfLink } from '../../resources/probationer-space/commands/links.server'
import { ownHelp } from '../../resources/probationer-space/fr'
import { appointmentTypes, type AppointmentTypeCode } from '../../resources/appointment-type/catalogue'
import type { AgentActor, SystemActor } from '../../resources/shared/actor'
import type { Context } from '../../resources/shared/context'
import { instantOf, type CivilDate } from '../../resources/shared/civil-time'
import { prisma } from '../../resources/shared/db.server'
import { transact } from '../../resources/shared/transact.server'
import { faultsOfHtml } from '../support/html'
import {
  actAt,
  aCountry,
  anAgent,
  aPerson,
  aService,
  aSlot,
  workingDay,
  type AService,
} from '../support/world'

// Hashing is slow on purpose.
vi.setConfig({ testTimeout: 60_000 })

let server: Server
let origin: string
let country: Awaited<ReturnType<typeof aCountry>>
let cayenne: AService
let counsellor: AgentActor
let central: AgentActor
const password = 'tournesol-wagon-épi-73'
const nobody: SystemActor = { kind: 'system', task: 'test' }

beforeAll(async () => {
  const app = express()
  app.use(refuseForgery)
  app.use(['/espace', '/i', '/mdp'], spaceSessions())
  app.use(await createPortal({ agentSessionOf, spaceSessionOf }))
  server = createServer(app).listen(0)
  origin = `http://localhost:${(server.address() as AddressInfo).port}`
  country = await aCountry()
  await prisma.organization.updateMany({ data: { spaceOnPaper: true } })
  cayenne = await aService('SPIP de Cayenne', 'probation_service', {
    departmentCode: '973',
    timeZone: 'America/Cayenne',
  })
  await prisma.organization.update({ where: { id: cayenne.id }, data: { spaceOnPaper: true } })
  counsellor = await anAgent(country.spip, 'probation_counsellor', { firstName: 'Inès', lastName: 'Faure' })
  central = await anAgent(country.court, 'central_admin')
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

const by = <Result>(actor: AgentActor, work: (ctx: Context<AgentActor>) => Promise<Result>) =>
  actAt(actor, new Date(), work)

/** A browser that keeps its cookie and follows nothing. */
function browser() {
  let cookie = ''
  const request = async (
    path: string,
    body?: Record<string, string>,
    headers: Record<string, string> = {},
  ) => {
    const response = await fetch(origin + path, {
      redirect: 'manual',
      headers: {
        ...(cookie && { Cookie: cookie }),
        ...(body && { Origin: origin, 'Content-Type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
      ...(body && { method: 'POST', body: new URLSearchParams(body).toString() }),
    })
    for (const line of response.headers.getSetCookie())
      cookie = /=;/.test(line) ? '' : (line.split(';')[0] ?? '')
    const html = await response.text()
    const title = /<title>(.*?)<\/title>/.exec(html)?.[1] ?? ''
    return {
      status: response.status,
      location: response.headers.get('Location'),
      headers: response.headers,
      html,
      title,
    }
  }
  return {
    get: (path: string) => request(path),
    post: (path: string, body: Record<string, string> = {}, headers?: Record<string, string>) =>
      request(path, body, headers),
    get cookie() {
      return cookie
    },
    set cookie(value: string) {
      cookie = value
    },
  }
}

interface Opened {
  id: number
  phone: string
}

/** Invites somebody, and has the code of the link that their phone gets. */
async function invitedBy(agent: AgentActor, probationerId: number) {
  await actAt(agent, new Date(), (ctx) => inviteToSpace(ctx, { probationerId }))
  const link = await prisma.spaceToken.findFirstOrThrow({ where: { spaceAccount: { probationerId } } })
  return pathOfLink(link).slice('/i/'.length)
}

/** Somebody who has just created their space, in this browser. */
async function opened(more: Parameters<typeof aPerson>[1] = {}, services: { id: number }[] = [country.spip]) {
  const row = await aPerson(services, { assignedAgentId: counsellor.id, ...more })
  const director = await anAgent(services[0] ?? country.spip, 'probation_director')
  const token = await invitedBy(director, row.id)
  const visitor = browser()
  const answer = await visitor.post(`/i/${token}`, { password })
  expect(answer).toMatchObject({ status: 303, location: '/espace?cree' })
  return { visitor, token, person: { id: row.id, phone: row.phone ?? '' } satisfies Opened }
}

type More = Partial<Prisma.AppointmentUncheckedCreateInput> & { typeCode?: AppointmentTypeCode }

async function appointment(
  probationerId: number,
  service: AService,
  daysAway: number,
  time: string,
  { typeCode = 'probation_follow_up', ...more }: More = {},
) {
  return appointmentOn(probationerId, service, workingDay(daysAway, service.departmentCode), time, {
    typeCode,
    ...more,
  })
}

async function appointmentOn(
  probationerId: number,
  service: AService,
  date: CivilDate,
  time: string,
  { typeCode = 'probation_follow_up', ...more }: More = {},
) {
  const slot = await aSlot(service, typeCode, date, time)
  return prisma.appointment.create({
    data: {
      ...{ probationerId, slotId: slot.id, typeCode, organizationId: service.id },
      ...{ placeId: service.placeId, startsAt: instantOf(date, time, service.timeZone) },
      ...{ creatingOrganizationId: service.id, ...more },
    },
  })
}

/** What is read of a piece of a page. */
const wordsOf = (html: string): string =>
  html
    .replace(/<!--.*?-->/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#x27;', '’')
    .replace(/\s+/g, ' ')
    .trim()

/** The lists of appointments of a page, by their heading: each line by the id that it links to first. */
function listsOf(html: string): Record<string, Record<string, { words: string; tag: string; html: string }>> {
  const lists = html
    .split('<h2')
    .slice(1)
    .flatMap((part) => {
      const [, title = ''] = /^[^>]*>(.*?)<\/h2>/.exec(part) ?? []
      const lines = [...part.matchAll(/<li>.*?<\/li>/gs)].flatMap(([line]) => {
        const [, id] = /href="\/espace\/convocations\/(\d+)"/.exec(line) ?? []
        const [, tag = ''] = /msj-tag[^>]*>([^<]*)</.exec(line) ?? []
        return id ? [[id, { words: wordsOf(line), tag: tag.replace(/\s/g, ' '), html: line }] as const] : []
      })
      return lines.length > 0 ? [[wordsOf(title), Object.fromEntries(lines)] as const] : []
    })
  return Object.fromEntries(lists)
}

const pages = [
  '/espace',
  '/espace/convocations',
  '/espace/interlocuteurs',
  '/espace/compte',
  '/espace/compte/sms',
  '/espace/compte/mot-de-passe',
  '/espace/compte/mes-donnees',
  '/espace/sms',
  '/espace/aide',
]

describe('the doors of the space', () => {
  it('say the same of a number that nobody has, a wrong password, a locked and a closed access', async () => {
    const { person } = await opened()
    const closed = await opened()
    const locked = await opened()
    const enter = (phone: string, typed = 'un-autre-mot-de-passe') =>
      browser().post('/espace/connexion', { phone, password: typed })
    await enter(locked.person.phone)
    await prisma.spaceSignInTries.updateMany({
      data: { failedAttempts: 10, lockedUntil: new Date(Date.now() + 15 * 60_000) },
    })
    await prisma.spaceAccount.update({
      where: { probationerId: closed.person.id },
      data: { revokedAt: new Date(), passwordHash: null },
    })
    const answers = await Promise.all([
      ...['0639989998', person.phone, closed.person.phone, locked.person.phone].map((phone) => enter(phone)),
      // The right one, which the lock does not hear.
      enter(locked.person.phone, password),
    ])
    const said = answers.map(({ status, html }) => `${status} ${html.replace(/value="[^"]*"/g, '')}`)
    expect(new Set(said).size).toBe(1)
    expect(answers[0].status).toBe(400)
    const asked = await Promise.all(
      ['0639989998', person.phone, closed.person.phone, locked.person.phone].map((phone) =>
        browser().post('/espace/mot-de-passe-oublie', { phone }),
      ),
    )
    expect(asked.map(({ status, location }) => `${status} ${location}`)).toEqual(
      Array(4).fill('303 /espace/mot-de-passe-oublie?envoye'),
    )
  })

  it('open nothing to who only looks at the link, nor twice', async () => {
    const { token } = await opened()
    const used = await browser().get(`/i/${token}`)
    expect(used.status).toBe(404)
    expect(used.html).toContain('Ce lien n’est plus valable')
    const row = await aPerson([country.spip], { assignedAgentId: counsellor.id })
    const path = `/i/${await invitedBy(counsellor, row.id)}`
    for (let n = 0; n < 3; n++) {
      const looked = await browser().get(path)
      expect(looked.status).toBe(200)
      expect(looked.headers.getSetCookie()).toEqual([])
    }
    const weak = await browser().post(path, { password: 'karim' })
    expect(weak).toMatchObject({ status: 400, title: expect.stringContaining('Erreur') as unknown })
    expect(weak.html).toContain('au moins 12 caractères')
    expect(weak.html).not.toContain('value="karim"')
    expect(await prisma.spaceAccount.findUnique({ where: { probationerId: row.id } })).toMatchObject({
      acceptedAt: null,
    })
  })

  it('count the links that open nothing, looked at or posted, and forgive no try for a right password', async () => {
    const points = async (act: string) => {
      const rows = await prisma.$queryRaw<{ points: number }[]>`
        SELECT points FROM rate_limit WHERE key LIKE ${`${act}-network:%`}`
      return rows[0]?.points ?? 0
    }
    const links = await points('unknown-space-link')
    const unknown = `/i/${'a'.repeat(26)}`
    await browser().get(unknown)
    await browser().post(unknown, { password })
    expect(await points('unknown-space-link')).toBe(links + 2)

    const { person } = await opened()
    const enter = (typed: string) =>
      browser().post('/espace/connexion', { phone: person.phone, password: typed })
    const tries = await points('space-sign-in')
    await enter('un-autre-mot-de-passe')
    for (let n = 0; n < 3; n++) expect((await enter(password)).status).toBe(303)
    expect(await points('space-sign-in')).toBe(tries + 1)
  })

  it('keep the address of a link from everybody, and take its form from a browser that hides where it comes from', async () => {
    const row = await aPerson([country.spip], { assignedAgentId: counsellor.id })
    const path = `/i/${await invitedBy(counsellor, row.id)}`
    for (const one of [path, '/i/abcdefghijklmnopqrstuvwxyz', '/mdp/abcdefghijklmnopqrstuvwxyz'])
      expect((await browser().get(one)).headers.get('Referrer-Policy'), one).toBe('no-referrer')
    const refused = await browser().post(path, { password: 'court' })
    expect(refused.headers.get('Referrer-Policy')).toBe('no-referrer')
    // An old browser: the page says nothing of its origin, as it is asked to.
    const hidden = { Origin: 'null' }
    expect((await browser().post('/espace/connexion', { phone: '', password }, hidden)).status).toBe(403)
    expect(await browser().post(path, { password }, hidden)).toMatchObject({ location: '/espace?cree' })
  })

  describe('from a network that asks too much', () => {
    const rates = (key: string, points: number) =>
      prisma.rateLimit.updateMany({ where: { key: { startsWith: key } }, data: { points } })
    afterEach(() => prisma.rateLimit.deleteMany())

    it('say so in French: signing in, a forgotten password, links that nobody has, one’s own password', async () => {
      const { visitor } = await opened()
      const unknown = () => browser().get('/i/abcdefghijklmnopqrstuvwxyz')
      const own = (path: string) =>
        visitor.post(path, { presentPassword: 'faux', password: 'chaussette-lundi-igloo-19' })
      const enter = () => browser().post('/espace/connexion', { phone: '0639989997', password: 'faux' })
      const forget = () => browser().post('/espace/mot-de-passe-oublie', { phone: '0639989997' })
      await Promise.all([enter(), forget(), unknown(), own('/espace/compte/mot-de-passe')])
      await Promise.all([
        rates('space-sign-in-network', 1_000),
        rates('space-reset-network', 100),
        rates('unknown-space-link-network', 200),
        rates('own-password', 10),
      ])
      const said = async (answer: ReturnType<typeof enter>) => {
        const { status, title, html } = await answer
        return [status, title, wordsOf(html)] as const
      }
      const words = (text: string) => expect.stringContaining(text) as unknown
      expect(await said(enter())).toEqual([429, words('Erreur'), words('Trop d’essais depuis votre réseau')])
      expect(await said(forget())).toEqual([
        429,
        words('Erreur'),
        words('Trop de demandes depuis votre réseau'),
      ])
      expect(await said(unknown())).toEqual([
        429,
        words('Trop de demandes'),
        words('Attendez quelques minutes'),
      ])
      for (const path of ['/espace/compte/mot-de-passe', '/espace/compte/mes-donnees'])
        expect(await said(own(path)), path).toEqual([429, words('Erreur'), words('Trop de demandes')])
    })
  })

  it('say that what was typed is no number, beside its field, and count nothing', async () => {
    for (const [path, phone] of [
      ['/espace/mot-de-passe-oublie', '12'],
      ['/espace/connexion', 'abc'],
    ] as const) {
      const tries = await prisma.spaceSignInTries.count()
      const { status, html, title } = await browser().post(path, { phone, password })
      expect(status, path).toBe(400)
      expect(title, path).toContain('Erreur')
      expect(html, path).toContain('href="#phone">Ce n’est pas un numéro de téléphone')
      expect(await prisma.spaceSignInTries.count(), path).toBe(tries)
    }
    const sent = await browser().get('/espace/mot-de-passe-oublie?envoye')
    expect(sent.html).toContain('Regardez vos SMS')
    expect(sent.html).not.toContain('name="phone"')
  })

  it('say, once a space is created, that it is, and how to come back', async () => {
    const { visitor } = await opened()
    expect((await visitor.get('/espace?cree')).html).toContain('Votre espace est créé')
    expect((await visitor.get('/espace')).html).not.toContain('Votre espace est créé')
  })

  it('refuse what another site sends', async () => {
    const { visitor } = await opened()
    for (const path of ['/espace/compte', '/espace/deconnexion', '/espace/compte/appareils'])
      expect((await visitor.post(path, { wanted: '' }, { Origin: 'https://ailleurs.example' })).status).toBe(
        403,
      )
    for (const path of ['/espace/deconnexion', '/espace/compte/appareils'])
      expect((await visitor.get(path)).status).toBe(405)
    expect((await visitor.get('/espace')).status).toBe(200)
  })
})

describe('the pages of the space', () => {
  it('are for who is signed in, kept by nobody, sound, and say nothing of anybody in their title', async () => {
    const { visitor, person } = await opened()
    const one = await appointment(person.id, country.spip, 9, '14:30')
    for (const path of [...pages, `/espace/convocations/${one.id}`]) {
      const stranger = await browser().get(path)
      expect(stranger.status, path).toBe(303)
      expect(stranger.location, path).toMatch(/^\/espace\/connexion/)
      const page = await visitor.get(path)
      expect(page.status, path).toBe(200)
      expect(page.headers.get('Cache-Control'), path).toBe('private, no-store')
      expect(page.headers.get('X-Robots-Tag'), path).toBe('noindex, nofollow')
      expect(page.title, path).toMatch(/Mon espace/)
      expect(page.title, path).not.toMatch(/Karim|PERSONNE|SPIP/)
      expect(await faultsOfHtml(page.html), path).toEqual([])
    }
  })

  it('are answered whole: the parts that scripts of Remix would ask for are refused, and kept by nobody', async () => {
    const { visitor } = await opened()
    for (const path of ['/espace/compte.data', '/espace/inconnu.data', '/i/inconnu.data', '/_root.data']) {
      const { status, headers } = await visitor.get(path)
      expect(status, path).toBe(400)
      expect(headers.get('Cache-Control'), path).toBe('private, no-store')
    }
  })

  it('come back to what was asked once signed in, never elsewhere', async () => {
    const { person } = await opened()
    const enter = (back: string) =>
      browser().post(`/espace/connexion?retour=${encodeURIComponent(back)}`, {
        phone: person.phone,
        password,
      })
    expect((await enter('/espace/sms')).location).toBe('/espace/sms')
    for (const back of ['https://ailleurs.example', '//ailleurs.example', '/admin', '/espace/../admin'])
      expect((await enter(back)).location).toBe('/espace')
  })

  it('show what comes next, on the clock of its place, and the days of the calendar', async () => {
    const { visitor, person } = await opened({}, [cayenne])
    const one = await appointment(person.id, cayenne, 9, '09:00')
    const { html } = await visitor.get('/espace')
    expect(html).toMatch(/Vous avez 1\srendez-vous à venir/)
    expect(html).toMatch(/9\sh/)
    expect(html.replaceAll('&#x27;', '’')).toContain('14 rue des Peupliers')
    const calendar = await visitor.get(`/espace/convocations/${one.id}.ics`)
    expect(calendar.headers.get('Content-Type')).toContain('text/calendar')
    expect(calendar.html).toMatch(/DTSTART;TZID=America\/Cayenne:\d{8}T090000/)
  })

  it('are of one person: what is another’s is not found', async () => {
    const mine = await opened()
    const theirs = await opened()
    const one = await appointment(theirs.person.id, country.spip, 9, '10:30')
    for (const path of [`/espace/convocations/${one.id}`, `/espace/convocations/${one.id}.ics`])
      expect((await mine.visitor.get(path)).status, path).toBe(404)
    expect(await mine.visitor.get(`/espace/convocations/${one.id}.ics`)).toMatchObject({
      html: 'Ce rendez-vous n’existe pas.',
    })
    for (const id of ['0', '-1', '99999999999', 'abc', '1%27'])
      expect((await mine.visitor.get(`/espace/convocations/${id}`)).status, id).toBe(404)
    expect((await mine.visitor.get('/espace/convocations.ics')).html).not.toContain(`rendez-vous-${one.id}@`)
  })

  it('lead back to the space from an address that leads nowhere in it, and to the site for a stranger', async () => {
    const { visitor } = await opened()
    for (const path of ['/espace/convocations/999999', '/espace/zzz']) {
      const { status, html } = await visitor.get(path)
      expect(status, path).toBe(404)
      expect(html, path).toContain('Me déconnecter')
      expect(html, path).toMatch(/href="\/espace">Revenir à mes rendez-vous/)
      expect(html, path).not.toContain('Trouver mon service')
      expect(await faultsOfHtml(html), path).toEqual([])
    }
    const stranger = await browser().get('/espace/zzz')
    expect(stranger.status).toBe(404)
    expect(stranger.html).not.toContain('Me déconnecter')
    expect(stranger.html).toContain('Trouver mon service')
  })

  it('tell each state in its line, to come, past or off as the hour is, and where a date was moved', async () => {
    const { visitor, person } = await opened()
    const at = (daysAway: number, time: string, more: More = {}) =>
      appointment(person.id, country.spip, daysAway, time, more)
    const next = await at(8, '09:00')
    const attended = await at(-9, '11:00', { state: 'attended' })
    const missed = await at(-16, '11:00', { state: 'missed' })
    const excused = await at(-23, '11:00', { state: 'excused' })
    const unsaid = await at(-2, '11:00')
    const cancelled = await at(-30, '11:00', { state: 'cancelled' })
    const toComeCancelled = await at(9, '10:00', { state: 'cancelled' })
    const excusedBefore = await at(10, '10:00', { state: 'excused' })
    const former = await at(9, '11:30', { state: 'rescheduled' })
    const moved = await at(18, '15:45', { rescheduledFromId: former.id })

    const tags = (html: string) =>
      Object.fromEntries(
        Object.entries(listsOf(html)).map(([title, lines]) => [
          title,
          Object.fromEntries(Object.entries(lines).map(([id, { tag }]) => [id, tag])),
        ]),
      )
    const inDaysTag = expect.stringMatching(/^Dans \d+ jours$/) as unknown
    const all = await visitor.get('/espace/convocations')
    expect(tags(all.html)).toEqual({
      'À venir': { [next.id]: inDaysTag, [moved.id]: inDaysTag },
      Passés: {
        [unsaid.id]: 'Passé',
        [attended.id]: 'Vous y étiez',
        [missed.id]: 'Absence',
        [excused.id]: 'Absence excusée',
      },
      Annulés: {
        [excusedBefore.id]: 'Absence excusée',
        [former.id]: 'Déplacé',
        [toComeCancelled.id]: 'Annulé',
        [cancelled.id]: 'Annulé',
      },
    })
    const home = await visitor.get('/espace')
    expect(tags(home.html)).toEqual({
      Ensuite: { [moved.id]: inDaysTag },
      Annulés: {
        [excusedBefore.id]: 'Absence excusée',
        [former.id]: 'Déplacé',
        [toComeCancelled.id]: 'Annulé',
      },
      Passés: expect.objectContaining({ [attended.id]: 'Vous y étiez' }) as unknown,
    })
    for (const { html } of [all, home]) {
      const line = listsOf(html).Annulés?.[former.id]
      expect(line?.html).toContain(`href="/espace/convocations/${moved.id}"`)
      expect(line?.words).toMatch(/Nouvelle date : \S+ \d.* à 15 h 45/)
    }

    const detail = async ({ id }: { id: number }) =>
      wordsOf((await visitor.get(`/espace/convocations/${id}`)).html)
    const contactSoon = 'Contactez votre service dès que possible'
    for (const one of [next, attended, excused, unsaid, cancelled, former, toComeCancelled, excusedBefore]) {
      const words = await detail(one)
      expect(words).toContain('Seule la convocation papier a une valeur juridique')
      expect(words).not.toContain(contactSoon)
    }
    const ofMissed = await detail(missed)
    expect(ofMissed).toContain('Seule la convocation papier a une valeur juridique')
    expect(ofMissed).toMatch(/dès que possible.*Appelez le 01 99 00 10 20/)
    // The past keeps its place; where nobody is expected, it would only mislead.
    expect(ofMissed).toContain('14 rue des Peupliers')
    expect(await detail(former)).not.toContain('14 rue des Peupliers')
    expect(await detail(former)).toMatch(/Ne venez pas à cette date.*déplacé.*Nouvelle date/)
    expect(await detail(excusedBefore)).toMatch(/Ne venez pas à cette date.*excusée/)
    expect(await detail(attended)).not.toContain('À apporter')
  })

  it('say who calls or comes where nobody is received, with what is to be ready', async () => {
    const { visitor, person } = await opened()
    const read = async (typeCode: AppointmentTypeCode, time: string) => {
      const one = await appointment(person.id, country.spip, 9, time, { typeCode })
      const { html } = await visitor.get(`/espace/convocations/${one.id}`)
      return wordsOf(html)
    }
    const call = await read('phone_appointment', '09:00')
    const last = person.phone.slice(-2)
    expect(call).toMatch(new RegExp(`Le service vous appelle au 06 39 98 \\d\\d ${last}`))
    expect(call).toMatch(/À préparer Le téléphone 06 39 98/)
    expect(call).toContain('Restez joignable')
    const visit = await read('home_visit', '10:00')
    expect(visit).toContain('À votre domicile')
    expect(visit).toContain('À préparer Votre convocation papier et une pièce d’identité.')
    for (const words of [call, visit])
      expect(words).not.toMatch(/À apporter|Comment venir|Peupliers|fiches de paie|Tout savoir sur ce lieu/)
    const meeting = await read('course', '11:00')
    expect(meeting).toMatch(/À apporter.*fiches de paie.*De quoi écrire/)
    expect(meeting).toContain('restez pendant toute la durée')
    expect(new Set(appointmentTypes.map(({ code }) => ownHelp[code])).size).toBeGreaterThan(10)
  })

  it('name the contact that the place wants', async () => {
    const { visitor, person } = await opened({}, [country.branch])
    const one = await appointment(person.id, country.branch, 9, '09:00')
    const read = async () => {
      const { html } = await visitor.get(`/espace/convocations/${one.id}`)
      return [html.includes('tel:+33199001020'), html.includes('mailto:accueil@spip.example')]
    }
    const place = (data: object) => prisma.place.update({ where: { id: country.branch.placeId }, data })
    await place({ email: 'accueil@spip.example' })
    expect(await read()).toEqual([true, false])
    await place({ mainContactMethod: 'email' })
    expect(await read()).toEqual([false, true])
  })

  it('show the past by twenty, each once, and by year', async () => {
    const { visitor, person } = await opened()
    const slot = await aSlot(country.spip, 'probation_follow_up', '2025-03-03', '09:00', { capacity: 60 })
    const made = await prisma.appointment.createManyAndReturn({
      data: Array.from({ length: 45 }, (_, rank) => ({
        ...{ probationerId: person.id, slotId: slot.id, typeCode: 'probation_follow_up' },
        ...{ organizationId: country.spip.id, placeId: country.spip.placeId },
        ...{
          creatingOrganizationId: country.spip.id,
          state: rank % 5 ? ('attended' as const) : ('cancelled' as const),
        },
        // Several at one hour: the order holds all the same.
        startsAt: instantOf(
          rank < 40 ? '2025-03-03' : '2024-12-31',
          rank < 30 ? '09:00' : '23:30',
          'Europe/Paris',
        ),
      })),
    })
    const next = await appointment(person.id, country.spip, 9, '09:00')
    const read = async (from: string) => {
      const seen: string[][] = []
      for (let path: string | undefined = from; path && seen.length < 9;) {
        const { html } = await visitor.get(path)
        seen.push(Object.values(listsOf(html)).flatMap((lines) => Object.keys(lines)))
        path = /href="([^"]*apres=\d+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&')
      }
      return seen
    }
    const pagesRead = await read('/espace/convocations')
    expect(pagesRead.map((ids) => ids.length)).toEqual([21, 20, 5])
    expect(
      pagesRead
        .flat()
        .map(Number)
        .sort((a, b) => a - b),
    ).toEqual([...made, next].map(({ id }) => id).sort((a, b) => a - b))
    // The last evening of 2024 in Paris is of 2024.
    expect((await read('/espace/convocations?annee=2024')).map((ids) => ids.length)).toEqual([5])
    expect((await read('/espace/convocations?annee=2025')).map((ids) => ids.length)).toEqual([20, 20])
    for (const odd of ['apres=0', 'apres=abc', 'apres=1', 'annee=abc', 'annee=1%27'])
      expect((await visitor.get(`/espace/convocations?${odd}`)).status, odd).toBe(200)
  })

  describe('at an instant', () => {
    beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
    afterEach(() => void vi.useRealTimers())

    it.each<[string, string, () => AService, CivilDate, string, RegExp]>([
      [
        'at 23:30, what comes in the morning is tomorrow',
        '2026-12-01T22:30Z',
        () => country.spip,
        '2026-12-02',
        'Demain',
        /2026-12-02T09:00\+01:00/,
      ],
      [
        'overseas, it is the day of the place that counts',
        '2026-12-02T02:30Z',
        () => cayenne,
        '2026-12-02',
        'Demain',
        /2026-12-02T09:00-03:00/,
      ],
      [
        'the day that Paris has begun is today where it has not',
        '2026-12-02T01:30Z',
        () => cayenne,
        '2026-12-01',
        'Aujourd’hui',
        /2026-12-01T23:30-03:00/,
      ],
      [
        'the night when clocks go back',
        '2026-10-24T21:30Z',
        () => country.spip,
        '2026-10-25',
        'Demain',
        /2026-10-25T09:00\+01:00/,
      ],
      [
        'over the hour that autumn adds',
        '2026-10-24T21:30Z',
        () => country.spip,
        '2026-10-26',
        'Dans 2 jours',
        /2026-10-26T09:00\+01:00/,
      ],
      [
        'over the hour that spring takes',
        '2027-03-27T22:30Z',
        () => country.spip,
        '2027-03-29',
        'Dans 2 jours',
        /2027-03-29T09:00\+02:00/,
      ],
    ])('count the days of the calendar: %s', async (_, now, service, date, said, instant) => {
      vi.setSystemTime(new Date(now))
      const { visitor, person } = await opened({}, [service()])
      const one = await appointmentOn(person.id, service(), date, said === 'Aujourd’hui' ? '23:30' : '09:00')
      for (const path of ['/espace', `/espace/convocations/${one.id}`]) {
        const { html } = await visitor.get(path)
        const card = /<article.*?<\/header>/s.exec(html)?.[0] ?? ''
        expect(wordsOf(card), path).toMatch(new RegExp(`^${said} `))
        expect(card, path).toMatch(instant)
        expect(wordsOf(card).includes('(heure de Cayenne)'), path).toBe(service() === cayenne)
      }
    })
  })
})

describe('the file for a calendar', () => {
  it('is opened by another reader without complaint, says nothing, and takes a cancelled date away', async () => {
    const { visitor, person } = await opened()
    const one = await appointment(person.id, country.spip, 9, '14:30', { version: 3 })
    const read = async () => {
      const { html } = await visitor.get(`/espace/convocations/${one.id}.ics`)
      const calendar = new ICAL.Component(ICAL.parse(html) as never)
      const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent') ?? undefined)
      return { html, event, status: event.component.getFirstPropertyValue('status') }
    }
    const first = await read()
    expect(first.event.summary).toBe('Rendez-vous')
    expect(first.event.uid).toBe(`rendez-vous-${one.id}@mon-suivi-justice`)
    expect(first.event.sequence).toBe(3)
    expect(first.event.startDate.zone.tzid).toBe('Europe/Paris')
    expect(first.event.startDate.toJSDate()).toEqual(one.startsAt)
    expect(first.status).toBe('CONFIRMED')
    expect(first.html).not.toMatch(/SPIP 92|Karim|peine|probation_/)
    await prisma.appointment.update({ where: { id: one.id }, data: { state: 'cancelled' } })
    const second = await read()
    expect(second.status).toBe('CANCELLED')
    expect(second.event.uid).toBe(first.event.uid)
    expect(second.event.sequence).toBeGreaterThan(first.event.sequence)
  })
})

describe('who follows the person', () => {
  const phone = '+33199007788'
  let email: string
  beforeEach(async () => {
    ;({ email } = await prisma.agent.update({
      where: { id: counsellor.id },
      data: { phone, sharesPhone: false, sharesEmail: false },
    }))
  })
  const shares = (sharesPhone: boolean, sharesEmail: boolean) =>
    prisma.agent.update({ where: { id: counsellor.id }, data: { sharesPhone, sharesEmail } })
  const seen = async (visitor: ReturnType<typeof browser>) => {
    const pages = await Promise.all(['/espace', '/espace/interlocuteurs'].map((path) => visitor.get(path)))
    const html = pages.map((page) => page.html).join(' ')
    return { phone: html.includes(phone), email: html.includes(email), name: html.includes('Faure') }
  }

  it.each([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ])(
    'is called as they share: phone %s, e-mail %s [P140] [P150] [P153]',
    async (sharesPhone, sharesEmail) => {
      const { visitor } = await opened()
      await shares(sharesPhone, sharesEmail)
      expect(await seen(visitor)).toEqual({ phone: sharesPhone, email: sharesEmail, name: true })
    },
  )

  it('is called on a mobile only once they have said that it is a professional one', async () => {
    const { visitor } = await opened()
    const mobile = '+33639985577'
    const seenOn = async (phoneIsProfessional: boolean) => {
      await prisma.agent.update({
        where: { id: counsellor.id },
        data: { phone: mobile, sharesPhone: true, phoneIsProfessional },
      })
      return (await visitor.get('/espace/interlocuteurs')).html.includes(mobile)
    }
    expect([await seenOn(false), await seenOn(true)]).toEqual([false, true])
  })

  it('is no more once the record is archived, passed to other services, or given to another agent [P154]', async () => {
    await shares(true, true)
    const archived = await opened()
    const { id: archivedId } = archived.person
    await by(counsellor, (ctx) => archiveProbationer(ctx, { probationerId: archivedId }))
    const passed = await opened()
    const { id: passedId } = passed.person
    const { version } = await by(central, (ctx) => personToTransfer(ctx, { probationerId: passedId }))
    await by(central, (ctx) =>
      transferPerson(ctx, {
        ...{ probationerId: passedId, version, organizationId: country.foreign.id, reason: 'Déménagement' },
      }),
    )
    const given = await opened()
    const other = await anAgent(country.spip, 'probation_counsellor', { lastName: 'Moreau' })
    const director = await anAgent(country.spip, 'probation_director')
    expect((await given.visitor.get('/espace')).html).not.toContain('Votre interlocuteur a changé')
    await by(director, (ctx) => handOver(ctx, { probationerIds: [given.person.id], agentId: other.id }))
    expect((await given.visitor.get('/espace')).html).toContain('Votre interlocuteur a changé')
    for (const { visitor } of [archived, passed, given])
      expect(await seen(visitor)).toEqual({ phone: false, email: false, name: false })
    expect((await archived.visitor.get('/espace')).html).toContain('Votre suivi est terminé')
    expect((await passed.visitor.get('/espace')).html).toContain('SPIP de Lyon')
    const localAdmin = await anAgent(country.spip, 'local_admin')
    await by(localAdmin, (ctx) => unarchiveProbationer(ctx, { probationerId: archivedId }))
    expect(await seen(archived.visitor)).toMatchObject({ phone: true })
  })
})

describe('the account', () => {
  it('refuses the SMS, and takes them again', async () => {
    const { visitor, person } = await opened()
    const optedOut = async () =>
      (await prisma.probationer.findUniqueOrThrow({ where: { id: person.id } })).smsOptOut
    expect(await visitor.post('/espace/compte', { wanted: '' })).toMatchObject({
      location: '/espace/compte?sms',
    })
    expect(await optedOut()).toBe(true)
    expect((await visitor.get('/espace/compte?sms')).html).toContain('Vous ne recevrez plus de SMS.')
    await visitor.post('/espace/compte', { wanted: 'on' })
    expect(await optedOut()).toBe(false)
    expect((await visitor.get('/espace/compte?sms')).html).toContain(
      'Vous recevrez de nouveau un SMS pour chaque rendez-vous.',
    )
  })

  it('says what one does without before SMS are refused, and that nothing changes once the follow-up has ended', async () => {
    const { visitor, person } = await opened()
    expect((await visitor.get('/espace/compte/sms')).html).toContain('si vous oubliez votre mot de passe')
    await prisma.probationer.update({ where: { id: person.id }, data: { archivedAt: new Date() } })
    expect(await visitor.get('/espace/compte/sms')).toMatchObject({ status: 303, location: '/espace/compte' })
    const { status, html } = await visitor.post('/espace/compte', { wanted: '' })
    expect(status).toBe(400)
    expect(html).toMatch(/Rien n’a changé/)
    expect(html).toMatch(/Votre suivi est terminé\s: vous ne recevez plus de SMS/)
    expect(html).not.toContain('Dites-le au service qui vous suit\u00a0')
    expect((await visitor.get('/espace/interlocuteurs')).html).toContain('Qui me suivait')
    expect(await prisma.probationer.findUnique({ where: { id: person.id } })).toMatchObject({
      smsOptOut: false,
    })
  })

  it('counts the devices that are open now, and offers to close the others when there are some', async () => {
    const { visitor, person } = await opened()
    const alone = await visitor.get('/espace/compte')
    expect(alone.html).toContain('sur cet appareil seulement')
    expect(alone.html).not.toContain('Déconnecter mes autres appareils')
    await browser().post('/espace/connexion', { phone: person.phone, password })
    const both = await visitor.get('/espace/compte')
    expect(both.html).toMatch(/ouvert sur 2\sappareils/)
    expect(both.html).toContain('Déconnecter mes autres appareils')
    const account = await prisma.spaceAccount.findUniqueOrThrow({
      where: { probationerId: person.id },
      select: { sessions: { select: { sid: true } } },
    })
    const mine = decodeURIComponent(visitor.cookie)
    const other = account.sessions.find(({ sid }) => !mine.includes(sid))
    await prisma.spaceSession.update({
      where: { sid: other?.sid ?? '' },
      data: { expire: new Date(Date.now() - 1000) },
    })
    expect((await visitor.get('/espace/compte')).html).toContain('sur cet appareil seulement')
  })

  it('shows the SMS that were sent as they read, without their links', async () => {
    const { visitor, person } = await opened()
    await prisma.message.create({
      data: {
        ...{ probationerId: person.id, causeKey: `test:${person.id}`, kind: 'summons', state: 'delivered' },
        ...{ dueAt: new Date(), deadline: new Date(), sentAt: new Date() },
        textSent:
          'SPIP : rendez-vous mardi. Un probleme ? 01 99 00 10 20 http://localhost/s/ab12 STOP http://localhost/stop/cd34ef',
      },
    })
    const { html } = await visitor.get('/espace/sms')
    expect(html).toContain('rendez-vous mardi. Un probleme ? 01 99 00 10 20<')
    expect(html).not.toMatch(/STOP|\/s\/ab12/)
  })

  it('gives all the data of the person, once the password is said again', async () => {
    const { visitor, person } = await opened({ phone: '+33639981392', dateOfBirth: '1991-04-12' })
    await appointment(person.id, country.spip, 9, '15:00')
    await appointment(person.id, country.spip, -9, '15:00')
    const refused = await visitor.post('/espace/compte/mes-donnees', { presentPassword: 'faux' })
    expect(refused.status).toBe(400)
    expect(refused.html).toContain('Ce n’est pas votre mot de passe actuel')
    const { status, html } = await visitor.post('/espace/compte/mes-donnees', { presentPassword: password })
    expect(status).toBe(200)
    for (const chapter of ['Identité', 'Convocations', 'SMS', 'Espace personnel', 'Historique de la fiche'])
      expect(html).toContain(chapter)
    expect(html).toContain('mes-donnees.json')
    // As people write them, while the file that is taken stays for machines.
    const taken = /href="data:([^"]*)"/.exec(html)?.[1] ?? ''
    const page = html.replace(taken, '')
    const file = decodeURIComponent(taken)
    for (const words of [
      'Naissance',
      '12 avril 1991',
      '06\u00a039\u00a098\u00a013\u00a092',
      'À venir',
      'Passé',
    ])
      expect(page).toContain(words)
    for (const raw of ['1991-04-12', '+33639981392', 'Planifiée', 'Autres numéros APPI', 'Rien.'])
      expect(page).not.toContain(raw)
    for (const raw of ['1991-04-12', '+33639981392']) expect(file).toContain(raw)
    expect(
      await prisma.auditEntry.count({
        where: { probationerId: person.id, subject: 'space', action: 'export' },
      }),
    ).toBe(1)
  })

  it('is left: the session is over everywhere it was closed, and nothing is kept by the browser', async () => {
    const { visitor, person } = await opened()
    const phone = browser()
    await phone.post('/espace/connexion', { phone: person.phone, password })
    await visitor.post('/espace/compte/appareils')
    expect((await phone.get('/espace')).status).toBe(303)
    const { cookie } = visitor
    const left = await visitor.post('/espace/deconnexion')
    expect(left.headers.get('Clear-Site-Data')).toBe('"cache", "storage"')
    visitor.cookie = cookie
    expect((await visitor.get('/espace')).status).toBe(303)
  })

  it('takes another password under a new session, and lets the others out', async () => {
    const { visitor, person } = await opened()
    const phone = browser()
    await phone.post('/espace/connexion', { phone: person.phone, password })
    const before = visitor.cookie
    const changed = await visitor.post('/espace/compte/mot-de-passe', {
      presentPassword: password,
      password: 'chaussette-lundi-igloo-19',
    })
    expect(changed).toMatchObject({ status: 303, location: '/espace/compte?mot-de-passe' })
    expect(visitor.cookie).not.toBe(before)
    expect((await visitor.get('/espace')).status).toBe(200)
    expect((await phone.get('/espace')).status).toBe(303)
  })
})

describe('a space whose services have closed it', () => {
  it('says so to who has the right password, and to nobody else', async () => {
    const { visitor, person } = await opened({}, [country.branch])
    const set = async (probationerSpaceEnabled: boolean) => {
      const { id: organizationId, updatedAt } = await prisma.organization.findUniqueOrThrow({
        where: { id: country.branch.id },
      })
      await by(central, (ctx) =>
        updateFlags(ctx, {
          ...{ organizationId, version: updatedAt.toISOString(), openedAt: '2026-01-05' },
          probationerSpaceEnabled,
        }),
      )
    }
    await set(false)
    expect(await visitor.get('/espace')).toMatchObject({ status: 303, location: '/espace/ferme' })
    expect((await visitor.get('/espace/ferme')).html).toContain('Votre service n’ouvre pas d’espace en ligne')
    expect(
      (await browser().post('/espace/connexion', { phone: person.phone, password: 'faux-mot' })).status,
    ).toBe(400)
    await set(true)
    expect((await visitor.get('/espace')).status).toBe(200)
  })
})

describe('an erased person', () => {
  it('leaves nothing of a space, and their session opens nothing', async () => {
    const { visitor, person } = await opened()
    const { id: accountId } = await prisma.spaceAccount.findUniqueOrThrow({
      where: { probationerId: person.id },
    })
    const sessions = () => prisma.spaceSession.count({ where: { accountId } })
    expect(await sessions()).toBe(1)
    await by(central, (ctx) => deleteProbationer(ctx, { probationerId: person.id }))
    expect((await visitor.get('/espace')).status).toBe(303)
    expect((await browser().post('/espace/connexion', { phone: person.phone, password })).status).toBe(400)
    expect(await sessions()).toBe(0)
  })
})

describe('a forgotten password', () => {
  it('is chosen through the SMS, and opens the space again', async () => {
    const { person } = await opened()
    const visitor = browser()
    await visitor.post('/espace/mot-de-passe-oublie', { phone: person.phone })
    const message = await prisma.message.findFirstOrThrow({
      where: { probationerId: person.id, kind: 'space_reset' },
    })
    const out = await transact(nobody, (ctx) => claimMessage(ctx, { messageId: message.id }))
    const path = /\/mdp\/\w{26}/.exec(out?.text ?? '')?.[0] ?? ''
    expect((await visitor.get(path)).html).toMatch(/06\s••\s••\s••\s\d\d/)
    const another = 'chaussette-lundi-igloo-19'
    expect(await visitor.post(path, { password: another })).toMatchObject({
      location: '/espace/compte?mot-de-passe',
    })
    expect((await visitor.get(path)).status).toBe(404)
    expect(
      await browser().post('/espace/connexion', { phone: person.phone, password: another }),
    ).toMatchObject({
      location: '/espace',
    })
  })
})

describe('a session of the space', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
  afterEach(() => void vi.useRealTimers())

  it('ends after twenty minutes without a request, and after twelve hours of them', async () => {
    vi.setSystemTime(new Date('2026-12-01T06:00Z'))
    const { visitor } = await opened()
    const idle = await opened()
    const later = async (minutes: number) => {
      vi.setSystemTime(Date.now() + minutes * 60_000)
      return (await visitor.get('/espace/aide')).status
    }
    for (let n = 0; n < 37; n++) expect(await later(19), `${n}`).toBe(200)
    expect((await idle.visitor.get('/espace/aide')).status).toBe(303)
    // 11 h 43, then 12 h 02.
    expect(await later(19)).toBe(303)
    const { visitor: other } = await opened()
    vi.setSystemTime(Date.now() + 19 * 60_000)
    expect((await other.get('/espace/aide')).status).toBe(200)
    // The browser has forgotten its cookie since two minutes; the row, since one.
    vi.setSystemTime(Date.now() + 22 * 60_000)
    expect((await other.get('/espace/aide')).location).toMatch(/^\/espace\/connexion/)
  })
})
