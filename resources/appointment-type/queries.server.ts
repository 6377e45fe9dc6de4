import { Prisma } from '@prisma/client'
import type { AgentActor } from '../shared/actor'
import type { Context } from '../shared/context'
import { flagOf, isBookableBy } from './policy'
import type { BookingFlags } from './rules'

/** The types the actor's role books (decision C7), in the order of the trade. */
export async function bookableTypesFor(ctx: Context) {
  const types = await ctx.tx.appointmentType.findMany({ orderBy: { position: 'asc' } })
  return types.filter((type) => isBookableBy(ctx.actor, type))
}

const columns = {
  bookableByExecutionOffice: Prisma.sql`bookable_by_execution_office`,
  bookableBySentenceDepartment: Prisma.sql`bookable_by_sentence_department`,
  bookableByProbation: Prisma.sql`bookable_by_probation`,
  restrictedInProbation: Prisma.sql`restricted_in_probation`,
} satisfies Record<keyof BookingFlags, Prisma.Sql>

/** The codes of the types of the agent's family (`typesOfOwnFamily`), but one. */
export function typesOfFamilySql(agent: AgentActor, except: string | null): Prisma.Sql {
  const flag = flagOf(agent)
  return Prisma.sql`
    SELECT code FROM appointment_type
     WHERE ${flag ? columns[flag] : Prisma.sql`true`} AND code IS DISTINCT FROM ${except}::text`
}
