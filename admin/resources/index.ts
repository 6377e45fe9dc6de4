import type { ResourceWithOptions } from 'adminjs'
import { agendaResource } from './agenda'
import { agentResource } from './agent'
import { appointmentResource } from './appointment'
import { organizationResource } from './organization'
import { placeResource } from './place'
import { probationerResource } from './probationer'

/** What the back office lists and opens: one admin.ts a subject. */
export const resources: ResourceWithOptions[] = [
  probationerResource,
  appointmentResource,
  organizationResource,
  placeResource,
  agendaResource,
  agentResource,
]
