import { adviceOf, askNumber, unreceivedSentence } from '../message/advice'
import type { MessageState } from '../message/rules'
import type { MessageKind } from '../message/template/schema'
import type { UnreachedScope } from './schema'

export const unreachedRefusals = {
  'unreached.called_already': 'Cet appel était déjà enregistré.',
  'unreached.called_long_ago':
    'Cet appel ne se retire plus\u00a0: il n’est pas de vous, ou date de plus de dix minutes.',
} satisfies Record<`unreached.${string}`, string>

export const scopeWords: Record<UnreachedScope, string> = {
  mine: 'Les miennes',
  service: 'Tout le service',
  jurisdiction: 'Tout le ressort',
}

/** In the history of a person and of the appointment that they were told of. */
export const unreachedHistory = {
  'unreached.called': () => 'Personne prévenue par téléphone',
  'unreached.not_called': () => 'Appel retiré\u00a0: la personne reste à prévenir',
} satisfies Record<`unreached.${string}`, () => string>

interface Word {
  kind: MessageKind
  state: MessageState
  endReason: string | null
  phoneOff: boolean
}

const numberWords = {
  to_check: 'Numéro à vérifier\u00a0: le dernier SMS n’est pas arrivé',
  dead: 'Numéro à corriger\u00a0: les deux derniers SMS ne sont pas arrivés, plus rien ne part',
} as const

/** What happened about an appointment: the word that did not arrive, else what is known of the number. */
export const whatHappened = (word: Word | null, phoneState: 'fine' | 'to_check' | 'dead'): string =>
  word ? unreceivedSentence(word) : numberWords[phoneState === 'dead' ? 'dead' : 'to_check']

const tellOfStop =
  'Plus rien ne lui rappelle ses dates\u00a0: dites-les et remettez le papier. Les SMS se réactivent seulement si la personne le demande.'

/** What there is to do for a person, in a sentence or two. */
export function whatToDo(line: {
  stoppedOn: string | null
  phoneState: 'fine' | 'to_check' | 'dead'
  appointments: readonly { word: Word | null }[]
}): string {
  if (line.stoppedOn) return tellOfStop
  if (line.phoneState !== 'fine') return askNumber
  const word = line.appointments.find((appointment) => appointment.word)?.word
  return (word && adviceOf(word)) || askNumber
}
