import type { Prisma } from '@prisma/client'
import { mayAnswerRequests, mayOnProbationer, type ProbationerFacts } from '../../probationer/policy'
import { recordAudit } from '../../audit/commands.server'
import type { AgentActor } from '../../shared/actor'
import { civilDateFromDb, civilOf, dbDateOf, type CivilDate } from '../../shared/civil-time'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { countedUpTo } from '../../shared/counted'
import { assertAllowed, orNotFound } from '../../shared/errors'
import { agentName } from '../../shared/french'
import { requestOutcomeWords } from '../fr'
import { requestsVisibleTo } from '../policy'
import { outcomesOf } from '../rules'
import { listRequestsInput, requestIdInput } from '../schema'

const shown = {
  id: true,
  kind: true,
  receivedOn: true,
  dueOn: true,
  answeredOn: true,
  outcome: true,
  answer: true,
  answeredBy: { select: { firstName: true, lastName: true } },
} as const

interface Shown {
  receivedOn: Date
  dueOn: Date
  answeredOn: Date | null
  answeredBy: { firstName: string; lastName: string } | null
}

const lineOf = <Row extends Shown>(
  { receivedOn, dueOn, answeredOn, answeredBy, ...row }: Row,
  today: string,
) => {
  const due = civilDateFromDb(dueOn)
  return {
    ...row,
    receivedOn: civilDateFromDb(receivedOn),
    dueOn: due,
    answeredOn: answeredOn && civilDateFromDb(answeredOn),
    answeredBy: answeredBy && agentName(answeredBy),
    late: answeredOn === null && due < today,
  }
}

/** One page of the requests that wait, those that are due first; the answered ones when asked, the last first. */
export const listRequests = query(
  listRequestsInput,
  async (ctx: Context<AgentActor>, { answered, page, perPage }) => {
    assertAllowed(mayAnswerRequests(ctx.actor), 'open the requests of persons')
    const { date: today } = civilOf(ctx.now, ctx.actor.organization.timeZone)
    const where = {
      AND: [requestsVisibleTo(ctx.actor), { answeredOn: answered ? { not: null } : null }],
    }
    const [total, rows] = await Promise.all([
      ctx.tx.rightsRequest.count({ where }),
      ctx.tx.rightsRequest.findMany({
        where,
        select: {
          ...shown,
          probationer: { select: { id: true, lastName: true, firstName: true } },
        },
        orderBy: answered ? [{ answeredOn: 'desc' }, { id: 'desc' }] : [{ dueOn: 'asc' }, { id: 'asc' }],
        skip: (page - 1) * perPage,
        take: perPage,
      }),
    ])
    return { total, rows: rows.map((row) => lineOf(row, today)) }
  },
)

/** How many requests the reader has to answer, how many of them are late, and by when the first is due. */
export async function countRequestsWaiting(
  ctx: Context<AgentActor>,
): Promise<{ total: number; late: number; firstDueOn: CivilDate | null }> {
  assertAllowed(mayAnswerRequests(ctx.actor), 'count the requests of persons')
  const { date: today } = civilOf(ctx.now, ctx.actor.organization.timeZone)
  const waiting: Prisma.RightsRequestWhereInput[] = [requestsVisibleTo(ctx.actor), { answeredOn: null }]
  const upTo = (where: Prisma.RightsRequestWhereInput) =>
    ctx.tx.rightsRequest.count({ where, take: countedUpTo + 1 })
  const [total, late, first] = await Promise.all([
    upTo({ AND: waiting }),
    upTo({ AND: [...waiting, { dueOn: { lt: dbDateOf(today) } }] }),
    ctx.tx.rightsRequest.findFirst({
      where: { AND: waiting },
      select: { dueOn: true },
      orderBy: { dueOn: 'asc' },
    }),
  ])
  return { total, late, firstDueOn: first && civilDateFromDb(first.dueOn) }
}

/** What a person asked, on their record, the last first; nothing to whom it does not concern. */
export async function requestsOf(ctx: Context<AgentActor>, person: ProbationerFacts & { id: number }) {
  if (!mayOnProbationer(ctx.actor, 'recordRequest', person)) return []
  const { date: today } = civilOf(ctx.now, ctx.actor.organization.timeZone)
  const rows = await ctx.tx.rightsRequest.findMany({
    where: { probationerId: person.id },
    select: shown,
    orderBy: [{ receivedOn: 'desc' }, { id: 'desc' }],
    take: 20,
  })
  return rows.map((row) => lineOf(row, today))
}

/** What the form that answers a request starts from. It names the person: its opening is traced (decision R8). */
export const requestToAnswer = query(requestIdInput, async (ctx: Context<AgentActor>, { requestId }) => {
  const { probationer, ...row } = orNotFound(
    await ctx.tx.rightsRequest.findFirst({
      where: { AND: [{ id: requestId }, requestsVisibleTo(ctx.actor)] },
      select: { ...shown, probationer: { select: { id: true, lastName: true, firstName: true } } },
    }),
    'rights request',
  )
  await recordAudit(ctx, {
    action: 'view',
    subject: 'rights_request',
    subjectId: row.id,
    probationerId: probationer.id,
  })
  const { date: today } = civilOf(ctx.now, ctx.actor.organization.timeZone)
  return {
    ...lineOf(row, today),
    probationer,
    values: { answeredOn: today },
    options: {
      outcome: outcomesOf(row.kind).map((value) => ({ value, label: requestOutcomeWords[value] })),
    },
  }
})
