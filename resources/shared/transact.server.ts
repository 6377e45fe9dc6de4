import type * as z from 'zod'
import { recordAudit, type AuditEntry } from '../audit/commands.server'
import type { Actor, AgentActor } from './actor'
import type { Command } from './command'
import type { Context } from './context'
import { wasUndone } from './database-away'
import { prisma, transaction } from './db.server'
import { Forbidden, Refused } from './errors'
import { violatesReference } from './unique.server'

/** The present instant, for a door that has nothing to ask of the database. The only place where the clock is read. */
export function presently(): Date {
  return new Date()
}

/** How often work is begun whose transaction PostgreSQL undoes, because it and another waited for each other. */
const tries = 4

/**
 * Runs work in one transaction, with the present instant. Two that wait for each other in spite of the order of locks
 * (a line of history asks its person for less than what erases them holds) are done one after the other: the work
 * begins again.
 * No network call inside: a provider's slowness must not hold a row.
 */
export function transact<A extends Actor, Result>(
  actor: A,
  work: (ctx: Context<A>) => Promise<Result>,
): Promise<Result> {
  const begin = async (left: number): Promise<Result> => {
    try {
      return await transaction((tx) => work({ tx, actor, now: presently() }), {
        maxWait: 5_000,
        timeout: 15_000,
      })
    } catch (error) {
      if (left > 1 && wasUndone(error)) return begin(left - 1)
      throw violatesReference(error) ? new Refused('record.reference_gone') : error
    }
  }
  return auditingRefusals(actor, begin(tries))
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
export const auditRefusal = (actor: AgentActor, action: string): Promise<void> =>
  auditApart(actor, { action: 'refused', subject: 'right', fields: [action] })

/** A trace that stays when the transaction it comes from is undone. */
export const auditApart = (actor: AgentActor, entry: AuditEntry): Promise<void> =>
  recordAudit({ tx: prisma, actor, now: presently() }, entry)
