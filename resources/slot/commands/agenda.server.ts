import { agendasVisibleTo } from '../../agenda/policy'
import { closuresOfPlace } from '../../closure/queries/of-place.server'
import type { AgentActor } from '../../shared/actor'
import { civilOf } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { orNotFound } from '../../shared/errors'
import { lock } from '../../shared/lock.server'
import { slotTypesOf } from '../policy'

/**
 * The agenda where slots are opened, its place kept as it is until the end: neither archived nor told to receive
 * other types meanwhile.
 */
export async function agendaToFill(
  ctx: Context<AgentActor>,
  { agendaId, typeCode }: { agendaId: number; typeCode: string },
) {
  const where = { AND: [{ id: agendaId, archivedAt: null }, agendasVisibleTo(ctx.actor)] }
  const { placeId } = orNotFound(
    await ctx.tx.agenda.findFirst({ where, select: { placeId: true } }),
    'agenda',
  )
  await lock(ctx, { place: placeId }, { place: 'SHARE' })
  return readAgendaToFill(ctx, { agendaId, typeCode })
}

/** The same, for who only asks what would be made. */
export async function readAgendaToFill(
  ctx: Context<AgentActor>,
  { agendaId, typeCode }: { agendaId: number; typeCode: string },
) {
  const agenda = orNotFound(
    await ctx.tx.agenda.findFirst({
      where: { AND: [{ id: agendaId, archivedAt: null }, agendasVisibleTo(ctx.actor)] },
      select: {
        id: true,
        place: {
          select: {
            id: true,
            organizationId: true,
            departmentCode: true,
            organization: { select: { kind: true, timeZone: true } },
            relocationsFrom: { select: { date: true } },
            relocationsTo: { select: { date: true } },
            appointmentTypes: {
              where: { typeCode },
              select: { type: { select: { requiredHostKind: true, allowedOnDaysOff: true } } },
            },
          },
        },
      },
    }),
    'agenda',
  )
  const { kind } = agenda.place.organization
  const [hosted] = agenda.place.appointmentTypes.map(({ type }) => type)
  const isOffered =
    slotTypesOf(ctx.actor).includes(typeCode) &&
    hosted !== undefined &&
    (hosted.requiredHostKind ?? kind) === kind
  const today = civilOf(ctx.now, agenda.place.organization.timeZone).date
  const closures = await closuresOfPlace(ctx, agenda.place.id, today)
  return { ...agenda, type: isOffered ? hosted : null, closures }
}
export type AgendaToFill = Awaited<ReturnType<typeof readAgendaToFill>>
