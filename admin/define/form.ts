/** The form of a command, made from its input: which fields, drawn how, with which words. */
import * as z from 'zod'
import type { Option } from './list'
import { drawingOf, type Drawing } from '../../resources/shared/fields'

export interface FormField extends Omit<Drawing, 'choices'> {
  name: string
  label: string
  hint: string | null
  required: boolean
  /** The choices of a field that are the same for everybody. */
  options: readonly Option[]
}

export interface FormWords {
  /** Labels by name of field. A field without one is not asked: the command has a value without it. */
  fields: Readonly<Partial<Record<string, string>>>
  hints?: Readonly<Partial<Record<string, string>>>
  /** The words of a choice's values, by name of field. */
  values?: Readonly<Partial<Record<string, Readonly<Record<string, string>>>>>
}

/**
 * The fields of an input that its words name, in the order of the words. What is decided by the
 * address or by the button (`given`) is left out.
 *
 * @throws when the command cannot do without a field that nobody is asked: at the start, not at the first submit.
 */
export function formFields(input: z.ZodType, words: FormWords, given: readonly string[]): FormField[] {
  if (!(input instanceof z.ZodObject)) return []
  const shape = input.shape as Readonly<Record<string, z.ZodType>>
  const unasked = Object.keys(shape).find(
    (name) =>
      shape[name] && isRequired(shape[name]) && !given.includes(name) && words.fields[name] === undefined,
  )
  if (unasked) throw new Error(`A form without words for ${unasked} could never be sent`)
  return Object.entries(words.fields).flatMap(([name, label]) => {
    const field = shape[name]
    if (!field || label === undefined || given.includes(name)) return []
    const drawing = drawingOf(field) ?? { kind: 'text' as const }
    const { choices = [], ...rest } = drawing
    const options = choices.map((value) => ({ value, label: words.values?.[name]?.[value] ?? value }))
    return [{ ...rest, name, label, hint: words.hints?.[name] ?? null, required: isRequired(field), options }]
  })
}

const isRequired = (field: z.ZodType) => !field.safeParse(undefined).success && !field.safeParse('').success
