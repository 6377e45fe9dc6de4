import { ofKind } from '../../message/fr'
import type { ProposalMail } from '../../message/template/queries/proposals.server'
import { env } from '../../shared/env.server'
import type { Letter } from '../letter.server'

/** The mail that says what the team answered to a text that a service proposed. */
export function proposalLetter({ firstName, state, answer, kind, type, typeCode }: ProposalMail): Letter {
  const accepted = state === 'accepted'
  return {
    subject: accepted ? 'Votre texte de SMS est accepté' : 'Votre texte de SMS est refusé',
    firstName,
    blocks: [
      `Le texte que vous avez proposé pour le SMS ${ofKind[kind]} («\u00a0${type}\u00a0») est ${accepted ? 'accepté' : 'refusé'}. ${
        accepted ? 'Les prochains SMS de votre service l’utilisent.' : 'Le texte en vigueur ne change pas.'
      }`,
      ...(answer ? [`Réponse\u00a0: ${answer}`] : []),
      {
        label: 'Voir le texte',
        url: `${env.PUBLIC_URL}/admin/resources/MessageTemplate/actions/texts?type=${typeCode}&kind=${kind}`,
      },
    ],
  }
}
