import { recordAudit } from '../../audit/commands.server'
import type { AgentActor } from '../../shared/actor'
import { civilOf } from '../../shared/civil-time'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound } from '../../shared/errors'
import { agentName } from '../../shared/french'
import { mayOnProbationer, probationerFacts, probationersVisibleTo } from '../policy'
import { readTracesInput } from '../schema'

/** How many traces are read at a time. */
const shown = 50

const named = { select: { firstName: true, lastName: true } } as const

/**
 * Who opened the record of a person, or changed what it holds, the last first (decision R8): the real person under
 * impersonation, in which role and service. Being read, it is a reading of the record too.
 */
export const readTraces = query(
  readTracesInput,
  async (ctx: Context<AgentActor>, { probationerId, before }) => {
    const person = orNotFound(
      await ctx.tx.probationer.findFirst({
        where: { AND: [{ id: probationerId }, probationersVisibleTo(ctx.actor)] },
        select: { ...probationerFacts, lastName: true, firstName: true },
      }),
      'probationer',
    )
    assertAllowed(mayOnProbationer(ctx.actor, 'readTraces', person), 'read who opened a record')
    const entries = await ctx.tx.auditEntry.findMany({
      // What a person does in their space is nobody's business: agents read what agents did.
      where: { probationerId, NOT: { subject: 'space', agentId: null } },
      select: {
        id: true,
        at: true,
        action: true,
        subject: true,
        role: true,
        organizationId: true,
        agent: named,
        impersonator: named,
      },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      ...(before && { cursor: { id: before }, skip: 1 }),
      take: shown + 1,
    })
    const services = await ctx.tx.organization.findMany({
      where: { id: { in: entries.flatMap(({ organizationId }) => organizationId ?? []) } },
      select: { id: true, name: true },
    })
    const nameOf = new Map(services.map(({ id, name }) => [id, name]))
    await recordAudit(ctx, {
      action: 'view',
      subject: 'probationer',
      subjectId: probationerId,
      probationerId,
    })
    const zone = ctx.actor.organization.timeZone
    return {
      person: { id: probationerId, lastName: person.lastName, firstName: person.firstName },
      lines: entries.slice(0, shown).map(({ at, agent, impersonator, organizationId, ...entry }) => ({
        ...entry,
        ...civilOf(at, zone),
        /** A task of the system, the person by a link of an SMS, or an account gone with its last year: nobody's name. */
        who: impersonator ? agentName(impersonator) : agent && agentName(agent),
        /** Whose account it was, where a central admin had borrowed it. */
        as: impersonator && agent ? agentName(agent) : null,
        service: organizationId === null ? null : (nameOf.get(organizationId) ?? null),
      })),
      more: entries.length > shown,
    }
  },
)
