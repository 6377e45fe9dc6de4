import type { Actor } from './actor'
import type { Context } from './context'
import { prisma } from './db.server'

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
  return prisma.$transaction((tx) => work({ tx, actor, now: presently() }), {
    maxWait: 5_000,
    timeout: 15_000,
  })
}

/** Reads outside a transaction: each query sees its own instant, none waits for another. */
export function read<A extends Actor, Result>(
  actor: A,
  work: (ctx: Context<A>) => Promise<Result>,
): Promise<Result> {
  return work({ tx: prisma, actor, now: presently() })
}
