import { inviteAgent } from '../../agent/commands/invitation.server'
import { roleNames } from '../../agent/fr'
import { organizationNamed } from '../../organization/queries.server'
import { roles, type AgentActor, type Role } from '../../shared/actor'
import type { Context } from '../../shared/context'
import { fold } from '../../shared/fold'
import { mayUseCentralConsole } from '../../shared/rights'
import { lineReasons } from '../fr'
import type { FileRow, WorkedRow } from '../commands/rows.sql.server'

/** A role by its name in the file: ours, or the word that screens show. */
const roleByName: ReadonlyMap<string, Role> = new Map(
  roles.flatMap((role): [string, Role][] => [
    [fold(role), role],
    [fold(roleNames[role]), role],
  ]),
)

/** Invites the agent of a line, as the form of the back office does. Without a service, it is the sender's own. */
export async function inviteFromRow(
  ctx: Context<AgentActor>,
  [row]: readonly FileRow[],
): Promise<WorkedRow[]> {
  if (!row) return []
  const [lastName = '', firstName = '', roleName = '', phone = '', service = '', email = ''] = row.cells
  const refused = (reason: string): WorkedRow[] => [{ line: row.line, outcome: 'refused', reason }]
  const role = roleByName.get(fold(roleName))
  if (!role) return refused(lineReasons.unknownRole)
  const organization = await serviceOf(ctx, service)
  if (!organization) return refused(lineReasons.unknownService)
  await inviteAgent(ctx, { lastName, firstName, role, phone, email, organizationId: organization.id })
  return [{ line: row.line, outcome: 'created', reason: null }]
}

/** A central admin has agents nowhere of their own: their file names each service. */
const serviceOf = (ctx: Context<AgentActor>, name: string) =>
  name === '' && !mayUseCentralConsole(ctx.actor)
    ? Promise.resolve(ctx.actor.organization)
    : organizationNamed(ctx, name)
