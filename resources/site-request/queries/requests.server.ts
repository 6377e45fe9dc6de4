import type { Prisma } from '@prisma/client'
import type { AgentActor } from '../../shared/actor'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { countedUpTo } from '../../shared/counted'
import { assertAllowed, orNotFound } from '../../shared/errors'
import { detailLines } from '../fr'
import { mayAnswerSiteRequests, siteRequestsVisibleTo } from '../policy'
import { listSiteRequestsInput, referenceInput, requestIdInput } from '../schema'

/** How many requests of visitors nobody has answered yet, as far as they are counted. */
export async function countSiteRequestsWaiting(ctx: Context<AgentActor>): Promise<number> {
  assertAllowed(mayAnswerSiteRequests(ctx.actor), 'count the requests of the site')
  return ctx.tx.siteRequest.count({
    where: { AND: [siteRequestsVisibleTo(ctx.actor), { state: 'received' }] },
    take: countedUpTo + 1,
  })
}

/** One page of what visitors sent to the team, the last first. */
export const listSiteRequests = query(
  listSiteRequestsInput,
  async (ctx: Context<AgentActor>, { reference, kind, state, page, perPage }) => {
    assertAllowed(mayAnswerSiteRequests(ctx.actor), 'list the requests of the site')
    const where: Prisma.SiteRequestWhereInput = {
      AND: [
        siteRequestsVisibleTo(ctx.actor),
        { ...(kind && { kind }), ...(state && { state }) },
        reference ? { reference: { startsWith: reference.trim().toUpperCase() } } : {},
      ],
    }
    const [rows, total] = await Promise.all([
      ctx.tx.siteRequest.findMany({
        where,
        select: {
          ...{ id: true, kind: true, state: true, reference: true, email: true, createdAt: true, page: true },
          ...{ details: true, publicPage: { select: { title: true } } },
        },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        skip: (page - 1) * perPage,
        take: perPage,
      }),
      ctx.tx.siteRequest.count({ where, take: countedUpTo + 1 }),
    ])
    return {
      rows: rows.map(({ details, publicPage, ...row }) => ({
        ...row,
        service: publicPage?.title ?? serviceIn(details),
      })),
      total,
    }
  },
)

/** As the sender called it. */
function serviceIn(details: unknown): string | null {
  const { serviceName, service } = details as { serviceName?: unknown; service?: unknown }
  return typeof serviceName === 'string' ? serviceName : typeof service === 'string' ? service : null
}

/** What the forms that answer a request and change its state start from. */
export const siteRequestToAnswer = query(requestIdInput, async (ctx: Context<AgentActor>, { requestId }) => {
  assertAllowed(mayAnswerSiteRequests(ctx.actor), 'answer a request of the site')
  const { updatedAt, details, ...row } = orNotFound(
    await ctx.tx.siteRequest.findFirst({
      where: { AND: [{ id: requestId }, siteRequestsVisibleTo(ctx.actor)] },
      select: { id: true, kind: true, reference: true, state: true, details: true, updatedAt: true },
    }),
    'request of the site',
  )
  return {
    ...row,
    version: updatedAt.toISOString(),
    lines: detailLines(row.kind, details),
    // An answer says another.
    values: { state: row.state === 'received' ? '' : row.state },
  }
})

/** What the page says to who has just sent a request: its kind, and whether a mail follows. */
export const requestReceived = query(referenceInput, async (ctx: Context, { reference }) => {
  const { kind, email, publicPage } = orNotFound(
    await ctx.tx.siteRequest.findUnique({
      where: { reference },
      select: { kind: true, email: true, publicPage: { select: { title: true, phone: true } } },
    }),
    'request of the site',
  )
  return { kind, reference, mailFollows: email !== null, service: kind === 'absence' ? publicPage : null }
})
