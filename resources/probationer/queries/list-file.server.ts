import { recordAudit } from '../../audit/commands.server'
import type { AgentActor } from '../../shared/actor'
import type { Context } from '../../shared/context'
import { assertAllowed, Refused } from '../../shared/errors'
import { mayWithProbationers } from '../policy'
import { lineOf, wantedPersons, type ProbationerLine, type ProbationerListFilters } from './list.server'
import { idsOfPersons, personsOf } from './list.sql.server'

/** More is asked of the statistics, not of a list of names. */
export const mostExported = 50_000

/**
 * Who a list shows, all pages together, in its order: the persons of the agent alone, for a role that follows some
 * and may export no list (decision P10). The trace holds which filters were asked, never their values, and how many
 * lines left.
 */
export async function personsToExport(
  ctx: Context<AgentActor>,
  filters: Omit<ProbationerListFilters, 'page' | 'perPage'>,
): Promise<number[]> {
  const { actor } = ctx
  assertAllowed(mayWithProbationers(actor, 'exportOwn'), 'export a list of persons')
  const asked = mayWithProbationers(actor, 'exportList') ? filters : { ...filters, mine: true }
  const ids = await idsOfPersons(ctx, { ...wantedPersons(ctx, asked), most: mostExported })
  if (ids.length > mostExported)
    throw new Refused('probationer.list_too_long', { most: mostExported.toLocaleString('fr') })
  await recordAudit(ctx, {
    ...{ action: 'export', subject: 'probationer' },
    fields: [
      ...Object.entries(asked).flatMap(([name, value]) => (value ? [name] : [])),
      `${ids.length} lines`,
    ],
  })
  return ids
}

/** Some of them as lines of the list, those that the agent still sees. */
export async function exportedPersons(
  ctx: Context<AgentActor>,
  ids: readonly number[],
): Promise<ProbationerLine[]> {
  assertAllowed(mayWithProbationers(ctx.actor, 'exportOwn'), 'export a list of persons')
  return (await personsOf(ctx, ids)).map((person) => lineOf(ctx.actor, person))
}
