import { z } from 'zod'

/** Field shapes met in several subjects. They normalise; rules refuse. Messages are read by people. */

/** Blank and absent are one thing: null. */
export const optionalText = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `${max} caractères au plus.`)
    .nullish()
    .transform((text) => text || null)

export const id = z.coerce
  .number({ error: 'Choisissez une valeur de la liste.' })
  .int()
  .positive()
  .max(2_147_483_647)

export const optionalId = z
  .union([z.literal(''), z.null(), id])
  .optional()
  .transform((value) => (typeof value === 'number' ? value : null))

/** A shape that a form may leave blank. */
export const emptyAsNull = <T extends z.ZodType>(shape: T) =>
  z
    .union([z.literal(''), z.null(), shape])
    .optional()
    .transform((value) => value || null)

/** A box: what a form, a JSON body or a query string sends. */
export const checkbox = z
  .union([z.boolean(), z.enum(['on', 'off', 'true', 'false', ''])])
  .optional()
  .transform((value) => value === true || value === 'on' || value === 'true')

/** Made by the page once, so that a double submit is one act. */
export const requestKey = z
  .uuid()
  .nullish()
  .transform((key) => key ?? null)
