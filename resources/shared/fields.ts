import * as z from 'zod'
import { cleanLine } from './clean-line'

/** Field shapes met in several subjects. They normalise; rules refuse. Messages are read by people. */

/** What a person searches to choose a reference: each name is served by a look-up of the back office. */
export type Lookup = 'agendas' | 'cities' | 'organizations' | 'places'

export interface Drawing {
  kind:
    | 'text'
    | 'long'
    | 'checkbox'
    | 'date'
    | 'time'
    | 'choice'
    | 'reference'
    | 'several'
    | 'number'
    | 'phone'
    | 'email'
    | 'password'
  /** A reference: what it is searched in. */
  of?: Lookup
  /** A choice: its values; their words are the subject's. */
  choices?: readonly string[]
  max?: number
  /** A password: the one in use, or one being chosen. */
  autoComplete?: 'current-password' | 'new-password'
}

/**
 * How each shape is drawn, so that a form can be made from the input of a command. Registered last: a
 * `.transform()` makes another shape. What has no drawing (an id, a version) is carried, not asked.
 */
export const drawn = z.registry<Drawing>()

/** The drawing of a shape, or of what a default, a catch or an option wraps. */
export function drawingOf(shape: z.core.$ZodType): Drawing | undefined {
  const own = drawn.get(shape)
  if (own) return own
  return shape instanceof z.ZodDefault ||
    shape instanceof z.ZodPrefault ||
    shape instanceof z.ZodCatch ||
    shape instanceof z.ZodOptional ||
    shape instanceof z.ZodNullable
    ? drawingOf(shape.unwrap())
    : undefined
}

/** Blank and absent are one thing: null. */
export const optionalText = (max: number, kind: 'text' | 'long' | 'phone' = max > 200 ? 'long' : 'text') =>
  z
    .string()
    .transform(kind === 'long' ? (text) => text.trim() : cleanLine)
    .pipe(z.string().max(max, `${max} caractères au plus.`))
    .nullish()
    .transform((text) => text || null)
    .register(drawn, { kind, max })

/** What something is called, or where it is: one line, of which a letter or a figure is read. */
export const requiredLine = (max: number, missing: string) =>
  z
    .string({ error: missing })
    .transform(cleanLine)
    .pipe(
      z
        .string()
        .regex(/[\p{L}\p{N}]/u, missing)
        .max(max, `${max} caractères au plus.`),
    )
    .register(drawn, { kind: 'text', max })

/** A phone as typed; a command reads it with the territory of the service. */
export const typedPhone = optionalText(30, 'phone')

/** As a form or JSON sends it: coerced alone, a yes is 1 and a list of one is what it holds. */
const typedNumber = (error: string) =>
  z.union([z.number(), z.string()], { error }).pipe(z.coerce.number<string | number>({ error }).int(error))

const idOr = (error: string) => typedNumber(error).pipe(z.number().positive(error).max(2_147_483_647, error))
export const id = idOr('Choisissez une valeur de la liste.')

export const optionalId = z
  .union([z.literal(''), z.null(), id])
  .optional()
  .transform((value) => (typeof value === 'number' ? value : null))

/** A whole number between two others, typed. */
export const wholeNumber = ({ from, to }: { from: number; to: number }, error: string) =>
  typedNumber(error).pipe(z.number().min(from, error).max(to, error)).register(drawn, { kind: 'number' })

/** A row of another table, searched and chosen. */
export const reference = (of: Lookup, missing: string) =>
  idOr(missing).register(drawn, { kind: 'reference', of })
export const optionalReference = (of: Lookup) => optionalId.clone().register(drawn, { kind: 'reference', of })

/** A row of a short table, chosen among those that the form brings. */
export const optionalChoiceOfRow = optionalId.clone().register(drawn, { kind: 'choice' })

/** The same, of a form that cannot do without. */
export const choiceOfRow = (missing: string) => idOr(missing).register(drawn, { kind: 'choice' })

/** One of a few values, whose words are the subject's. */
export const choice = <const Values extends readonly [string, ...string[]]>(values: Values, error: string) =>
  z.enum(values, error).register(drawn, { kind: 'choice', choices: values })

/** A shape that a form may leave blank. It is drawn as it is. */
export const emptyAsNull = <T extends z.ZodType>(shape: T) => {
  const field = z
    .union([z.literal(''), z.null(), shape])
    .optional()
    .transform((value) => value || null)
  const drawing = drawingOf(shape)
  if (drawing) drawn.add(field, drawing)
  return field
}

/** Where a service or a partner is written to. */
export const optionalEmail = (max: number, tooLong = `${max} caractères au plus.`) =>
  emptyAsNull(
    z
      .string()
      .trim()
      .toLowerCase()
      .max(max, tooLong)
      .pipe(z.email('Cette adresse e-mail n’a pas la bonne forme. Exemple\u00a0: spip92@justice.fr.'))
      .register(drawn, { kind: 'email', max }),
  )

/** A box: what a form, a JSON body or a query string sends. */
export const checkbox = z
  .union([z.boolean(), z.enum(['on', 'off', 'true', 'false', ''])])
  .optional()
  .transform((value) => value === true || value === 'on' || value === 'true')
  .register(drawn, { kind: 'checkbox' })

/** Made by the page once, so that a double submit is one act. */
export const requestKey = z
  .uuid()
  .nullish()
  .transform((key) => key ?? null)
