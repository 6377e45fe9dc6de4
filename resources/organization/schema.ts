import * as z from 'zod'
import { departments } from '../city/departments'
import { civilDate } from '../shared/civil-time'
import {
  checkbox,
  choice,
  emptyAsNull,
  id,
  optionalChoiceOfRow,
  optionalEmail,
  optionalText,
  reference,
  requiredLine,
  typedPhone,
} from '../shared/fields'
import { timeZoneWords } from './fr'

const oneOf = (values: string[], error: string) => choice(values as [string, ...string[]], error)

const name = requiredLine(100, 'Indiquez le nom du service.')

const territory = {
  departmentCode: oneOf(
    departments.map(({ code }) => code),
    'Choisissez le département.',
  ),
  timeZone: oneOf(Object.keys(timeZoneWords), 'Choisissez le fuseau horaire.'),
}

/** `version`: the instant of the last change the form was drawn from. */
const target = { organizationId: id, version: z.iso.datetime() }

export const createOrganizationInput = z.object({
  name,
  kind: choice(['court', 'probation_service'], 'Choisissez un tribunal ou un SPIP.'),
  ...territory,
})
export const updateOrganizationInput = z.object({
  ...target,
  name,
  ...territory,
  headquartersId: optionalChoiceOfRow,
})
export const updateContactInput = z.object({
  ...target,
  switchboardPhone: typedPhone,
  sharedMailbox: optionalEmail(200),
})
export const updateGuidanceInput = z.object({ ...target, agendaGuidance: optionalText(4_000) })
export const updateFlagsInput = z.object({
  ...target,
  openedAt: emptyAsNull(civilDate),
  interJurisdiction: checkbox,
  probationerSpaceEnabled: checkbox,
  spaceOnPaper: checkbox,
})
export const linkOrganizationsInput = z.object({
  organizationId: id,
  otherId: reference('organizations', 'Choisissez l’autre service.'),
})
