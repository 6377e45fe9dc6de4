import { env } from '../../shared/env.server'
import { formatPhone } from '../../shared/phone'
import { requestKindWords, requestStateWords, yourRequest } from '../../site-request/fr'
import type { AnswerMail, NoticeMail, ReceiptMail } from '../../site-request/queries/mail.server'
import type { Letter } from '../letter.server'

/** To the team: that somebody wrote. To a service: what a person who cannot come wrote to it. */
export function siteRequestNoticeLetter({ kind, reference, requestId, lines }: NoticeMail): Letter {
  if (kind === 'absence')
    return {
      subject: 'Une personne dit qu’elle ne peut pas venir à sa convocation',
      firstName: null,
      blocks: [
        `Ce message vient du site public (référence ${reference}). Personne n’a vérifié l’identité de qui l’a écrit, et l’équipe Mon Suivi Justice ne le lit pas\u00a0: répondez directement à la personne.`,
        lines.map(({ label, text }) => `${label}\u00a0: ${text}`),
        'La personne a lu que ce message ne vaut pas excuse.',
      ],
    }
  return {
    subject: `Nouvelle demande du site\u00a0: ${requestKindWords[kind].toLowerCase()}`,
    firstName: null,
    blocks: [
      `Une demande est arrivée par le site public (référence ${reference}).`,
      {
        label: 'Lire la demande et y répondre',
        url: `${env.PUBLIC_URL}/admin/resources/SiteRequest/records/${requestId}/show`,
      },
    ],
  }
}

/** That it came. Nothing that was typed is said again: the address may be somebody else's. */
export function siteRequestReceiptLetter({ kind, reference, service }: ReceiptMail): Letter {
  const blocks =
    kind === 'absence'
      ? [
          `Votre message est transmis au service qui vous convoque${service ? ` (${service.title})` : ''}. Sa référence est ${reference}.`,
          `Ce message ne vaut pas excuse. Sans réponse du service, appelez-le${service?.phone ? ` au ${formatPhone(service.phone)}` : ''}\u00a0: vous devez venir à la date écrite sur votre convocation.`,
        ]
      : [
          `Votre ${yourRequest[kind]} est bien arrivé${['deployment', 'training', 'service_page'].includes(kind) ? 'e' : ''}. Sa référence est ${reference}\u00a0: donnez-la si vous nous écrivez de nouveau.`,
          'L’équipe Mon Suivi Justice vous répond par e-mail.',
        ]
  return {
    subject: kind === 'absence' ? 'Votre message est transmis' : 'Votre demande est bien arrivée',
    firstName: null,
    blocks: [...blocks, 'Vous n’avez rien envoyé\u00a0? Ne tenez pas compte de cet e-mail.'],
  }
}

/** What the team answered, as it was written. */
export function siteRequestAnswerLetter({ kind, reference, answer, state }: AnswerMail): Letter {
  return {
    subject: 'Réponse à votre demande',
    firstName: null,
    blocks: [
      `Voici la réponse à votre ${yourRequest[kind]} (référence ${reference})\u00a0:`,
      answer,
      `État de la demande\u00a0: ${requestStateWords[state].word.toLowerCase()}.`,
    ],
  }
}
