import type { AccountMailTemplate, AgentMailTemplate } from '../../agent/jobs'
import type { AccountMail, AgentMail } from '../../agent/queries/actor.server'
import type { TransferMail } from '../../agent/queries/transfer-mail.server'
import { lockLasts } from '../../agent/rules'
import { env } from '../../shared/env.server'
import { formatInstant } from '../../shared/french'
import type { Letter } from '../letter.server'

const links: Record<AgentMailTemplate, (mail: AgentMail) => Letter> = {
  invitation: ({ firstName, organizationName, secret }) => ({
    subject: 'Votre compte est prêt',
    firstName,
    blocks: [
      `Un compte Mon Suivi Justice a été créé pour vous (${organizationName}).`,
      { label: 'Choisissez votre mot de passe', url: `${env.PUBLIC_URL}/agents/invitation/${secret}` },
      'Ce lien sert une seule fois et reste valable 30 jours. Ouvrez-le dans un navigateur récent. S’il ne marche plus, votre administrateur local peut vous en envoyer un autre.',
    ],
  }),
  password_reset: ({ firstName, secret }) => ({
    subject: 'Créer un nouveau mot de passe',
    firstName,
    blocks: [
      'Quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour votre compte Mon Suivi Justice.',
      {
        label: 'Choisissez un nouveau mot de passe',
        url: `${env.PUBLIC_URL}/agents/reinitialisation/${secret}`,
      },
      'Ce lien sert une seule fois et reste valable 6 heures. Si le compte était bloqué, il s’ouvrira.',
      'Vous n’avez rien demandé\u00a0? Ne faites rien\u00a0: votre mot de passe ne change pas.',
    ],
  }),
}

/** The mail that carries a link to an agent. */
export function linkLetter(mail: AgentMail): Letter {
  return links[mail.template](mail)
}

const forgotten = () => `${env.PUBLIC_URL}/agents/mot-de-passe-oublie`

const accounts: Record<AccountMailTemplate, (mail: AccountMail, at: Date) => Letter> = {
  account_locked: ({ firstName, timeZone }, at) => ({
    subject: 'Votre compte est bloqué',
    firstName,
    blocks: [
      `Trois mots de passe faux ont été saisis pour votre compte Mon Suivi Justice, le ${formatInstant(at, timeZone)}. Aucun mot de passe ne l’ouvre plus avant le ${formatInstant(new Date(at.getTime() + lockLasts), timeZone)}.`,
      'Vos sessions ouvertes le restent. Un navigateur où vous avez déjà ouvert une session garde ses propres essais.',
      'Pour débloquer le compte, au choix\u00a0:',
      [
        { label: 'choisissez un nouveau mot de passe', url: forgotten() },
        'demandez à un administrateur local de votre service',
        'attendez 24 heures',
      ],
      `Ce n’était pas vous\u00a0? Votre mot de passe n’a pas été trouvé. Prévenez quand même ${env.SUPPORT_EMAIL}.`,
    ],
  }),
  email_changed: ({ firstName, timeZone }, at) => ({
    subject: 'Votre adresse de connexion a changé',
    firstName,
    blocks: [
      `Depuis le ${formatInstant(at, timeZone)}, votre compte Mon Suivi Justice s’ouvre avec l’adresse à laquelle vous recevez cet e-mail. Votre mot de passe n’a pas changé.`,
      `Vous n’attendiez pas ce changement\u00a0? Parlez-en à l’administrateur local de votre service, ou écrivez à ${env.SUPPORT_EMAIL}.`,
    ],
  }),
  password_changed: ({ firstName, timeZone }, at) => ({
    subject: 'Votre mot de passe a changé',
    firstName,
    blocks: [
      `Le mot de passe de votre compte Mon Suivi Justice a été changé le ${formatInstant(at, timeZone)}. Vos autres sessions sont fermées.`,
      `Ce n’était pas vous\u00a0? Choisissez-en un autre aussitôt, puis prévenez ${env.SUPPORT_EMAIL}.`,
      { label: 'Choisissez un autre mot de passe', url: forgotten() },
    ],
  }),
}

/** The mail that tells an agent what happened to their account. */
export function accountLetter(template: AccountMailTemplate, mail: AccountMail, at: Date): Letter {
  return accounts[template](mail, at)
}

/** The mail about a transfer: to the agent who moved, or to who administers the service they left. */
export function transferLetter({
  firstName,
  agent,
  follows,
  from,
  service,
  switchboard,
}: TransferMail): Letter {
  const phone = switchboard ? `standard ${switchboard}` : 'standard non renseigné'
  const persons = `${env.PUBLIC_URL}/admin/resources/Probationer`
  if (agent === null)
    return {
      subject: 'Vous avez changé de service',
      firstName,
      blocks: [
        `Votre compte Mon Suivi Justice est maintenant dans le service\u00a0: ${service}. Vous vous connectez avec la même adresse et le même mot de passe.`,
        ...(follows
          ? [
              `Les personnes que vous suiviez restent dans votre ancien service (${from}).`,
              { label: 'Voir les personnes de votre nouveau service', url: persons },
            ]
          : [{ label: 'Ouvrir Mon Suivi Justice', url: `${env.PUBLIC_URL}/admin` }]),
        `Ce changement vous étonne\u00a0? Appelez votre nouveau service (${phone}) ou écrivez à ${env.SUPPORT_EMAIL}.`,
      ],
    }
  return {
    subject: 'Un agent a quitté votre service',
    firstName,
    blocks: [
      `${agent} a quitté le service ${from} et rejoint ${service} (${phone}).`,
      ...(follows
        ? [
            'Pensez à réattribuer les personnes dont cet agent était référent\u00a0: elles restent dans votre service, sans référent, et ses convocations à venir sont sans agent.',
            { label: 'Voir les personnes de votre service', url: persons },
          ]
        : []),
      `Un doute\u00a0? Appelez le nouveau service, ou écrivez à ${env.SUPPORT_EMAIL}.`,
    ],
  }
}
