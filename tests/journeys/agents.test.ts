import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '../../resources/shared/db.server'
import { clicksOf, expectAccessible, expectNoSidewaysScroll, openDesk, phoneSized, type Desk } from './desk'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
}, 180_000)
afterAll(() => desk.close())

const sonia = 'sonia.marchetti@justice.example'
const agentOf = (email: string) =>
  prisma.agent.findUniqueOrThrow({ where: { email }, include: { organization: true } })

describe('an agent arrives', () => {
  it('transferred in three clicks from the list: what they leave behind is counted before [P157]', async () => {
    const email = 'rosalie.jean-baptiste@justice.example'
    const rosalie = await agentOf(email)
    const followed = await prisma.probationer.count({ where: { assignedAgentId: rosalie.id } })
    const page = await desk.agent(sonia)
    await page.goto('/admin/resources/Agent')
    const add = page.getByRole('link', { name: 'Ajouter un agent' })
    await add.waitFor()
    const before = await clicksOf(page)
    await add.click()
    await page.getByLabel('E-mail professionnel').waitFor()
    // The only field is where one types at once.
    await page.keyboard.type(email)
    await page.getByText('Cette personne a déjà un compte').waitFor()
    await page.getByText('01 99 00 97 30').or(page.getByText('standard non renseigné')).waitFor()
    if (followed > 0) await page.getByText(new RegExp(`${followed}\\spersonnes? de son suivi`)).waitFor()
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await page.getByLabel(/Je confirme que JEAN-BAPTISTE Rosalie/).click()
    await page.getByRole('button', { name: 'Confirmer la mutation' }).click()
    await page.getByText('a rejoint SPIP 92 Nanterre').waitFor()
    expect((await clicksOf(page)) - before).toBeLessThanOrEqual(3)
    expect((await agentOf(email)).organization.name).toBe('SPIP 92 Nanterre')
    expect(await prisma.probationer.count({ where: { assignedAgentId: rosalie.id } })).toBe(0)
    await expectAccessible(page)
    await page.context().close()
  })

  it('invited on a phone: an unknown address opens the form, without being typed again', async () => {
    const page = await desk.agent(sonia, { viewport: phoneSized })
    await page.goto('/admin/resources/Agent/actions/add')
    await page.getByLabel('E-mail professionnel').fill('nadia.roussel@justice.example')
    await page.getByText('Personne n’a encore cette adresse').waitFor()
    await page.getByLabel('Prénom').fill('Nadia')
    await page.getByLabel('Nom', { exact: true }).fill('Roussel')
    await page.getByLabel('Fonction').selectOption('probation_counsellor')
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await page.getByRole('button', { name: 'Envoyer l’invitation' }).click()
    await page.getByText('Invitation envoyée.').waitFor()
    expect(await agentOf('nadia.roussel@justice.example')).toMatchObject({
      role: 'probation_counsellor',
      organization: { name: 'SPIP 92 Nanterre' },
    })
    await expectAccessible(page)
    await page.context().close()
  })

  it('or does not: an address of a court says whom to ask, and offers nothing', async () => {
    const page = await desk.agent(sonia, { viewport: phoneSized })
    await page.goto('/admin/resources/Agent/actions/add')
    await page.getByLabel('E-mail professionnel').fill('camille.aubert@justice.example')
    await page.getByText('Cette adresse ne peut pas être ajoutée ici').waitFor()
    await page.getByText('agent d’un autre type de service').waitFor()
    expect(await page.getByRole('button', { name: 'Confirmer la mutation' }).count()).toBe(0)
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await page.context().close()
  })
})

describe('an agent leaves', () => {
  it('deleted, what stays without referent said before; then brought back by their address', async () => {
    const email = 'malik.benali@justice.example'
    const malik = await agentOf(email)
    const person = await prisma.probationer.findFirstOrThrow({
      where: { archivedAt: null, followings: { some: { organizationId: malik.organizationId } } },
    })
    await prisma.probationer.update({ where: { id: person.id }, data: { assignedAgentId: malik.id } })
    const followed = await prisma.probationer.count({ where: { assignedAgentId: malik.id } })
    const page = await desk.agent(sonia, { viewport: phoneSized })
    await page.goto(`/admin/resources/Agent/records/${malik.id}/show`)
    await page.getByRole('link', { name: 'Supprimer' }).click()
    await page.getByText(new RegExp(`${followed}\\spersonnes? de son suivi, sans référent`)).waitFor()
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await page.getByRole('button', { name: 'Supprimer le compte' }).click()
    await page.getByText('Compte supprimé.').waitFor()
    expect(await prisma.probationer.findUniqueOrThrow({ where: { id: person.id } })).toMatchObject({
      assignedAgentId: null,
    })
    expect(await page.getByRole('link', { name: /BENALI/ }).count()).toBe(0)

    await page.goto('/admin/resources/Agent/actions/add')
    await page.getByLabel('E-mail professionnel').fill(email)
    await page.getByText('Le compte de cet agent a été supprimé').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Réactiver le compte' }).click()
    await page.getByText('Compte réactivé').first().waitFor()
    expect((await agentOf(email)).deletedAt).toBeNull()
    await page.context().close()
  })

  it('sent to another service of the same kind by the admin of the one they are in', async () => {
    const giraud = await agentOf('thomas.giraud@justice.example')
    const page = await desk.agent(sonia)
    await page.goto(`/admin/resources/Agent/records/${giraud.id}/show`)
    await page.getByRole('link', { name: 'Muter vers un autre service' }).click()
    const service = page.getByLabel('Service')
    await service.waitFor()
    expect(await service.getByRole('option', { name: 'TJ de Nanterre' }).count()).toBe(0)
    await service.selectOption({ label: 'SPIP 92 Gennevilliers' })
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Confirmer la mutation' }).click()
    await page.getByText('a rejoint SPIP 92 Gennevilliers').waitFor()
    expect((await agentOf(giraud.email)).organization.name).toBe('SPIP 92 Gennevilliers')
    await page.context().close()
  })
})

describe('one’s own account', () => {
  it('shows exactly what persons will read of it, as the boxes are ticked', async () => {
    const page = await desk.agent('claire.vasseur@justice.example', { viewport: phoneSized })
    await page.goto('/admin/resources/Agent/actions/profile')
    const seen = page.getByRole('region', { name: 'Ce que lisent les personnes que vous suivez' })
    await seen.getByText('Claire Vasseur').waitFor()
    await page.getByLabel('Téléphone', { exact: false }).first().fill('01 99 00 12 34')
    expect(await seen.getByText('01 99 00 12 34').count()).toBe(0)
    await page.getByLabel('Montrer mon téléphone aux personnes que je suis').check()
    await seen.getByText('01 99 00 12 34').waitFor()
    expect(await seen.getByText('claire.vasseur@justice.example').count()).toBe(0)
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await page.context().close()
  })

  it('moves to another service of the headquarters, which every page names at once', async () => {
    const page = await desk.agent('bruno.castel@justice.example')
    await page.goto('/admin/resources/Agent/actions/switchOrganization')
    await page.getByLabel('Service', { exact: true }).selectOption({ label: 'SPIP 92 Gennevilliers' })
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Changer de service' }).click()
    await page.getByText('Vous êtes maintenant dans le service SPIP 92 Gennevilliers.').waitFor()
    await page.getByRole('link', { name: 'SPIP 92 Gennevilliers' }).waitFor()
    await expectAccessible(page)
    await page.context().close()
  })
})
