import type { AccountMailTemplate, AgentMailTemplate } from '../../resources/agent/jobs'
import type { AccountMail, AgentMail } from '../../resources/agent/queries/actor.server'
import type { TransferMail } from '../../resources/agent/queries/transfer-mail.server'
import { lockLasts } from '../../resources/agent/rules'
import { env } from '../../resources/shared/env.server'
import { formatInstant } from '../../resources/shared/french'

export interface Words {
  subject: string
  text: string
}

export const farewell = `Ne répondez pas à cet e-mail. Une question\u00a0? ${env.SUPPORT_EMAIL}

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

const accountWords: Record<AccountMailTemplate, (mail: AccountMail, at: Date) => Words> = {
  account_locked: ({ firstName, timeZone }, at) => ({
    subject: '[Mon Suivi Justice] Votre compte est bloqué',
    text: `Bonjour ${firstName},

Trois mots de passe faux ont été saisis pour votre compte Mon Suivi Justice, le ${formatInstant(at, timeZone)}. Aucun mot de passe ne l’ouvre plus avant le ${formatInstant(new Date(at.getTime() + lockLasts), timeZone)}.

Vos sessions ouvertes le restent. Un navigateur où vous avez déjà ouvert une session garde ses propres essais.

Pour débloquer le compte, au choix\u00a0:
- choisissez un nouveau mot de passe\u00a0: ${env.PUBLIC_URL}/agents/mot-de-passe-oublie
- demandez à un administrateur local de votre service
- attendez 24 heures

Ce n’était pas vous\u00a0? Votre mot de passe n’a pas été trouvé. Prévenez quand même ${env.SUPPORT_EMAIL}.

${farewell}
`,
  }),
  email_changed: ({ firstName, timeZone }, at) => ({
    subject: '[Mon Suivi Justice] Votre adresse de connexion a changé',
    text: `Bonjour ${firstName},

Depuis le ${formatInstant(at, timeZone)}, votre compte Mon Suivi Justice s’ouvre avec l’adresse à laquelle vous recevez cet e-mail. Votre mot de passe n’a pas changé.

Vous n’attendiez pas ce changement\u00a0? Parlez-en à l’administrateur local de votre service, ou écrivez à ${env.SUPPORT_EMAIL}.

${farewell}
`,
  }),
  password_changed: ({ firstName, timeZone }, at) => ({
    subject: '[Mon Suivi Justice] Votre mot de passe a changé',
    text: `Bonjour ${firstName},

Le mot de passe de votre compte Mon Suivi Justice a été changé le ${formatInstant(at, timeZone)}. Vos autres sessions sont fermées.

Ce n’était pas vous\u00a0? Choisissez-en un autre aussitôt\u00a0: ${env.PUBLIC_URL}/agents/mot-de-passe-oublie
Puis prévenez ${env.SUPPORT_EMAIL}.

${farewell}
`,
  }),
}

/** The words of a mail that tells an agent what happened to their account. */
export function accountWordsOf(template: AccountMailTemplate, mail: AccountMail, at: Date): Words {
  return accountWords[template](mail, at)
}

/** The words of a mail about a transfer: to the agent who moved, or to who administers the service they left. */
export function transferWordsOf({
  firstName,
  agent,
  follows,
  from,
  service,
  switchboard,
}: TransferMail): Words {
  const phone = switchboard ? `standard ${switchboard}` : 'standard non renseigné'
  if (agent === null)
    return {
      subject: '[Mon Suivi Justice] Vous avez changé de service',
      text: `Bonjour ${firstName},

Votre compte Mon Suivi Justice est maintenant dans le service\u00a0: ${service}. Vous vous connectez avec la même adresse et le même mot de passe.

${
  follows
    ? `Les personnes que vous suiviez restent dans votre ancien service (${from}). Celles de votre nouveau service\u00a0:
${env.PUBLIC_URL}/admin/resources/Probationer`
    : `Ouvrir Mon Suivi Justice\u00a0:
${env.PUBLIC_URL}/admin`
}

Ce changement vous étonne\u00a0? Appelez votre nouveau service (${phone}) ou écrivez à ${env.SUPPORT_EMAIL}.

${farewell}
`,
    }
  return {
    subject: '[Mon Suivi Justice] Un agent a quitté votre service',
    text: `Bonjour ${firstName},

${agent} a quitté le service ${from} et rejoint ${service} (${phone}).
${
  follows
    ? `
Pensez à réattribuer les personnes dont cet agent était référent\u00a0: elles restent dans votre service, sans référent, et ses convocations à venir sont sans agent.
${env.PUBLIC_URL}/admin/resources/Probationer
`
    : ''
}
Un doute\u00a0? Appelez le nouveau service, ou écrivez à ${env.SUPPORT_EMAIL}.

${farewell}
`,
  }
}
