import type { AgentActor } from '../../shared/actor'
import { noInput, query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed } from '../../shared/errors'
import { mayUseCentralConsole } from '../../shared/rights'
import { mayStartImport } from '../policy'
import { columnsOf, type ImportKind } from '../schema'

const formOf = (kind: ImportKind) =>
  query(noInput, async (ctx: Context<AgentActor>) => {
    assertAllowed(mayStartImport(ctx.actor, kind), `import ${kind}`)
    return Promise.resolve({ kind, columns: columnsOf[kind], ofAnyService: mayUseCentralConsole(ctx.actor) })
  })

/** What the page that sends a file says of it. */
export const agentsFile = formOf('agents')
export const competentServicesFile = formOf('competent_services')
export const probationersFile = formOf('probationers')
