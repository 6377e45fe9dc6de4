import type { Prisma } from '@prisma/client'
import type { AgentActor } from '../../shared/actor'
import { civilOf } from '../../shared/civil-time'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { orNotFound } from '../../shared/errors'
import { agentName } from '../../shared/french'
import { anyOf } from '../../shared/rights'
import { closureWords, rangesWords, saidValue, saidWords } from '../fr'
import { servicePagesVisibleTo } from '../policy'
import { checkedLongAgo } from '../rules'
import { draftOf, said, saidOf } from '../said.server'
import { listPagesInput, pageDays, pageIdInput, pageSaid, type PageSaid } from '../schema'

/** Of a page, as many as one looks back at. */
const versionsShown = 20

/** The pages of services that the agent writes, by département. */
export const listServicePages = query(
  listPagesInput,
  async (ctx: Context<AgentActor>, { filters: { text, state, checked }, page, perPage }) => {
    const { timeZone } = ctx.actor.organization
    const where: Prisma.PublicPageWhereInput = {
      AND: [
        servicePagesVisibleTo(ctx.actor),
        ...(text?.split(/\s+/) ?? []).map((word) =>
          anyOf(
            (['title', 'officialName', 'cityName', 'departmentCode'] as const).map((name) => ({
              [name]: { contains: word, mode: 'insensitive' as const },
            })),
          ),
        ),
        state ? { state } : {},
        checked === 'old' ? anyOf([{ checkedAt: null }, { checkedAt: { lt: checkedLongAgo(ctx.now) } }]) : {},
      ],
    }
    const total = await ctx.tx.publicPage.count({ where })
    const rows = await ctx.tx.publicPage.findMany({
      where,
      select: {
        id: true,
        title: true,
        slug: true,
        cityName: true,
        departmentCode: true,
        state: true,
        draft: true,
        checkedAt: true,
      },
      orderBy: [{ departmentCode: 'asc' }, { title: 'asc' }, { id: 'asc' }],
      skip: (page - 1) * perPage,
      take: perPage,
    })
    return {
      total,
      rows: rows.map(({ checkedAt, draft, ...row }) => ({
        ...row,
        isAhead: draft !== null,
        checkedOn: checkedAt && civilOf(checkedAt, timeZone).date,
      })),
    }
  },
)

/** The page of a service as its writers see it: what it says, its photo, what it said before. */
export const servicePageRecord = query(pageIdInput, async (ctx: Context<AgentActor>, { pageId }) => {
  const row = await seenPage(ctx, pageId)
  const { id, slug, state, closing, departmentCode, kind, photo, versions, successor } = row
  const { timeZone } = ctx.actor.organization
  const [online, draft] = [saidOf(row), draftOf(row)]
  const kept = versions.map(({ said: stored, createdAt, createdBy, id: versionId }) => ({
    id: versionId,
    ...civilOf(createdAt, timeZone),
    by: createdBy && agentName(createdBy),
    said: pageSaid.parse(stored),
  }))
  return {
    ...{ id, slug, state, closing, departmentCode, kind, version: row.updatedAt.toISOString() },
    organization: row.organization,
    successor,
    previewPath: `/preparer-ma-convocation/apercu/${row.previewToken}`,
    title: row.title,
    draft: draft && { changes: changesBetween(online, draft) },
    says: Object.entries(online).flatMap(([name, value]) => {
      const words = saidValue(name as keyof PageSaid, value)
      return words === null ? [] : [{ label: saidWords[name as keyof PageSaid], words }]
    }),
    photo: photo && {
      ...photo,
      address: `/photos/${id}-${photo.digest}.webp`,
    },
    checkedOn: row.checkedAt && civilOf(row.checkedAt, timeZone).date,
    checkedBy: row.checkedBy && agentName(row.checkedBy),
    versions: kept.slice(0, versionsShown).map(({ said: after, ...version }, rank) => ({
      ...version,
      changes: changesBetween(kept[rank + 1]?.said, after),
    })),
  }
})

function changesBetween(before: PageSaid | undefined, after: PageSaid) {
  if (!before) return []
  return (Object.keys(saidWords) as (keyof PageSaid)[]).flatMap((name) => {
    const [from, to] = [saidValue(name, before[name]), saidValue(name, after[name])]
    return from === to ? [] : [{ label: saidWords[name], from, to }]
  })
}

const seenPage = async (ctx: Context<AgentActor>, pageId: number) =>
  orNotFound(
    await ctx.tx.publicPage.findFirst({
      where: { AND: [{ id: pageId }, servicePagesVisibleTo(ctx.actor)] },
      select: {
        ...{ id: true, slug: true, state: true, closing: true, departmentCode: true, kind: true },
        ...{ previewToken: true, checkedAt: true, updatedAt: true, organizationId: true },
        draft: true,
        ...said,
        organization: { select: { name: true } },
        successor: { select: { id: true, title: true } },
        checkedBy: { select: { firstName: true, lastName: true } },
        photo: { select: { alternative: true, credit: true, digest: true, width: true, height: true } },
        versions: {
          select: {
            ...{ id: true, said: true, createdAt: true },
            createdBy: { select: { firstName: true, lastName: true } },
          },
          orderBy: { id: 'desc' },
          take: versionsShown + 1,
        },
      },
    }),
    'page of a service',
  )

/** What the forms of a page start from. */
export const pageToEdit = query(pageIdInput, async (ctx: Context<AgentActor>, { pageId }) => {
  const row = await seenPage(ctx, pageId)
  const { latitude, longitude, openingHours, phone, ...rest } = draftOf(row) ?? saidOf(row)
  const days = pageDays.map((name, index) => [name, rangesWords(openingHours?.week[index] ?? [])])
  return {
    id: pageId,
    version: row.updatedAt.toISOString(),
    values: {
      ...rest,
      phone: saidValue('phone', phone),
      coordinates: latitude === null || longitude === null ? '' : `${latitude}, ${longitude}`,
      ...(Object.fromEntries(days) as Record<(typeof pageDays)[number], string>),
      closures: (openingHours?.closures ?? []).map(closureWords).join('\n'),
      alternative: row.photo?.alternative ?? '',
      credit: row.photo?.credit ?? '',
      asDraft: row.draft !== null,
    },
    // Nobody reads a page that is not online.
    notAsked: row.state === 'published' ? [] : ['asDraft'],
  }
})

/** What closing a page is decided from: the pages that may replace it, those of its département first. */
export const pageToClose = query(pageIdInput, async (ctx: Context<AgentActor>, { pageId }) => {
  const { departmentCode } = await seenPage(ctx, pageId)
  const pages = await ctx.tx.publicPage.findMany({
    where: { AND: [{ state: 'published', id: { not: pageId } }, servicePagesVisibleTo(ctx.actor)] },
    select: { id: true, title: true, departmentCode: true },
    orderBy: [{ departmentCode: 'asc' }, { title: 'asc' }],
  })
  const near = pages.filter((page) => page.departmentCode === departmentCode)
  const far = pages.filter((page) => page.departmentCode !== departmentCode)
  return {
    id: pageId,
    values: { closing: 'gone', successorId: '' },
    options: {
      successorId: [...near, ...far].map((page) => ({
        value: String(page.id),
        label: `${page.title} (${page.departmentCode})`,
      })),
    },
  }
})
