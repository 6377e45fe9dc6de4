import { messageHistorySentence, ofKind } from './fr'
import type { EndReason, MessageState } from './rules'
import type { MessageKind } from './template/schema'

// Said on the pages where a message is looked into, and there only: forms do not load it.

const call = 'Appelez la personne.'
const nothingToDo = 'Il n’y a rien à faire.'
export const askNumber = 'Demandez le bon numéro à la personne, puis corrigez-le.'

/** What there is to do of each end, in a sentence or two. */
const endReasonAdvice: Record<EndReason, string> = {
  no_phone: 'Ajoutez un portable, ou prévenez la personne autrement.',
  opted_out: 'La convocation papier suffit. Les SMS se réactivent seulement si la personne le demande.',
  dead_number: askNumber,
  archived: nothingToDo,
  limited: nothingToDo,
  appointment_cancelled: nothingToDo,
  appointment_rescheduled: nothingToDo,
  appointment_excused: nothingToDo,
  appointment_settled: nothingToDo,
  appointment_booked_again: nothingToDo,
  deadline: call,
  night: call,
  invalid_number: askNumber,
  unallocated_number: askNumber,
  blacklisted: `${call} Son opérateur bloque les SMS à ce numéro\u00a0: un autre numéro les recevrait.`,
  rejected: `${call} Si cela se répète, écrivez au support.`,
  place_without_phone: `${call} Un administrateur local peut compléter le lieu.`,
  place_without_email: `${call} Un administrateur local peut compléter le lieu.`,
  unrenderable: `${call} Signalez-le au support\u00a0: le texte est à corriger.`,
  link_over: nothingToDo,
  already_told: `${nothingToDo} La personne a déjà ce SMS.`,
  sms_not_open: 'Prévenez la personne autrement.',
  unconfirmed: `Il est peut-être arrivé. ${call}`,
  no_receipt: 'Il est peut-être arrivé. Si la date est proche, appelez la personne.',
}

/** Whether it is of its number that a message ended: another one mends it. */
export const isOfNumber = ({ endReason }: { endReason?: string | null }) =>
  !!endReason && endReasonAdvice[endReason as EndReason] === askNumber

const phoneOffAdvice =
  'Le téléphone est éteint ou hors réseau\u00a0: l’opérateur réessaie. Si la date est proche, appelez la personne.'

/** What an agent may do about a message; null while there is nothing to say. */
export function adviceOf(message: {
  state: MessageState
  endReason?: string | null
  phoneOff?: boolean
}): string | null {
  const { endReason } = message
  if (message.phoneOff) return phoneOffAdvice
  if (endReason && endReason in endReasonAdvice) return endReasonAdvice[endReason as EndReason]
  switch (message.state) {
    case 'unknown':
      return 'On vérifie s’il est parti\u00a0: la réponse vient en quelques minutes.'
    case 'failed':
    case 'suppressed':
    case 'expired':
      return call
    default:
      return null
  }
}

/** What became of a message that an agent is to know of, in a sentence. */
export function unreceivedSentence(message: {
  kind: MessageKind
  state: MessageState
  endReason: string | null
  phoneOff: boolean
}): string {
  const { kind, state, endReason, phoneOff } = message
  if (phoneOff) return `SMS ${ofKind[kind]} en attente\u00a0: téléphone éteint`
  const event =
    state === 'failed' ? 'message.failed' : state === 'expired' ? 'message.expired' : 'message.suppressed'
  return messageHistorySentence(event, { kind, ...(endReason && { reason: endReason }) })
}
