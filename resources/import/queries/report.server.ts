import type { Prisma } from '@prisma/client'
import type { AgentActor } from '../../shared/actor'
import { civilOf } from '../../shared/civil-time'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { orNotFound } from '../../shared/errors'
import { importsVisibleTo } from '../policy'
import { importIdInput } from '../schema'

/** As many lines as a page shows; the file of the report has them all. */
const shownLines = 200

const counts = {
  id: true,
  kind: true,
  fileName: true,
  createdAt: true,
  finishedAt: true,
  total: true,
  created: true,
  leftAlone: true,
  refused: true,
} satisfies Prisma.ImportRunSelect

type Counts = Prisma.ImportRunGetPayload<{ select: typeof counts }>

const withHours = ({ createdAt, finishedAt, ...run }: Counts, zone: string) => ({
  ...run,
  done: run.created + run.leftAlone + run.refused,
  started: civilOf(createdAt, zone),
  finished: finishedAt && civilOf(finishedAt, zone),
})

/** One page of the files sent, the last first. */
export async function listImports(
  ctx: Context<AgentActor>,
  { page, perPage }: { page: number; perPage: number },
) {
  const where = importsVisibleTo(ctx.actor)
  const total = await ctx.tx.importRun.count({ where })
  const runs = await ctx.tx.importRun.findMany({
    where,
    select: { ...counts, agent: { select: { firstName: true, lastName: true } } },
    orderBy: { id: 'desc' },
    skip: (page - 1) * perPage,
    take: perPage,
  })
  const zone = ctx.actor.organization.timeZone
  return { total, rows: runs.map(({ agent, ...run }) => ({ ...withHours(run, zone), agent })) }
}

/** Where a file stands: its counts, and the first lines that were not taken. */
export const importReport = query(importIdInput, async (ctx: Context<AgentActor>, { importId }) => {
  const run = orNotFound(
    await ctx.tx.importRun.findFirst({
      where: { AND: [{ id: importId }, importsVisibleTo(ctx.actor)] },
      select: counts,
    }),
    'import',
  )
  return {
    ...withHours(run, ctx.actor.organization.timeZone),
    lines: await reportedLines(ctx, importId, { take: shownLines }),
  }
})

/** The whole report, for a file. */
export const importReportFile = query(importIdInput, async (ctx: Context<AgentActor>, { importId }) => {
  orNotFound(
    await ctx.tx.importRun.findFirst({
      where: { AND: [{ id: importId }, importsVisibleTo(ctx.actor)] },
      select: { id: true },
    }),
    'import',
  )
  return reportedLines(ctx, importId, {})
})

/** Refused lines and lines left alone, in the order of the file. */
const reportedLines = (ctx: Context, runId: number, some: { take?: number }) =>
  ctx.tx.importRow.findMany({
    where: { runId, outcome: { in: ['left_alone', 'refused'] } },
    select: { line: true, outcome: true, reason: true },
    orderBy: { line: 'asc' },
    ...some,
  })
