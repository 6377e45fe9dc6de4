import * as z from 'zod'
import { id } from '../shared/fields'

export const markAnnouncementReadInput = z.object({ announcementId: id })
