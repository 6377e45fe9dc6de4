import { recordAudit, type AuditAction } from '../../audit/commands.server'
import { refuseStale } from '../../audit/stale.server'
import { whyNotSendable } from '../../message/queries/of-appointment.server'
import { pageOfNewPlace } from '../../public-page/opened.server'
import { generateSlots, rulesOf } from '../../recurring-slot/commands/generate.sql.server'
import type { AgentActor } from '../../shared/actor'
import { command, readableFields, type Fault } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound, refuseIf, Refused } from '../../shared/errors'
import { lock } from '../../shared/lock.server'
import { formatPhone, normalizePhone } from '../../shared/phone'
import { mayUseCentralConsole } from '../../shared/rights'
import { placeRefusals, type PlaceRefusal } from '../fr'
import { mayOnPlace, placesVisibleTo } from '../policy'
import { peopleExpectedAt } from '../queries/edit.server'
import { shortAddressOf, whyNotPlaceChange, whyNotPlaceReturn } from '../rules'
import { createPlaceInput, placeIdInput, updatePlaceInput, type PlaceContact } from '../schema'

/**
 * Opens a place of a service, with a first agenda named after it.
 *
 * @throws Refused beside what its SMS would ask for and it has not.
 */
export const createPlace = command(
  createPlaceInput,
  async (ctx: Context<AgentActor>, input): Promise<{ id: number }> => {
    const organizationId = input.organizationId ?? ctx.actor.organization.id
    assertAllowed(mayOnPlace(ctx.actor, 'create', { organizationId }), 'create a place')
    const organization = await serviceOf(ctx, organizationId)
    const checked = checkedPlace(input, organization.departmentCode)
    await refusePage(ctx, input.publicPageId, organizationId)
    const publicPageId = input.publicPageId ?? (await pageOfNewPlace(ctx, { organizationId, ...checked }))
    const data = { ...checked, publicPageId }
    const typeCodes = await knownTypes(ctx, input.typeCodes)

    const { id } = await ctx.tx.place.create({
      data: {
        ...data,
        organizationId,
        departmentCode: organization.departmentCode,
        updatedAt: ctx.now,
        appointmentTypes: { create: typeCodes.map((typeCode) => ({ typeCode })) },
        agendas: { create: [{ name: data.name, updatedAt: ctx.now }] },
      },
      select: { id: true },
    })
    await refuseUnsendable(ctx, id, typeCodes)
    await recordAudit(ctx, { action: 'create', subject: 'place', subjectId: id })
    return { id }
  },
  { faultsOf: placeFaults },
)

/**
 * Corrects a place. Moving it to another service asks the right there too.
 *
 * @throws Stale when it changed since the form was drawn.
 */
export const updatePlace = command(
  updatePlaceInput,
  async (ctx: Context<AgentActor>, { placeId, version, ...input }): Promise<void> => {
    const place = await lockedPlace(ctx, placeId)
    assertAllowed(mayOnPlace(ctx.actor, 'edit', place), 'edit a place')
    refuseIf(whyNotPlaceChange(place))
    const before = wordsOf(place)
    const zone = ctx.actor.organization.timeZone
    const { updatedAt } = place
    await refuseStale(ctx, { subject: 'place', subjectId: placeId, updatedAt, version, zone, now: before })
    const organizationId = input.organizationId ?? place.organizationId
    assertAllowed(mayOnPlace(ctx.actor, 'edit', { organizationId }), 'move a place')
    // Whom the service expects there stays its own.
    if (organizationId !== place.organizationId && (await peopleExpectedAt(ctx, placeId)) > 0)
      throw new Refused('place.still_expected', {}, 'organizationId')
    if (organizationId !== place.organizationId) await refuseMoving(ctx, placeId, 'organizationId')
    const { departmentCode, timeZone } = await serviceOf(ctx, organizationId)
    if (timeZone !== place.organization.timeZone) await refuseOtherClock(ctx, placeId)
    const checked = checkedPlace(input, departmentCode)
    const moves = organizationId !== place.organizationId
    if (!moves) await refusePage(ctx, input.publicPageId, organizationId)
    // The form offers the pages of the service it leaves.
    const publicPageId = moves
      ? await pageOfNewPlace(ctx, { organizationId, ...checked })
      : input.publicPageId
    const data = { ...checked, publicPageId }
    const typeCodes = await knownTypes(ctx, input.typeCodes)
    const hosted = place.appointmentTypes.map(({ typeCode }) => typeCode)
    const after = { ...place, ...data, organizationId }
    const fields = [
      ...writtenFields.filter((name) => after[name] !== place[name]),
      ...(typeCodes.toSorted().join() === hosted.toSorted().join() ? [] : ['typeCodes']),
    ]
    if (fields.length === 0) return

    await ctx.tx.place.update({
      where: { id: placeId },
      data: { ...data, organizationId, departmentCode, updatedAt: ctx.now },
      select: { id: true },
    })
    // Its closures are read by service.
    if (organizationId !== place.organizationId)
      await ctx.tx.closure.updateMany({
        where: { OR: [{ placeId }, { agenda: { placeId } }] },
        data: { organizationId },
      })
    await ctx.tx.placeAppointmentType.deleteMany({ where: { placeId, typeCode: { notIn: typeCodes } } })
    await ctx.tx.placeAppointmentType.createMany({
      data: typeCodes.map((typeCode) => ({ placeId, typeCode })),
      skipDuplicates: true,
    })
    await refuseUnsendable(ctx, placeId, typeCodes)
    // Recurring slots of a type that the place had ceased to receive.
    if (typeCodes.some((code) => !hosted.includes(code))) await generateSlotsOf(ctx, placeId)
    await recordAudit(ctx, { action: 'update', subject: 'place', subjectId: placeId, fields })
  },
  { faultsOf: placeFaults },
)

/**
 * Archives a place with its agendas and their recurring slots. Slots and appointments stay.
 *
 * @returns how many people are still expected there.
 */
export const archivePlace = command(
  placeIdInput,
  async (ctx: Context<AgentActor>, { placeId }): Promise<{ stillExpected: number }> => {
    const place = await lockedPlace(ctx, placeId)
    assertAllowed(mayOnPlace(ctx.actor, 'archive', place), 'archive a place')
    refuseIf(whyNotPlaceChange(place))
    // What it holds goes to the new place first, and the day it leaves archives it.
    await refuseMoving(ctx, placeId)
    await setArchived(ctx, placeId, { from: null, to: ctx.now }, 'archive')
    return { stillExpected: await peopleExpectedAt(ctx, placeId) }
  },
)

/**
 * Brings a place back, with the agendas and the recurring slots that were archived with it.
 *
 * @returns how many slots these made.
 */
export const unarchivePlace = command(
  placeIdInput,
  async (ctx: Context<AgentActor>, { placeId }): Promise<{ made: number }> => {
    const place = await lockedPlace(ctx, placeId)
    assertAllowed(mayOnPlace(ctx.actor, 'archive', place), 'unarchive a place')
    refuseIf(whyNotPlaceReturn(place))
    await setArchived(ctx, placeId, { from: place.archivedAt, to: null }, 'unarchive')
    return { made: await generateSlotsOf(ctx, placeId) }
  },
)

/** Makes at once the slots that the rules of a place lack: the night would, and people book today (decision C9). */
export async function generateSlotsOf(ctx: Context, placeId: number): Promise<number> {
  const { made } = await generateSlots(ctx, await rulesOf(ctx, { kind: 'place', id: placeId }))
  return made
}

/** Archives a place with its agendas and their recurring slots, or brings back those that went with it. */
export async function setArchived(
  ctx: Context,
  placeId: number,
  { from, to }: { from: Date | null; to: Date | null },
  action: AuditAction,
): Promise<void> {
  await ctx.tx.recurringSlot.updateMany({
    where: { archivedAt: from, agenda: { placeId } },
    data: { archivedAt: to },
  })
  await ctx.tx.agenda.updateMany({
    where: { archivedAt: from, placeId },
    data: { archivedAt: to, updatedAt: ctx.now },
  })
  await ctx.tx.place.update({
    where: { id: placeId },
    data: { archivedAt: to, updatedAt: ctx.now },
    select: { id: true },
  })
  await recordAudit(ctx, { action, subject: 'place', subjectId: placeId, fields: ['archivedAt'] })
}

const writtenFields = [
  'name',
  'address',
  'shortAddress',
  'phone',
  'email',
  'mainContactMethod',
  'publicPageId',
  'organizationId',
] as const

async function lockedPlace(ctx: Context<AgentActor>, placeId: number) {
  await lock(ctx, { place: placeId })
  return orNotFound(
    await ctx.tx.place.findFirst({
      where: { AND: [{ id: placeId }, placesVisibleTo(ctx.actor)] },
      include: {
        appointmentTypes: { select: { typeCode: true } },
        organization: { select: { timeZone: true } },
      },
    }),
    'place',
  )
}

/** Both places of a relocation are of one service, and in use until its day. */
async function refuseMoving(ctx: Context, placeId: number, field?: string): Promise<void> {
  const moving = await ctx.tx.placeRelocation.count({
    where: { state: 'pending', OR: [{ oldPlaceId: placeId }, { newPlaceId: placeId }] },
  })
  refuseIf(moving > 0 ? 'place_relocation.moving' : null, field)
}

/** The instants of its slots, past ones too, follow from the clock of its service. */
async function refuseOtherClock(ctx: Context, placeId: number): Promise<void> {
  const slot = await ctx.tx.slot.findFirst({ where: { agenda: { placeId } }, select: { id: true } })
  refuseIf(slot && 'place.other_clock', 'organizationId')
}

async function serviceOf(ctx: Context, id: number) {
  const select = { departmentCode: true, timeZone: true }
  return orNotFound(await ctx.tx.organization.findUnique({ where: { id }, select }), 'organization')
}

/** The SMS of a place lead to a page of its service. */
async function refusePage(ctx: Context, publicPageId: number | null, organizationId: number): Promise<void> {
  if (publicPageId === null) return
  const page = await ctx.tx.publicPage.findFirst({
    where: { id: publicPageId, organizationId },
    select: { id: true },
  })
  refuseIf(page ? null : 'place.page_elsewhere', 'publicPageId')
}

/** What the form says of a place, as it is written. */
export function checkedPlace(input: PlaceContact, departmentCode: string) {
  const [first] = refusalsOf(input, departmentCode)
  refuseIf(first?.reason, first?.field)
  const { name, address, email, mainContactMethod } = input
  const shortAddress = input.shortAddress ?? shortAddressOf(address) ?? ''
  const phone = input.phone && normalizePhone(input.phone, departmentCode)
  return { name, address, shortAddress, phone, email, mainContactMethod }
}

/** What the rules refuse of the fields that could be read. */
export function refusalsOf(
  { phone: typed, email, mainContactMethod, address, shortAddress }: Partial<PlaceContact>,
  departmentCode: string,
) {
  const refusals: { field: 'phone' | 'email' | 'shortAddress'; reason: PlaceRefusal }[] = []
  const phone = typed && normalizePhone(typed, departmentCode)
  if (typed && !phone) refusals.push({ field: 'phone', reason: 'place.phone_unreadable' })
  else if (mainContactMethod === 'phone' && !phone)
    refusals.push({ field: 'phone', reason: 'place.phone_missing' })
  if (mainContactMethod === 'email' && !email)
    refusals.push({ field: 'email', reason: 'place.email_missing' })
  if (address && !shortAddress && !shortAddressOf(address))
    refusals.push({ field: 'shortAddress', reason: 'place.short_address_missing' })
  return refusals
}

function placeFaults({ actor }: Context<AgentActor>, raw: unknown): Fault[] {
  const read = readableFields(createPlaceInput, raw)
  // A central admin types for any territory, which the command alone knows.
  const ofAnyTerritory = mayUseCentralConsole(actor)
  return refusalsOf(read, actor.organization.departmentCode)
    .filter(({ reason }) => !(ofAnyTerritory && reason === 'place.phone_unreadable'))
    .map(({ field, reason }) => ({ path: [field], message: placeRefusals[reason] }))
}

async function knownTypes(ctx: Context, codes: string[]): Promise<string[]> {
  const known = await ctx.tx.appointmentType.count({ where: { code: { in: codes } } })
  refuseIf(known === codes.length ? null : 'place.type_unknown', 'typeCodes')
  return codes
}

/** What the texts of its types ask for: said here, and not when somebody is convoked there. */
export async function refuseUnsendable(ctx: Context, placeId: number, typeCodes: string[]): Promise<void> {
  for (const typeCode of typeCodes) {
    const lack = await whyNotSendable(ctx, { placeId, typeCode })
    refuseIf(lack === 'message.place_without_phone' ? 'place.phone_missing' : null, 'phone')
    refuseIf(lack === 'message.place_without_email' ? 'place.email_missing' : null, 'email')
  }
}

/** What a place holds, in the words of its form. */
function wordsOf(place: Awaited<ReturnType<typeof lockedPlace>>): Record<string, string | null> {
  const { name, address, shortAddress, phone, email } = place
  return { name, address, shortAddress, phone: phone && formatPhone(phone), email }
}
