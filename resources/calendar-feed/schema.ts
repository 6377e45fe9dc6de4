import * as z from 'zod'
import { checkbox } from '../shared/fields'
import { linkCode } from '../shared/links'

/** `renews`: the agent has an address, and knows that it dies. */
export const makeCalendarAddressInput = z.object({ renews: checkbox })

export const stopCalendarInput = z.object({})

export const calendarFeedInput = z.object({ token: linkCode })
