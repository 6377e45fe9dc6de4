import { randomInt } from 'node:crypto'
import type { Prisma, SiteRequestKind } from '@prisma/client'
import * as z from 'zod'
import { refusalSentence } from '../../refusal-sentences'
import type { SystemActor } from '../../shared/actor'
import { command, readableFields } from '../../shared/command'
import type { Context } from '../../shared/context'
import { sha256 } from '../../shared/digest.server'
import { enqueue } from '../../shared/enqueue.server'
import { orNotFound, refuseIf } from '../../shared/errors'
import { linkLetters } from '../../shared/links'
import { lockKey } from '../../shared/lock.server'
import { sendSiteRequestNotice, sendSiteRequestReceipt } from '../jobs'
import { expiryOf, slugOfPage, whyNoTool, whySuspected } from '../rules'
import {
  detailsOf,
  requestDeploymentInput,
  requestServicePageInput,
  requestTrainingInput,
  sendAbsenceInput,
  sendContactInput,
  sendPageErrorInput,
} from '../schema'

/** What a form of the site gives back: what both sides quote. */
export interface Sent {
  reference: string
}

/** Writes to the team about the site. The sender is told that it came, and answered by mail. */
export const sendContact = command(sendContactInput, (ctx: Context<SystemActor>, input): Promise<Sent> =>
  keep(ctx, input, { kind: 'contact', email: input.email, details: detailsOf.contact.parse(input) }),
)

/** Tells the team what is wrong on a page; without an address, nobody is answered. */
export const sendPageError = command(
  sendPageErrorInput,
  async (ctx: Context<SystemActor>, input): Promise<Sent> => {
    const slug = input.page && slugOfPage(input.page)
    const service = slug
      ? await ctx.tx.publicPage.findFirst({ where: { slug, state: { not: 'draft' } }, select: { id: true } })
      : null
    return keep(ctx, input, {
      ...{ kind: 'page_error', email: input.email, page: input.page, publicPageId: service?.id ?? null },
      details: detailsOf.page_error.parse(input),
    })
  },
)

/**
 * Writes to the service that convokes, and to nobody else, that the person cannot come.
 *
 * @throws Refused when no mailbox of the service is known.
 */
export const sendAbsence = command(
  sendAbsenceInput,
  async (ctx: Context<SystemActor>, input): Promise<Sent> => {
    const page = orNotFound(
      await ctx.tx.publicPage.findFirst({
        where: { slug: input.slug, state: 'published' },
        select: { id: true, email: true, organization: { select: { sharedMailbox: true } } },
      }),
      'public page',
    )
    refuseIf(page.email || page.organization?.sharedMailbox ? null : 'site_request.no_mailbox')
    const details = detailsOf.absence.parse(input)
    const email = z.email().safeParse(details.reach.toLowerCase()).data ?? null
    return keep(ctx, input, { kind: 'absence', email, publicPageId: page.id, details })
  },
)

/** Asks the team for the product, in the name of a service whose hierarchy agrees. */
export const requestDeployment = command(
  requestDeploymentInput,
  async (ctx: Context<SystemActor>, input): Promise<Sent> => {
    refuseIf(whyNoTool(input), 'toolSms')
    const details = detailsOf.deployment.parse(input)
    return keep(ctx, input, { kind: 'deployment', email: input.email, details })
  },
  {
    faultsOf: (_ctx, raw) => {
      const code = whyNoTool(readableFields(requestDeploymentInput, raw))
      return code ? [{ path: ['toolSms'], message: refusalSentence({ code, params: {} }) }] : []
    },
  },
)

/** Asks the team for an hour of training. */
export const requestTraining = command(
  requestTrainingInput,
  (ctx: Context<SystemActor>, input): Promise<Sent> =>
    keep(ctx, input, { kind: 'training', email: input.email, details: detailsOf.training.parse(input) }),
)

/** Asks the team for the page of a service, with what it is to say. */
export const requestServicePage = command(
  requestServicePageInput,
  (ctx: Context<SystemActor>, input): Promise<Sent> =>
    keep(ctx, input, {
      kind: 'service_page',
      email: input.email,
      details: detailsOf.service_page.parse(input),
    }),
)

interface Received {
  kind: SiteRequestKind
  email: string | null
  page?: string | null
  publicPageId?: number | null
  details: Prisma.InputJsonObject
}

/** Once for one form sent twice; the same form sent again with other words is another request. */
async function keep(
  ctx: Context<SystemActor>,
  { requestKey, trap }: { requestKey: string | null; trap: string },
  received: Received,
): Promise<Sent> {
  refuseIf(whySuspected(trap))
  const submitDigest = requestKey && sha256(JSON.stringify([requestKey, received]))
  if (submitDigest) {
    await lockKey(ctx, `site-request:${submitDigest}`)
    const before = await ctx.tx.siteRequest.findUnique({
      where: { submitDigest },
      select: { reference: true },
    })
    if (before) return before
  }
  const { id, reference } = await ctx.tx.siteRequest.create({
    data: {
      ...received,
      ...{ submitDigest, reference: newReference(), expiresAt: expiryOf(received.kind, ctx.now) },
      ...{ createdAt: ctx.now, updatedAt: ctx.now },
    },
    select: { id: true, reference: true },
  })
  await enqueue(ctx, sendSiteRequestNotice, { requestId: id })
  if (received.email) await enqueue(ctx, sendSiteRequestReceipt, { requestId: id })
  return { reference }
}

/** "K7QF-92MX": 8.10¹¹ of them, so that none is met twice nor guessed. */
function newReference(): string {
  const letters = Array.from({ length: 8 }, () => linkLetters.charAt(randomInt(linkLetters.length)))
  const code = letters.join('').toUpperCase()
  return `${code.slice(0, 4)}-${code.slice(4)}`
}
