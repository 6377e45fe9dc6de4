import type { OrganizationKind, Role } from '../../resources/shared/actor'

/** Invented services and agents; the towns are real, the phones are those kept for fiction. */

export interface DemoAgent {
  firstName: string
  lastName: string
  role: Role
}

export interface DemoService {
  name: string
  /** The name people know: it opens each SMS. */
  placeName: string
  kind: OrganizationKind
  departmentCode: string
  timeZone: string
  address: string
  shortAddress: string
  postalCode: string
  cityName: string
  phone: string
  headquarters?: string
  interJurisdiction?: boolean
  agendaGuidance?: string
  agendas: string[]
  agents: DemoAgent[]
}

const nanterre = { departmentCode: '92', timeZone: 'Europe/Paris', postalCode: '92000', cityName: 'Nanterre' }
const cayenne = {
  departmentCode: '973',
  timeZone: 'America/Cayenne',
  postalCode: '97300',
  cityName: 'Cayenne',
}

export const services: DemoService[] = [
  {
    ...nanterre,
    name: 'SPIP 92 Nanterre',
    placeName: 'SPIP de Nanterre',
    kind: 'probation_service',
    headquarters: 'SPIP des Hauts-de-Seine',
    address: '14 rue des Peupliers, 92000 Nanterre',
    shortAddress: '14 rue des Peupliers, Nanterre',
    phone: '+33199001020',
    agendas: ['Claire Vasseur', 'Malik Benali', 'Accueil'],
    agents: [
      { firstName: 'Claire', lastName: 'Vasseur', role: 'probation_counsellor' },
      { firstName: 'Malik', lastName: 'Benali', role: 'probation_counsellor' },
      { firstName: 'Hélène', lastName: 'Royer', role: 'probation_director' },
      { firstName: 'Inès', lastName: 'Faure', role: 'probation_secretary' },
      { firstName: 'Thomas', lastName: 'Giraud', role: 'educator' },
      { firstName: 'Nora', lastName: 'Lemaire', role: 'psychologist' },
      { firstName: 'Bruno', lastName: 'Castel', role: 'monitoring_officer' },
      { firstName: 'Sonia', lastName: 'Marchetti', role: 'local_admin' },
      { firstName: 'Paul', lastName: 'Adjovi', role: 'local_admin' },
    ],
  },
  {
    ...nanterre,
    name: 'SPIP 92 Gennevilliers',
    placeName: 'SPIP de Gennevilliers',
    kind: 'probation_service',
    headquarters: 'SPIP des Hauts-de-Seine',
    address: '3 allée des Tilleuls, 92230 Gennevilliers',
    shortAddress: '3 allée des Tilleuls, Gennevilliers',
    postalCode: '92230',
    cityName: 'Gennevilliers',
    phone: '+33199001030',
    agendas: ['Suivi'],
    agents: [
      { firstName: 'Julie', lastName: 'Perrin', role: 'probation_counsellor' },
      { firstName: 'Karine', lastName: 'Dubreuil', role: 'local_admin' },
    ],
  },
  {
    ...nanterre,
    name: 'TJ de Nanterre',
    placeName: 'Tribunal de Nanterre',
    kind: 'court',
    address: '20 avenue des Acacias, 92000 Nanterre',
    shortAddress: '20 avenue des Acacias, Nanterre',
    phone: '+33199001040',
    agendaGuidance: '- **Cabinet 1** : noms de A à K\n- **Cabinet 2** : noms de L à Z',
    agendas: ['Cabinet 1', 'Cabinet 2'],
    agents: [
      { firstName: 'Yann', lastName: 'Le Goff', role: 'execution_office_agent' },
      { firstName: 'Odile', lastName: 'Marchand', role: 'head_execution_clerk' },
      { firstName: 'Samir', lastName: 'Haddad', role: 'criminal_court_clerk' },
      { firstName: 'Lucie', lastName: 'Fontaine', role: 'prosecutor' },
      { firstName: 'Marc', lastName: 'Tessier', role: 'juvenile_court_clerk' },
      { firstName: 'Aline', lastName: 'Roussel', role: 'guilty_plea_clerk' },
      { firstName: 'Denis', lastName: 'Carpentier', role: 'appeal_court_clerk' },
      { firstName: 'Camille', lastName: 'Aubert', role: 'sentence_clerk' },
      { firstName: 'Vincent', lastName: 'Moulin', role: 'sentence_judge' },
      { firstName: 'Sylvie', lastName: 'Bonnet', role: 'court_secretary' },
      { firstName: 'Agnès', lastName: 'Perrault', role: 'head_sentence_clerk' },
      { firstName: 'Gilles', lastName: 'Rivière', role: 'local_admin' },
      { firstName: 'Équipe', lastName: 'Nationale', role: 'central_admin' },
    ],
  },
  {
    ...cayenne,
    name: 'SPIP 973 Cayenne',
    placeName: 'SPIP de Cayenne',
    kind: 'probation_service',
    address: '8 rue des Flamboyants, 97300 Cayenne',
    shortAddress: '8 rue des Flamboyants, Cayenne',
    phone: '+33199009730',
    agendas: ['Suivi'],
    agents: [
      { firstName: 'Rosalie', lastName: 'Jean-Baptiste', role: 'probation_counsellor' },
      { firstName: 'Edmond', lastName: 'Cléry', role: 'local_admin' },
    ],
  },
  {
    ...cayenne,
    name: 'TJ de Cayenne',
    placeName: 'Tribunal de Cayenne',
    kind: 'court',
    address: '2 place des Manguiers, 97300 Cayenne',
    shortAddress: '2 place des Manguiers, Cayenne',
    phone: '+33199009740',
    agendas: ['Cabinet unique'],
    agents: [{ firstName: 'Maryse', lastName: 'Auguste', role: 'sentence_clerk' }],
  },
  {
    name: 'TJ de Versailles',
    placeName: 'Tribunal de Versailles',
    kind: 'court',
    departmentCode: '78',
    timeZone: 'Europe/Paris',
    interJurisdiction: true,
    address: '5 rue des Orangers, 78000 Versailles',
    shortAddress: '5 rue des Orangers, Versailles',
    postalCode: '78000',
    cityName: 'Versailles',
    phone: '+33199007810',
    agendas: ['Cabinet 1'],
    agents: [
      { firstName: 'Benoît', lastName: 'Leclerc', role: 'execution_office_agent' },
      { firstName: 'Diane', lastName: 'Weber', role: 'local_admin' },
    ],
  },
  {
    name: 'SPIP 78 Versailles',
    placeName: 'SPIP de Versailles',
    kind: 'probation_service',
    departmentCode: '78',
    timeZone: 'Europe/Paris',
    address: '11 rue des Érables, 78000 Versailles',
    shortAddress: '11 rue des Érables, Versailles',
    postalCode: '78000',
    cityName: 'Versailles',
    phone: '+33199007820',
    agendas: ['Suivi'],
    agents: [
      { firstName: 'Fanny', lastName: 'Colin', role: 'probation_counsellor' },
      { firstName: 'Lucie', lastName: 'Perrin', role: 'probation_secretary' },
    ],
  },
]

/** Court, then the probation services of its jurisdiction. */
export const jurisdictions: [string, string[]][] = [
  ['TJ de Nanterre', ['SPIP 92 Nanterre', 'SPIP 92 Gennevilliers']],
  ['TJ de Cayenne', ['SPIP 973 Cayenne']],
  ['TJ de Versailles', ['SPIP 78 Versailles']],
]

const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '-')

export const emailOf = (agent: { firstName: string; lastName: string }) =>
  `${plain(agent.firstName)}.${plain(agent.lastName)}@justice.example`

/** Invented persons: [last name, first name, date of birth]. */
export const persons: [string, string, string][] = [
  ['BENSALEM', 'Karim', '1991-04-12'],
  ['MOREL', 'Julie', '1988-09-30'],
  ['DIALLO', 'Ibrahima', '1995-01-22'],
  ['PETIT-JEAN', 'Alexis', '1983-06-05'],
  ['ZERROUKI', 'Nassim', '1999-11-17'],
  ['NGUYEN', 'Linh', '1990-02-08'],
  ['SCHMITT', 'Anna', '1979-12-01'],
  ['DA SILVA', 'Tiago', '1986-07-19'],
  ['ROCHE', 'Émilie', '1993-03-27'],
  ['TRAORÉ', 'Moussa', '1997-08-14'],
  ['GARCIA', 'Léo', '2001-05-09'],
  ['LAMBERT', 'Océane', '1998-10-03'],
  ['KONÉ', 'Awa', '1992-01-30'],
  ['OUEDRAOGO', 'Mariam', '1985-04-25'],
  ['LEROUX', 'Bastien', '1994-09-11'],
  ['KACI', 'Samir', '1989-02-16'],
  ['D’ANGELO', 'Marco', '1976-06-28'],
  ['LE GALL', 'Yannick', '1981-11-05'],
  ['FERREIRA', 'Inès', '2000-07-07'],
  ['BOUCHET', 'Cédric', '1987-03-18'],
  ['MARTINEZ', 'Élodie', '1996-12-24'],
  ['ROSSI', 'Paolo', '1972-08-02'],
  ['HAMDI', 'Yasmine', '1993-05-15'],
  ['GUÉRIN', 'Loïc', '1990-10-21'],
]

/** Persons whom no SMS reaches. */
export const unreached: [string, string, string][] = [
  ['BOUAZIZ', 'Leïla', '1990-05-17'],
  ['KERVELLA', 'Yann', '1984-11-02'],
]

/** Those whose follow-up is over: how many days ago they were archived, if an agent did it. */
export const leavers: { person: [string, string, string]; knownFor: number; archivedFor: number | null }[] = [
  { person: ['VERDIER', 'Solène', '1984-05-21'], knownFor: 420, archivedFor: 174 },
  { person: ['WAGNER', 'Hakim', '1978-11-02'], knownFor: 400, archivedFor: 160 },
  { person: ['YILDIZ', 'Corentin', '1996-02-14'], knownFor: 380, archivedFor: 40 },
  { person: ['WEISS', 'Maëva', '1990-08-26'], knownFor: 350, archivedFor: null },
]

/** Followed and met in Nanterre, then claimed by another service. */
export const personsClaimed: [string, string, string][] = [
  ['HAMDI', 'Yacine', '1999-08-14'],
  ['BARBIER', 'Hugo', '1983-01-02'],
  ['PRIGENT', 'Malo', '1990-11-23'],
]

export const personFromCayenne: [string, string, string] = ['THÉODORE', 'Grégory', '1992-10-08']

export const personsOfVersailles: [string, string, string][] = [['RENAUD', 'Chloé', '1987-02-25']]

export const personsOfCayenne: [string, string, string][] = [
  ['HORTH', 'Marcelle', '1988-02-11'],
  ['ÉLIE', 'Jean-Noël', '1994-07-29'],
  ['SAINT-CYR', 'Wendy', '1999-03-06'],
  ['MACÉDO', 'Rafael', '1985-12-13'],
]
