import * as z from 'zod'
import { bookablePlace } from '../../place/queries/bookable.server'
import { seesProbationer } from '../../probationer/policy'
import { whyUnreachable } from '../../probationer/rules'
import { refusalSentence, type RefusalCode } from '../../refusal-sentences'
import type { AgentActor } from '../../shared/actor'
import {
  civilDate,
  civilDateFromDb,
  civilOf,
  civilTime,
  instantOf,
  type CivilDate,
} from '../../shared/civil-time'
import { noInput, query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, NotFound, orNotFound } from '../../shared/errors'
import { id } from '../../shared/fields'
import type { BookedPlace, BookedType } from '../commands/book.sql.server'
import { whyNotBesideOthers } from '../commands/seat.server'
import { mayConvokeGroups } from '../policy'
import { collectiveTypes, isCollective, whyNotBookable } from '../rules'
import { memberIds, sessionLasts } from '../schema'
import { bookingForm } from './booking-form.server'
import { groupFacts, sessionsOf, type GroupMember } from './group.sql.server'
import { expectedThatDay, overlapping, type ExpectedJson } from './overlapping.server'

/** What the page that convokes a group begins with: the types and the places of a session. */
export const groupForm = query(noInput, async (ctx: Context<AgentActor>) => {
  assertAllowed(mayConvokeGroups(ctx.actor), 'convoke a group')
  const form = await bookingForm(ctx, {})
  const types = form.types.filter(({ code }) => isCollective(code))
  const codes = types.map(({ code }) => code)
  return {
    ...form,
    types,
    places: form.places.filter(({ typeCodes }) => typeCodes.some((code) => codes.includes(code))),
    usualTypeCode: codes.find((code) => code === form.usualTypeCode) ?? codes.at(-1) ?? null,
    asksIfReferent: false,
  }
})

interface Wanted {
  type: BookedType
  place: BookedPlace
  /** Null as long as no hour is chosen. */
  seat: { startsAt: Date; durationMinutes: number } | null
  keepOverlap: boolean
}

interface WhyNot {
  code: RefusalCode
  params: Record<string, string>
  /** What is so for everybody belongs to the place or the type. */
  field?: 'typeCode' | 'placeId'
}

/** Why this person cannot be one of the group: asked while it is made up, and again when it is convoked. */
export function whyNotMember(
  ctx: Context<AgentActor>,
  member: GroupMember | undefined,
  { type, place, seat, keepOverlap }: Wanted,
): WhyNot | null {
  if (!member) return { code: 'appointment.member_not_found', params: {} }
  const today = civilOf(ctx.now, ctx.actor.organization.timeZone).date
  const unbookable = whyNotBookable(ctx.actor, { person: member, type, place }, today)
  if (unbookable) {
    const { reason: code, field } = unbookable
    return code === 'appointment.place_not_following' || !field
      ? { code, params: {} }
      : { code, params: {}, field }
  }
  const seen = seesProbationer(ctx.actor, member)
  return seat && whyNotBesideOthers({ keepOverlap, seen }, seat, member.expected)
}

export const groupMembersInput = z.object({
  typeCode: z.enum(collectiveTypes),
  placeId: id,
  date: civilDate.nullish(),
  time: civilTime.nullish(),
  durationMinutes: sessionLasts,
  probationerIds: memberIds,
})

/** Who is in the group so far: what keeps each of them from coming, and from being sent an SMS. */
export const groupMembers = query(
  groupMembersInput,
  async (ctx: Context<AgentActor>, { typeCode, placeId, date, time, durationMinutes, probationerIds }) => {
    assertAllowed(mayConvokeGroups(ctx.actor), 'convoke a group')
    const { members, ...facts } = await groupFacts(ctx, { typeCode, placeId, probationerIds })
    const place = orNotFound(facts.place, 'place')
    const type = orNotFound(facts.type, 'type')
    const seat =
      date && time ? { startsAt: instantOf(date, time, place.organization.timeZone), durationMinutes } : null
    return members.map((member) => {
      const why = whyNotMember(ctx, member, { type, place, seat, keepOverlap: false })
      const mayKeep = why?.code === 'appointment.overlap' || why?.code === 'appointment.overlap_elsewhere'
      return {
        id: member.id,
        lastName: member.lastName,
        firstName: member.firstName,
        dateOfBirth: member.dateOfBirth && civilDateFromDb(member.dateOfBirth),
        unreachable: whyUnreachable(member),
        /** In the words of the refusal; an overlap may be kept. */
        why: why && { sentence: refusalSentence(why), mayKeep },
        /** Where else they are expected that day, but what is said above; beyond the jurisdiction nothing is (decision P2). */
        sameDay: date && seesProbationer(ctx.actor, member) ? othersThatDay(member.expected, date, seat) : [],
      }
    })
  },
)

/** Those of a day, but the one that the refusal of a seat names. */
function othersThatDay(expected: ExpectedJson, date: CivilDate, seat: Wanted['seat']) {
  const [told] = seat ? overlapping(expected, seat) : []
  return expectedThatDay(
    expected.filter(({ startsAt }) => new Date(startsAt).getTime() !== told?.startsAt.getTime()),
    date,
  )
}

export const earlierGroupsInput = z.object({
  ...{ typeCode: z.enum(collectiveTypes), placeId: id, agendaId: id },
  ...{ date: civilDate.nullish(), time: civilTime.nullish() },
})

/** The sessions of an agenda whose group may be convoked again, and the one that a new group would join. */
export const earlierGroups = query(
  earlierGroupsInput,
  async (ctx: Context<AgentActor>, { typeCode, placeId, agendaId, date, time }) => {
    assertAllowed(mayConvokeGroups(ctx.actor), 'convoke a group')
    const place = await bookablePlace(ctx, placeId, typeCode)
    const agenda = await ctx.tx.agenda.findFirst({
      where: { id: agendaId, placeId: place.id },
      select: { id: true },
    })
    if (!agenda) throw new NotFound('agenda')
    return sessionsOf(ctx, { agendaId: agenda.id, date: date ?? null, time: time ?? null })
  },
)
