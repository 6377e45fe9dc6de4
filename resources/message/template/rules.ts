import type { AppointmentTypeCode } from '../../appointment-type/catalogue'
import { fold } from '../../shared/fold'
import { foldToGsm7 } from '../sms-text'
import { parseTemplate, type TemplateFault } from './render'
import { placeholders, type MessageKind, type Placeholder, type ReminderChoice } from './schema'

/** What a text is refused for, beside what no template can be. */
export interface TextFault {
  code:
    | TemplateFault['code']
    | 'message_template.forbidden_word'
    | 'message_template.provider_mark'
    | 'message_template.bracketed'
    | 'message_template.relative_day'
    | 'message_template.foreign_letters'
    | 'message_template.second_address'
    | 'message_template.datum_missing'
    | 'message_template.datum_unwanted'
  /** The words at fault, as typed; of a datum, its name between braces. */
  found: string
  /** Where, in characters from the beginning; null for what is not there. */
  at: number | null
}

/** How long a text is at the place where it is the longest; null with usual values. */
export interface TextLength {
  characters: number
  parts: number
  place: string | null
}

/** Whom a text is written for: one service, or all, of which so many have none of their own. */
export type TextScope = { service: string } | { service: null; followers: number }

/**
 * Words that tell of the offence, the sentence or its measures: whoever else reads the phone would learn of it
 * (decision M13). Without accents; "…" is any ending.
 */
const forbidden = [
  ...[
    'peine',
    'peines',
    'condamn…',
    'sursis',
    'incarcer…',
    'ecrou…',
    'prison…',
    'detention…',
    'detenu…',
    'liberation…',
  ],
  ...[
    'semi liberte',
    'delit…',
    'delinquan…',
    'infraction…',
    'contravention…',
    'crime…',
    'crimin…',
    'recidiv…',
  ],
  ...['terroris…', 'radicalis…', 'viol', 'viols', 'violen…', 'vol', 'vols', 'voleu…', 'agress…', 'sexuel…'],
  ...[
    'stupefiant…',
    'drogue…',
    'alcool…',
    'conjugal…',
    'homicide…',
    'meurtr…',
    'escroqu…',
    'recel…',
    'victime…',
  ],
  ...['bracelet…', 'electronique…', 'surveillance…', 'placement exterieur', 'probationnaire…', 'suivi penal'],
  ...['tig', 'tnr', 'ddse', 'dse', 'jap', 'japat', 'bex', 'sme', 'ppsmj', '741', 'casier…', 'amende…'],
  ...[
    'remuner…',
    'travail d interet general',
    'travail d interet',
    'travail non remunere',
    'travail non',
    'interet general',
  ],
]
/** Names of the trade that hold one of them, and are said to everybody. */
const allowed = ['juge de l application des peines', 'juges de l application des peines']

/** A text may leave late: only a date stays true (decision M11). */
const relativeDays = [
  ...['demain', 'hier', 'aujourd hui', 'ce jour', 'ce matin', 'ce midi', 'ce soir', 'cet apres midi'],
  ...['cette nuit', 'cette semaine', 'tout a l heure', 'semaine prochaine', 'mois prochain', 'sous huitaine'],
  ...['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'].flatMap((day) => [
    ...[`${day} prochain`, `ce ${day}`, `d ici ${day}`],
  ]),
]

/** Brevo's own way out, which makes an advertisement of a message: none leaves by night or on a Sunday. */
const providerMarks = ['stop code']

const patternOf = (words: readonly string[]) =>
  new RegExp(
    `(?<![a-z0-9])(?:${words.map((word) => word.replace('…', '[a-z]*')).join('|')})(?![a-z0-9])`,
    'g',
  )
const forbiddenPattern = patternOf(forbidden)
const allowedPattern = patternOf(allowed)
const providerPattern = patternOf(providerMarks)
const relativePattern = patternOf(relativeDays)
const inDays =
  /(?<![a-z0-9])(?:dans|sous) (?:les )?(?:[0-9]+|un|une|deux|trois|quelques) (?:heure|jour|semaine|moi)s?(?![a-z0-9])/g

/**
 * A letter of another alphabet than ours. A name that has some is spelled as French does (decision M5); a text of ours
 * has none on purpose, and one that looks like ours would leave as another word.
 */
const foreignLetter = /(?!\p{Script=Latin}|\p{Lm})\p{L}/u

/** What a phone makes a link of: an address with its scheme, or whose last name is one of those that are met. */
const addressPattern = new RegExp(
  [
    String.raw`\{[^{}]*\}`,
    String.raw`(?:https?:\/\/|www\.)[^\s{}"«»]+`,
    String.raw`(?<![\p{L}\p{N}@._-])(?:[\p{L}\p{N}-]+\.)+(?:(?:` +
      'fr|com|org|net|eu|info|re|gp|mq|gf|yt|nc|pf|pm|wf|be|ch|lu|io|ly|gl|app|link|online|site|paris|bzh' +
      String.raw`)(?![\p{L}\p{N}-])|[a-z]{2,}(?=\/))(?:\/[^\s{}"«»]*)?(?![\p{L}\p{N}._-]*@)`,
  ].join('|'),
  'giu',
)

/** Which data of its kind a text cannot do without: whoever reads it must know which appointment, and when. */
const neededData: Record<MessageKind, readonly Placeholder[]> = {
  summons: ['rdv.date', 'rdv.heure'],
  reminder: ['rdv.date', 'rdv.heure'],
  rescheduling: ['rdv.date', 'rdv.heure'],
  cancellation: ['rdv.date'],
  missed: ['rdv.date'],
}

/** What the texts of a type never give (decision M13): nobody comes to the place, or no page is told. */
const unwantedData: Partial<Record<AppointmentTypeCode, readonly Placeholder[]>> = {
  home_visit: ['lieu.adresse'],
  phone_appointment: ['lieu.adresse'],
  anti_terrorism_judge: ['lieu.lien_info'],
}

/** The data that a text of this type may hold. */
export const dataOf = (typeCode: AppointmentTypeCode): Placeholder[] =>
  placeholders.filter((placeholder) => !unwantedData[typeCode]?.includes(placeholder))

/** Everything a text would be refused for, in its order, what it lacks last. Only its length depends on the places. */
export function faultsOfText(
  text: string,
  { kind, typeCode }: { kind: MessageKind; typeCode: AppointmentTypeCode },
): TextFault[] {
  const { parts, faults } = parseTemplate(text)
  if (text.trim() === '') return faults
  const held = parts.flatMap((part) => ('placeholder' in part ? [part.placeholder] : []))
  const unwanted = (unwantedData[typeCode] ?? []).filter((placeholder) => held.includes(placeholder))
  const needed = neededData[kind].filter((placeholder) => !held.includes(placeholder))
  const found: TextFault[] = [
    ...faults,
    ...wordsIn(text, forbiddenPattern, 'message_template.forbidden_word'),
    ...wordsIn(text, providerPattern, 'message_template.provider_mark'),
    ...bracketedIn(text),
    ...wordsIn(text, relativePattern, 'message_template.relative_day'),
    ...wordsIn(text, inDays, 'message_template.relative_day'),
    ...foreignWordsIn(text),
    ...addressesIn(text)
      .slice(1)
      .map((address) => ({ code: 'message_template.second_address' as const, ...address })),
    ...unwanted.map((placeholder) => ({
      code: 'message_template.datum_unwanted' as const,
      ...whereIs(text, placeholder),
    })),
  ]
  return [
    ...found.sort((one, other) => (one.at ?? 0) - (other.at ?? 0)),
    ...needed.map((placeholder) => ({
      code: 'message_template.datum_missing' as const,
      found: `{${placeholder}}`,
      at: null,
    })),
  ]
}

const nameOfDatum = (braced: string) => braced.slice(1, -1).normalize('NFC').trim()

function whereIs(text: string, placeholder: Placeholder) {
  const match = [...text.matchAll(/\{[^{}]*\}/gu)].find(([braced]) => nameOfDatum(braced) === placeholder)
  return { found: match?.[0] ?? `{${placeholder}}`, at: match?.index ?? 0 }
}

/** The addresses of a text, typed or given by its datum. The mark that ends a sentence is no part of one. */
const addressesIn = (text: string) =>
  [...text.matchAll(addressPattern)].flatMap(({ 0: typed, index: at }) =>
    typed.startsWith('{')
      ? nameOfDatum(typed) === 'lieu.lien_info'
        ? [{ found: typed, at }]
        : []
      : [{ found: typed.replace(/[.,;:!?)\]]+$/u, ''), at }],
  )

/** Data, and words: a sign that nobody sees (a soft hyphen, as word processors paste them) parts none. */
const piecesOf = (text: string) => [...text.matchAll(/\{[^{}]*\}|[\p{L}\p{M}\p{N}\p{Cf}]+/gu)]

/** What is written as a datum, between the wrong signs: [lieu.nom], [DATE], [RDV_DATE]. */
const bracketedIn = (text: string): TextFault[] =>
  [...text.matchAll(/\[(?:[\p{Lu}\p{N}_]{2,}|[\p{L}\p{N}]+[._][\p{L}\p{N}._]*)\]/gu)].flatMap(
    ({ 0: found, index: at }) =>
      fold(found).match(providerPattern) ? [] : [{ code: 'message_template.bracketed', found, at }],
  )

const foreignWordsIn = (text: string): TextFault[] =>
  piecesOf(text).flatMap(({ 0: found, index: at }) =>
    found.startsWith('{') || !foreignLetter.test(found)
      ? []
      : [{ code: 'message_template.foreign_letters', found, at }],
  )

/** The words that a pattern of folded words finds, as they were typed. Data are no words. */
function wordsIn(text: string, pattern: RegExp, code: TextFault['code']): TextFault[] {
  const words = piecesOf(text).map(({ 0: typed, index }) => ({
    typed,
    index,
    folded: typed.startsWith('{') ? '|' : fold(typed.replace(/\p{Cf}/gu, '')),
  }))
  const starts: number[] = []
  let folded = ''
  for (const word of words) {
    starts.push(folded.length)
    folded += `${word.folded} `
  }
  const said = folded.replace(allowedPattern, (name) => '|'.repeat(name.length))
  return [...said.matchAll(pattern)].flatMap(({ 0: match, index }) => {
    const last = starts.findLastIndex((start) => start < index + match.length)
    const [from, to] = [words[starts.findLastIndex((start) => start <= index)], words[last]]
    if (!from || !to) return []
    return [{ code, found: text.slice(from.index, to.index + to.typed.length), at: from.index }]
  })
}

/** The signs of a text that are written otherwise before it leaves, and how: ê → e. */
export function signsReplaced(text: string): { sign: string; by: string }[] {
  const outside = text.normalize('NFC').replace(/\{[^{}]*\}/gu, '')
  return [...new Set(outside)].flatMap((sign) => {
    const by = foldToGsm7(sign)
    const isLeftOut = by === sign || by === '?' || by === ''
    return isLeftOut || /\s/u.test(sign) || foreignLetter.test(sign) ? [] : [{ sign, by }]
  })
}

const hoursOfChoice: Record<ReminderChoice, number[]> = {
  common: [],
  '24': [24],
  '48': [48],
  both: [24, 48],
}
export const reminderHoursOf = (choice: ReminderChoice): number[] => hoursOfChoice[choice]

/** The choice that hours come from; none is as the common text. */
export const reminderChoiceOf = (hours: readonly number[]): ReminderChoice =>
  hours.length > 1 ? 'both' : hours[0] === 48 ? '48' : hours[0] === 24 ? '24' : 'common'
