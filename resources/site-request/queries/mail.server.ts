import type { Context } from '../../shared/context'
import { env } from '../../shared/env.server'
import { detailLines } from '../fr'
import { stepsShape } from '../schema'

/** Tells the team, or hands to the service what is for it; null once nobody is there to be told. */
export async function noticeMail(ctx: Context, { requestId }: { requestId: number }) {
  const request = await ctx.tx.siteRequest.findUnique({
    where: { id: requestId },
    select: {
      ...{ kind: true, reference: true, details: true },
      publicPage: { select: { email: true, organization: { select: { sharedMailbox: true } } } },
    },
  })
  if (!request) return null
  const { kind, reference, details, publicPage } = request
  const mailbox = publicPage?.email ?? publicPage?.organization?.sharedMailbox
  const to = kind === 'absence' ? mailbox : env.SUPPORT_EMAIL
  // The team is shown it behind its sign-in only.
  return to
    ? { to, requestId, kind, reference, lines: kind === 'absence' ? detailLines(kind, details) : [] }
    : null
}
export type NoticeMail = NonNullable<Awaited<ReturnType<typeof noticeMail>>>

/** Tells who sent a request that it came. */
export async function receiptMail(ctx: Context, { requestId }: { requestId: number }) {
  const request = await ctx.tx.siteRequest.findUnique({
    where: { id: requestId },
    select: {
      ...{ kind: true, reference: true, email: true },
      publicPage: { select: { title: true, phone: true } },
    },
  })
  return request?.email
    ? { to: request.email, kind: request.kind, reference: request.reference, service: request.publicPage }
    : null
}
export type ReceiptMail = NonNullable<Awaited<ReturnType<typeof receiptMail>>>

/** What the team answered. */
export async function answerMail(ctx: Context, { requestId, step }: { requestId: number; step: number }) {
  const request = await ctx.tx.siteRequest.findUnique({
    where: { id: requestId },
    select: { kind: true, reference: true, email: true, steps: true },
  })
  const told = stepsShape.safeParse(request?.steps).data?.[step]
  return request?.email && told?.answer
    ? {
        to: request.email,
        kind: request.kind,
        reference: request.reference,
        answer: told.answer,
        state: told.state,
      }
    : null
}
export type AnswerMail = NonNullable<Awaited<ReturnType<typeof answerMail>>>
