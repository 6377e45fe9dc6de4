/** Which page of the site helps with which screen. */
import type { ActionName, ResourceName } from '../client/action'

/** What each page of /agents/aide is about, in a sentence. */
const subjects = {
  'que-faire-maintenant': 'que faire maintenant',
  enregistrer: 'enregistrer une personne',
  fiche: 'la fiche d’une personne',
  'espace-personnel': 'l’espace personnel',
  convoquer: 'convoquer une personne',
  'convoquer-un-groupe': 'convoquer un groupe',
  'est-elle-venue': 'dire si la personne est venue',
  'deplacer-ou-annuler': 'déplacer ou annuler une convocation',
  sms: 'les SMS',
  imprimer: 'imprimer',
  creneaux: 'les créneaux',
  'creneaux-recurrents': 'les créneaux récurrents',
  fermetures: 'les fermetures et les absences',
  'sortie-d-audience': 'la sortie d’audience',
  doublon: 'les doublons',
  dessaisissement: 'le dessaisissement',
  archiver: 'archiver et désarchiver',
  'droits-des-personnes': 'les droits des personnes',
  agents: 'les agents du service',
  'lieux-et-agendas': 'le service, ses lieux et ses agendas',
  'page-du-service': 'la page du service',
  'textes-des-sms': 'les textes des SMS',
  statistiques: 'les statistiques',
  connexion: 'la connexion et le compte',
  'equipe-nationale': 'les écrans de l’équipe nationale',
} as const

type Subject = keyof typeof subjects

/** The page of a resource, and of its acts that have another one. */
type Helped = {
  [R in ResourceName]: { page: Subject; acts?: { [A in ActionName<R> | 'show']?: Subject } }
}

const helped: Helped = {
  Probationer: {
    page: 'fiche',
    acts: {
      registerAndConvoke: 'enregistrer',
      register: 'enregistrer',
      lookUp: 'sortie-d-audience',
      foresee: 'equipe-nationale',
      importMany: 'equipe-nationale',
      convoke: 'convoquer',
      inviteToSpace: 'espace-personnel',
      handInvitationOver: 'espace-personnel',
      revokeSpace: 'espace-personnel',
      resetSpaceAccess: 'espace-personnel',
      archive: 'archiver',
      unarchive: 'archiver',
      delete: 'archiver',
      transfer: 'equipe-nationale',
      merge: 'doublon',
      readTraces: 'droits-des-personnes',
      recordRequest: 'droits-des-personnes',
      liftLimitation: 'droits-des-personnes',
      export: 'droits-des-personnes',
    },
  },
  Appointment: {
    page: 'est-elle-venue',
    acts: {
      show: 'deplacer-ou-annuler',
      print: 'imprimer',
      printAll: 'imprimer',
      daySheet: 'imprimer',
      unreached: 'sms',
      convokeGroup: 'convoquer-un-groupe',
      reschedule: 'deplacer-ou-annuler',
      cancel: 'deplacer-ou-annuler',
    },
  },
  Divestment: { page: 'dessaisissement' },
  Organization: {
    page: 'lieux-et-agendas',
    acts: {
      statistics: 'statistiques',
      supervision: 'equipe-nationale',
      new: 'equipe-nationale',
      edit: 'equipe-nationale',
      editFlags: 'equipe-nationale',
      link: 'equipe-nationale',
      unlink: 'equipe-nationale',
    },
  },
  Headquarters: { page: 'equipe-nationale' },
  Place: { page: 'lieux-et-agendas' },
  PlaceRelocation: { page: 'equipe-nationale' },
  Agenda: { page: 'lieux-et-agendas' },
  Slot: {
    page: 'creneaux',
    acts: {
      judgeDesk: 'sortie-d-audience',
      probationDesk: 'sortie-d-audience',
      tagDesk: 'sortie-d-audience',
      bookSeat: 'sortie-d-audience',
    },
  },
  RecurringSlot: { page: 'creneaux-recurrents' },
  CustomColumn: { page: 'sortie-d-audience' },
  Closure: { page: 'fermetures' },
  Agent: {
    page: 'agents',
    acts: { profile: 'connexion', switchOrganization: 'connexion', changePassword: 'connexion' },
  },
  MessageTemplate: { page: 'textes-des-sms' },
  MessageTemplateProposal: { page: 'textes-des-sms' },
  ContentPage: { page: 'equipe-nationale' },
  PublicPage: { page: 'page-du-service' },
  Partner: { page: 'page-du-service' },
  CompetentService: { page: 'equipe-nationale' },
  ImportRun: { page: 'equipe-nationale' },
  RightsRequest: { page: 'droits-des-personnes' },
  LikelyDuplicate: { page: 'doublon' },
  SiteRequest: { page: 'equipe-nationale' },
  PageVote: { page: 'equipe-nationale' },
  TestSms: { page: 'equipe-nationale' },
  Announcement: { page: 'que-faire-maintenant' },
}

const byResource = new Map<string, { page: Subject; acts?: Partial<Record<string, Subject>> }>(
  Object.entries(helped),
)

const screen = /^\/admin\/resources\/(\w+)(?:\/(?:actions|bulk|records\/[^/]+)\/(\w+))?/

/** The page of help of the screen at an address of the back office. */
export function helpOn(pathname: string): { address: string; subject: string } {
  const [, resource = '', act = ''] = screen.exec(pathname) ?? []
  const { page = 'que-faire-maintenant', acts = {} } = byResource.get(resource) ?? {}
  const subject = new Map(Object.entries(acts)).get(act) ?? page
  return { address: `/agents/aide/${subject}`, subject: subjects[subject] }
}
