import * as z from 'zod'
import { cleanLine } from './clean-line'
import { drawn } from './fields'
import { fold } from './fold'
import { inCapitals } from './french'

/** What a spreadsheet takes for a formula, in wide signs too. */
const startsFormula = (name: string) => /^[=+@-]/.test(name.normalize('NFKC'))

/** A shape for a name of a person: what is read of it has a letter, of any script. */
const nameOf = (missing: string, tooLong: string, format: (name: string) => string) =>
  z
    .string({ error: missing })
    .transform(cleanLine)
    .pipe(
      z
        .string()
        .min(1, missing)
        .max(100, tooLong)
        .refine((name) => name === '' || /\p{L}/u.test(fold(name)), 'Écrivez ce nom avec des lettres.')
        .refine((name) => !startsFormula(name), 'Un nom ne commence pas par =, +, - ou @.')
        .transform(format)
        // In capitals "ß" is two signs.
        .refine((name) => name.length <= 100, tooLong),
    )
    .register(drawn, { kind: 'text', max: 100 })

/** "D’ARTAGNAN" */
export const lastName = nameOf('Indiquez le nom.', 'Le nom tient en 100 caractères.', inCapitals)

/**
 * "Jean-Marie", "N’Golo", "Isma’il": a capital begins each word, and follows a space, a dash, or an
 * apostrophe after one letter.
 */
const capitalised = (name: string) =>
  name
    .replace(/(?![ʻʼ])\p{L}(?:(?![ʻʼ])[\p{L}\p{M}])*/gu, (word, at: number) => {
      const [initial = '', ...others] = word
      // The small letter of İ is two signs, of which the second would float over what follows.
      const rest = others.join('').toLocaleLowerCase('fr').replaceAll('i\u0307', 'i')
      return (startsWord(name.slice(0, at)) ? inCapitals(initial) : initial.toLocaleLowerCase('fr')) + rest
    })
    .normalize('NFC')

export const firstName = nameOf('Indiquez le prénom.', 'Le prénom tient en 100 caractères.', capitalised)

/**
 * "Vasseur", "Le Goff", "d’Arcy": an agent is called and signs by both names, "Claire Vasseur". The
 * capitals that were typed stay, unless all or none are.
 */
export const agentLastName = nameOf('Indiquez le nom.', 'Le nom tient en 100 caractères.', (name) =>
  [inCapitals(name), name.toLocaleLowerCase('fr')].includes(name) ? capitalised(name) : name,
)

const startsWord = (before: string) => !/[\p{L}\p{M}]{2}['’‘ʻʼ`´]$/u.test(before)

const particles = [
  'al',
  'ben',
  'bin',
  'da',
  'de',
  'del',
  'des',
  'di',
  'dos',
  'du',
  'el',
  'la',
  'le',
  'van',
  'von',
]

/**
 * The names in what was typed to look for somebody, as lists say them, last name first: "DE LA TOUR Jean",
 * "le goff yann". Numbers and dates are left out.
 */
export function namesTyped(text: string): { lastName: string; firstName: string } {
  const words = cleanLine(text)
    .split(' ')
    .filter((word) => /^\p{L}[\p{L}\p{M}'’‘-]*$/u.test(word))
  const small = words.findIndex((word) => inCapitals(word) !== word)
  const named = words.findIndex((word) => !particles.includes(fold(word)))
  // Capitals say where a last name ends; without them, it is one word and the particles before it.
  const end = small > 0 ? small : named < 0 ? words.length : named + 1
  return { lastName: words.slice(0, end).join(' '), firstName: words.slice(end).join(' ') }
}
