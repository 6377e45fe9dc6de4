import * as z from 'zod'
import { civilDate, civilTime } from '../shared/civil-time'
import type { OrganizationKind } from '../shared/actor'
import { linkCode } from '../shared/links'

const range = z
  .object({ from: civilTime, to: civilTime })
  .refine(({ from, to }) => from < to, 'range_backwards')

/** When a service receives people, on the wall of the place. Days off by law are closed without saying so. */
export const openingHours = z.object({
  /** Monday first; a day without a range is a day when it is closed. */
  week: z.array(z.array(range).max(3)).length(7),
  closures: z.array(z.object({ from: civilDate, to: civilDate })).default([]),
})
export type OpeningHours = z.output<typeof openingHours>
export type OpeningRange = z.output<typeof range>

export const publicPageSlugInput = z.object({ slug: z.string().regex(/^[a-z0-9-]{1,120}$/) })
export const publicPageCodeInput = z.object({ code: linkCode.pipe(z.string().regex(/^[a-z0-9]{1,16}$/)) })
export const departmentInput = z.object({ code: z.string().regex(/^[0-9][0-9ab][0-9]?$/i) })

export const findServicesInput = z.object({
  /** A commune, a postal code, a département, the name of a service: whatever stands on the paper. */
  text: z
    .string()
    .transform((text) =>
      text
        .replace(/\p{Cc}/gu, ' ')
        .trim()
        .slice(0, 100),
    )
    .default(''),
})

/** What a list of services shows of one. */
export interface ServiceCard {
  slug: string
  title: string
  officialName: string
  kind: OrganizationKind
  departmentCode: string
  addressLine: string
  postalCode: string
  cityName: string
  phone: string | null
}
