import { randomBytes } from 'node:crypto'
import type { Prisma } from '@prisma/client'
import { recordAudit, type AuditAction } from '../../audit/commands.server'
import type { AgentActor } from '../../shared/actor'
import { civilOf, dbDateOf } from '../../shared/civil-time'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound, refuseIf, Refused } from '../../shared/errors'
import { agentName } from '../../shared/french'
import { lockKey } from '../../shared/lock.server'
import { faultSentence } from '../fr'
import { parsePage } from '../parse'
import { mayManagePages } from '../policy'
import { numbersIn, numbersPath, whyNotArchived, whyNotChecked, whyNotPath } from '../rules'
import {
  createPageInput,
  facts as factsShape,
  pageIdInput,
  publishPageInput,
  restorePageInput,
  saveDraftInput,
  type Content,
} from '../schema'

/** Begins a page, which nobody but its editors sees until it is published. */
export const createPage = command(
  createPageInput,
  async (ctx: Context<AgentActor>, { path, ...content }): Promise<{ pageId: number }> => {
    await opened(ctx, 'write a page of the site')
    refuseIf(whyNotPath(path), 'path')
    const taken = await ctx.tx.contentPage.findUnique({ where: { path }, select: { id: true } })
    refuseIf(taken ? 'content_page.path_taken' : null, 'path')
    await refuseTaken(ctx, null, content)
    const { id: pageId } = await ctx.tx.contentPage.create({
      data: { path, previewToken: newPreviewToken(), createdAt: ctx.now },
      select: { id: true },
    })
    await writeVersion(ctx, pageId, content)
    await told(ctx, 'create', pageId)
    return { pageId }
  },
)

/** Keeps what is being written. Of a published page, the public goes on reading what it read. */
export const saveDraft = command(
  saveDraftInput,
  async (ctx: Context<AgentActor>, { pageId, seenVersionId, ...content }): Promise<{ versionId: number }> => {
    await opened(ctx, 'write a page of the site')
    const page = await pageOf(ctx, pageId)
    refuseChanged(page, seenVersionId)
    refuseIf(sameAs(page.latest, content) ? 'content_page.unchanged' : null)
    await refuseTaken(ctx, pageId, content)
    const versionId = await writeVersion(ctx, pageId, content)
    await told(ctx, 'update', pageId, changedFields(page.latest, content))
    return { versionId }
  },
)

/** Puts the latest version before everybody's eyes, once nothing is wrong with it. */
export const publishPage = command(
  publishPageInput,
  async (ctx: Context<AgentActor>, { pageId, seenVersionId }): Promise<void> => {
    await opened(ctx, 'publish a page of the site')
    const { path, state, publishedVersionId, latest, ...page } = await pageOf(ctx, pageId)
    refuseChanged({ latest, ...page }, seenVersionId)
    refuseIf(
      state === 'published' && publishedVersionId === latest.id ? 'content_page.already_published' : null,
    )
    const { tree, faults } = parsePage(latest.body, factsShape.parse(latest.facts))
    const [fault] = faults
    if (fault)
      throw new Refused('content_page.faulty', { line: fault.line, fault: faultSentence(fault) }, 'body')
    refuseIf(
      path === numbersPath && numbersIn(tree).length === 0 ? 'content_page.without_numbers' : null,
      'body',
    )
    await ctx.tx.contentPageVersion.update({
      where: { id: latest.id },
      data: { publishedAt: ctx.now, publishedById: ctx.actor.id },
      select: { id: true },
    })
    await ctx.tx.contentPage.update({
      where: { id: pageId },
      // What is being written next has a link of its own.
      data: { state: 'published', publishedVersionId: latest.id, previewToken: newPreviewToken() },
      select: { id: true },
    })
    await told(ctx, 'publish', pageId)
  },
)

/** Takes a page off the site: its address says so. What it said is kept, and may be published again. */
export const archivePage = command(
  pageIdInput,
  async (ctx: Context<AgentActor>, { pageId }): Promise<void> => {
    await opened(ctx, 'take a page off the site')
    const page = await pageOf(ctx, pageId)
    refuseIf(whyNotArchived(page))
    const under = await ctx.tx.contentPage.findFirst({
      where: { path: { startsWith: `${page.path}/` }, state: 'published' },
      select: { path: true },
      orderBy: { path: 'asc' },
    })
    if (under) throw new Refused('content_page.has_pages_below', { path: under.path })
    await ctx.tx.contentPage.update({
      where: { id: pageId },
      data: { state: 'archived' },
      select: { id: true },
    })
    await told(ctx, 'archive', pageId)
  },
)

/** Takes a former version up again, as a new draft. */
export const restorePage = command(
  restorePageInput,
  async (ctx: Context<AgentActor>, { pageId, versionId, seenVersionId }): Promise<{ versionId: number }> => {
    await opened(ctx, 'restore a page of the site')
    const page = await pageOf(ctx, pageId)
    refuseChanged(page, seenVersionId)
    const former = orNotFound(
      await ctx.tx.contentPageVersion.findFirst({ where: { id: versionId, pageId }, select: said }),
      'version of a page',
    )
    refuseIf(sameAs(page.latest, former) ? 'content_page.unchanged' : null)
    await refuseTaken(ctx, pageId, former)
    const restored = await writeVersion(ctx, pageId, former, versionId)
    await told(ctx, 'update', pageId, ['restored'])
    return { versionId: restored }
  },
)

/** Says that what the page tells was checked today, and is so. */
export const markChecked = command(
  pageIdInput,
  async (ctx: Context<AgentActor>, { pageId }): Promise<void> => {
    await opened(ctx, 'check a page of the site')
    refuseIf(whyNotChecked(await pageOf(ctx, pageId)))
    const today = civilOf(ctx.now, ctx.actor.organization.timeZone).date
    await ctx.tx.contentPage.update({
      where: { id: pageId },
      data: { checkedOn: dbDateOf(today), checkedById: ctx.actor.id },
      select: { id: true },
    })
    await told(ctx, 'check', pageId)
  },
)

/** What a version says, as columns. */
const said = {
  title: true,
  shortTitle: true,
  description: true,
  lead: true,
  order: true,
  layout: true,
  body: true,
  facts: true,
  sources: true,
  legalStatus: true,
} satisfies Prisma.ContentPageVersionSelect
type Said = Omit<Content, 'facts' | 'sources'> & { facts: unknown; sources: unknown }
const fields = Object.keys(said) as (keyof Said)[]

/** The right, then the turn: editors are few, and titles are compared among all pages. */
async function opened(ctx: Context, act: string): Promise<void> {
  assertAllowed(mayManagePages(ctx.actor), act)
  await lockKey(ctx, 'content-pages')
}

async function pageOf(ctx: Context, pageId: number) {
  const { versions, ...page } = orNotFound(
    await ctx.tx.contentPage.findUnique({
      where: { id: pageId },
      select: {
        path: true,
        state: true,
        publishedVersionId: true,
        versions: {
          select: { id: true, ...said, createdBy: { select: { firstName: true, lastName: true } } },
          orderBy: { id: 'desc' },
          take: 1,
        },
      },
    }),
    'page of the site',
  )
  return { ...page, latest: orNotFound(versions[0], 'version of a page') }
}
type PageRead = Awaited<ReturnType<typeof pageOf>>

function refuseChanged({ latest }: Pick<PageRead, 'latest'>, seenVersionId: number): void {
  if (latest.id === seenVersionId) return
  const by = latest.createdBy ? `, par ${agentName(latest.createdBy)}` : ''
  throw new Refused('content_page.changed_meanwhile', { by })
}

/** @throws Refused when another page is called or described so: in results of a search nobody could tell them apart. */
async function refuseTaken(
  ctx: Context,
  pageId: number | null,
  { title, description }: Pick<Content, 'title' | 'description'>,
): Promise<void> {
  const others = await ctx.tx.contentPage.findMany({
    where: { ...(pageId !== null && { id: { not: pageId } }), state: { not: 'archived' } },
    select: {
      path: true,
      versions: { select: { title: true, description: true }, orderBy: { id: 'desc' }, take: 1 },
    },
  })
  const alike = (one: string, other: string | undefined) => one.toLowerCase() === other?.toLowerCase()
  for (const { path, versions } of others) {
    if (alike(title, versions[0]?.title)) throw new Refused('content_page.title_taken', { path }, 'title')
    if (alike(description, versions[0]?.description))
      throw new Refused('content_page.description_taken', { path }, 'description')
  }
}

const plain = (value: unknown) => JSON.stringify(value, (_, inner: unknown) => sorted(inner))

/** JSON of the database has its keys in an order of its own. */
const sorted = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
    : value

const changedFields = (before: Said, after: Said): string[] =>
  fields.filter((field) => plain(before[field]) !== plain(after[field]))
const sameAs = (before: Said, after: Said): boolean => changedFields(before, after).length === 0

async function writeVersion(
  ctx: Context<AgentActor>,
  pageId: number,
  { facts, sources, ...content }: Said,
  restoredId: number | null = null,
): Promise<number> {
  const { id } = await ctx.tx.contentPageVersion.create({
    data: {
      ...content,
      facts: facts as Prisma.InputJsonValue,
      sources: sources as Prisma.InputJsonValue,
      pageId,
      restoredId,
      createdById: ctx.actor.id,
      createdAt: ctx.now,
    },
    select: { id: true },
  })
  return id
}

const told = (ctx: Context, action: AuditAction, subjectId: number, changed: string[] = []) =>
  recordAudit(ctx, { action, subject: 'content_page', subjectId, fields: changed })

const newPreviewToken = () => randomBytes(16).toString('hex')
