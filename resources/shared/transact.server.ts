import type * as z from 'zod'
import { recordAudit } from '../audit/commands.server'
import type { Actor, AgentActor } from './actor'
import type { Command } from './command'
import type { Context } from './context'
import { prisma } from './db.server'
import { Forbidden, Refused } from './errors'
import { violatesReference } from './unique.server'

/** The present instant, for a door that has nothing to ask of the database. The only place where the clock is read. */
export function presently(): Date {
  return new Date()
}

/**
 * Runs work in one transaction, with the present instant.
 * No network call inside: a provider's slowness must not hold a row.
 */
export function transact<A extends Actor, Result>(
  actor: A,
  work: (ctx: Context<A>) => Promise<Result>,
): Promise<Result> {
  const done = prisma.$transaction((tx) => work({ tx, actor, now: presently() }), {
    maxWait: 5_000,
    timeout: 15_000,
  })
  return auditingRefusals(
    actor,
    done.catch((error: unknown) => {
      throw violatesReference(error) ? new Refused('record.reference_gone') : error
    }),
  )
}

/** Runs a command as a door does: what is slow first, then the rest in one transaction. */
export async function perform<Input extends z.ZodType, Result, A extends Actor>(
  actor: A,
  command: Command<Input, Result, A>,
  raw: z.input<Input>,
): Promise<Result> {
  const act = await read(actor, (ctx) => command.prepare(ctx, raw))
  return transact(actor, act)
}

/** Reads outside a transaction: each query sees its own instant, none waits for another. */
export function read<A extends Actor, Result>(
  actor: A,
  work: (ctx: Context<A>) => Promise<Result>,
): Promise<Result> {
  return auditingRefusals(actor, work({ tx: prisma, actor, now: presently() }))
}

/** A right refused to an agent is traced, apart from the transaction that it undid. */
async function auditingRefusals<Result>(actor: Actor, done: Promise<Result>): Promise<Result> {
  try {
    return await done
  } catch (error) {
    if (error instanceof Forbidden && actor.kind === 'agent') await auditRefusal(actor, error.action)
    throw error
  }
}

/** For a door that refuses by itself what the policy it asked does not permit. */
export async function auditRefusal(actor: AgentActor, action: string): Promise<void> {
  await recordAudit(
    { tx: prisma, actor, now: presently() },
    { action: 'refused', subject: 'right', fields: [action] },
  )
}
