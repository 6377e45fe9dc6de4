import { recordAudit } from '../../audit/commands.server'
import { appointmentFacts, appointmentsVisibleTo, mayFillCustomColumn } from '../../appointment/policy'
import type { AgentActor } from '../../shared/actor'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound, Refused, refuseIf } from '../../shared/errors'
import { lock } from '../../shared/lock.server'
import { columnsAtBooking, columnsOfHost } from '../queries/columns.server'
import { asksColumns, whyNotCell } from '../rules'
import { fillCustomColumnInput } from '../schema'

/**
 * Fills a cell of a hearing-exit table, or empties it. What somebody else wrote there meanwhile is said, and stays.
 *
 * @throws Refused when the column is filled at booking, or holds days and this is none.
 */
export const fillCustomColumn = command(
  fillCustomColumnInput,
  async (
    ctx: Context<AgentActor>,
    { appointmentId, customColumnId, value, seen },
  ): Promise<{ value: string | null }> => {
    await lock(ctx, { appointment: appointmentId })
    const appointment = orNotFound(
      await ctx.tx.appointment.findFirst({
        where: { AND: [{ id: appointmentId }, appointmentsVisibleTo(ctx.actor)] },
        select: {
          ...appointmentFacts,
          probationerId: true,
          organization: { select: { id: true, kind: true } },
          customColumnValues: { where: { customColumnId }, select: { id: true, value: true } },
        },
      }),
      'appointment',
    )
    const column = orNotFound(
      (await columnsOfHost(ctx, appointment.organization, appointment.type.code)).find(
        ({ id }) => id === customColumnId,
      ),
      'custom column',
    )
    assertAllowed(mayFillCustomColumn(ctx.actor, appointment, column), 'fill a cell of a hearing-exit table')
    refuseIf(column.moment === 'at_booking' ? 'custom_column.at_booking' : null, 'value')
    refuseIf(whyNotCell(column, value), 'value')
    const [cell] = appointment.customColumnValues
    const now = cell?.value ?? null
    if (now === value) return { value }
    if (now !== seen)
      throw now === null
        ? new Refused('custom_column.emptied_meanwhile', {}, 'value')
        : new Refused('custom_column.filled_meanwhile', { value: now }, 'value')
    await ctx.tx.customColumnValue.deleteMany({ where: { appointmentId, customColumnId } })
    if (value !== null) await writeCells(ctx, appointmentId, [{ customColumnId, value }])
    await recordAudit(ctx, {
      ...{ action: 'update', subject: 'appointment', subjectId: appointmentId },
      ...{ probationerId: appointment.probationerId, fields: ['customColumns'] },
    })
    return { value }
  },
)

export interface Cell {
  customColumnId: number
  value: string
}

/**
 * What the form of a booking fills: the columns that the own court asks then, of those it follows.
 *
 * @throws Refused beside a cell that is missing.
 */
export async function cellsOfBooking(
  ctx: Context<AgentActor>,
  {
    typeCode,
    place,
    person,
    cells,
  }: {
    typeCode: string
    place: { organizationId: number }
    person: { followingOrganizationIds: readonly number[] }
    cells: Readonly<Record<string, string | null>>
  },
): Promise<Cell[]> {
  const { organization, jurisdiction } = ctx.actor
  const asked =
    asksColumns(typeCode) &&
    person.followingOrganizationIds.includes(organization.id) &&
    jurisdiction.includes(place.organizationId)
      ? (await columnsAtBooking(ctx)).filter(({ typeCodes }) => typeCodes.includes(typeCode))
      : []
  return asked.map((column) => {
    const value = cells[column.id] ?? null
    const field = `cells.${column.id}`
    if (value === null) throw new Refused('custom_column.missing', { name: column.name }, field)
    refuseIf(whyNotCell(column, value), field)
    return { customColumnId: column.id, value }
  })
}

export async function writeCells(ctx: Context, appointmentId: number, cells: readonly Cell[]): Promise<void> {
  if (cells.length > 0)
    await ctx.tx.customColumnValue.createMany({ data: cells.map((cell) => ({ ...cell, appointmentId })) })
}
