import { beforeAll, describe, expect, it } from 'vitest'
import {
  archivePartner,
  createPartner,
  unarchivePartner,
  updatePartner,
} from '../../../resources/partner/commands.server'
import {
  departmentsWithPartners,
  findPartners,
  partnersOfDepartment,
  partnerToEdit,
} from '../../../resources/partner/queries.server'
import { byTheme } from '../../../resources/partner/rules'
import { refusalOf } from '../../../resources/refusals'
import type { AgentActor } from '../../../resources/shared/actor'
import type { Context } from '../../../resources/shared/context'
import { Forbidden, NotFound } from '../../../resources/shared/errors'
import { actAt, anAgent, aService, monday } from '../../support/world'

let admin: AgentActor
let counsellor: AgentActor
let guiana: AgentActor

beforeAll(async () => {
  const spip = await aService('SPIP 92 Nanterre', 'probation_service')
  admin = await anAgent(spip, 'local_admin')
  counsellor = await anAgent(spip, 'probation_counsellor')
  const cayenne = await aService('SPIP 973 Cayenne', 'probation_service', {
    departmentCode: '973',
    timeZone: 'America/Cayenne',
  })
  guiana = await anAgent(cayenne, 'local_admin')
})

let minute = 1
const by = <Result>(actor: AgentActor, work: (ctx: Context<AgentActor>) => Promise<Result>) =>
  actAt(actor, new Date(monday.getTime() + minute++ * 60_000), work)
const refusal = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return refusalOf(error)
}
const tremplin = {
  name: 'Atelier Tremplin',
  themes: ['youth' as const, 'work' as const],
  mission: 'Cherche un emploi avec vous.',
  phone: '01 99 00 41 10',
  website: 'https://tremplin.example',
}
const add = (more: object = {}, actor = admin) =>
  by(actor, (ctx) => createPartner(ctx, { ...tremplin, ...more }))
const shownIn = async (code: string) =>
  (await by(admin, (ctx) => partnersOfDepartment(ctx, { code }))).partners.map(({ name }) => name)

const found = async (text: string) =>
  (await by(admin, (ctx) => findPartners(ctx, { text }))).map(
    ({ name, departmentCode }) => `${name}, ${departmentCode}`,
  )

describe('who helps near a service', () => {
  it('is told to the public of its département, under each of its themes', async () => {
    await add()
    await add({ name: 'Accueil de nuit', themes: ['housing'], phone: '115', website: '' })
    const { partners } = await by(admin, (ctx) => partnersOfDepartment(ctx, { code: '92' }))
    expect(partners).toMatchObject([
      { name: 'Accueil de nuit', phone: '115', website: null },
      { name: 'Atelier Tremplin', phone: '+33199004110', themes: ['work', 'youth'] },
    ])
    expect(byTheme(partners).map(({ theme }) => theme)).toEqual(['work', 'housing', 'youth'])
    expect(await shownIn('973')).toEqual([])
    expect(await by(admin, (ctx) => departmentsWithPartners(ctx, {}))).toEqual(['92'])
  })

  it('reads a phone as its territory writes it', async () => {
    await add({ name: 'Kaz jeunes', phone: '0594 99 00 10' }, guiana)
    const { partners } = await by(guiana, (ctx) => partnersOfDepartment(ctx, { code: '973' }))
    expect(partners[0]?.phone).toBe('+594594990010')
  })

  it('is written by the local admin of the service only', async () => {
    const { id } = await add({ name: 'Lire et dire' })
    await expect(add({ name: 'Autre' }, counsellor)).rejects.toThrow(Forbidden)
    await expect(by(guiana, (ctx) => partnerToEdit(ctx, { partnerId: id }))).rejects.toThrow(NotFound)
    await expect(by(guiana, (ctx) => archivePartner(ctx, { partnerId: id }))).rejects.toThrow(NotFound)
    await expect(add({ name: 'Autre', organizationId: admin.organization.id }, guiana)).rejects.toThrow(
      Forbidden,
    )
  })

  it('is refused beside its field when nobody could reach or recognise it', async () => {
    const wrong = {
      name: { name: ' ' },
      themes: { themes: [] },
      mission: { mission: '' },
      phone: { phone: '12345678901234' },
      website: { website: 'javascript:alert(1)' },
      'website of no host': { website: 'https://exemple.1' },
      email: { email: 'personne' },
    }
    for (const [field, more] of Object.entries(wrong))
      expect(
        (await refusal(add({ name: 'Nouveau', ...more })))?.fieldErrors[field.split(' ')[0] ?? ''],
        field,
      ).toBeTruthy()
    expect((await refusal(add({ name: 'atelier tremplin' })))?.fieldErrors.name).toBeTruthy()
  })

  it('is found by the words of its name or their beginnings, as anybody types them', async () => {
    await add({ name: 'Mission locale de l’Étang' })
    await add({ name: 'Mission locale de l’Étang', phone: '0594 99 00 11' }, guiana)
    expect(await found('MISSION etang')).toEqual([
      'Mission locale de l’Étang, 92',
      'Mission locale de l’Étang, 973',
    ])
    expect(await found('miss loc')).toHaveLength(2)
    for (const other of ['', ' ', '%', 'tang', 'mission bracelet', '’'])
      expect(await found(other), other).toEqual([])
  })

  it('is corrected, taken away and shown again; after its last day it is shown no more', async () => {
    const { id } = await add({ name: 'Centre Le Phare' })
    const { version, values } = await by(admin, (ctx) => partnerToEdit(ctx, { partnerId: id }))
    expect(values).toMatchObject({
      name: 'Centre Le Phare',
      phone: '01 99 00 41 10'.replaceAll(' ', '\u00a0'),
    })
    await by(admin, (ctx) =>
      updatePartner(ctx, { ...values, partnerId: id, version, validUntil: '2026-10-04', hours: 'Le matin' }),
    )
    expect(await shownIn('92')).not.toContain('Centre Le Phare')
    const again = await by(admin, (ctx) => partnerToEdit(ctx, { partnerId: id }))
    await by(admin, (ctx) =>
      updatePartner(ctx, {
        ...again.values,
        partnerId: id,
        version: again.version,
        validUntil: '2026-10-05',
      }),
    )
    expect(await shownIn('92')).toContain('Centre Le Phare')
    expect(await found('phare centre')).toEqual(['Centre Le Phare, 92'])
    await by(admin, (ctx) => archivePartner(ctx, { partnerId: id }))
    expect(await found('phare centre')).toEqual([])
    expect(await shownIn('92')).not.toContain('Centre Le Phare')
    await by(admin, (ctx) => unarchivePartner(ctx, { partnerId: id }))
    expect(await shownIn('92')).toContain('Centre Le Phare')
  })
})
