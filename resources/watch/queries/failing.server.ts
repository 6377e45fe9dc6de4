import type { AgentActor } from '../../shared/actor'
import { noInput, query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed } from '../../shared/errors'
import { mayUseCentralConsole } from '../../shared/rights'
import { figuresAreOld } from '../rules'
import { storedFigures } from './figures.server'

const shown = 5

/** The services whose SMS fail (`smsFail`), as they were last counted, the worst first; null before a first count. */
export const failingServices = query(noInput, async (ctx: Context<AgentActor>) => {
  assertAllowed(mayUseCentralConsole(ctx.actor), 'read the services whose SMS fail')
  const usual = await storedFigures(ctx, 'usual')
  if (!usual) return null
  const { computedAt, figures } = usual
  return {
    ...{ computedAt, isOld: figuresAreOld('usual', computedAt, ctx.now) },
    services: figures.failing.slice(0, shown),
    more: Math.max(0, figures.failing.length - shown),
  }
})
