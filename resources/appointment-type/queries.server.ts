import { Prisma, type AppointmentType } from '@prisma/client'
import type { AgentActor } from '../shared/actor'
import type { Context } from '../shared/context'
import { rowsOf } from '../shared/prepared.server'
import { flagOf, isBookableBy } from './policy'
import type { BookingFlags } from './rules'

const columns = {
  bookableByExecutionOffice: Prisma.sql`bookable_by_execution_office`,
  bookableBySentenceDepartment: Prisma.sql`bookable_by_sentence_department`,
  bookableByProbation: Prisma.sql`bookable_by_probation`,
  restrictedInProbation: Prisma.sql`restricted_in_probation`,
} satisfies Record<keyof BookingFlags, Prisma.Sql>

type TypeToBook = Pick<
  AppointmentType,
  'code' | 'label' | 'usesPublishedSlots' | 'asksProsecutionNumber' | 'allowedOnDaysOff'
>

/** The types the actor's role books (decision C7), in the order of the trade. */
export async function bookableTypesFor(ctx: Context): Promise<TypeToBook[]> {
  const types = await rowsOf<TypeToBook & BookingFlags>(
    ctx,
    Prisma.sql`
      SELECT code, label, uses_published_slots AS "usesPublishedSlots", asks_prosecution_number AS "asksProsecutionNumber",
             allowed_on_days_off AS "allowedOnDaysOff", ${Prisma.join(
               Object.entries(columns).map(
                 ([flag, column]) => Prisma.sql`${column} AS ${Prisma.raw(`"${flag}"`)}`,
               ),
             )}
        FROM appointment_type ORDER BY position`,
  )
  return types.filter((type) => isBookableBy(ctx.actor, type))
}

/** The codes of the types of the agent's family (`typesOfOwnFamily`), but one. */
export function typesOfFamilySql(agent: AgentActor, except: string | null): Prisma.Sql {
  const flag = flagOf(agent)
  return Prisma.sql`
    SELECT code FROM appointment_type
     WHERE ${flag ? columns[flag] : Prisma.sql`true`} AND code IS DISTINCT FROM ${except}::text`
}
