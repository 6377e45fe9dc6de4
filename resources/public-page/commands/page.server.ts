import { Prisma } from '@prisma/client'
import { recordAudit, type AuditAction } from '../../audit/commands.server'
import { refuseStale } from '../../audit/stale.server'
import { departmentOf } from '../../city/departments'
import { zoneOfDepartment } from '../../organization/rules'
import type { RefusalCode } from '../../refusal-sentences'
import type { AgentActor } from '../../shared/actor'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound, refuseIf, Refused } from '../../shared/errors'
import { lock } from '../../shared/lock.server'
import { normalizePhone } from '../../shared/phone'
import { saidValue } from '../fr'
import { freeSlug, newCode } from '../opened.server'
import { mayEditServicePage, mayManageServicePages } from '../policy'
import {
  whyNoDraft,
  whyNotCheckedPage,
  whyNotClosed,
  whyNotPublished,
  whyNotRestored,
  whyNotSuccessor,
} from '../rules'
import { columnsOf, draftOf, fieldsBetween, said, saidOf } from '../said.server'
import {
  closePageInput,
  createPageInput,
  pageDays,
  pageDraftInput,
  pageIdInput,
  pageSaid,
  restorePageInput,
  updateAdviceInput,
  updateHoursInput,
  updateNoticeInput,
  updatePageInput,
  type PageSaid,
} from '../schema'

/** Begins the page of a service that has none, which only the central team and its service see until it is published. */
export const createPage = command(
  createPageInput,
  async (ctx: Context<AgentActor>, input): Promise<{ pageId: number }> => {
    assertAllowed(mayManageServicePages(ctx.actor), 'create the page of a service')
    refuseIf(departmentOf(input.departmentCode) ? null : 'public_page.department_unknown', 'departmentCode')
    return { pageId: await beginPage(ctx, input) }
  },
)

type Begun = Omit<Prisma.PublicPageUncheckedCreateInput, 'slug' | 'code' | 'timeZone' | 'updatedAt'>

/** A draft with an address, a code and a clock. */
export async function beginPage(ctx: Context<AgentActor>, page: Begun): Promise<number> {
  const { id } = await ctx.tx.publicPage.create({
    data: {
      ...page,
      ...{ slug: await freeSlug(ctx, page.title), code: newCode(), updatedAt: ctx.now },
      timeZone: zoneOfDepartment(page.departmentCode),
    },
    select: { id: true },
  })
  await told(ctx, 'create', id)
  return id
}

/** Corrects where a service is, how one enters and how one reaches it. */
export const updatePage = command(
  updatePageInput,
  async (
    ctx: Context<AgentActor>,
    { pageId, version, asDraft, coordinates, phone: typed, ...input },
  ): Promise<Written> => {
    const page = await editedPage(ctx, pageId, version)
    const phone = typed && normalizePhone(typed, page.departmentCode)
    if (typed && !phone) throw new Refused('public_page.phone_unreadable', {}, 'phone')
    const { latitude = null, longitude = null } = coordinates ?? {}
    return write(ctx, page, { ...input, phone, latitude, longitude }, asDraft)
  },
)

/** Corrects when a service receives. Days off by law are closed without saying so. */
export const updateHours = command(
  updateHoursInput,
  async (ctx: Context<AgentActor>, { pageId, version, asDraft, closures, ...days }): Promise<Written> => {
    const page = await editedPage(ctx, pageId, version)
    const week = pageDays.map((name) => days[name])
    const isSilent = closures.length === 0 && week.every((ranges) => ranges.length === 0)
    return write(ctx, page, { openingHours: isSilent ? null : { week, closures } }, asDraft)
  },
)

/** Says at the top of the page what matters these days, between two of them. */
export const updateNotice = command(
  updateNoticeInput,
  async (ctx: Context<AgentActor>, { pageId, version, asDraft, ...change }): Promise<Written> => {
    const page = await editedPage(ctx, pageId, version)
    const { noticeFrom, noticeUntil } = change
    if (noticeFrom && noticeUntil && noticeUntil < noticeFrom)
      throw new Refused('public_page.days_backwards', {}, 'noticeUntil')
    return write(ctx, page, change, asDraft)
  },
)

/** Says in the service's own words what every service of its kind says: nothing brings the common words back. */
export const updateAdvice = command(
  updateAdviceInput,
  async (ctx: Context<AgentActor>, { pageId, version, asDraft, ...change }): Promise<Written> =>
    write(ctx, await editedPage(ctx, pageId, version), change, asDraft),
)

/** Puts what the draft of a page says before everybody's eyes. */
export const publishPageDraft = command(
  pageDraftInput,
  async (ctx: Context<AgentActor>, { pageId, version }): Promise<void> => {
    const page = await editedPage(ctx, pageId, version, whyNoDraft)
    await write(ctx, page, draftOf(page) ?? {})
  },
)

/** Gives the draft of a page up: what is online stays as it is. */
export const dropPageDraft = command(
  pageDraftInput,
  async (ctx: Context<AgentActor>, { pageId, version }): Promise<void> => {
    await editedPage(ctx, pageId, version, whyNoDraft)
    await ctx.tx.publicPage.update({
      where: { id: pageId },
      data: { draft: Prisma.DbNull, updatedAt: ctx.now },
      select: { id: true },
    })
    await told(ctx, 'update', pageId, ['draft'])
  },
)

/** Says again what a former version said; the versions between are kept. */
export const restorePage = command(
  restorePageInput,
  async (ctx: Context<AgentActor>, { pageId, version, versionId }): Promise<void> => {
    const page = await editedPage(ctx, pageId, version, whyNotRestored)
    const former = orNotFound(
      await ctx.tx.publicPageVersion.findFirst({ where: { id: versionId, pageId }, select: { said: true } }),
      'version of a page',
    )
    const said = pageSaid.parse(former.said)
    refuseIf(fieldsBetween(saidOf(page), said).length === 0 ? 'public_page.unchanged' : null)
    await write(ctx, page, said)
  },
)

/** Says that what the page tells was read today, and is so. */
export const markPageChecked = command(
  pageIdInput,
  async (ctx: Context<AgentActor>, { pageId }): Promise<void> => {
    const page = await lockedPage(ctx, pageId)
    assertAllowed(mayEditServicePage(ctx.actor, page), 'check the page of a service')
    refuseIf(whyNotCheckedPage(page))
    await ctx.tx.publicPage.update({
      where: { id: pageId },
      data: { checkedAt: ctx.now, checkedById: ctx.actor.id },
      select: { id: true },
    })
    await told(ctx, 'check', pageId)
  },
)

/** Puts a page before everybody's eyes, for the first time or again. */
export const publishPage = command(
  pageIdInput,
  async (ctx: Context<AgentActor>, { pageId }): Promise<void> => {
    const page = await lockedPage(ctx, pageId)
    assertAllowed(mayManageServicePages(ctx.actor), 'publish the page of a service')
    refuseIf(whyNotPublished(page))
    await ctx.tx.publicPage.update({
      where: { id: pageId },
      data: { state: 'published', closing: null, successorId: null, updatedAt: ctx.now },
      select: { id: true },
    })
    await told(ctx, 'publish', pageId)
  },
)

/** A service closed or moved: its address, on papers and in SMS, says so or leads to the one that replaces it. */
export const closePage = command(
  closePageInput,
  async (ctx: Context<AgentActor>, { pageId, closing, successorId }): Promise<void> => {
    // Both, so that two pages closed at once never lead to each other.
    await lock(ctx, { public_page: [pageId, successorId ?? []].flat() })
    const page = await lockedPage(ctx, pageId)
    assertAllowed(mayManageServicePages(ctx.actor), 'close the page of a service')
    refuseIf(whyNotClosed(page))
    refuseIf(whyNotSuccessor({ closing, successorId }, pageId), 'successorId')
    const successor =
      successorId &&
      (await ctx.tx.publicPage.findFirst({
        where: { id: successorId, state: 'published' },
        select: { id: true },
      }))
    refuseIf(successorId && !successor ? 'public_page.no_successor' : null, 'successorId')
    await ctx.tx.publicPage.update({
      where: { id: pageId },
      data: { state: 'archived', closing, successorId, draft: Prisma.DbNull, updatedAt: ctx.now },
      select: { id: true },
    })
    await told(ctx, 'archive', pageId)
  },
)

async function lockedPage(ctx: Context<AgentActor>, pageId: number) {
  await lock(ctx, { public_page: pageId })
  return orNotFound(
    await ctx.tx.publicPage.findUnique({
      where: { id: pageId },
      select: {
        ...{ id: true, organizationId: true, departmentCode: true, state: true, updatedAt: true },
        draft: true,
        ...said,
        _count: { select: { versions: true } },
      },
    }),
    'page of a service',
  )
}
type LockedPage = Awaited<ReturnType<typeof lockedPage>>

/** The page of a form, once its agent may write it, its state lets it be and nobody wrote it meanwhile. */
export async function editedPage(
  ctx: Context<AgentActor>,
  pageId: number,
  version: string,
  whyNot: (page: LockedPage) => RefusalCode | null = () => null,
): Promise<LockedPage> {
  const page = await lockedPage(ctx, pageId)
  assertAllowed(mayEditServicePage(ctx.actor, page), 'edit the page of a service')
  refuseIf(whyNot(page))
  const now = Object.entries(draftOf(page) ?? saidOf(page)).map(([name, value]) => [
    name,
    saidValue(name as keyof PageSaid, value),
  ])
  await refuseStale(ctx, {
    ...{ subject: 'public_page', subjectId: pageId, updatedAt: page.updatedAt, version },
    zone: ctx.actor.organization.timeZone,
    now: Object.fromEntries(now) as Record<string, string | null>,
  })
  return page
}

interface Written {
  /** Kept as a draft: the public reads the page as before. */
  isDraft: boolean
}

/**
 * Writes what changes, and keeps what the public reads as a version. A change that is online at once is the draft's
 * too, else putting the draft online would undo it.
 */
async function write(
  ctx: Context<AgentActor>,
  page: LockedPage,
  change: Partial<PageSaid>,
  asDraft = false,
): Promise<Written> {
  const keepsDraft = asDraft && page.state === 'published'
  const online = saidOf(page)
  const seen = draftOf(page) ?? online
  const [onlineAfter, seenAfter] = [keepsDraft ? online : { ...online, ...change }, { ...seen, ...change }]
  const changed = fieldsBetween(online, onlineAfter)
  const fields = [...new Set([...changed, ...fieldsBetween(seen, seenAfter)])]
  const isAhead = fieldsBetween(onlineAfter, seenAfter).length > 0
  const written = { isDraft: keepsDraft && isAhead }
  if (fields.length === 0) return written
  const { id: pageId } = page
  await ctx.tx.publicPage.update({
    where: { id: pageId },
    data: {
      ...(!keepsDraft && columnsOf(change)),
      draft: isAhead ? seenAfter : Prisma.DbNull,
      updatedAt: ctx.now,
    },
    select: { id: true },
  })
  if (changed.length > 0)
    await ctx.tx.publicPageVersion.createMany({
      data: [
        // What it said before anybody wrote it.
        ...(page._count.versions === 0 ? [{ pageId, said: online, createdAt: page.updatedAt }] : []),
        { pageId, said: onlineAfter, createdAt: ctx.now, createdById: ctx.actor.id },
      ],
    })
  await told(ctx, 'update', pageId, fields)
  return written
}

const told = (ctx: Context, action: AuditAction, subjectId: number, fields: string[] = []) =>
  recordAudit(ctx, { action, subject: 'public_page', subjectId, fields })
