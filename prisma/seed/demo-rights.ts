import { askForDuplicates } from '../../resources/likely-duplicate/commands/dismiss.server'
import { registerProbationer } from '../../resources/probationer/commands/register.server'
import { answerRequest } from '../../resources/rights-request/commands/answer.server'
import { recordRequest } from '../../resources/rights-request/commands/record.server'
import type { AgentActor } from '../../resources/shared/actor'
import { addDays, civilOf } from '../../resources/shared/civil-time'
import type { Context } from '../../resources/shared/context'

type Act = <Result>(actor: AgentActor, work: (ctx: Context<AgentActor>) => Promise<Result>) => Promise<Result>

/**
 * What persons asked of their data (a request that waits, a record whose use is limited), and one of them registered
 * twice: the first search of the night, asked for here, finds the pair.
 */
export async function fillRights(
  act: Act,
  { counsellor, clerk, admin, team }: Record<'counsellor' | 'clerk' | 'admin' | 'team', AgentActor>,
  whoAsks: number,
): Promise<void> {
  const today = civilOf(new Date(), counsellor.organization.timeZone).date
  await act(clerk, (ctx) =>
    registerProbationer(ctx, {
      ...{ lastName: 'GUERRIN', firstName: 'Loïck', dateOfBirth: '1990-10-21', hasNoMobilePhone: true },
      appiNumber: '202309212345',
    }),
  )
  await act(counsellor, (ctx) =>
    recordRequest(ctx, { probationerId: whoAsks, kind: 'access', receivedOn: addDays(today, -24) }),
  )
  const { id: probationerId } = await act(counsellor, (ctx) =>
    registerProbationer(ctx, {
      ...{ lastName: 'VIDAL', firstName: 'Sacha', dateOfBirth: '1984-03-15', hasNoMobilePhone: true },
      assignToMe: true,
    }),
  )
  const { id: requestId } = await act(counsellor, (ctx) =>
    recordRequest(ctx, { probationerId, kind: 'limitation', receivedOn: addDays(today, -10) }),
  )
  await act(admin, (ctx) =>
    answerRequest(ctx, {
      ...{ requestId, outcome: 'granted', answeredOn: addDays(today, -3) },
      answer: 'Identité contestée\u00a0: la fiche ne sert plus tant que le tribunal n’a pas répondu.',
    }),
  )
  await act(team, (ctx) => askForDuplicates(ctx, {}))
}
