import type { Prisma } from '@prisma/client'
import type { Actor } from './actor'

/** What every command and query receives. `now` is the only clock they know. */
export interface Context<A extends Actor = Actor> {
  tx: Prisma.TransactionClient
  actor: A
  now: Date
}
