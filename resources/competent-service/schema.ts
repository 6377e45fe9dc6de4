import * as z from 'zod'
import { checkbox, id, optionalId, optionalReference } from '../shared/fields'

export const tieCompetentServiceInput = z.object({
  competentServiceId: id,
  organizationId: optionalReference('organizations'),
})

export const whoWillFollowInput = z.object({
  /** Inter-jurisdiction: the commune of the person. */
  cityId: optionalId,
  followedByAntiTerrorismJudge: checkbox,
})
