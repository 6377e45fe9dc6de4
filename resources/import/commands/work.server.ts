import type { ImportRun } from '@prisma/client'
import { agentActor } from '../../agent/queries/actor.server'
import { recordJobRun } from '../../job-run/commands.server'
import type { AgentActor, SystemActor } from '../../shared/actor'
import type { Context } from '../../shared/context'
import { enqueue } from '../../shared/enqueue.server'
import { read, transact } from '../../shared/transact.server'
import { lineReasons } from '../fr'
import { sendImportReport, workImport } from '../jobs'
import { mayStartImport } from '../policy'
import type { ImportKind } from '../schema'
import { inviteFromRow } from '../kinds/agents.server'
import { tieCities } from '../kinds/competent-services.server'
import { registerFromRows } from '../kinds/probationers.server'
import { enqueueImport } from './start.server'
import { reasonOf } from '../reason'
import { nextRows, settleRows, type FileRow, type WorkedRow } from './rows.sql.server'

/** How a kind of file is worked: so many lines a transaction, in the name of who sent it. */
interface Kind {
  atOnce: number
  work: (ctx: Context<AgentActor>, rows: readonly FileRow[], run: ImportRun) => Promise<WorkedRow[]>
}

const kinds: Readonly<Record<ImportKind, Kind>> = {
  // An invitation refused takes nothing of another with it.
  agents: { atOnce: 1, work: inviteFromRow },
  competent_services: { atOnce: 1_000, work: tieCities },
  probationers: { atOnce: 50, work: registerFromRows },
}

/**
 * Works what is left of a file, a few lines a transaction: what they made, what is said of them and their
 * erasure are written together, so that a worker that dies leaves no line done twice nor half.
 */
export async function workThrough(system: SystemActor, importId: number): Promise<void> {
  const run = await read(system, (ctx) => ctx.tx.importRun.findUnique({ where: { id: importId } }))
  if (!run || run.finishedAt) return
  for (let turn = 0; turn < turns; turn++) if (await workSome(system, run)) return
  await transact(system, (ctx) => enqueueImport(ctx, importId))
}

/** Then the job asks for another: a worker that stops waits for seconds, and a message passes between. */
const turns = 50

/** @returns whether no line was left. */
async function workSome(system: SystemActor, run: ImportRun): Promise<boolean> {
  const { atOnce, work } = kinds[run.kind]
  // As they are now: a right lost meanwhile is lost for what is left of the file.
  const actor = await read(system, (ctx) => agentActor(ctx, run.agentId ?? 0, run.impersonatorId))
  if (!actor || !mayStartImport(actor, run.kind)) return refuseRest(system, run)
  let attempted: readonly FileRow[] = []
  try {
    return await transact(actor, async (ctx) => {
      attempted = await nextRows(ctx, run.id, atOnce)
      if (attempted.length === 0) return finish(ctx, run)
      await settleRows(ctx, run.id, await work(ctx, attempted, run))
      return false
    })
  } catch (error) {
    const reason = reasonOf(error)
    if (reason === null) throw error
    await transact(actor, (ctx) =>
      settleRows(
        ctx,
        run.id,
        attempted.map(({ line }) => ({ line, outcome: 'refused', reason })),
      ),
    )
    return false
  }
}

async function refuseRest(system: SystemActor, run: ImportRun): Promise<boolean> {
  return transact(system, async (ctx) => {
    const rows = await nextRows(ctx, run.id, 5_000)
    if (rows.length === 0) return finish(ctx, run)
    const refused = rows.map(({ line }) => ({
      line,
      outcome: 'refused' as const,
      reason: lineReasons.agentGone,
    }))
    await settleRows(ctx, run.id, refused)
    return false
  })
}

async function finish(ctx: Context, { id, createdAt }: ImportRun): Promise<true> {
  const run = await ctx.tx.importRun.update({ where: { id }, data: { finishedAt: ctx.now } })
  await recordJobRun(ctx, {
    task: workImport.name,
    startedAt: createdAt,
    handled: run.created + run.linked + run.leftAlone,
    leftOut: run.refused,
  })
  if (run.kind === 'probationers') await enqueue(ctx, sendImportReport, { importId: id })
  return true
}
