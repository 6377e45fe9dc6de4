import * as z from 'zod'
import { sitePage } from '../site-request/schema'

export const votePageInput = z.object({ page: sitePage, helped: z.enum(['oui', 'non']) })
