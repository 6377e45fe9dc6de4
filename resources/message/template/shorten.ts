import { foldToGsm7, measure } from '../sms-text'
import type { TemplateValues } from './schema'

/** In the words of everybody: what these say stays whole. */
const abbreviations: readonly (readonly [RegExp, string])[] = [
  [/service pénitentiaire d['’]insertion et de probation/giu, 'SPIP'],
  [/tribunal judiciaire/giu, 'TJ'],
  [/tribunal pour enfants/giu, 'TPE'],
  [/cour d['’]appel/giu, 'CA'],
  [/(?<!\p{L})antenne de /giu, ''],
  [/(?<!\p{L})sainte?[- ]/giu, 'St-'],
]

/** What a name keeps in a long text, and in one that leaves no room for it. */
const shortName = 30
const shortestName = 14
/** As an address for SMS: an address with signs that count two may be longer on the network. */
const longestAddress = 40

/**
 * The values of a text that is too long, each time a little shorter: the name of the place first, which is
 * on the page of the service too, then the town of its address. Who is written to by e-mail is called
 * where there is a phone, else found on the page. The date and the hour are never touched.
 *
 * @param holdsLink whether the text gives the address of the page: some may not.
 */
export function* shortenings(values: TemplateValues, holdsLink: boolean): Generator<TemplateValues> {
  let shorter = values
  const change = (more: TemplateValues) => (shorter = { ...shorter, ...more })
  const name = abbreviated(values['lieu.nom'] ?? '')
  yield change({ 'lieu.nom': name })
  yield change({ 'lieu.nom': cut(name, shortName) })
  const { 'lieu.contact': contact, 'lieu.téléphone': phone, 'lieu.lien_info': link } = values
  if (contact && phone) yield change({ 'lieu.contact': phone })
  const address = values['lieu.adresse']
  if (address) yield change({ 'lieu.adresse': cut(withoutTown(address), longestAddress) })
  yield change({ 'lieu.nom': cut(name, shortestName) })
  if (contact && !phone && link && holdsLink) yield change({ 'lieu.contact': link })
}

const abbreviated = (name: string) =>
  abbreviations.reduce((text, [words, short]) => text.replace(words, short), name)

const withoutTown = (address: string) => address.replace(/,[^,]*$/u, '')

/** What fits, as the network counts it, and ends with a word where it can. */
function cut(text: string, most: number): string {
  const whole = foldToGsm7(text.replace(/\s+/gu, ' ').trim())
  if (measure(whole).characters <= most) return text
  const signs = [...whole]
  let end = signs.length
  while (measure(signs.slice(0, end).join('')).characters > most) end -= 1
  const kept = signs.slice(0, end).join('')
  const words = signs[end] === ' ' ? kept : kept.replace(/[ '-][^ '-]*$/u, '')
  return (
    words.replace(/(?:[ '-](?:de|des|du|d|la|le|les|l|et|en))+$/iu, '').replace(/[^\p{L}\p{N}]+$/u, '') ||
    kept
  )
}
