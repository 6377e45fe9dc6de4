import { ofKind } from '../../resources/message/fr'
import type { ProposalMail } from '../../resources/message/template/queries/proposals.server'
import { env } from '../../resources/shared/env.server'
import { farewell, type Words } from './agent-mails'

/** The words of the mail that says what the team answered to a text that a service proposed. */
export function proposalWordsOf({ firstName, state, answer, kind, type, typeCode }: ProposalMail): Words {
  const accepted = state === 'accepted'
  return {
    subject: accepted
      ? '[Mon Suivi Justice] Votre texte de SMS est accepté'
      : '[Mon Suivi Justice] Votre texte de SMS est refusé',
    text: `Bonjour ${firstName},

Le texte que vous avez proposé pour le SMS ${ofKind[kind]} («\u00a0${type}\u00a0») est ${accepted ? 'accepté' : 'refusé'}. ${
      accepted ? 'Les prochains SMS de votre service l’utilisent.' : 'Le texte en vigueur ne change pas.'
    }
${answer ? `\nRéponse\u00a0: ${answer}\n` : ''}
${env.PUBLIC_URL}/admin/resources/MessageTemplate/actions/texts?type=${typeCode}&kind=${kind}

${farewell}
`,
  }
}
