import type { Prisma } from '@prisma/client'
import type { Context } from '../../../shared/context'
import { orNotFound } from '../../../shared/errors'
import type { TextAddress } from '../schema'

const version = {
  id: true,
  text: true,
  createdAt: true,
  createdBy: { select: { firstName: true, lastName: true } },
} satisfies Prisma.MessageTemplateVersionSelect

const template = {
  id: true,
  organizationId: true,
  typeCode: true,
  kind: true,
  reminderHours: true,
  followsDefault: true,
  versions: { select: version, orderBy: { id: 'desc' }, take: 1 },
} satisfies Prisma.MessageTemplateSelect

export type VersionRead = Prisma.MessageTemplateVersionGetPayload<{ select: typeof version }>

/** One text as it stands: the common one, the own one of a service, which of them is in force. */
export interface TextState extends TextAddress {
  /** The row of this address, if there is one. */
  templateId: number | null
  inForce: VersionRead
  /** Whether what is in force is the service's own. */
  isOwn: boolean
  common: VersionRead
  /** Hours chosen at this address; empty, as the common text says. */
  reminderHours: number[]
  commonReminderHours: number[]
}

type Row = Prisma.MessageTemplateGetPayload<{ select: typeof template }>

function stateOf(address: TextAddress, rows: readonly Row[]): TextState {
  const at = (organizationId: number | null) =>
    rows.find(
      (row) =>
        row.organizationId === organizationId &&
        row.typeCode === address.typeCode &&
        row.kind === address.kind,
    )
  const commonRow = orNotFound(at(null), 'message template')
  const common = orNotFound(commonRow.versions[0], 'message template')
  const row = at(address.organizationId)
  const own = address.organizationId === null || row?.followsDefault ? undefined : row?.versions[0]
  return {
    ...address,
    templateId: row?.id ?? null,
    inForce: own ?? common,
    isOwn: own !== undefined,
    common,
    reminderHours: row?.reminderHours ?? [],
    commonReminderHours: commonRow.reminderHours,
  }
}

/** One text as it stands. @throws NotFound when the service is not there. */
export async function textStateOf(ctx: Context, address: TextAddress): Promise<TextState> {
  const { organizationId, typeCode, kind } = address
  if (organizationId !== null)
    orNotFound(
      await ctx.tx.organization.findUnique({ where: { id: organizationId }, select: { id: true } }),
      'organization',
    )
  const rows = await ctx.tx.messageTemplate.findMany({
    where: {
      typeCode,
      kind,
      OR: [{ organizationId: null }, ...(organizationId === null ? [] : [{ organizationId }])],
    },
    select: template,
  })
  return stateOf(address, rows)
}

/** All the texts of a service, or the common ones, for these addresses. */
export async function textStatesOf(
  ctx: Context,
  organizationId: number | null,
  addresses: readonly Omit<TextAddress, 'organizationId'>[],
): Promise<TextState[]> {
  const rows = await ctx.tx.messageTemplate.findMany({
    where: { OR: [{ organizationId: null }, ...(organizationId === null ? [] : [{ organizationId }])] },
    select: template,
  })
  return addresses.map((address) => stateOf({ ...address, organizationId }, rows))
}
