import type { DivestmentDecisionState, DivestmentState, Prisma } from '@prisma/client'
import type { Actor } from '../shared/actor'
import { belonging, permits, reachOf, rightsTable, scopeOf } from '../shared/rights'
import { isOpen } from './rules'

// O: the own organization claims the person (request, withdraw), is one of the two sides (list, open), or is the
// source that answers (decide). S: asked by the agent. A central admin decides from the central desk, ignored rows
// included.
const table = rightsTable(`
action          CA LC  LP  SJ  CS SC  HS  HX BX PD PC ED PS MO SP
request         O  O   O   O   O  O   O   O  O  O  O  O  O  O  O
requestForOther –  –   –   –   –  –   –   i  i  –  –  –  –  –  –
list            –  O   O   O   –  O   O   –  –  –  –  –  –  –  O
open            A  O+S O+S O+S S  O+S O+S S  S  S  S  S  S  S  O+S
decide          A  O   O   O   –  O   O   –  –  –  –  –  –  –  O
withdraw        A  O+S O+S O+S S  O+S O+S S  S  S  S  S  S  S  O+S
centralDesk     A  –   –   –   –  –   –   –  –  –  –  –  –  –  –
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

/** Asking for persons at all, and opening what one has asked for. */
export const mayAskForPersons = (actor: Actor): boolean => reachOf(actor, table, 'request').length > 0

/** The incoming and outgoing lists of a service. */
export const mayOpenDivestments = (actor: Actor): boolean => reachOf(actor, table, 'list').length > 0

/** Being waited for: the service answers, or the central desk does. */
export const mayHaveDivestmentsWaiting = (actor: Actor): boolean =>
  mayOpenDivestments(actor) || mayUseDivestmentDesk(actor)

/** The lists of a service, that of the country, or what one has asked for. */
export const mayListDivestments = (actor: Actor): boolean =>
  mayHaveDivestmentsWaiting(actor) || mayAskForPersons(actor)

/** Answering for a source, whatever its row says. */
export const mayAnswerFor = (actor: Actor, { organizationId }: { organizationId: number }): boolean =>
  permits(actor, table, 'decide', (agent) => belonging(agent, [organizationId]))

/** Answering for a source: its divestment roles while the row is pending; the central desk after too. */
export const mayDecideDivestment = (
  actor: Actor,
  decision: {
    organizationId: number
    state: DivestmentDecisionState
    divestment: { state: DivestmentState }
  },
): boolean =>
  decision.divestment.state === 'pending' &&
  isOpen(decision, { atDesk: mayUseDivestmentDesk(actor) }) &&
  mayAnswerFor(actor, decision)

/** Withdrawing a request: who asked, or whoever answers for the claiming service. */
export const mayWithdrawDivestment = (
  actor: Actor,
  facts: { targetOrganizationId: number; requestedById: number | null },
): boolean =>
  permits(actor, table, 'withdraw', (agent) => ({
    ...belonging(agent, [facts.targetOrganizationId]),
    S: facts.requestedById === agent.id,
  }))

/** The list of every divestment, and the direct transfer on the e-mail of a service. */
export const mayUseDivestmentDesk = (actor: Actor): boolean => permits(actor, table, 'centralDesk')

/** The divestments of the own organization, as source or as target, and those asked by oneself; all at the central desk. */
export const divestmentsVisibleTo = (actor: Actor): Prisma.DivestmentWhereInput =>
  scopeOf(actor, table, 'open', (agent): Partial<Record<'O' | 'S', Prisma.DivestmentWhereInput>> => ({
    O: {
      OR: [
        { targetOrganizationId: agent.organization.id },
        { decisions: { some: { organizationId: agent.organization.id } } },
      ],
    },
    S: { requestedById: agent.id },
  }))
