import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '../../resources/shared/db.server'
import { backOffice, type BackOffice } from '../support/back-office'
import { startHost, type RunningHost } from '../support/server'
import { aCountry, anAgent, aPerson, aSlot } from '../support/world'

let host: RunningHost
let country: Awaited<ReturnType<typeof aCountry>>
let claiming: BackOffice
let asked: BackOffice
let team: BackOffice

beforeAll(async () => {
  country = await aCountry()
  host = await startHost()
  claiming = await backOffice(host, await anAgent(country.foreign, 'probation_counsellor'))
  asked = await backOffice(host, await anAgent(country.spip, 'probation_secretary', { passwordHash: 'x' }))
  team = await backOffice(host, await anAgent(country.court, 'central_admin'))
}, 120_000)
afterAll(() => host.stop())

/** Followed and met lately in Nanterre. */
async function somebody() {
  const person = await aPerson([country.spip])
  const { id: slotId, startsAt } = await aSlot(
    country.spip,
    'probation_follow_up',
    new Date(Date.now() - 20 * 86_400_000).toISOString().slice(0, 10),
    '10:00',
    { seatsTaken: 1 },
  )
  await prisma.appointment.create({
    data: {
      ...{ probationerId: person.id, slotId, startsAt, state: 'attended', typeCode: 'probation_follow_up' },
      ...{ organizationId: country.spip.id, placeId: country.spip.placeId },
      creatingOrganizationId: country.spip.id,
    },
  })
  return person
}

const identityOf = ({ lastName, firstName }: { lastName: string; firstName: string }) => ({
  ...{ lastName, firstName, dateOfBirth: '1991-04-12', phone: '', appiNumber: '' },
})

interface Check {
  duplicates: { record: object | null; claim: { whyNot: string | null; probationerId: number | null } }[]
}

/** As the notice of a resemblance does. */
async function claim(person: { lastName: string; firstName: string }) {
  const identity = identityOf(person)
  const check = await claiming.query<Check>('checkTypedPerson', identity)
  const probationerId = check.result.duplicates[0]?.claim.probationerId
  return claiming.command<{ id: number; state: string }>('requestDivestment', {
    ...identity,
    probationerId,
    reason: 'Déménagement à Lyon',
  })
}
const opens = async (by: BackOffice, probationerId: number) =>
  (await by.query('probationerRecord', { probationerId })).status

describe('a divestment', () => {
  it('moves a person to the service that claims them, once theirs has accepted [P16]', async () => {
    const person = await somebody()
    expect(await opens(claiming, person.id)).toBe(404)
    const request = await claim(person)
    expect(request).toMatchObject({ status: 200, result: { state: 'pending' } })
    const waiting = await asked.list('Divestment')
    expect(waiting.records.map(({ id }) => id)).toEqual([request.result.id])
    expect(JSON.stringify(waiting)).toContain('SPIP de Lyon')
    const page = await asked.query<{ reason: string; actions: string[] }>('divestmentRecord', {
      divestmentId: request.result.id,
    })
    expect(page.result).toMatchObject({ reason: 'Déménagement à Lyon' })
    expect(page.result.actions).toEqual(['accept', 'refuse'])
    const accepted = await asked.command('acceptDivestment', { divestmentId: request.result.id })
    expect(accepted.ok).toBe(true)
    expect(await opens(claiming, person.id)).toBe(200)
    expect(await opens(asked, person.id)).toBe(404)
  })

  it('is withdrawn by who asked, in any role, from its page', async () => {
    const { result } = await claim(await somebody())
    const page = await claiming.query<{ actions: string[] }>('divestmentRecord', { divestmentId: result.id })
    expect(page.result.actions).toEqual(['withdraw'])
    expect(await claiming.command('withdrawDivestment', { divestmentId: result.id })).toMatchObject({
      ok: true,
    })
    expect((await asked.list('Divestment')).records).toEqual([])
    expect((await claiming.list('Divestment')) as object).not.toHaveProperty('records.0')
  })

  it('is found again by who asked, in any role: theirs alone, waiting then over', async () => {
    const { result } = await claim(await somebody())
    const colleague = await backOffice(host, await anAgent(country.foreign, 'probation_counsellor'))
    const idsOf = async (by: BackOffice, box = '') =>
      (await by.list('Divestment', box)).records.map(({ id }) => id)
    expect(await idsOf(claiming)).toEqual([result.id])
    expect(await idsOf(colleague)).toEqual([])
    // Another's box is not theirs to read.
    expect(await idsOf(colleague, 'box=sent')).toEqual([])
    await claiming.command('withdrawDivestment', { divestmentId: result.id })
    expect(await idsOf(claiming)).toEqual([])
    expect((await idsOf(claiming, 'box=closed'))[0]).toBe(result.id)
  })

  it('asked for twice is refused in a sentence', async () => {
    const person = await somebody()
    const { result } = await claim(person)
    const again = await claiming.command('requestDivestment', {
      ...identityOf(person),
      probationerId: person.id,
    })
    expect(again).toMatchObject({
      status: 400,
      message: 'Une demande n’est pas possible ici\u00a0: appelez le service.',
    })
    await claiming.command('withdrawDivestment', { divestmentId: result.id })
  })
})

describe('the team', () => {
  it('transfers at once: the new service sees the record, the old one no longer [P21]', async () => {
    const person = await somebody()
    const { updatedAt } = await prisma.probationer.findUniqueOrThrow({ where: { id: person.id } })
    const transfer = {
      ...{ probationerId: person.id, organizationId: country.foreign.id },
      version: updatedAt.toISOString(),
    }
    expect((await asked.command('transferPerson', transfer)).status).toBe(403)
    expect(await team.command('transferPerson', transfer)).toMatchObject({ ok: true })
    expect(await opens(claiming, person.id)).toBe(200)
    expect(await opens(asked, person.id)).toBe(404)
  })
})
