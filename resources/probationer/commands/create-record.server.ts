import type * as z from 'zod'
import { recordAudit } from '../../audit/commands.server'
import { recordHistory } from '../../history-entry/commands.server'
import type { AgentActor } from '../../shared/actor'
import type { Context } from '../../shared/context'
import { assertAllowed } from '../../shared/errors'
import { factsOfNew, mayOnProbationer } from '../policy'
import { duplicatesOf } from '../queries/duplicates.server'
import type { typedPerson } from '../schema'
import { newSmsOptOutToken } from './opt-out.server'
import { checkedPerson, lockIdentity, orTaken, refuseDuplicates } from './typed-person.server'

/**
 * Writes the record of a new person, whether a form or a file says it.
 *
 * @throws Refused when the identity, the phone or the APPI number is taken, or a rule of checkedPerson says no.
 */
export async function createRecord(
  ctx: Context<AgentActor>,
  input: z.output<typeof typedPerson>,
  { organizationIds, event, ...record }: NewRecord,
): Promise<{ id: number; inJurisdiction: boolean }> {
  const facts = factsOfNew(organizationIds)
  assertAllowed(mayOnProbationer(ctx.actor, 'create', facts), 'register a probationer')

  const { phone, ...person } = checkedPerson(ctx, input)
  await lockIdentity(ctx, input)
  const duplicates = await duplicatesOf(ctx, { ...input, phone })
  await refuseDuplicates(ctx, duplicates, input.isAnotherPerson)

  const { id } = await orTaken(
    ctx.tx.probationer.create({
      data: {
        ...person,
        ...record,
        phone,
        smsOptOut: input.smsOptOut,
        smsOptOutToken: newSmsOptOutToken(),
        createdAt: ctx.now,
        followings: {
          create: organizationIds.map((organizationId) => ({ organizationId, since: ctx.now })),
        },
      },
      select: { id: true },
    }),
  )

  const { assignedAgentId } = record
  await recordHistory(ctx, {
    ...{ probationerId: id, category: 'probationer', event },
    ...(assignedAgentId && { data: { agentId: assignedAgentId } }),
  })
  await recordAudit(ctx, { action: 'create', subject: 'probationer', subjectId: id, probationerId: id })
  return { id, inJurisdiction: mayOnProbationer(ctx.actor, 'show', facts) }
}

interface NewRecord {
  organizationIds: readonly number[]
  creatingOrganizationId: number | null
  event: 'probationer.registered' | 'probationer.imported'
  assignedAgentId?: number | null
  requestKey?: string | null
  requestDigest?: string | null
}
