import * as z from 'zod'

/** Searches the country for records that may be of one person. */
export const searchDuplicates = { name: 'search-duplicates', payload: z.object({}) } as const
/** Asked twice, it is searched once. */
export const searchKey = 'search-duplicates'
