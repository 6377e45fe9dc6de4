import { beforeAll, describe, expect, test } from 'vitest'
import {
  createCustomColumn,
  deleteCustomColumn,
  updateCustomColumn,
} from '../../../resources/custom-column/commands/edit.server'
import { customColumnToEdit } from '../../../resources/custom-column/queries/edit.server'
import {
  createHeadquarters,
  deleteHeadquarters,
  renameHeadquarters,
} from '../../../resources/headquarters/commands.server'
import { headquartersToEdit } from '../../../resources/headquarters/queries.server'
import {
  createOrganization,
  updateContact,
  updateFlags,
  updateGuidance,
  updateOrganization,
} from '../../../resources/organization/commands/edit.server'
import { linkOrganizations, unlinkOrganizations } from '../../../resources/organization/commands/links.server'
import {
  contactToEdit,
  flagsToEdit,
  guidanceToEdit,
  organizationRecord,
  organizationToEdit,
} from '../../../resources/organization/queries.server'
import { updatePlace } from '../../../resources/place/commands/place.server'
import { placeToEdit } from '../../../resources/place/queries/edit.server'
import { createRecurringSlots } from '../../../resources/recurring-slot/commands/create.server'
import type { AgentActor } from '../../../resources/shared/actor'
import type { Context } from '../../../resources/shared/context'
import { prisma } from '../../../resources/shared/db.server'
import { aCountry, actAt, anAgent, aService, aSlot, courtOf, monday } from '../../support/world'

let country: Awaited<ReturnType<typeof aCountry>>
let central: AgentActor
let courtAdmin: AgentActor
let spipAdmin: AgentActor
let counsellor: AgentActor
beforeAll(async () => {
  country = await aCountry()
  central = await anAgent(country.foreign, 'central_admin')
  courtAdmin = await anAgent(country.court, 'local_admin')
  spipAdmin = await anAgent(country.spip, 'local_admin')
  counsellor = await anAgent(country.spip, 'probation_counsellor')
})

const by = <Result>(actor: AgentActor, work: (ctx: Context<AgentActor>) => Promise<Result>, minutes = 0) =>
  actAt(actor, new Date(monday.getTime() + minutes * 60_000), work)
const formOf = async (organizationId: number) => {
  const { version, values } = await by(central, (ctx) => organizationToEdit(ctx, { organizationId }))
  return { organizationId, version, ...values }
}
const forbidden = { name: 'Forbidden' }

describe('A service', () => {
  const cayenne = {
    ...{ name: 'SPIP de Cayenne', kind: 'probation_service' as const },
    ...{ departmentCode: '973', timeZone: 'America/Cayenne' },
  }

  test('is created by a central admin, on the clock of its territory, under a name of its own', async () => {
    const { id } = await by(central, (ctx) => createOrganization(ctx, cayenne))
    expect(await prisma.organization.findUniqueOrThrow({ where: { id } })).toMatchObject(cayenne)
    await expect(by(central, (ctx) => createOrganization(ctx, cayenne))).rejects.toMatchObject({
      ...{ code: 'organization.name_taken', field: 'name' },
    })
    const inParis = { ...cayenne, name: 'TJ de Cayenne', timeZone: 'Europe/Paris' }
    await expect(by(central, (ctx) => createOrganization(ctx, inParis))).rejects.toMatchObject({
      ...{ code: 'organization.clock_elsewhere', field: 'timeZone' },
    })
    await expect(by(courtAdmin, (ctx) => createOrganization(ctx, cayenne))).rejects.toMatchObject(forbidden)
  })

  test('takes its public page along when its territory or its clock is corrected', async () => {
    const { id } = await by(central, (ctx) =>
      createOrganization(ctx, {
        ...{ name: 'SPIP de Koné', kind: 'probation_service' },
        ...{ departmentCode: '987', timeZone: 'Pacific/Tahiti' },
      }),
    )
    const form = await formOf(id)
    await by(central, (ctx) =>
      updateOrganization(ctx, { ...form, departmentCode: '988', timeZone: 'Pacific/Noumea' }),
    )
    expect(await prisma.publicPage.findFirstOrThrow({ where: { organizationId: id } })).toMatchObject({
      departmentCode: '988',
      timeZone: 'Pacific/Noumea',
    })
  })

  test('changes its clock while it has no slot, its places with it; and no more once an hour was given', async () => {
    const service = await aService('SPIP de Papeete', 'probation_service', {
      ...{ departmentCode: '987', timeZone: 'Pacific/Tahiti' },
    })
    const form = await formOf(service.id)
    await by(central, (ctx) => updateOrganization(ctx, { ...form, timeZone: 'Pacific/Marquesas' }))
    const moved = await formOf(service.id)
    await by(central, (ctx) =>
      updateOrganization(ctx, { ...moved, departmentCode: '988', timeZone: 'Pacific/Noumea' }),
    )
    expect(await prisma.place.findUniqueOrThrow({ where: { id: service.placeId } })).toMatchObject({
      departmentCode: '988',
    })

    await courtOf(service)
    const admin = await anAgent(service, 'local_admin')
    await by(admin, (ctx) =>
      createRecurringSlots(ctx, {
        ...{ agendaId: service.agendaId, typeCode: 'hearing_exit_probation', weekdays: [2] },
        ...{ first: '09:00', last: '09:00', everyMinutes: 30, durationMinutes: 30, capacity: 1 },
      }),
    )
    const slots = await prisma.slot.findMany({
      where: { agendaId: service.agendaId },
      orderBy: { id: 'asc' },
    })
    const back = { ...(await formOf(service.id)), departmentCode: '987', timeZone: 'Pacific/Tahiti' }
    await expect(by(central, (ctx) => updateOrganization(ctx, back))).rejects.toMatchObject({
      ...{
        code: 'organization.hours_given',
        field: 'timeZone',
        params: { slots: `${slots.length}\u00a0créneaux ou convocations` },
      },
    })
    expect(
      await prisma.slot.findMany({ where: { agendaId: service.agendaId }, orderBy: { id: 'asc' } }),
    ).toEqual(slots)
    // Its name is another matter.
    const renamed = { ...(await formOf(service.id)), name: 'SPIP de Nouméa' }
    await by(central, (ctx) => updateOrganization(ctx, renamed))
    expect(await prisma.organization.findUniqueOrThrow({ where: { id: service.id } })).toMatchObject({
      ...{ name: 'SPIP de Nouméa', timeZone: 'Pacific/Noumea' },
    })
  })

  test('of another clock does not take a place that has slots', async () => {
    const far = await aService('SPIP de Saint-Denis', 'probation_service', {
      ...{ departmentCode: '974', timeZone: 'Indian/Reunion' },
    })
    await aSlot(country.branch, 'hearing_exit_probation', '2026-10-02', '09:00')
    const { placeId } = country.branch
    const { version, values } = await by(central, (ctx) => placeToEdit(ctx, { placeId }))
    const form = { ...values, version, placeId, organizationId: String(far.id) }
    await expect(by(central, (ctx) => updatePlace(ctx, form))).rejects.toMatchObject({
      ...{ code: 'place.other_clock', field: 'organizationId' },
    })
  })

  test('says its mailbox and its switchboard by its own local admin, in a court as in a probation service', async () => {
    for (const [actor, service] of [
      [courtAdmin, country.court],
      [spipAdmin, country.spip],
    ] as const) {
      const organizationId = service.id
      const { version } = await by(actor, (ctx) => contactToEdit(ctx, { organizationId }))
      const contact = {
        switchboardPhone: '01 99 00 41 41',
        sharedMailbox: ` Service${organizationId}@Justice.example `,
      }
      await by(actor, (ctx) => updateContact(ctx, { organizationId, version, ...contact }), 1)
      expect(await prisma.organization.findUniqueOrThrow({ where: { id: organizationId } })).toMatchObject({
        switchboardPhone: '+33199004141',
        sharedMailbox: `service${organizationId}@justice.example`,
      })
      expect(
        await prisma.auditEntry.findFirstOrThrow({
          where: { subject: 'organization', subjectId: organizationId },
          orderBy: { id: 'desc' },
        }),
      ).toMatchObject({ agentId: actor.id, fields: ['sharedMailbox', 'switchboardPhone'] })
      await expect(
        by(actor, (ctx) => updateContact(ctx, { organizationId, version, ...contact }), 2),
      ).rejects.toMatchObject({ name: 'Stale' })
    }
    const organizationId = country.spip.id
    const { version } = await by(spipAdmin, (ctx) => contactToEdit(ctx, { organizationId }))
    const typed = { organizationId, version, switchboardPhone: '01 99', sharedMailbox: '' }
    await expect(by(spipAdmin, (ctx) => updateContact(ctx, typed))).rejects.toMatchObject({
      ...{ code: 'organization.phone_unreadable', field: 'switchboardPhone' },
    })
    // What else is wrong is told at the same time.
    const wrong = by(spipAdmin, (ctx) => updateContact(ctx, { ...typed, sharedMailbox: 'spip92' }))
    await expect(wrong).rejects.toMatchObject({
      issues: [{ path: ['sharedMailbox'] }, { path: ['switchboardPhone'] }],
    })
    await expect(by(counsellor, (ctx) => updateContact(ctx, typed))).rejects.toMatchObject(forbidden)
    await expect(by(courtAdmin, (ctx) => updateContact(ctx, typed))).rejects.toMatchObject({
      name: 'NotFound',
    })
  })

  test('says how it shares out its cases when it is a court, by its local admin', async () => {
    const organizationId = country.court.id
    const agendaGuidance = 'Cabinet 1 : **A à K**'
    const { version } = await by(courtAdmin, (ctx) => guidanceToEdit(ctx, { organizationId }))
    await by(courtAdmin, (ctx) => updateGuidance(ctx, { organizationId, version, agendaGuidance }), 3)
    expect(await prisma.organization.findUniqueOrThrow({ where: { id: organizationId } })).toMatchObject({
      agendaGuidance,
    })
    const ofSpip = { organizationId: country.spip.id, version, agendaGuidance }
    await expect(by(spipAdmin, (ctx) => updateGuidance(ctx, ofSpip))).rejects.toMatchObject(forbidden)
    await expect(by(central, (ctx) => updateGuidance(ctx, ofSpip))).rejects.toMatchObject({
      code: 'organization.not_a_court',
    })
  })

  test('is opened, and takes part in what it does, by central admins alone', async () => {
    const organizationId = country.spip.id
    const { version } = await by(central, (ctx) => flagsToEdit(ctx, { organizationId }))
    const flags = { organizationId, version, openedAt: '2026-10-01', interJurisdiction: true }
    await expect(by(spipAdmin, (ctx) => updateFlags(ctx, flags))).rejects.toMatchObject(forbidden)
    const record = { ...(await formOf(organizationId)), name: 'SPIP renommé' }
    await expect(by(spipAdmin, (ctx) => updateOrganization(ctx, record))).rejects.toMatchObject(forbidden)
    await by(central, (ctx) => updateFlags(ctx, { ...flags, probationerSpaceEnabled: false }), 5)
    expect(await by(counsellor, (ctx) => organizationRecord(ctx, { organizationId }))).toMatchObject({
      openedAt: '2026-10-01',
      interJurisdiction: true,
      probationerSpaceEnabled: false,
    })
  })

  test('names its local admins to all its agents, and to nobody of another service', async () => {
    const organizationId = country.spip.id
    await prisma.agent.update({ where: { id: spipAdmin.id }, data: { passwordHash: 'x' } })
    expect(await by(counsellor, (ctx) => organizationRecord(ctx, { organizationId }))).toMatchObject({
      isOwn: true,
      localAdmins: [{ id: spipAdmin.id, lastName: 'Vasseur' }],
    })
    const elsewhere = await anAgent(country.court, 'sentence_judge')
    await expect(by(elsewhere, (ctx) => organizationRecord(ctx, { organizationId }))).rejects.toMatchObject({
      name: 'NotFound',
    })
  })

  test('is linked to services of the other kind, and from then on one jurisdiction; unlinked, no more', async () => {
    const { id: organizationId } = country.foreign
    const link = (otherId: number, actor = central) =>
      by(actor, (ctx) => linkOrganizations(ctx, { organizationId, otherId }))
    await expect(link(country.spip.id)).rejects.toMatchObject({
      ...{ code: 'organization.same_kind', field: 'otherId' },
    })
    expect(await link(country.court.id)).toEqual({ other: 'TJ de Nanterre' })
    await expect(link(country.court.id)).rejects.toMatchObject({ code: 'organization.already_linked' })
    expect((await anAgent(country.foreign, 'probation_counsellor')).jurisdiction).toContain(country.court.id)
    const own = { organizationId: country.spip.id, otherId: country.spip.id }
    await expect(by(spipAdmin, (ctx) => linkOrganizations(ctx, own))).rejects.toMatchObject(forbidden)
    await by(central, (ctx) => unlinkOrganizations(ctx, { organizationId, otherId: country.court.id }))
    expect((await anAgent(country.foreign, 'probation_counsellor')).jurisdiction).toEqual([organizationId])
  })
})

describe('A headquarters', () => {
  test('groups services by the central desk alone, under one name, and lets them go', async () => {
    const create = (name: string, actor = central) => by(actor, (ctx) => createHeadquarters(ctx, { name }))
    const { id: headquartersId } = await create('SPIP des Hauts-de-Seine')
    await expect(create('SPIP des Hauts-de-Seine')).rejects.toMatchObject({
      ...{ code: 'headquarters.name_taken', field: 'name' },
    })
    await expect(create('Siège', spipAdmin)).rejects.toMatchObject(forbidden)
    const joined = { ...(await formOf(country.branch.id)), headquartersId: String(headquartersId) }
    await by(central, (ctx) => updateOrganization(ctx, joined))
    const organizationId = country.branch.id
    expect(await by(central, (ctx) => organizationRecord(ctx, { organizationId }))).toMatchObject({
      headquarters: 'SPIP des Hauts-de-Seine',
    })
    const { version, held } = await by(central, (ctx) => headquartersToEdit(ctx, { headquartersId }))
    expect(held).toEqual({ organizations: 1, agents: 0 })
    await by(central, (ctx) => renameHeadquarters(ctx, { headquartersId, version, name: 'SPIP 92' }), 9)
    await expect(
      by(central, (ctx) => renameHeadquarters(ctx, { headquartersId, version, name: 'SPIP' }), 10),
    ).rejects.toMatchObject({ name: 'Stale' })
    await expect(by(spipAdmin, (ctx) => deleteHeadquarters(ctx, { headquartersId }))).rejects.toMatchObject({
      name: 'NotFound',
    })
    await by(central, (ctx) => deleteHeadquarters(ctx, { headquartersId }))
    expect(await by(central, (ctx) => organizationRecord(ctx, { organizationId }))).toMatchObject({
      headquarters: null,
    })
  })
})

describe('The columns of a court', () => {
  const column = {
    ...{ name: 'Date du jugement', dataType: 'date' as const, moment: 'at_booking' as const },
    typeCodes: ['hearing_exit_sentence_judge' as const],
  }
  const create = (more: object = {}, actor = courtAdmin) =>
    by(actor, (ctx) => createCustomColumn(ctx, { ...column, ...more }))

  test('are four a type at most, each of its own name, those of its local admin', async () => {
    const { id } = await create()
    await expect(create()).rejects.toMatchObject({ code: 'custom_column.name_taken', field: 'name' })
    for (const name of ['Peine', 'Avocat', 'Chambre']) await create({ name })
    const both = ['hearing_exit_probation', 'hearing_exit_sentence_judge']
    await expect(create({ name: 'Salle', typeCodes: both })).rejects.toMatchObject({
      ...{ code: 'custom_column.too_many', field: 'typeCodes', params: { type: 'Sortie d’audience SAP' } },
    })
    await create({ name: 'Salle', typeCodes: ['hearing_exit_probation'] })
    // Saved as it is, a column does not count itself.
    const { version } = await by(courtAdmin, (ctx) => customColumnToEdit(ctx, { customColumnId: id }))
    await by(courtAdmin, (ctx) => updateCustomColumn(ctx, { customColumnId: id, version, ...column }))

    await expect(create({}, spipAdmin)).rejects.toMatchObject(forbidden)
    await expect(create({ organizationId: country.spip.id }, central)).rejects.toMatchObject({
      code: 'organization.not_a_court',
    })
    await expect(create({ organizationId: country.court.id }, spipAdmin)).rejects.toMatchObject(forbidden)
  })

  test('added at the same instant are four at most all the same', async () => {
    const court = await aService('TJ de Versailles', 'court')
    const admin = await anAgent(court, 'local_admin')
    const tried = await Promise.allSettled(
      Array.from({ length: 6 }, (_, rank) => create({ name: `Colonne ${rank}` }, admin)),
    )
    expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(4)
    expect(await prisma.customColumn.count({ where: { organizationId: court.id } })).toBe(4)
  })

  test('that appointments have filled keep their kind of data, and go with what they hold', async () => {
    const court = await aService('TJ de Pontoise', 'court')
    const admin = await anAgent(court, 'local_admin')
    const { id: customColumnId } = await create({}, admin)
    const { version } = await by(admin, (ctx) => customColumnToEdit(ctx, { customColumnId }))
    const slot = await aSlot(court, 'hearing_exit_sentence_judge', '2026-10-14', '09:00', { seatsTaken: 1 })
    const person = await prisma.probationer.create({
      data: { lastName: 'DUBREUIL', firstName: 'Yann', phone: '+33639980001', smsOptOutToken: 'colonne' },
    })
    await prisma.appointment.create({
      data: {
        ...{ probationerId: person.id, slotId: slot.id, typeCode: slot.typeCode, placeId: court.placeId },
        ...{ organizationId: court.id, creatingOrganizationId: court.id, startsAt: slot.startsAt },
        customColumnValues: { create: { customColumnId, value: '2026-10-01' } },
      },
    })
    const asText = { customColumnId, version, ...column, dataType: 'text' as const }
    await expect(by(admin, (ctx) => updateCustomColumn(ctx, asText))).rejects.toMatchObject({
      ...{ code: 'custom_column.filled', field: 'dataType' },
    })
    expect(await by(admin, (ctx) => customColumnToEdit(ctx, { customColumnId }))).toMatchObject({ filled: 1 })
    await expect(by(courtAdmin, (ctx) => deleteCustomColumn(ctx, { customColumnId }))).rejects.toMatchObject({
      name: 'NotFound',
    })
    await by(admin, (ctx) => deleteCustomColumn(ctx, { customColumnId }))
    expect(await prisma.customColumnValue.count({ where: { customColumnId } })).toBe(0)
  })
})
