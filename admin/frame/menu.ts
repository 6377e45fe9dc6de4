import { mayOpenAgents } from '../../resources/agent/policy'
import { mayOpenAppointments } from '../../resources/appointment/policy'
import { mayOpenPlaces } from '../../resources/place/policy'
import { mayWithProbationers } from '../../resources/probationer/policy'
import type { AgentActor } from '../../resources/shared/actor'
import type { IconName } from '../ui/icon'
import { paths } from '../paths'

export interface MenuEntry {
  label: string
  to: string
  icon: IconName
}

/** The entries the agent may use, and no more. */
export function menuOf(actor: AgentActor): { title: string | null; entries: MenuEntry[] }[] {
  const entry = (permitted: boolean, label: string, icon: IconName, to: string): MenuEntry[] =>
    permitted ? [{ label, icon, to }] : []
  return [
    {
      title: null,
      entries: [
        { label: 'Que faire maintenant', icon: 'home' as const, to: paths.home },
        ...entry(mayWithProbationers(actor, 'index'), 'Probationnaires', 'people', paths.probationers),
        ...entry(mayOpenAppointments(actor), 'Convocations', 'calendar', paths.appointments),
      ],
    },
    {
      title: actor.role === 'central_admin' ? 'Services' : 'Mon service',
      entries: [
        ...entry(actor.role === 'central_admin', 'Services', 'building', paths.resource('Organization')),
        ...entry(mayOpenPlaces(actor), 'Lieux', 'pin', paths.resource('Place')),
        ...entry(mayOpenPlaces(actor), 'Agendas', 'grid', paths.resource('Agenda')),
        ...entry(mayOpenAgents(actor), 'Agents', 'person', paths.resource('Agent')),
      ],
    },
  ].filter((section) => section.entries.length > 0)
}
