import { describe, expect, test } from 'vitest'
import { appointmentTypes } from '../../../resources/appointment-type/catalogue'
import { isOfferedTo } from '../../../resources/appointment-type/rules'
import type { OrganizationKind, Role } from '../../../resources/shared/actor'

const allCodes = appointmentTypes.map(({ code }) => code)

const offeredTo = (role: Role, kind: OrganizationKind) =>
  appointmentTypes.filter((type) => isOfferedTo(type, role, kind)).map(({ code }) => code)

const executionOffice = ['hearing_exit_sentence_judge', 'hearing_exit_probation']
const sentenceDepartment = [
  'hearing_exit_sentence_judge',
  'hearing_exit_probation',
  'electronic_tag_fitting',
  'sentence_judge_follow_up',
  'adversarial_hearing',
  'anti_terrorism_judge',
]
const probationButTagFitting = [
  'hearing_exit_probation',
  'first_probation_follow_up',
  'probation_follow_up',
  'article_741_1',
  'community_service_placement',
  'home_visit',
  'phone_appointment',
  'electronic_monitoring',
  'course',
  'probation_recall',
  'group_session',
]
const probation = [...probationButTagFitting, 'electronic_tag_fitting']

describe('the types offered when booking', () => {
  test.each<[Role, OrganizationKind, readonly string[]]>([
    ['central_admin', 'court', allCodes],
    ['central_admin', 'probation_service', allCodes],
    ['local_admin', 'court', sentenceDepartment],
    ['local_admin', 'probation_service', probation],
    ['sentence_judge', 'court', sentenceDepartment],
    ['court_secretary', 'court', sentenceDepartment],
    ['sentence_clerk', 'court', sentenceDepartment],
    ['head_sentence_clerk', 'court', sentenceDepartment],
    ['head_execution_clerk', 'court', executionOffice],
    ['execution_office_agent', 'court', executionOffice],
    ['prosecutor', 'court', executionOffice],
    ['criminal_court_clerk', 'court', executionOffice],
    ['juvenile_court_clerk', 'court', executionOffice],
    ['guilty_plea_clerk', 'court', executionOffice],
    ['appeal_court_clerk', 'court', executionOffice],
    ['probation_director', 'probation_service', probation],
    ['monitoring_officer', 'probation_service', probation],
    ['probation_counsellor', 'probation_service', probationButTagFitting],
    ['educator', 'probation_service', probationButTagFitting],
    ['psychologist', 'probation_service', probationButTagFitting],
    ['probation_secretary', 'probation_service', probationButTagFitting],
  ])('a %s of a %s books its own', (role, kind, expected) => {
    expect(offeredTo(role, kind).toSorted()).toEqual([...expected].toSorted())
  })

  test('a role that does not fit its service books nothing', () => {
    expect(offeredTo('sentence_judge', 'probation_service')).toEqual([])
    expect(offeredTo('probation_director', 'court')).toEqual([])
  })
})

describe('the catalogue', () => {
  const codesWhere = (flag: (type: (typeof appointmentTypes)[number]) => boolean) =>
    appointmentTypes.filter(flag).map(({ code }) => code)

  test('has sixteen types, each with its place in the list', () => {
    expect(appointmentTypes).toHaveLength(16)
    expect(new Set(allCodes).size).toBe(16)
    expect(appointmentTypes.map(({ position }) => position)).toEqual(
      appointmentTypes.map((_, index) => index + 1),
    )
  })

  test('takes slots and prosecution numbers at the exit of a hearing only', () => {
    const hearingExit = ['hearing_exit_sentence_judge', 'hearing_exit_probation', 'electronic_tag_fitting']
    expect(codesWhere((type) => type.usesPublishedSlots)).toEqual(hearingExit)
    expect(codesWhere((type) => type.asksProsecutionNumber)).toEqual(hearingExit)
  })

  test('lets two types fall on a day off', () => {
    expect(codesWhere((type) => type.allowedOnDaysOff)).toEqual([
      'community_service_placement',
      'electronic_monitoring',
    ])
  })

  test('receives people elsewhere than at the place for calls and visits', () => {
    expect(codesWhere((type) => !type.heldAtPlace)).toEqual(['home_visit', 'phone_appointment'])
  })

  test('ties a hearing exit to the kind of service that receives', () => {
    expect(codesWhere((type) => type.requiredHostKind === 'court')).toEqual(['hearing_exit_sentence_judge'])
    expect(codesWhere((type) => type.requiredHostKind === 'probation_service')).toEqual([
      'hearing_exit_probation',
    ])
  })

  test('speaks to people without jargon', () => {
    for (const { publicLabel } of appointmentTypes) {
      expect(publicLabel).not.toMatch(
        /JAP|SPIP|SAP|DDSE|TIG|TNR|741|convocation|bracelet|surveillance|condamn/i,
      )
    }
  })
})
