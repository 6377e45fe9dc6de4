import type { DivestmentDecisionState, Prisma } from '@prisma/client'
import type { AgentActor } from '../../shared/actor'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound, refuseIf } from '../../shared/errors'
import { lock } from '../../shared/lock.server'
import { standardComments } from '../fr'
import { divestmentsVisibleTo, mayAnswerFor, mayUseDivestmentDesk, mayWithdrawDivestment } from '../policy'
import { isComplete, isHeldBack, personReads } from '../queries/person.server'
import {
  isAcceptedByTheNight,
  isAgreed,
  isLate,
  isOpen,
  whyNotAnswered,
  whyNotPassed,
  whyNotWithdrawn,
} from '../rules'
import { answerDivestmentInput, divestmentIdInput } from '../schema'
import { end, passTo, undoAdditions, tell, writeToRequester } from './effects.server'

const reads = {
  id: true,
  probationerId: true,
  state: true,
  origin: true,
  targetOrganizationId: true,
  destinationOrganizationIds: true,
  addedOrganizationIds: true,
  requestedById: true,
  requestedBy: { select: { id: true, deletedAt: true } },
  targetOrganization: { select: { name: true } },
  probationer: { select: personReads },
  decisions: {
    select: {
      id: true,
      organizationId: true,
      state: true,
      requestedAt: true,
      organization: { select: { name: true } },
    },
    orderBy: { id: 'asc' },
  },
} satisfies Prisma.DivestmentSelect

type Divestment = Prisma.DivestmentGetPayload<{ select: typeof reads }>
type Row = Divestment['decisions'][number]

/** A divestment the actor sees, its person held: what is written about one person is written in turn. */
async function lockedDivestment(ctx: Context, id: number): Promise<Divestment> {
  const where = { AND: [{ id }, divestmentsVisibleTo(ctx.actor)] }
  const { probationerId } = orNotFound(
    await ctx.tx.divestment.findFirst({ where, select: { probationerId: true } }),
    'divestment',
  )
  await lock(ctx, { probationer: probationerId })
  return orNotFound(await ctx.tx.divestment.findFirst({ where, select: reads }), 'divestment')
}

/**
 * The rows that an agent answers: that of their service; from the central desk all that are left, those that nobody
 * answers too.
 *
 * @throws Refused when the divestment or the row is over, or while the record is to be completed.
 */
function rowsToAnswer(ctx: Context<AgentActor>, divestment: Divestment): Row[] {
  const atDesk = mayUseDivestmentDesk(ctx.actor)
  const rows = divestment.decisions.filter((row) => mayAnswerFor(ctx.actor, row))
  assertAllowed(rows.length > 0, 'answer a divestment')
  refuseIf(whyNotAnswered(divestment, rows, { atDesk }))
  // What an incomplete record blocks ends at the desk.
  if (!atDesk && !isComplete(ctx, divestment.probationer)) refuseIf('divestment.record_incomplete')
  return rows.filter((row) => isOpen(row, { atDesk }))
}

/**
 * Gives the person up, for the own service. Once every service has agreed they pass to the destinations, and who
 * asked is written to.
 *
 * @throws Refused while the record is limited, or under code 12: the request is refused or withdrawn.
 */
export const acceptDivestment = command(
  answerDivestmentInput,
  async (
    ctx: Context<AgentActor>,
    { divestmentId, comment },
  ): Promise<{ service: string; isOver: boolean }> => {
    const divestment = await lockedDivestment(ctx, divestmentId)
    const rows = rowsToAnswer(ctx, divestment)
    // Ticked or limited since it was asked.
    refuseIf(whyNotPassed(divestment.probationer))
    const words = mayUseDivestmentDesk(ctx.actor) ? standardComments.desk : comment
    await write(ctx, rows, 'accepted', words)
    const service = namesOf(rows)
    await tell(ctx, divestment, { event: 'divestment.agreed', service, comment: words, action: 'accept' })
    const isOver = isAgreed(divestment.decisions.filter((row) => !rows.includes(row)))
    if (isOver) await pass(ctx, divestment)
    return { service: divestment.targetOrganization.name, isOver }
  },
)

/**
 * Keeps the person, for all the services that follow them: the first refusal ends the divestment, what it had added
 * is taken back, and who asked is written to, with whom to call.
 */
export const refuseDivestment = command(
  answerDivestmentInput,
  async (ctx: Context<AgentActor>, { divestmentId, comment }): Promise<{ service: string }> => {
    const divestment = await lockedDivestment(ctx, divestmentId)
    const rows = rowsToAnswer(ctx, divestment)
    const words = mayUseDivestmentDesk(ctx.actor) ? standardComments.desk : comment
    await write(ctx, rows, 'refused', words)
    await write(ctx, pendingBeside(divestment, rows), 'ignored', standardComments.otherRefused)
    await undoAdditions(ctx, divestment)
    await end(ctx, divestment, 'refused', {
      event: 'divestment.refused',
      service: namesOf(rows),
      comment: words,
      action: 'refuse',
    })
    await writeToRequester(ctx, divestment)
    return { service: divestment.targetOrganization.name }
  },
)

/** Takes a request back, with exactly what it had added. */
export const withdrawDivestment = command(
  divestmentIdInput,
  async (ctx: Context<AgentActor>, { divestmentId }): Promise<void> => {
    const divestment = await lockedDivestment(ctx, divestmentId)
    assertAllowed(mayWithdrawDivestment(ctx.actor, divestment), 'withdraw a divestment')
    refuseIf(whyNotWithdrawn(divestment))
    await write(ctx, pendingBeside(divestment, []), 'ignored', standardComments.withdrawn)
    await undoAdditions(ctx, divestment)
    await end(ctx, divestment, 'withdrawn', {
      event: 'divestment.withdrawn',
      service: divestment.targetOrganization.name,
      action: 'withdraw',
    })
  },
)

/**
 * Accepts what has had no answer in ten days, unless the record is incomplete or somebody else still expects the
 * person after today (decision P1). Asked again, or decided meanwhile, it changes nothing.
 */
export const settleLate = command(
  divestmentIdInput,
  async (ctx: Context, { divestmentId }): Promise<void> => {
    const divestment = await lockedDivestment(ctx, divestmentId)
    const { probationer: person, state, decisions } = divestment
    const late = decisions.filter((row) => row.state === 'pending' && isLate(row.requestedAt, ctx.now))
    if (state !== 'pending' || late.length === 0) return
    const facts = {
      isComplete: isComplete(ctx, person),
      isArchived: person.archivedAt !== null,
      isExpected: await isHeldBack(ctx, divestment),
    }
    if (whyNotPassed(person) || !isAcceptedByTheNight(facts)) return
    await write(ctx, late, 'auto_accepted', standardComments.late)
    if (isAgreed(decisions.filter((row) => !late.includes(row)))) await pass(ctx, divestment)
  },
)

async function write(
  ctx: Context,
  rows: readonly Row[],
  state: DivestmentDecisionState,
  comment: string | null,
): Promise<void> {
  await ctx.tx.divestmentDecision.updateMany({
    where: { id: { in: rows.map(({ id }) => id) } },
    data: {
      ...{ state, comment, decidedAt: ctx.now },
      ...(ctx.actor.kind === 'agent' && state !== 'ignored' && { decidedById: ctx.actor.id }),
    },
  })
}

/** Everybody has agreed. */
async function pass(ctx: Context, divestment: Divestment): Promise<void> {
  await passTo(ctx, divestment)
  await end(ctx, divestment, 'accepted', {
    event: 'divestment.accepted',
    service: divestment.targetOrganization.name,
    action: 'transfer',
  })
  await writeToRequester(ctx, divestment)
}

const pendingBeside = ({ decisions }: Divestment, rows: readonly Row[]): Row[] =>
  decisions.filter((row) => row.state === 'pending' && !rows.includes(row))

const namesOf = (rows: readonly Row[]) => rows.map(({ organization }) => organization.name).join(', ')
