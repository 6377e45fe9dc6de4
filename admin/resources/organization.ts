import { defineResource } from '../define/resource'
import { organizationsVisibleTo } from '../../resources/organization/policy'

export const organizationResource = defineResource('Organization', {
  columns: ['name', 'kind', 'departmentCode', 'timeZone', 'switchboardPhone', 'interJurisdiction'],
  title: 'name',
  visibleTo: organizationsVisibleTo,
  words: {
    plural: 'Services',
    noun: ['service', 'services'],
    columns: {
      name: 'Service',
      kind: 'Nature',
      departmentCode: 'Département',
      timeZone: 'Fuseau horaire',
      switchboardPhone: 'Standard',
      interJurisdiction: 'Interressort',
    },
    values: { kind: { court: 'Tribunal judiciaire', probation_service: 'SPIP' } },
  },
})
