import { templatesFor } from '../template/queries/in-force.server'
import { messageKinds, type MessageKind } from '../template/schema'
import { civilOf, type CivilDate, type CivilTime } from '../../shared/civil-time'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { orNotFound, Refused } from '../../shared/errors'
import { askedAgainIn, stampOfMessages, type MessageRefusal } from '../rules'
import { messagesToPlan } from '../schedule'
import { appointmentMessagesInput } from '../schema'
import { measure, withoutStopLink } from '../sms-text'
import { isPhoneOff } from './delivery.server'
import { placeOfTexts, smsTextOf, textForAgents, whyNotText, type SmsText } from './text.server'

export interface PreviewedMessage extends SmsText {
  kind: MessageKind
  reminderHours: number
  leavesNow: boolean
  /** When it leaves, on the wall of the place. */
  date: string
  time: string
}

/** As long as a person's own token, which agents do not see: the counts are the right ones. */
const anyToken = 'xxxxxxxxxx'

/** All that the texts of a type at a place are made of. */
async function textsOf(ctx: Context, { placeId, typeCode }: { placeId: number; typeCode: string }) {
  const place = await placeOfTexts(ctx, placeId)
  const { organizationId } = place
  return { place, templates: await templatesFor(ctx, { organizationId, typeCode, kinds: messageKinds }) }
}
type Texts = Awaited<ReturnType<typeof textsOf>>

/**
 * Which datum the texts of a type ask for and a place has not: asked before anything is written, so that
 * no message is planned that could not be made. Any kind may follow a booking, hence all.
 */
export async function whyNotSendable(
  ctx: Context,
  where: { placeId: number; typeCode: string },
): Promise<MessageRefusal | null> {
  return whyNotMade(await textsOf(ctx, where), ctx.now)
}

/** The same for a booking, and the reminders that its texts plan. */
export async function textsOfBooking(
  ctx: Context,
  where: { placeId: number; typeCode: string },
): Promise<{ refusal: MessageRefusal | null; reminderHours: readonly number[] }> {
  const texts = await textsOf(ctx, where)
  return { refusal: whyNotMade(texts, ctx.now), reminderHours: reminderHoursOf(texts) }
}

const reminderHoursOf = ({ templates }: Texts): readonly number[] =>
  templates.get('reminder')?.reminderHours ?? []

function whyNotMade({ place, templates }: Texts, now: Date): MessageRefusal | null {
  for (const kind of messageKinds) {
    const text = templates.get(kind)?.text ?? ''
    const rendered = smsTextOf(text, place, civilOf(now, place.timeZone), anyToken)
    if (!rendered.ok) return whyNotText(place, rendered)
  }
  return null
}

interface Meeting {
  date: CivilDate
  time: CivilTime
}
type PlanningAct = 'booking' | 'rescheduling'

function messagesMade(
  texts: Texts,
  now: Date,
  { act, date, time, informNow }: Meeting & { act: PlanningAct; informNow: boolean },
): PreviewedMessage[] {
  const { place, templates } = texts
  const zone = place.timeZone
  return messagesToPlan({
    act,
    meeting: { date, time, zone },
    now,
    informNow,
    reachable: true,
    reminderHours: reminderHoursOf(texts),
  }).map(({ kind, reminderHours, dueAt }) => {
    const sms = smsTextOf(templates.get(kind)?.text ?? '', place, { date, time }, anyToken)
    if (!sms.ok) throw new Refused(whyNotText(place, sms), {}, 'placeId')
    const { text, characters, alphabet, parts } = sms
    const leaves = { leavesNow: dueAt <= now, ...civilOf(dueAt, zone) }
    return { kind, reminderHours, ...leaves, text: withoutStopLink(text), characters, alphabet, parts }
  })
}

/**
 * The SMS that each choice of a booking, or of another date, would send to somebody who can receive it, exactly as they would
 * leave, or what keeps them from being made. What the agent may see is the caller's affair.
 */
export async function previewChoices(
  ctx: Context,
  { placeId, typeCode, ...meeting }: Meeting & { act: PlanningAct; placeId: number; typeCode: string },
) {
  const texts = await textsOf(ctx, { placeId, typeCode })
  const refusal = whyNotMade(texts, ctx.now)
  const made = (informNow: boolean) =>
    refusal ? [] : messagesMade(texts, ctx.now, { ...meeting, informNow })
  return { refusal, now: made(true), reminder_only: made(false) }
}

const steps = {
  id: true,
  appointmentId: true,
  kind: true,
  reminderHours: true,
  state: true,
  endReason: true,
  providerCode: true,
  dueAt: true,
  createdAt: true,
  sentAt: true,
  deliveredAt: true,
  endedAt: true,
  phone: true,
  textSent: true,
} as const

/**
 * The messages of an appointment the actor may see, latest first: their steps, the text as sent, and
 * for those that have not left, as it would be now. Times are those of the place.
 */
export const messagesOfAppointment = query(
  appointmentMessagesInput,
  async (ctx: Context, { appointmentId }) => {
    const appointment = await ctx.tx.appointment.findUnique({
      where: { id: appointmentId },
      select: {
        organization: { select: { timeZone: true } },
        messages: { select: steps, orderBy: [{ dueAt: 'desc' }, { id: 'desc' }] },
      },
    })
    const { organization, messages } = orNotFound(appointment, 'appointment')
    const wall = (instant: Date | null) => instant && civilOf(instant, organization.timeZone)
    return Promise.all(
      messages.map(async (message) => {
        const waits = message.state === 'planned'
        const toCome = waits
          ? await textForAgents(ctx, { appointmentId, kind: message.kind as MessageKind })
          : null
        const { textSent } = message
        const sent = textSent === null ? null : { text: withoutStopLink(textSent), ...measure(textSent) }
        return {
          id: message.id,
          kind: message.kind,
          reminderHours: message.reminderHours,
          state: message.state,
          endReason: message.endReason,
          phoneOff: isPhoneOff(message),
          due: civilOf(message.dueAt, organization.timeZone),
          asked: civilOf(message.createdAt, organization.timeZone),
          sent: wall(message.sentAt),
          delivered: wall(message.deliveredAt),
          ended: wall(message.endedAt),
          phone: waits ? null : message.phone,
          /** What keeps one that waits from being written. */
          textRefusal: toCome?.ok === false ? toCome.why : null,
          sms: toCome?.ok ? toCome : waits ? null : sent,
        }
      }),
    )
  },
)

/** A stamp of what became of the messages of an appointment, and after how long something may have changed again. */
export async function messagesStamp(
  ctx: Context,
  { appointmentId }: { appointmentId: number },
): Promise<{ stamp: string; askAgainIn: number | null }> {
  const messages = await ctx.tx.message.findMany({
    where: { appointmentId },
    select: {
      id: true,
      state: true,
      endReason: true,
      providerCode: true,
      dueAt: true,
      sentAt: true,
      endedAt: true,
    },
    orderBy: { id: 'asc' },
  })
  const waits = messages.flatMap((message) => askedAgainIn(message, ctx.now) ?? [])
  return {
    stamp: stampOfMessages(messages.map((message) => ({ ...message, phoneOff: isPhoneOff(message) }))),
    askAgainIn: waits.length > 0 ? Math.min(...waits) : null,
  }
}

/** A receipt as it came. */
export async function storedReceipt(ctx: Context, { receiptId }: { receiptId: number }): Promise<unknown> {
  const receipt = await ctx.tx.receipt.findUnique({ where: { id: receiptId }, select: { raw: true } })
  return receipt?.raw
}
