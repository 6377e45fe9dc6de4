import { AccountClient } from '@getbrevo/brevo/account'
import { TransactionalSmsClient } from '@getbrevo/brevo/transactionalSms'
import * as z from 'zod'
import type { LookupOutcome, ReceiptNews, SendOutcome, Unreachable } from '../../resources/message/schema'
import { carriedUnder } from '../../resources/message/reference'
import { listedDays, phoneOffCode, type FailureReason } from '../../resources/message/rules'
import { instantOf, isCivilDate, isCivilTime } from '../../resources/shared/civil-time'
import { hour, minute, second } from '../../resources/shared/duration'
import { presently } from '../../resources/shared/transact.server'
import { isUnreachable } from './asking'
import type { SmsProvider } from './provider'

interface BrevoSettings {
  apiKey: string
  /** Eleven letters or digits. */
  sender: string
  /** Where receipts come, with its secret; the id of the message is added. */
  receiptsAt: string
  /** Another host than theirs: the simulator of the tests. */
  baseUrl?: string | undefined
  /** Seconds before an answer is no longer waited for. */
  timeout?: number
}

/** What the account lacks is mended by people: asked again meanwhile, not message by message. */
const accountPause = 5 * minute

/**
 * Brevo, by its own package. It repeats nothing by itself: a request that was cut may have been taken, and there is no
 * key to make it be taken once.
 */
export function brevo({ apiKey, sender, receiptsAt, baseUrl, timeout = 10 }: BrevoSettings): SmsProvider {
  const settings = { apiKey, maxRetries: 0, timeoutInSeconds: timeout, ...(baseUrl && { baseUrl }) }
  const client = new TransactionalSmsClient(settings)
  const account = new AccountClient(settings)
  /** A page of its list; a question that is one too many is told as such. */
  const eventsOf = async (asked: NonNullable<Parameters<typeof client.getSmsEvents>[0]>) => {
    const answer = await client.getSmsEvents(asked).catch(untilAllowed)
    if ('kind' in answer) return answer
    const { events = [] } = eventList.parse(answer)
    return { kind: 'page' as const, events, whole: events.length < eventsAPage }
  }
  return {
    async send({ reference, phone, text }) {
      try {
        const { messageId: externalId } = sentAnswer.parse(
          await client.sendAsyncTransactionalSms({
            sender,
            recipient: phone.replace('+', ''),
            content: text,
            tag: reference,
            type: 'transactional',
            webUrl: `${receiptsAt}?${reference.replace(':', '=')}`,
          }),
        )
        return { kind: 'accepted', externalId: String(externalId) }
      } catch (error) {
        return outcomeOfFailure(error)
      }
    },

    async lookup({ reference, phone }): Promise<LookupOutcome> {
      const list = await eventsOf({
        phoneNumber: phone.replace('+', ''),
        days: listedDays,
        limit: eventsAPage,
      })
      if (isUnreachable(list)) return list
      const found = list.events.find(({ tag }) => tagsOf(tag).includes(reference))
      return found
        ? { kind: 'found', externalId: idOf(found), at: instantOfDate(found.date) ?? undefined }
        : { kind: 'absent' }
    },

    async latest({ from }) {
      const list = await eventsOf({ days: listedDays, offset: from, limit: eventsAPage, sort: 'desc' })
      if (isUnreachable(list)) return list
      return {
        kind: 'page',
        events: list.events.map((event) => ({
          references: tagsOf(event.tag),
          externalId: idOf(event),
          at: instantOfDate(event.date),
        })),
        whole: list.whole,
      }
    },

    readReceipt(raw): ReceiptNews | null {
      const read = receipt.safeParse(raw)
      if (!read.success) return null
      const { msg_status, tag, at, description, sms_count, credits_used, remaining_credit } = read.data
      const of = carriedUnder(tagsOf(tag))
      const what = statuses[msg_status]
      if (of === null || !what) return null
      return {
        ...{ of, at, ...what },
        // Their words for a phone that is off are not ours.
        code: what.event === 'waiting' ? phoneOffCode : (description ?? msg_status).slice(0, 60),
        partsBilled: sms_count,
        creditsUsed: credits_used,
        creditsLeft: remaining_credit,
      }
    },

    async events({ day, from }) {
      const list = await eventsOf({
        ...{ startDate: day, endDate: day, offset: from, limit: eventsAPage, sort: 'asc' },
      })
      if (isUnreachable(list)) return list
      return {
        kind: 'page',
        receipts: list.events.map(({ event = '', tag, date = '', reason }) => ({
          ...{ msg_status: event, tag: tagsOf(tag), date },
          ...(reason && { description: reason }),
        })),
        whole: list.whole,
      }
    },

    async credits() {
      const { plan } = accountAnswer.parse(await account.getAccount())
      const sms = plan.filter(({ type }) => type === 'sms')
      if (sms.length === 0) throw new Error('the account has no credit for SMS')
      return sms.reduce((sum, { credits }) => sum + credits, 0)
    },
  }
}

/** The most that Brevo gives. */
const eventsAPage = 100
/** Its id for what an event is of; the event is there all the same where it has none. */
const idOf = ({ messageId = 'listed' }: { messageId?: string | number | undefined }) => String(messageId)

const accountAnswer = z.object({ plan: z.array(z.object({ type: z.string(), credits: z.number() })) })

const sentAnswer = z.object({ messageId: z.union([z.string().min(1), z.number()]) })

const eventList = z.object({
  events: z
    .array(
      z.object({
        tag: z.unknown(),
        messageId: z.union([z.string().min(1), z.number()]).optional(),
        event: z.string().max(40).optional(),
        date: z.string().max(40).optional(),
        reason: z.string().optional(),
      }),
    )
    .optional(),
})

/** One tag, several, or several written as one text. */
function tagsOf(tag: unknown): string[] {
  if (Array.isArray(tag)) return tag.filter((one) => typeof one === 'string')
  if (typeof tag !== 'string') return []
  if (!tag.startsWith('[')) return [tag]
  try {
    return tagsOf(JSON.parse(tag))
  } catch {
    return []
  }
}

/** What is counted beside the news: written badly, it takes nothing from them. */
const counted = <Count extends z.ZodType>(count: Count) => count.optional().catch(undefined)

/** Seconds of the epoch, of a day that a calendar has. */
const secondsOfEpoch = z.coerce.number().int().positive().max(8_640_000_000_000).optional()

const receipt = z
  .object({
    msg_status: z.string().max(40),
    tag: z.unknown(),
    description: z.string().nullish(),
    ts_event: secondsOfEpoch,
    ts: secondsOfEpoch,
    date: z.string().optional(),
    sms_count: counted(z.coerce.number().int().min(0).max(255)),
    credits_used: counted(z.coerce.number().min(0)),
    remaining_credit: counted(z.coerce.number()),
  })
  .transform(({ ts_event, ts, date, ...kept }, ctx) => {
    const seconds = ts_event ?? ts
    const at = seconds === undefined ? instantOfDate(date) : new Date(seconds * 1000)
    if (at !== null) return { ...kept, at }
    ctx.addIssue('no instant')
    return z.NEVER
  })

/** In the list an instant names its zone; in a receipt it is on the wall of Paris. */
function instantOfDate(date: string | undefined): Date | null {
  if (date && z.iso.datetime({ offset: true }).safeParse(date).success) return new Date(date)
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})/.exec(date ?? '') ?? []
  return day && time && isCivilDate(day) && isCivilTime(time) ? instantOf(day, time, 'Europe/Paris') : null
}

/** What became of the message, by its word. Others (an answer, a refusal of marketing) tell nothing of ours. */
const statuses: Partial<Record<string, Pick<ReceiptNews, 'event' | 'reason'>>> = {
  accepted: { event: 'accepted' },
  sent: { event: 'accepted' },
  delivered: { event: 'delivered' },
  // Switched off, or out of reach: it may still come.
  soft_bounce: { event: 'waiting' },
  hard_bounce: { event: 'failed', reason: 'unallocated_number' },
  blocked: { event: 'failed', reason: 'blacklisted' },
  blacklisted: { event: 'failed', reason: 'blacklisted' },
  rejected: { event: 'failed', reason: 'rejected' },
  skip: { event: 'failed', reason: 'rejected' },
  // The same in the list.
  softBounces: { event: 'waiting' },
  hardBounces: { event: 'failed', reason: 'unallocated_number' },
  skipped: { event: 'failed', reason: 'rejected' },
}

const failedCall = z.object({
  statusCode: z.number().optional(),
  body: z
    .object({ code: z.string().catch(''), message: z.string().catch('') })
    .catch({ code: '', message: '' }),
  rawResponse: z.object({ headers: z.instanceof(Headers).optional().catch(undefined) }).catch({}),
})

/** Never connected: nothing was asked. */
const neverAsked = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/

/** What a call that failed says of the message. Only what surely did not leave is asked again. */
function outcomeOfFailure(error: unknown): SendOutcome {
  const { statusCode, body, rawResponse } = failedCall
    .catch({ body: { code: '', message: '' }, rawResponse: {} })
    .parse(error)
  if (statusCode === undefined) {
    const code = codeOfCause(error)
    return neverAsked.test(code)
      ? { kind: 'refused_for_now', code }
      : { kind: 'unknown', code: code || 'cut' }
  }
  const code = `${statusCode} ${body.code}`.trim().slice(0, 60)
  const pause = (milliseconds: number): SendOutcome => ({
    ...{ kind: 'refused_for_now', code },
    pauseUntil: new Date(presently().getTime() + milliseconds),
  })
  switch (statusCode) {
    case 400:
      return { kind: 'refused_for_good', reason: reasonOf(body.message), code }
    case 401:
    case 402:
    case 403:
      return pause(accountPause)
    case 429:
      return pause(untilReset(rawResponse.headers))
    case 503:
      return { kind: 'refused_for_now', code }
    default:
      return { kind: 'unknown', code }
  }
}

/** The instant from which a question that was one too many may be asked; other failures are thrown on. */
function untilAllowed(error: unknown): Unreachable {
  const failed = failedCall.safeParse(error)
  if (failed.data?.statusCode !== 429) throw error
  const notBefore = new Date(presently().getTime() + untilReset(failed.data.rawResponse.headers))
  return { kind: 'unreachable', notBefore }
}

const reasonOf = (message: string): FailureReason =>
  /black.?list/i.test(message)
    ? 'blacklisted'
    : /recipient|phone|number|mobile/i.test(message)
      ? 'invalid_number'
      : 'rejected'

/** Seconds left, as their answer says. */
function untilReset(headers: Headers | undefined): number {
  const seconds = Number(headers?.get('x-sib-ratelimit-reset') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * second, hour) : 10 * second
}

function codeOfCause(error: unknown): string {
  if (typeof error !== 'object' || error === null) return ''
  const { code, cause } = error as { code?: unknown; cause?: unknown }
  return typeof code === 'string' ? code : codeOfCause(cause)
}
