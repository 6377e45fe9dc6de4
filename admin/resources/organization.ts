import { timeZoneWords } from '../../resources/organization/fr'
import { organizationsVisibleTo } from '../../resources/organization/policy'
import { mayUseCentralConsole } from '../../resources/shared/rights'
import { defineResource } from '../define/resource'

export const organizations = defineResource('Organization', {
  visibleTo: organizationsVisibleTo,
  mayOpen: mayUseCentralConsole,
  navigation: { section: 'service', icon: 'building' },
  title: 'name',
  columns: ['name', 'kind', 'departmentCode', 'timeZone', 'switchboardPhone', 'interJurisdiction'],
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
    values: { kind: { court: 'Tribunal judiciaire', probation_service: 'SPIP' }, timeZone: timeZoneWords },
  },
})
