import type { Context } from '../../shared/context'
import { day, minute } from '../../shared/duration'

/** The person's other booked appointments that share time with a moment. */
export async function overlappingAppointments(
  ctx: Context,
  probationerId: number,
  moment: { startsAt: Date; durationMinutes: number },
) {
  const near = await ctx.tx.appointment.findMany({
    where: {
      probationerId,
      state: 'booked',
      startsAt: {
        gt: new Date(moment.startsAt.getTime() - day),
        lt: new Date(moment.startsAt.getTime() + day),
      },
    },
    select: {
      startsAt: true,
      slot: { select: { durationMinutes: true } },
      place: { select: { name: true } },
      organization: { select: { timeZone: true } },
    },
    orderBy: { startsAt: 'asc' },
  })
  const end = moment.startsAt.getTime() + moment.durationMinutes * minute
  return near.filter(
    (other) =>
      other.startsAt.getTime() < end &&
      moment.startsAt.getTime() < other.startsAt.getTime() + other.slot.durationMinutes * minute,
  )
}
