import type { SiteRequestState } from '@prisma/client'
import { recordAudit } from '../../audit/commands.server'
import { beginPage } from '../../public-page/commands/page.server'
import type { AgentActor } from '../../shared/actor'
import { command } from '../../shared/command'
import { cut } from '../../shared/cut'
import type { Context } from '../../shared/context'
import { enqueue } from '../../shared/enqueue.server'
import { assertAllowed, orNotFound, refuseIf } from '../../shared/errors'
import { agentName } from '../../shared/french'
import { lock } from '../../shared/lock.server'
import { normalizePhone } from '../../shared/phone'
import { sendSiteRequestAnswer } from '../jobs'
import { mayAnswerSiteRequests, siteRequestsVisibleTo } from '../policy'
import { whyNotMade, whyNotWrittenTo } from '../rules'
import { answerSiteRequestInput, changeStateInput, detailsOf, requestIdInput, stepsShape } from '../schema'

/** Answers who sent a request, by mail, and says what becomes of it. */
export const answerSiteRequest = command(
  answerSiteRequestInput,
  async (ctx: Context<AgentActor>, { requestId, version, answer, state }): Promise<void> => {
    const request = await locked(ctx, requestId)
    refuseIf(whyNotWrittenTo(request) ?? whyChanged(request, version))
    const step = await addStep(ctx, requestId, request, state, answer)
    await enqueue(ctx, sendSiteRequestAnswer, { requestId, step })
  },
)

/** Says what becomes of a request, to the team only: nobody is written to. */
export const changeSiteRequestState = command(
  changeStateInput,
  async (ctx: Context<AgentActor>, { requestId, version, state }): Promise<void> => {
    const request = await locked(ctx, requestId)
    refuseIf(whyChanged(request, version))
    refuseIf(request.state === state ? 'site_request.same_state' : null, 'state')
    await addStep(ctx, requestId, request, state, null)
  },
)

/** Makes the page that a service asks for, as a draft that the team reads and puts online. */
export const makeServicePage = command(
  requestIdInput,
  async (ctx: Context<AgentActor>, { requestId }): Promise<{ pageId: number }> => {
    const request = await locked(ctx, requestId)
    refuseIf(whyNotMade(request))
    const asked = detailsOf.service_page.parse(request.details)
    const { serviceKind: kind, serviceName, departmentCode, servicePhone, serviceEmail } = asked
    const { addressLine, postalCode, cityName, reception, transport, accessibility } = asked
    const pageId = await beginPage(ctx, {
      ...{ kind, departmentCode, title: cut(serviceName, 80), officialName: serviceName },
      ...{ addressLine, postalCode, cityName, reception, transport, accessibility, email: serviceEmail },
      phone: normalizePhone(servicePhone, departmentCode),
    })
    await ctx.tx.siteRequest.update({
      where: { id: requestId },
      data: { publicPageId: pageId },
      select: { id: true },
    })
    await addStep(ctx, requestId, request, 'accepted', null)
    return { pageId }
  },
)

/** Of two answers at once, the second is told. */
const whyChanged = ({ updatedAt }: { updatedAt: Date }, version: string) =>
  updatedAt.getTime() === new Date(version).getTime() ? null : ('site_request.changed' as const)

/** The request, held until the end. */
async function locked(ctx: Context<AgentActor>, id: number) {
  assertAllowed(mayAnswerSiteRequests(ctx.actor), 'answer a request of the site')
  await lock(ctx, { site_request: id })
  return orNotFound(
    await ctx.tx.siteRequest.findFirst({
      where: { AND: [{ id }, siteRequestsVisibleTo(ctx.actor)] },
      select: {
        ...{ kind: true, email: true, state: true, steps: true, updatedAt: true },
        ...{ details: true, publicPageId: true },
      },
    }),
    'request of the site',
  )
}

async function addStep(
  ctx: Context<AgentActor>,
  id: number,
  { steps, updatedAt }: { steps: unknown; updatedAt: Date },
  state: SiteRequestState,
  answer: string | null,
): Promise<number> {
  const before = stepsShape.parse(steps)
  const step = { at: ctx.now.toISOString(), by: agentName(ctx.actor), state, answer }
  await ctx.tx.siteRequest.update({
    where: { id },
    // Never the instant of the change before, on a clock that stands still.
    data: {
      state,
      steps: [...before, step],
      updatedAt: new Date(Math.max(ctx.now.getTime(), updatedAt.getTime() + 1)),
    },
    select: { id: true },
  })
  await recordAudit(ctx, {
    ...{ action: 'update', subject: 'site_request', subjectId: id },
    fields: answer === null ? ['state'] : ['state', 'steps'],
  })
  return before.length
}
