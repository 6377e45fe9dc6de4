import type { DivestmentDecisionState, DivestmentState, Prisma } from '@prisma/client'
import type { Actor, AgentActor } from '../shared/actor'
import { belonging, permits, reachOf, rightsTable, scopeOf } from '../shared/rights'

// O: the own organization claims the person (request), is one of the two sides (list), or is the
// source that answers (decide). A central admin decides from the central desk, ignored rows included.
const table = rightsTable(`
action          CA LC LP SJ CS SC HS HX BX PD PC ED PS MO SP
request         O  O  O  O  O  O  O  O  O  O  O  O  O  O  O
requestForOther –  –  –  –  –  –  –  i  i  –  –  –  –  –  –
list            –  O  O  O  –  O  O  –  –  –  –  –  –  –  O
decide          A  O  O  O  –  O  O  –  –  –  –  –  –  –  O
centralDesk     A  –  –  –  –  –  –  –  –  –  –  –  –  –  –
`)

/**
 * Asking for a person, for the own organization; for another one, only the execution office with
 * inter-jurisdiction. Never for a person of the anti-terrorism judge: a central admin unticks first.
 */
export const mayRequestDivestment = (
  actor: Actor,
  facts: { targetOrganizationId: number; probationer: { followedByAntiTerrorismJudge: boolean } },
): boolean =>
  !facts.probationer.followedByAntiTerrorismJudge &&
  (permits(actor, table, 'request', (agent) => belonging(agent, [facts.targetOrganizationId])) ||
    permits(actor, table, 'requestForOther'))

/** The incoming and outgoing lists of a service. */
export const mayOpenDivestments = (actor: Actor): boolean => reachOf(actor, table, 'list').length > 0

/** Answering for a source: its divestment roles while the row is pending; the central desk after too. */
export function mayDecideDivestment(
  actor: Actor,
  decision: {
    organizationId: number
    state: DivestmentDecisionState
    divestment: { state: DivestmentState }
  },
): boolean {
  const open = decision.state === 'pending' || (decision.state === 'ignored' && mayUseDivestmentDesk(actor))
  return (
    open &&
    decision.divestment.state === 'pending' &&
    permits(actor, table, 'decide', (agent) => belonging(agent, [decision.organizationId]))
  )
}

/** The list of every divestment, and the direct transfer on the e-mail of a service. */
export const mayUseDivestmentDesk = (actor: Actor): boolean => permits(actor, table, 'centralDesk')

const outgoing = (agent: AgentActor) => ({ targetOrganizationId: agent.organization.id })
const incoming = (agent: AgentActor) => ({ decisions: { some: { organizationId: agent.organization.id } } })

/** The divestments of the own organization, as source or as target; all of them at the central desk. */
export const divestmentsVisibleTo = (actor: Actor): Prisma.DivestmentWhereInput =>
  mayUseDivestmentDesk(actor)
    ? {}
    : scopeOf(actor, table, 'list', (agent) => ({ O: { OR: [incoming(agent), outgoing(agent)] } }))
