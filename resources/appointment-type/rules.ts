import type { OrganizationKind, Role } from '../shared/actor'
import { isExecutionOffice, isProbation, worksAtCourt } from '../shared/rights'
import type { AppointmentType } from './catalogue'

export type BookingFlags = Pick<
  AppointmentType,
  | 'bookableByExecutionOffice'
  | 'bookableBySentenceDepartment'
  | 'bookableByProbation'
  | 'restrictedInProbation'
>

const unrestrictedInProbation: readonly Role[] = ['probation_director', 'monitoring_officer', 'local_admin']

/**
 * Whether appointments of this type are offered to this role, before any place is looked at. The
 * local admin of a court counts with its judges.
 */
export function isOfferedTo(type: BookingFlags, role: Role, kind: OrganizationKind): boolean {
  const agent = { role, organization: { kind } }
  if (role === 'central_admin') return true
  if (isExecutionOffice(agent)) return type.bookableByExecutionOffice
  if (worksAtCourt(agent)) return type.bookableBySentenceDepartment
  if (!isProbation(agent) || !type.bookableByProbation) return false
  return !type.restrictedInProbation || unrestrictedInProbation.includes(role)
}
