import type { Prisma } from '@prisma/client'
import type { Actor } from '../shared/actor'
import { anyOf, mayUseCentralConsole } from '../shared/rights'

/** Sending a text of ours to a number, and reading what became of those of the team. */
export const maySendTestSms = (actor: Actor): boolean => mayUseCentralConsole(actor)

export const testSmsVisibleTo = (actor: Actor): Prisma.TestSmsWhereInput =>
  maySendTestSms(actor) ? {} : anyOf<Prisma.TestSmsWhereInput>([])
