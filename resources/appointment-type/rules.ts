import type { OrganizationKind, Role } from '../shared/actor'
import type { AppointmentType } from './catalogue'

export type RoleFamily = 'central' | 'execution_office' | 'sentence_department' | 'probation'

/** The family a role belongs to, for what it may book. A court's local admin counts with its judges. */
export function familyOf(role: Role, organizationKind: OrganizationKind): RoleFamily {
  switch (role) {
    case 'central_admin':
      return 'central'
    case 'local_admin':
      return organizationKind === 'court' ? 'sentence_department' : 'probation'
    case 'sentence_judge':
    case 'court_secretary':
    case 'sentence_clerk':
    case 'head_sentence_clerk':
      return 'sentence_department'
    case 'head_execution_clerk':
    case 'execution_office_agent':
    case 'prosecutor':
    case 'criminal_court_clerk':
    case 'juvenile_court_clerk':
    case 'guilty_plea_clerk':
    case 'appeal_court_clerk':
      return 'execution_office'
    case 'probation_director':
    case 'probation_counsellor':
    case 'educator':
    case 'psychologist':
    case 'monitoring_officer':
    case 'probation_secretary':
      return 'probation'
  }
}

const unrestrictedInProbation: readonly Role[] = ['probation_director', 'monitoring_officer', 'local_admin']

export type BookingFlags = Pick<
  AppointmentType,
  'bookableByExecutionOffice' | 'bookableBySentenceDepartment' | 'bookableByProbation' | 'restrictedInProbation'
>

/** Whether appointments of this type are offered to this role, before any place is looked at. */
export function isBookableBy(type: BookingFlags, role: Role, organizationKind: OrganizationKind): boolean {
  switch (familyOf(role, organizationKind)) {
    case 'central':
      return true
    case 'execution_office':
      return type.bookableByExecutionOffice
    case 'sentence_department':
      return type.bookableBySentenceDepartment
    case 'probation':
      return type.bookableByProbation && (!type.restrictedInProbation || unrestrictedInProbation.includes(role))
  }
}
