import { defineResource, type CellValue, type ListRequest, type ListResult } from '../define/resource'
import { paths } from '../paths'
import type { AgentActor } from '../../resources/shared/actor'
import type { Context } from '../../resources/shared/context'
import { formatDay, fullName } from '../../resources/shared/french'
import {
  invitationForm,
  listAgents,
  listAgentsInput,
  type AgentLine,
} from '../../resources/agent/queries/directory.server'
import { accountStateWords, roleNames } from '../../resources/agent/fr'
import { agentsVisibleTo, mayOpenAgents } from '../../resources/agent/policy'

const optionsOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }))

export const agentResource = defineResource('Agent', {
  columns: ['lastName', 'firstName'],
  title: 'lastName',
  visibleTo: agentsVisibleTo,
  mayOpen: mayOpenAgents,
  words: {
    plural: 'Agents',
    noun: ['agent', 'agents'],
    columns: { lastName: 'Nom', firstName: 'Prénom' },
  },
  show: 'AgentRecord',
  list: {
    columns: [
      { key: 'name', label: 'Agent' },
      { key: 'role', label: 'Fonction' },
      { key: 'organization', label: 'Service' },
      { key: 'lastSignIn', label: 'Dernière connexion' },
      { key: 'state', label: 'État', end: true },
    ],
    filters: [
      { name: 'text', label: 'Agent', kind: 'text', hint: 'Nom ou e-mail' },
      { name: 'role', label: 'Fonction', kind: 'select', all: 'Toutes', options: optionsOf(roleNames) },
      {
        name: 'state',
        label: 'État',
        kind: 'select',
        all: 'Tous',
        options: Object.entries(accountStateWords).map(([value, { word }]) => ({ value, label: word })),
      },
    ],
    empty: {
      title: 'Aucun agent ne répond à ces filtres',
      hint: 'Effacez les filtres, ou invitez l’agent qui manque.',
    },
    read: readList,
  },
})

async function readList(
  ctx: Context<AgentActor>,
  { filters, page, perPage }: ListRequest,
): Promise<ListResult> {
  const { rows, total } = await listAgents(ctx, listAgentsInput.parse({ ...filters, page, perPage }))
  const { services } = await invitationForm(ctx, {})
  return {
    total,
    rows: rows.map((line) => ({ id: line.id, cells: cellsOf(line) })),
    ...(services.length > 0 && { act: { text: 'Inviter un agent', to: paths.inviteAgent } }),
  }
}

function cellsOf(line: AgentLine): Record<string, CellValue> {
  const { word, tone } = accountStateWords[line.state]
  return {
    name: { text: fullName(line), to: paths.agent(line.id), sub: line.email },
    role: roleNames[line.role],
    organization: line.organization,
    lastSignIn: line.lastSignIn ? formatDay(line.lastSignIn.date) : 'jamais',
    state: { text: word, tone, ...(line.state === 'locked' && { icon: 'lock' as const }) },
  }
}
