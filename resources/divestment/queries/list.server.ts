import * as z from 'zod'
import { seesProbationer } from '../../probationer/policy'
import { initialOf } from '../../probationer/rules'
import type { AgentActor } from '../../shared/actor'
import { civilOf, dbDateOf, type CivilDate } from '../../shared/civil-time'
import { noInput, query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed } from '../../shared/errors'
import {
  mayHaveDivestmentsWaiting,
  mayListDivestments,
  mayOpenDivestments,
  mayUseDivestmentDesk,
} from '../policy'
import { blockingOf, daysLeft, deadlineOf, zoneOfDeadlines } from '../rules'
import { countDivestments, pageOfDivestments, type Box, type DivestmentRow } from './list.sql.server'
import { isComplete } from './person.server'

/** The lists of a service, of the central desk, and of who only asks; the first is the one that opens. */
export const boxesOfService = ['received', 'answered', 'sent', 'ended'] as const
export const boxesOfDesk = ['stalled', 'waiting', 'over'] as const
const boxesOfAsker = ['asked', 'closed'] as const
const boxes = [...boxesOfService, ...boxesOfDesk, ...boxesOfAsker] as const

const listDivestmentsInput = z.object({
  box: z.enum(boxes).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(2_000).default(1).catch(1),
  perPage: z.coerce.number().int().min(1).max(50).default(25).catch(25),
})

/** The box the actor reads: what is not theirs is their first one. */
function boxFor(actor: AgentActor, asked: (typeof boxes)[number] | undefined): Box {
  if (mayUseDivestmentDesk(actor)) return { box: boxesOfDesk.find((box) => box === asked) ?? 'stalled' }
  if (mayOpenDivestments(actor))
    return {
      box: boxesOfService.find((box) => box === asked) ?? 'received',
      organizationId: actor.organization.id,
    }
  return { box: boxesOfAsker.find((box) => box === asked) ?? 'asked', requestedById: actor.id }
}

/** A person as a list of divestments names them: beyond the jurisdiction, the minimum (decision P2). */
export function namedFor(
  actor: AgentActor,
  person: { lastName: string; firstName: string; dateOfBirth: CivilDate | null } & Pick<
    DivestmentRow['person'],
    'id' | 'followingOrganizationIds'
  >,
) {
  const { id, lastName, firstName, dateOfBirth, followingOrganizationIds } = person
  return seesProbationer(actor, { followingOrganizationIds })
    ? { id, lastName, firstName, dateOfBirth, yearOfBirth: null }
    : {
        id: null,
        lastName: initialOf(lastName),
        firstName,
        dateOfBirth: null,
        yearOfBirth: dateOfBirth === null ? null : Number(dateOfBirth.slice(0, 4)),
      }
}

/** One page of the divestments of the own service, of the country at the central desk, or of one's own requests. */
export const listDivestments = query(
  listDivestmentsInput,
  async (ctx: Context<AgentActor>, { box, page, perPage }) => {
    assertAllowed(mayListDivestments(ctx.actor), 'list divestments')
    const wanted = boxFor(ctx.actor, box)
    const { rows, total } = await pageOfDivestments(ctx, { wanted, page, perPage })
    return { box: wanted.box, total, rows: rows.map((row) => lineOf(ctx, row)) }
  },
)

function lineOf(ctx: Context<AgentActor>, { person, ...row }: DivestmentRow) {
  const { id, state, createdAt, targetName, requestedBy, decisions, isExpected } = row
  const birth = person.dateOfBirth === null ? null : dbDateOf(person.dateOfBirth)
  const named = namedFor(ctx.actor, person)
  return {
    ...{ id, state, target: targetName, requestedBy, decisions },
    person: named,
    requestedOn: civilOf(createdAt, zoneOfDeadlines).date,
    deadline: deadlineOf(createdAt),
    daysLeft: daysLeft(createdAt, ctx.now),
    own: decisions.find(({ organizationId }) => organizationId === ctx.actor.organization.id) ?? null,
    // Beyond the jurisdiction it is not said what holds it back: who expects the person (decision P2).
    blocking:
      state === 'pending' && named.id !== null
        ? blockingOf(
            {
              ...{ rows: decisions, createdAt, isExpected: isExpected && person.archivedAt === null },
              isComplete: isComplete(ctx, { ...person, dateOfBirth: birth }),
            },
            ctx.now,
          )
        : null,
  }
}
export type DivestmentLine = Awaited<ReturnType<typeof listDivestments>>['rows'][number]

/** How many each tab of the list has that wait for the reader. */
export const divestmentCounts = query(
  noInput,
  async (ctx: Context<AgentActor>): Promise<{ received?: number }> =>
    mayHaveDivestmentsWaiting(ctx.actor) ? { received: await countWaitingDivestments(ctx, {}) } : {},
)

/** How many wait for the reader: for an answer of their service, or for the central desk. */
export const countWaitingDivestments = query(noInput, (ctx: Context<AgentActor>) => {
  assertAllowed(mayHaveDivestmentsWaiting(ctx.actor), 'count divestments that wait')
  return countDivestments(ctx, boxFor(ctx.actor, undefined))
})
