import * as z from 'zod'
import type { AgentActor } from '../../shared/actor'
import { civilDateFromDb } from '../../shared/civil-time'
import { noInput, query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed } from '../../shared/errors'
import { mayRelocatePlaces } from '../policy'
import { relocationState } from '../rules'

export const listRelocationsInput = z.object({
  page: z.coerce.number().int().min(1).max(2_000).default(1).catch(1),
  perPage: z.coerce.number().int().min(1).max(50).default(25).catch(25),
})

/** One page of the relocations that are remembered, the last to come first. */
export const listRelocations = query(
  listRelocationsInput,
  async (ctx: Context<AgentActor>, { page, perPage }) => {
    assertAllowed(mayRelocatePlaces(ctx.actor), 'open the relocations')
    const [total, rows] = await Promise.all([
      ctx.tx.placeRelocation.count(),
      ctx.tx.placeRelocation.findMany({
        include: { oldPlace: { select: { name: true } }, newPlace: { select: { name: true } } },
        orderBy: [{ date: 'desc' }, { id: 'desc' }],
        skip: (page - 1) * perPage,
        take: perPage,
      }),
    ])
    return {
      total,
      rows: rows.map(({ id, date, oldPlace, newPlace, ...row }) => ({
        id,
        date: civilDateFromDb(date),
        ...{ oldPlace: oldPlace.name, newPlace: newPlace.name },
        state: relocationState(row),
      })),
    }
  },
)

/** What the form of a relocation starts from. */
export const newRelocation = query(noInput, (ctx: Context<AgentActor>) => {
  assertAllowed(mayRelocatePlaces(ctx.actor), 'relocate a place')
  return Promise.resolve({ values: { mainContactMethod: 'phone' } })
})
