import type { AgentActor } from '../../shared/actor'
import { civilDateFromDb } from '../../shared/civil-time'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { countedUpTo } from '../../shared/counted'
import { assertAllowed } from '../../shared/errors'
import { likelyDuplicatesVisibleTo, mayManageDuplicates } from '../policy'
import { listDuplicatesInput } from '../schema'

const person = {
  select: {
    id: true,
    lastName: true,
    firstName: true,
    dateOfBirth: true,
    archivedAt: true,
    followings: {
      select: { organization: { select: { name: true } } },
      orderBy: [{ since: 'asc' as const }, { id: 'asc' as const }],
    },
  },
}

/** One page of the pairs to be worked, the likeliest first; those said of two persons when asked. */
export const listDuplicates = query(
  listDuplicatesInput,
  async (ctx: Context<AgentActor>, { dismissed, page, perPage }) => {
    assertAllowed(mayManageDuplicates(ctx.actor), 'open the likely duplicates')
    const where = {
      AND: [likelyDuplicatesVisibleTo(ctx.actor), { dismissedAt: dismissed ? { not: null } : null }],
    }
    const [counted, rows] = await Promise.all([
      ctx.tx.likelyDuplicate.findMany({ where, select: { id: true }, take: countedUpTo + 1 }),
      ctx.tx.likelyDuplicate.findMany({
        where,
        select: { id: true, score: true, likenesses: true, dismissedAt: true, first: person, second: person },
        orderBy: [{ score: 'desc' }, { id: 'asc' }],
        skip: (page - 1) * perPage,
        take: perPage,
      }),
    ])
    return {
      total: counted.length,
      rows: rows.map(({ first, second, dismissedAt, ...pair }) => ({
        ...pair,
        dismissed: dismissedAt !== null,
        persons: [first, second].map(({ dateOfBirth, archivedAt, followings, ...one }) => ({
          ...one,
          dateOfBirth: dateOfBirth && civilDateFromDb(dateOfBirth),
          archived: archivedAt !== null,
          services: followings.map(({ organization }) => organization.name),
        })),
      })),
    }
  },
)
