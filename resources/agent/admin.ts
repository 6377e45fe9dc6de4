import { defineResource } from '../../admin/define-resource'
import { roleNames } from './fr'
import { agentsVisibleTo, mayOpenAgents } from './policy'

export const agentResource = defineResource('Agent', {
  columns: ['lastName', 'firstName', 'role', 'organization', 'email', 'phone', 'lastSignInAt'],
  title: 'lastName',
  visibleTo: agentsVisibleTo,
  mayOpen: mayOpenAgents,
  words: {
    plural: 'Agents',
    noun: ['agent', 'agents'],
    columns: {
      lastName: 'Nom',
      firstName: 'Prénom',
      role: 'Fonction',
      organization: 'Service',
      email: 'Adresse électronique',
      phone: 'Téléphone',
      lastSignInAt: 'Dernière connexion',
    },
    values: { role: roleNames },
  },
})
