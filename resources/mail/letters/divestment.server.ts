import type { EndMail, WaitingMail } from '../../divestment/queries/mail.server'
import { env } from '../../shared/env.server'
import { formatDay } from '../../shared/french'
import type { Letter } from '../letter.server'

/** The mail that says that requests wait for an answer. Nobody is named: the list does. */
export function waitingLetter({ firstName, service, count, deadline }: WaitingMail): Letter {
  const several = count > 1
  const before = `est à traiter avant le ${formatDay(deadline)}.`
  return {
    subject: several
      ? `${count} demandes de dessaisissement attendent votre réponse`
      : 'Une demande de dessaisissement attend votre réponse',
    firstName,
    blocks: [
      several
        ? `${count} demandes de dessaisissement attendent la réponse de votre service (${service}). La plus ancienne ${before}`
        : `Une demande de dessaisissement attend la réponse de votre service (${service}). Elle ${before}`,
      { label: 'Voir les demandes', url: `${env.PUBLIC_URL}/admin/resources/Divestment` },
      'Sans réponse à cette date, une demande est acceptée d’office si la personne est archivée ou n’a plus de convocation à venir chez vous.',
    ],
  }
}

/** The mail that says how a request ended, null when there is nothing to say of it. */
export function endLetter(mail: EndMail): Letter | null {
  const { firstName, state, target, archived, refusal } = mail
  if (state === 'accepted')
    return {
      subject: 'Un dessaisissement est accepté',
      firstName,
      blocks: [
        `La demande de dessaisissement au profit de ${target} est acceptée. La fiche est à vous.`,
        {
          label: 'Ouvrir la fiche',
          url: `${env.PUBLIC_URL}/admin/resources/Probationer/records/${mail.probationerId}/show`,
        },
        archived
          ? 'Elle est archivée, et le reste\u00a0: un administrateur local de votre service peut la désarchiver.'
          : 'Elle n’a pas encore d’agent référent.',
      ],
    }
  if (state !== 'refused' || !refusal) return null
  const { service, comment, by, email, phone } = refusal
  return {
    subject: 'Un dessaisissement est refusé',
    firstName,
    blocks: [
      `La demande de dessaisissement au profit de ${target} est refusée par ${service}. Le suivi reste comme avant.`,
      ...(comment ? [`Commentaire\u00a0: ${comment}`] : []),
      {
        label: 'Ouvrir la demande',
        url: `${env.PUBLIC_URL}/admin/resources/Divestment/records/${mail.id}/show`,
      },
      `Pour en parler\u00a0: ${[by, service, email, phone].filter(Boolean).join(', ')}.`,
    ],
  }
}
