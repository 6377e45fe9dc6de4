import type { ResourceWithOptions } from 'adminjs'
import { agendaResource } from '../resources/agenda/admin'
import { agentResource } from '../resources/agent/admin'
import { appointmentResource } from '../resources/appointment/admin'
import { organizationResource } from '../resources/organization/admin'
import { placeResource } from '../resources/place/admin'
import { probationerResource } from '../resources/probationer/admin'

/** What the back office lists and opens: one admin.ts a subject. */
export const resources: ResourceWithOptions[] = [
  probationerResource,
  appointmentResource,
  organizationResource,
  placeResource,
  agendaResource,
  agentResource,
]
