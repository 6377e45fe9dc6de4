import type { Letter } from './letter.server'
import { accountLetter, linkLetter, transferLetter } from './letters/agent.server'
import { alertLetter } from './letters/alert.server'
import { endLetter, waitingLetter } from './letters/divestment.server'
import { importLetter } from './letters/import.server'
import { proposalLetter } from './letters/proposal.server'
import { pageReminderLetter } from './letters/public-page.server'
import { relocationLetter } from './letters/relocation.server'
import { retentionLetter } from './letters/retention.server'
import {
  siteRequestAnswerLetter,
  siteRequestNoticeLetter,
  siteRequestReceiptLetter,
} from './letters/site-request.server'

interface Sample {
  /** In its address. */
  name: string
  /** To whom, and when. */
  leaves: string
  letter: Letter | null
}

const instant = new Date('2026-10-05T08:12:00Z')
const agent = { to: 'claire.vasseur@justice.example', firstName: 'Claire' }
const account = { ...agent, timeZone: 'Europe/Paris' }
const link = { ...agent, organizationName: 'SPIP 92 Nanterre', secret: 'lien-d-exemple' }
const transfer = {
  ...{ ...agent, agent: null, follows: true, from: 'SPIP 92 Nanterre', service: 'SPIP 75' },
  switchboard: '01 99 00 12 34',
}
const waiting = { ...agent, service: 'SPIP 92 Nanterre', count: 3, deadline: '2026-10-15' }
const ended = { ...agent, id: 12, probationerId: 340, target: 'SPIP 75', archived: false }

const proposal = {
  ...agent,
  kind: 'summons',
  type: 'Rendez-vous de suivi SPIP',
  typeCode: 'probation_follow_up',
} as const
const siteRequest = { to: 'visiteur@exemple.example', requestId: 12, reference: 'K7QF-92MX' }
const alert = { id: 1, raisedAt: instant, endedAt: null }

/** One of each mail, with values of fiction: what they say is read without waiting for it to happen. */
export const sampleMails = (): Sample[] => [
  {
    name: 'invitation',
    leaves: 'À un agent dont le compte est créé, ou réinvité',
    letter: linkLetter({ ...link, template: 'invitation' }),
  },
  {
    name: 'nouveau-mot-de-passe',
    leaves: 'À un agent qui a oublié son mot de passe',
    letter: linkLetter({ ...link, template: 'password_reset' }),
  },
  {
    name: 'mot-de-passe-change',
    leaves: 'À un agent dont le mot de passe a changé',
    letter: accountLetter('password_changed', account, instant),
  },
  {
    name: 'adresse-changee',
    leaves: 'À un agent dont l’adresse de connexion a changé',
    letter: accountLetter('email_changed', account, instant),
  },
  {
    name: 'compte-bloque',
    leaves: 'À un agent dont le compte se bloque',
    letter: accountLetter('account_locked', account, instant),
  },
  {
    name: 'changement-de-service',
    leaves: 'À un agent qui change de service',
    letter: transferLetter(transfer),
  },
  {
    name: 'depart-d-un-agent',
    leaves: 'Aux administrateurs locaux du service qu’un agent quitte',
    letter: transferLetter({ ...transfer, agent: 'Claire VASSEUR' }),
  },
  {
    name: 'dessaisissements-en-attente',
    leaves: 'Aux services dont une réponse est attendue, puis tous les cinq jours',
    letter: waitingLetter(waiting),
  },
  {
    name: 'dessaisissement-en-attente-boite-partagee',
    leaves: 'À la boîte partagée du service, pour une seule demande',
    letter: waitingLetter({ ...waiting, firstName: null, count: 1 }),
  },
  {
    name: 'dessaisissement-accepte',
    leaves: 'À qui a demandé un dessaisissement, accepté',
    letter: endLetter({ ...ended, state: 'accepted', refusal: undefined }),
  },
  {
    name: 'dessaisissement-refuse',
    leaves: 'À qui a demandé un dessaisissement, refusé',
    letter: endLetter({
      ...ended,
      state: 'refused',
      refusal: {
        comment: 'La personne habite toujours Nanterre & vient chaque mois.',
        service: 'SPIP 92 Nanterre',
        by: 'Sonia MARCHETTI (Administrateur local)',
        email: 'sonia.marchetti@justice.example',
        phone: '01 99 00 10 20',
      },
    }),
  },
  {
    name: 'import-termine',
    leaves: 'À qui a envoyé un fichier de personnes, une fois lu',
    letter: importLetter({
      ...{ ...agent, service: 'SPIP 92 Nanterre', importId: 7 },
      ...{ created: 120, linked: 14, leftAlone: 3, refused: 1 },
    }),
  },
  {
    name: 'demenagement-prepare',
    leaves: 'À qui a demandé le déménagement d’un lieu, une fois préparé',
    letter: relocationLetter({
      ...{ ...agent, date: '2026-11-02', oldPlace: 'SPIP 92, site A', newPlace: 'SPIP 92, site B' },
      ...{ slotsMoved: 210, rulesCopied: 6, peopleMoved: 34 },
    }),
  },
  {
    name: 'archivages-et-effacements',
    leaves: 'Aux administrateurs centraux, la veille à 9 h',
    letter: retentionLetter({
      ...{ ...agent, night: new Date('2026-10-06T00:00:00Z') },
      archived: { ids: [341, 342], total: 2 },
      erased: { ids: [], total: 0 },
    }),
  },
  {
    name: 'page-a-relire',
    leaves: 'Aux administrateurs locaux, quand personne n’a vérifié la page de leur service depuis six mois',
    letter: pageReminderLetter({
      ...{ ...agent, id: 12, organizationId: 3, title: 'SPIP de Nanterre', timeZone: 'Europe/Paris' },
      checkedAt: new Date('2026-04-02T09:00:00Z'),
    }),
  },
  {
    name: 'texte-accepte',
    leaves: 'À qui a proposé un texte de SMS, accepté',
    letter: proposalLetter({ ...proposal, state: 'accepted', answer: null }),
  },
  {
    name: 'texte-refuse',
    leaves: 'À qui a proposé un texte de SMS, refusé',
    letter: proposalLetter({
      ...{ ...proposal, state: 'refused', answer: 'Il ne dit pas ce qu’il faut apporter.' },
    }),
  },
  {
    name: 'demande-du-site-recue',
    leaves: 'À qui a rempli un formulaire du site public',
    letter: siteRequestReceiptLetter({ ...siteRequest, kind: 'deployment', service: null }),
  },
  {
    name: 'demande-du-site-equipe',
    leaves: 'À l’équipe, pour chaque demande du site public',
    letter: siteRequestNoticeLetter({ ...siteRequest, kind: 'deployment', lines: [] }),
  },
  {
    name: 'demande-du-site-reponse',
    leaves: 'À qui a envoyé une demande, quand l’équipe répond',
    letter: siteRequestAnswerLetter({
      ...{ ...siteRequest, kind: 'deployment', state: 'accepted' },
      answer: 'Votre service est créé. Vos administrateurs locaux reçoivent leur invitation demain.',
    }),
  },
  {
    name: 'ne-peut-pas-venir',
    leaves: 'Au service, quand une personne écrit qu’elle ne peut pas venir',
    letter: siteRequestNoticeLetter({
      ...{ ...siteRequest, kind: 'absence' },
      lines: [
        { label: 'Prénom', text: 'Karim' },
        { label: 'Nom', text: 'Bensalem' },
        { label: 'Convocation', text: 'lundi 12 octobre à 9 h 30' },
        { label: 'Message', text: 'Je suis hospitalisé depuis hier.' },
        { label: 'Pour répondre', text: '06 39 98 41 27' },
      ],
    }),
  },
  {
    name: 'ne-peut-pas-venir-transmis',
    leaves: 'À la personne qui a donné une adresse e-mail pour être jointe',
    letter: siteRequestReceiptLetter({
      ...{ ...siteRequest, kind: 'absence' },
      service: { title: 'SPIP de Nanterre', phone: '+33199001020' },
    }),
  },
  {
    name: 'alerte',
    leaves: 'À l’équipe, quand une alerte commence, dure ou prend fin',
    letter: alertLetter(
      {
        raised: [{ ...alert, trouble: { kind: 'messages_expired', facts: { expired: 12 } } }],
        lasting: [
          { ...alert, trouble: { kind: 'messages_late', facts: { late: 31, oldestDueAt: alert.raisedAt } } },
        ],
        ended: [],
      },
      instant,
    ),
  },
]
