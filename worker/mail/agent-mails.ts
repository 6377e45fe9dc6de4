import type { AgentMailTemplate } from '../../resources/agent/jobs'
import type { AgentMail } from '../../resources/agent/queries/actor.server'
import { env } from '../../resources/shared/env.server'

interface Words {
  subject: string
  text: string
}

const farewell = `Ne répondez pas à cet e-mail. Une question\u00a0? ${env.SUPPORT_EMAIL}

L’équipe Mon Suivi Justice`

const words: Record<AgentMailTemplate, (mail: AgentMail) => Words> = {
  invitation: ({ firstName, organizationName, secret }) => ({
    subject: '[Mon Suivi Justice] Votre compte est prêt',
    text: `Bonjour ${firstName},

Un compte Mon Suivi Justice a été créé pour vous (${organizationName}).

Choisissez votre mot de passe\u00a0:
${env.PUBLIC_URL}/agents/invitation/${secret}

Ce lien sert une seule fois et reste valable 30 jours. Ouvrez-le dans un navigateur récent. S’il ne marche plus, votre administrateur local peut vous en envoyer un autre.

${farewell}
`,
  }),
  password_reset: ({ firstName, secret }) => ({
    subject: '[Mon Suivi Justice] Créer un nouveau mot de passe',
    text: `Bonjour ${firstName},

Quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour votre compte Mon Suivi Justice.

Choisissez-le ici\u00a0:
${env.PUBLIC_URL}/agents/reinitialisation/${secret}

Ce lien sert une seule fois et reste valable 6 heures. Si le compte était bloqué, il s’ouvrira.

Vous n’avez rien demandé\u00a0? Ne faites rien\u00a0: votre mot de passe ne change pas.

${farewell}
`,
  }),
}

/** The words of a mail to an agent. */
export function wordsOf(mail: AgentMail): Words {
  return words[mail.template](mail)
}
