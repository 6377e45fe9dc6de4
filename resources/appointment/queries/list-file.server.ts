import { recordAudit } from '../../audit/commands.server'
import type { AgentActor } from '../../shared/actor'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, Refused } from '../../shared/errors'
import { mayExportAppointments, mayOnAppointment } from '../policy'
import { lineOf, listAppointmentsInput, orderOf, type AppointmentLine } from './list.server'
import { appointmentsOf, idsOfAppointments } from './list.sql.server'

/** A file, and what a printed list is read through. */
const mostLines = { csv: 50_000, pdf: 1_000 }

/**
 * The ids of what a list shows, all pages together, in its order: their own alone, for a role that may take no list
 * away (decision P10). The trace holds which filters were asked, never their values, and how many lines left.
 *
 * @throws Refused beyond what a file may hold.
 */
export const appointmentsToExport = query(listAppointmentsInput, (ctx: Context<AgentActor>, input) =>
  idsOf(ctx, input, mostLines.csv),
)

/** The same, printed: shorter. */
export const appointmentsToPrint = query(
  listAppointmentsInput,
  async (ctx: Context<AgentActor>, input): Promise<{ lines: AppointmentLine[]; ownOnly: boolean }> => ({
    lines: await exportedAppointments(ctx, await idsOf(ctx, input, mostLines.pdf)),
    ownOnly: !mayExportAppointments(ctx.actor, 'list'),
  }),
)

type Asked = Parameters<typeof orderOf>[0] & Parameters<typeof idsOfAppointments>[1]

async function idsOf(ctx: Context<AgentActor>, input: Asked, most: number): Promise<number[]> {
  const { actor } = ctx
  assertAllowed(mayExportAppointments(actor, 'own'), 'export a list of appointments')
  const asked = mayExportAppointments(actor, 'list') ? input : { ...input, mine: true }
  const ids = await idsOfAppointments(ctx, asked, { order: orderOf(asked), most: most + 1 })
  if (ids.length > most) throw new Refused('appointment.list_too_long', { most: most.toLocaleString('fr') })
  const filters = Object.entries(asked).filter(
    ([name, value]) => value && !['page', 'perPage'].includes(name),
  )
  await recordAudit(ctx, {
    ...{ action: 'export', subject: 'appointment' },
    fields: [...filters.map(([name]) => name), `${ids.length} lines`],
  })
  return ids
}

/** Some of them as lines of the list. They were found by what the agent sees; who lost the right meanwhile reads none. */
export async function exportedAppointments(
  ctx: Context<AgentActor>,
  ids: readonly number[],
): Promise<AppointmentLine[]> {
  assertAllowed(mayExportAppointments(ctx.actor, 'own'), 'export a list of appointments')
  const rows = await appointmentsOf(ctx, ids)
  return rows.filter((row) => mayOnAppointment(ctx.actor, 'show', row)).map((row) => lineOf(ctx, row))
}
