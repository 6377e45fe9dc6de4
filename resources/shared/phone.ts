import { parsePhoneNumberFromString, type CountryCode, type PhoneNumber } from 'libphonenumber-js/max'
import { plainDigits } from './fold'

/** A number with its country in front: '+33639984127'. What is stored, compared and sent to. */
export type E164 = string

const countryOfDepartment: Readonly<Record<string, CountryCode>> = {
  '971': 'GP',
  '972': 'MQ',
  '973': 'GF',
  '974': 'RE',
  '975': 'PM',
  '976': 'YT',
  '977': 'BL',
  '978': 'MF',
  '986': 'WF',
  '987': 'PF',
  '988': 'NC',
}

const frenchCountries: readonly CountryCode[] = ['FR', ...Object.values(countryOfDepartment)]

/**
 * Ranges of the French numbering plan that belong to an overseas territory. Read before the rest:
 * metropolitan France shares their first digits, and its metadata takes some of them for its own.
 */
const overseasRanges: readonly [CountryCode, RegExp][] = [
  ['GP', /^0(590|690|691|7090)/],
  ['GF', /^0(594|694|7093[0-3])/],
  ['MQ', /^0(596|696|697|7091)/],
  ['RE', /^0(262|263|692|693|7092)/],
  ['YT', /^0(269|639|7093[5-7])/],
]

/** Kept by the regulator for films and demonstrations; the first stands inside Mayotte's 0639. */
const fiction = /^\+33(63998|19900)\d{4}$/

/** True for a number that nobody can ever have. */
export function isReservedForFiction(phone: E164): boolean {
  return fiction.test(phone)
}

function valid(phone: PhoneNumber | undefined): E164 | null {
  return phone?.isValid() ? phone.number : null
}

/**
 * Reads a number however it is spelt, as people of this département dial it. A range decides before
 * the département does: 0694… is of Guyane even in Nanterre. Null when it cannot be a number.
 */
export function normalizePhone(text: string, departmentCode: string): E164 | null {
  // Numbers copied from a contact list carry invisible direction marks.
  const bare = plainDigits(text).replace(/[\s.()/-]/g, '')
  if (!/^\+?\d{4,18}$/.test(bare)) return null
  const international = bare.replace(/^00/, '+')
  const dialled = international.replace(/^\+?330?([1-9]\d{8})$/, '0$1')
  if (dialled.startsWith('+')) return valid(parsePhoneNumberFromString(dialled))

  const asFiction = `+33${dialled.slice(1)}`
  if (isReservedForFiction(asFiction)) return asFiction
  if (/^0\d{9}$/.test(dialled)) {
    const territory = overseasRanges.find(([, range]) => range.test(dialled))
    if (territory) return valid(parsePhoneNumberFromString(dialled, territory[0]))
  }
  return (
    valid(parsePhoneNumberFromString(dialled, 'FR')) ??
    valid(parsePhoneNumberFromString(dialled, countryOfDepartment[departmentCode] ?? 'FR'))
  )
}

/** True for a number that a person may carry with them, whatever the country. */
export function mayBeMobile(phone: E164): boolean {
  if (isReservedForFiction(phone)) return phone.startsWith('+336')
  const type = parsePhoneNumberFromString(phone)?.getType()
  // In Saint-Pierre-et-Miquelon and Wallis the same ranges serve both.
  return type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE'
}

/** True for a mobile of France or of one of its overseas territories: what an SMS can reach. */
export function isMobileOfFrance(phone: E164): boolean {
  const country = isReservedForFiction(phone) ? 'FR' : parsePhoneNumberFromString(phone)?.country
  return country !== undefined && frenchCountries.includes(country) && mayBeMobile(phone)
}

export type ProbationerPhoneRefusal =
  'probationer.phone_not_mobile' | 'probationer.phone_reserved_for_fiction'

/** Why a probationer's messages could not go to this number; null when they can. */
export function whyNotProbationerPhone(
  phone: E164,
  { fictionAllowed }: { fictionAllowed: boolean },
): ProbationerPhoneRefusal | null {
  if (!isMobileOfFrance(phone)) return 'probationer.phone_not_mobile'
  if (isReservedForFiction(phone) && !fictionAllowed) return 'probationer.phone_reserved_for_fiction'
  return null
}

/** As it is dialled in France, without spaces; the number itself when it is of another country. */
export function phoneInSms(phone: E164): string {
  if (/^\+33\d{9}$/.test(phone)) return `0${phone.slice(3)}`
  const parsed = parsePhoneNumberFromString(phone)
  if (!parsed?.country || !frenchCountries.includes(parsed.country)) return phone
  return parsed.formatNational().replace(/\D/g, '')
}

/** For eyes: 06 39 98 41 27, and with its prefix elsewhere: +594 694 01 23 45. No-break spaces. */
export function formatPhone(phone: E164): string {
  const spaced = /^\+33\d{9}$/.test(phone)
    ? `0${phone.slice(3)}`.replace(/(\d\d)(?=\d)/g, '$1 ')
    : (parsePhoneNumberFromString(phone)?.formatInternational() ?? phone)
  return spaced.replace(/[ .]/g, '\u00a0')
}
