import * as z from 'zod'
import { emptyAsNull, optionalId } from '../shared/fields'

/** What the address of the page asks: what it says badly, it does not ask. */
export const figuresInput = z.object({
  view: emptyAsNull(z.enum(['service', 'national'])).catch(null),
  /** Central admins choose a service; the others have theirs. */
  organizationId: optionalId.catch(null),
  period: z.string().max(20).default('').catch(''),
  typeCode: emptyAsNull(z.string().regex(/^[a-z0-9_]{1,60}$/)).catch(null),
  placeId: optionalId.catch(null),
  /** The agent in charge of the persons. */
  referentId: optionalId.catch(null),
})
export type FiguresAsked = z.output<typeof figuresInput>
