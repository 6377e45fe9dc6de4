import { count } from '../../shared/french'
import type { Placeholder, ReminderChoice } from './schema'
import { charactersInPart } from '../sms-text'
import { partsAtMost, partsWanted } from './render'
import type { TextFault, TextLength, TextScope } from './rules'

/** What a datum is, beside its name. */
export const placeholderWords: Record<Placeholder, string> = {
  'rdv.date': 'la date',
  'rdv.heure': 'l’heure',
  'lieu.nom': 'le nom du lieu',
  'lieu.adresse': 'l’adresse courte du lieu',
  'lieu.téléphone': 'le téléphone du lieu',
  'lieu.contact': 'le téléphone ou l’e-mail du lieu',
  'lieu.lien_info': 'le lien vers la page du service',
}

export const templateRefusals = {
  'message_template.empty': 'Écrivez le texte.',
  'message_template.unknown_placeholder':
    '«\u00a0{found}\u00a0» n’est pas une donnée connue\u00a0: choisissez-en une de la liste.',
  'message_template.unpaired_brace':
    'Une accolade «\u00a0{found}\u00a0» est seule\u00a0: les données s’écrivent entre deux accolades.',
  'message_template.unsendable_sign': 'Le signe «\u00a0{found}\u00a0» ne s’écrit dans aucun SMS.',
  'message_template.forbidden_word':
    '«\u00a0{found}\u00a0» dit la peine ou l’infraction à qui lirait ce téléphone\u00a0: dites-le autrement.',
  'message_template.provider_mark':
    '«\u00a0{found}\u00a0» est une marque de l’opérateur\u00a0: retirez-la, le lien STOP est ajouté tout seul à la fin.',
  'message_template.bracketed':
    '«\u00a0{found}\u00a0» partirait tel quel\u00a0: une donnée s’écrit entre accolades, choisissez-la dans la liste.',
  'message_template.relative_day':
    '«\u00a0{found}\u00a0» serait faux si le SMS partait plus tard\u00a0: donnez la date avec une donnée.',
  'message_template.foreign_letters':
    '«\u00a0{found}\u00a0» a des lettres d’un autre alphabet que le nôtre, parfois pareilles à l’œil\u00a0: tapez-le de nouveau au clavier.',
  'message_template.second_address':
    '«\u00a0{found}\u00a0» est une adresse de trop\u00a0: une seule adresse, en plus du lien STOP ajouté à la fin.',
  'message_template.datum_missing':
    'Il manque {found}\u00a0: sans elle, la personne ne sait pas de quel rendez-vous il s’agit.',
  'message_template.datum_unwanted': 'Ce type de convocation ne donne pas {found}\u00a0: retirez-la.',
  'message_template.too_long':
    'Trop long\u00a0: {parts} SMS {place}, quatre au plus. Raccourcissez d’au moins {over}.',
  'message_template.unchanged': 'C’est déjà le texte en vigueur.',
  'message_template.same_as_default':
    'C’est le texte commun\u00a0: choisissez «\u00a0Revenir au texte commun\u00a0».',
  'message_template.already_default': 'Ce service suit déjà le texte commun.',
  'message_template.changed_meanwhile':
    'Le texte en vigueur a changé entre-temps{by}\u00a0: il est à jour ici, ce que vous avez écrit est gardé. Comparez, puis recommencez.',
  'message_template.no_common_reminder':
    'Le rappel commun part 24 heures avant, 48 heures avant, ou les deux.',
  'message_template.already_proposed': 'Votre service propose déjà ce texte.',
  'message_template.proposal_over': 'Cette proposition n’attend plus de réponse\u00a0: rien n’est changé.',
  'message_template.proposal_stale':
    'Le texte en vigueur a changé depuis cette proposition. Comparez, puis cochez la case pour l’accepter quand même.',
} satisfies Record<`message_template.${string}`, string>

/** The sentence of a fault, what is at fault in its place. */
export const faultSentence = ({ code, found }: TextFault): string =>
  templateRefusals[code].replace('{found}', found)

/** What is said of a text that is longer than so many SMS: how long it is, where, by how much. */
export const lengthFacts = ({ parts, place, characters }: TextLength, most: number) => ({
  parts,
  place: place ? `pour «\u00a0${place}\u00a0»` : 'avec les données les plus longues',
  over: count(Math.max(1, characters - most * charactersInPart), 'caractère'),
})

/** What is said of its length beside a text that is typed: refused beyond what leaves, warned of beyond what is wanted. */
export function lengthSentence(length: TextLength): { refused: boolean; sentence: string } | null {
  if (length.parts <= partsWanted) return null
  const refused = length.parts > partsAtMost
  const facts = Object.entries(lengthFacts(length, refused ? partsAtMost : partsWanted))
  const sentence = refused
    ? templateRefusals['message_template.too_long']
    : 'Long\u00a0: {parts} SMS {place}, deux d’ordinaire. Pour y tenir, raccourcissez d’au moins {over}.'
  return {
    refused,
    sentence: facts.reduce((said, [name, fact]) => said.replace(`{${name}}`, String(fact)), sentence),
  }
}

/** "pour SPIP 973 Cayenne", "pour tous les services": said by the button that keeps a text, and once it is kept. */
export const scopeWords = ({ service }: { service: string | null }): string =>
  `pour ${service ?? 'tous les services'}`

/** "pour tous les services (7 le suivent)": once the common text is kept. */
export const keptFor = (scope: TextScope): string =>
  scope.service === null
    ? `${scopeWords(scope)} (${scope.followers === 0 ? 'aucun ne le suit' : count(scope.followers, 'le suit', 'le suivent')})`
    : scopeWords(scope)

export const reminderChoiceWords: Record<ReminderChoice, string> = {
  common: 'Comme le texte commun',
  '24': '24 heures avant',
  '48': '48 heures avant',
  both: '48 et 24 heures avant',
}

export const proposalStateWords = {
  pending: { word: 'En attente', tone: 'warn' },
  accepted: { word: 'Acceptée', tone: 'ok' },
  refused: { word: 'Refusée', tone: 'bad' },
  withdrawn: { word: 'Retirée', tone: 'off' },
  replaced: { word: 'Remplacée', tone: 'off' },
} as const
