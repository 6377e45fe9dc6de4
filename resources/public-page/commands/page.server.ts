import type { Prisma } from '@prisma/client'
import { recordAudit, type AuditAction } from '../../audit/commands.server'
import { refuseStale } from '../../audit/stale.server'
import { departmentOf } from '../../city/departments'
import { zoneOfDepartment } from '../../organization/rules'
import type { AgentActor } from '../../shared/actor'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound, refuseIf, Refused } from '../../shared/errors'
import { lock } from '../../shared/lock.server'
import { normalizePhone } from '../../shared/phone'
import { saidValue } from '../fr'
import { freeSlug, newCode } from '../opened.server'
import { mayEditServicePage, mayManageServicePages } from '../policy'
import { whyNotCheckedPage, whyNotClosed, whyNotPublished, whyNotSuccessor } from '../rules'
import { columnsOf, said, saidOf } from '../said.server'
import {
  closePageInput,
  createPageInput,
  pageDays,
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
    { pageId, version, coordinates, phone: typed, ...input },
  ): Promise<void> => {
    const page = await editedPage(ctx, pageId, version)
    const phone = typed && normalizePhone(typed, page.departmentCode)
    if (typed && !phone) throw new Refused('public_page.phone_unreadable', {}, 'phone')
    const { latitude = null, longitude = null } = coordinates ?? {}
    await write(ctx, page, { ...input, phone, latitude, longitude })
  },
)

/** Corrects when a service receives. Days off by law are closed without saying so. */
export const updateHours = command(
  updateHoursInput,
  async (ctx: Context<AgentActor>, { pageId, version, closures, ...days }): Promise<void> => {
    const page = await editedPage(ctx, pageId, version)
    const week = pageDays.map((name) => days[name])
    const isSilent = closures.length === 0 && week.every((ranges) => ranges.length === 0)
    await write(ctx, page, { openingHours: isSilent ? null : { week, closures } })
  },
)

/** Says at the top of the page what matters these days, between two of them. */
export const updateNotice = command(
  updateNoticeInput,
  async (ctx: Context<AgentActor>, { pageId, version, ...change }): Promise<void> => {
    const page = await editedPage(ctx, pageId, version)
    const { noticeFrom, noticeUntil } = change
    if (noticeFrom && noticeUntil && noticeUntil < noticeFrom)
      throw new Refused('public_page.days_backwards', {}, 'noticeUntil')
    await write(ctx, page, change)
  },
)

/** Says in the service's own words what every service of its kind says: nothing brings the common words back. */
export const updateAdvice = command(
  updateAdviceInput,
  async (ctx: Context<AgentActor>, { pageId, version, ...change }): Promise<void> => {
    await write(ctx, await editedPage(ctx, pageId, version), change)
  },
)

/** Says again what a former version said; the versions between are kept. */
export const restorePage = command(
  restorePageInput,
  async (ctx: Context<AgentActor>, { pageId, version, versionId }): Promise<void> => {
    const page = await editedPage(ctx, pageId, version)
    const former = orNotFound(
      await ctx.tx.publicPageVersion.findFirst({ where: { id: versionId, pageId }, select: { said: true } }),
      'version of a page',
    )
    const changes = await write(ctx, page, pageSaid.parse(former.said))
    refuseIf(changes === 0 ? 'public_page.unchanged' : null)
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
      data: { state: 'archived', closing, successorId, updatedAt: ctx.now },
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
        ...said,
        _count: { select: { versions: true } },
      },
    }),
    'page of a service',
  )
}
type LockedPage = Awaited<ReturnType<typeof lockedPage>>

/** The page of a form, once its agent may write it and nobody wrote it meanwhile. */
export async function editedPage(
  ctx: Context<AgentActor>,
  pageId: number,
  version: string,
): Promise<LockedPage> {
  const page = await lockedPage(ctx, pageId)
  assertAllowed(mayEditServicePage(ctx.actor, page), 'edit the page of a service')
  const now = Object.entries(saidOf(page)).map(([name, value]) => [
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

/** Writes what changes, keeps it as a version, and says how many fields it was. */
async function write(ctx: Context<AgentActor>, page: LockedPage, change: Partial<PageSaid>): Promise<number> {
  const before = saidOf(page)
  const after = { ...before, ...change }
  const fields = (Object.keys(change) as (keyof PageSaid)[]).filter(
    (name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]),
  )
  if (fields.length === 0) return 0
  const { id: pageId } = page
  await ctx.tx.publicPage.update({
    where: { id: pageId },
    data: { ...columnsOf(change), updatedAt: ctx.now },
    select: { id: true },
  })
  await ctx.tx.publicPageVersion.createMany({
    data: [
      // What it said before anybody wrote it.
      ...(page._count.versions === 0 ? [{ pageId, said: before, createdAt: page.updatedAt }] : []),
      { pageId, said: after, createdAt: ctx.now, createdById: ctx.actor.id },
    ],
  })
  await told(ctx, 'update', pageId, fields)
  return fields.length
}

const told = (ctx: Context, action: AuditAction, subjectId: number, fields: string[] = []) =>
  recordAudit(ctx, { action, subject: 'public_page', subjectId, fields })
