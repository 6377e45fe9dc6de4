import type { EndMail, WaitingMail } from '../../resources/divestment/queries/mail.server'
import { env } from '../../resources/shared/env.server'
import { formatDay } from '../../resources/shared/french'
import { farewell, type Words } from './agent-mails'

const greeting = (firstName: string | null) => (firstName ? `Bonjour ${firstName},` : 'Bonjour,')

/** The words of the mail that says that requests wait for an answer. Nobody is named: the list does. */
export function waitingWordsOf({ firstName, service, count, deadline }: WaitingMail): Words {
  const several = count > 1
  return {
    subject: several
      ? `[Mon Suivi Justice] ${count} demandes de dessaisissement attendent votre réponse`
      : '[Mon Suivi Justice] Une demande de dessaisissement attend votre réponse',
    text: `${greeting(firstName)}

${
  several
    ? `${count} demandes de dessaisissement attendent la réponse de votre service (${service}). La plus ancienne`
    : `Une demande de dessaisissement attend la réponse de votre service (${service}). Elle`
} est à traiter avant le ${formatDay(deadline)}.

${env.PUBLIC_URL}/admin/resources/Divestment

Sans réponse à cette date, une demande est acceptée d’office si la personne est archivée ou n’a plus de convocation à venir chez vous.

${farewell}
`,
  }
}

/** The words of the mail that says how a request ended, null when there is nothing to say of it. */
export function endWordsOf(mail: EndMail): Words | null {
  const { firstName, state, target, archived, refusal } = mail
  if (state === 'accepted')
    return {
      subject: '[Mon Suivi Justice] Un dessaisissement est accepté',
      text: `${greeting(firstName)}

La demande de dessaisissement au profit de ${target} est acceptée. La fiche est à vous\u00a0:
${env.PUBLIC_URL}/admin/resources/Probationer/records/${mail.probationerId}/show

${
  archived
    ? 'Elle est archivée, et le reste\u00a0: un administrateur local de votre service peut la désarchiver.'
    : 'Elle n’a pas encore d’agent référent.'
}

${farewell}
`,
    }
  if (state !== 'refused' || !refusal) return null
  const { service, comment, by, email, phone } = refusal
  return {
    subject: '[Mon Suivi Justice] Un dessaisissement est refusé',
    text: `${greeting(firstName)}

La demande de dessaisissement au profit de ${target} est refusée par ${service}. Le suivi reste comme avant.
${comment ? `\nCommentaire\u00a0: ${comment}\n` : ''}
${env.PUBLIC_URL}/admin/resources/Divestment/records/${mail.id}/show

Pour en parler\u00a0: ${[by, service, email, phone].filter(Boolean).join(', ')}.

${farewell}
`,
  }
}
