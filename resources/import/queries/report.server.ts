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
  linked: true,
  leftAlone: true,
  refused: true,
} satisfies Prisma.ImportRunSelect

type Counts = Prisma.ImportRunGetPayload<{ select: typeof counts }>

const withHours = ({ createdAt, finishedAt, ...run }: Counts, zone: string) => ({
  ...run,
  done: run.created + run.linked + run.leftAlone + run.refused,
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

/** The whole report, for a file; of persons, what became of every line. */
export const importReportFile = query(importIdInput, async (ctx: Context<AgentActor>, { importId }) => {
  const { kind } = orNotFound(
    await ctx.tx.importRun.findFirst({
      where: { AND: [{ id: importId }, importsVisibleTo(ctx.actor)] },
      select: { kind: true },
    }),
    'import',
  )
  return reportedLines(ctx, importId, { whole: kind === 'probationers' })
})

/** What the mail at the end of a file of persons says; null once its sender is gone. */
export async function mailOfImport(ctx: Context, importId: number) {
  const run = await ctx.tx.importRun.findUnique({
    where: { id: importId },
    select: {
      ...{ created: true, linked: true, leftAlone: true, refused: true },
      agent: { select: { firstName: true, email: true, deletedAt: true } },
      organization: { select: { name: true } },
    },
  })
  if (!run?.agent || run.agent.deletedAt) return null
  const { agent, organization, ...counts } = run
  return {
    to: agent.email,
    firstName: agent.firstName,
    service: organization?.name ?? null,
    importId,
    ...counts,
  }
}
export type ImportMail = NonNullable<Awaited<ReturnType<typeof mailOfImport>>>

/** Refused lines and lines left alone, or all of them, in the order of the file. */
const reportedLines = (
  ctx: Context,
  runId: number,
  { whole = false, ...some }: { take?: number; whole?: boolean },
) =>
  ctx.tx.importRow.findMany({
    where: { runId, outcome: whole ? { not: null } : { in: ['left_alone', 'refused'] } },
    select: { line: true, outcome: true, reason: true, recordId: true },
    orderBy: { line: 'asc' },
    ...some,
  })
