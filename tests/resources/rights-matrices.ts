import type { OrganizationKind, Role } from '../../resources/shared/actor'

/**
 * The matrices of the specification, as they are written there, not as the code holds them: the test
 * of rights reads these, so that a wrong cell of a policy.ts is seen.
 *
 * A any record of the country · J own jurisdiction · O own organization · S oneself · Y allowed, not
 * bound to a record · – no. "c": created by the agent's organization.
 */

export const probationers = `
| Action | CA | LC | LP | SJ | CS | SC | HS | HX | BX | PD | PC | ED | PS | MO | SP |
| list / search scope | A | J | J | J | J | J | J | J | J | J | J | J | J | J | J |
| default filter of the list, can be lifted | A | O | O | O | O | O | O | J | J | O | O | O | O | O | O |
| look-up by exact identity outside the jurisdiction | – | – | – | – | – | – | – | ⁵ | ⁵ | – | – | – | – | – | – |
| index, search, new (page) | Y | Y | Y | Y | Y | Y | Y | Y | Y | Y | Y | Y | Y | Y | Y |
| show, re-enable SMS | A | J | J | J | J | J | J | J | J | J | J | J | J | J | J |
| create ⁶ | A | J | J | J | J | J | J | J | J | J | J | J | J | J | J |
| edit/update, no divestment pending ¹ | A | O | O | O | O | O | O | J | J | O | O | O | O | O | O |
| edit/update while a divestment is pending ¹ | A | O | O | O | – | O | O | – | – | – | – | – | – | – | O |
| archive ² | A | O | O | O | O | O | O | J | J | O | O | O | O | O | O |
| unarchive (archived only) | A | O | O | – | – | – | – | – | – | – | – | – | – | – | – |
| destroy ² | A | O | O | – | – | – | O | O | – | O | – | – | – | – | – |
| untick "anti-terrorism judge" | A | – | – | – | – | – | – | – | – | – | – | – | – | – | – |
| invite to the probationer space, relaunch, revoke | A | O | O | – | – | – | – | – | – | O | own ³ | – | – | – | – |
| assign to me (nobody assigned) | – | – | O | – | – | – | – | – | – | O | O | – | – | – | – |
| unassign | – | – | O | – | – | – | – | – | – | O | own ³ | – | – | – | – |
| choose the agent in charge by name | A | – | O | – | – | – | – | – | – | O | O | O | O | O | O |
| hand many persons over to an agent | – | – | O | – | – | – | – | – | – | O | – | – | – | – | – |
| export all data of a person | A | J | J | – | – | – | J | J | – | J | own ³ | – | – | – | – |
| export the list of persons | Y | Y | Y | – | – | – | Y | Y | – | Y | – | – | – | – | – |
| export the list of one's own persons | Y | Y | Y | – | – | – | Y | Y | – | Y | Y | – | – | – | – |
| reset an accepted access to the probationer space | A | – | – | – | – | – | – | – | – | O | – | – | – | – | – |
| convoke while a divestment is pending | – | – | – | – | – | – | – | ⁴ | ⁴ | – | – | – | – | – | – |
| merge two records, work through likely duplicates | A | – | – | – | – | – | – | – | – | – | – | – | – | – | – |
| who opened the record | A | O | O | – | – | – | – | – | – | – | – | – | – | – | – |
| request of a person: record | A | O | O | O | O | O | O | J | J | O | O | O | O | O | O |
| request of a person: answer, lift a limitation | A | O | O | – | – | – | – | – | – | – | – | – | – | – | – |
`

export const appointments = `
| Action | CA | LC | SJ CS SC HS | HX BX | LP, SPIP roles |
| list scope, every type | A | J or c | J or c | J or c | J or c |
| default filter of the list, can be lifted | own organization (place) | SAP types, or c | SAP types | BEX types, or c | own organization (place) |
| index, new, prepare; probation exit agenda; tag-fitting agenda | Y | Y | Y | Y | Y |
| sentence-judge exit agenda | Y | Y | Y | Y | read only |
| show, every type | A | J or c | J or c | J or c | J or c |
| cancel (booked and future) | A | SAP types: J or c; other types: O or c | SAP types only: J or c | BEX types only: J or c | SPIP types only: O or c |
| create | A, every type | J × SAP types | J × SAP types | J × BEX types; A × BEX types if inter-jurisdiction | O × SPIP types (PC, SP, ED, PS: without electronic_tag_fitting) |
| record outcome: attended, missed (past, booked); excused (booked, also before the date); undo | A | O | O × SAP types except hearing_exit_probation | – | O × SPIP types |
| reschedule (booked and future) | A | O or c | SAP types: O or c | BEX types: O or c | SPIP types: O or c |
`

export const agendas = `
| Action | CA | LC | LP | SC | SJ CS HS | HX BX | SPIP roles |
| scope | A | J | J | O + linked services' agendas whose place offers electronic_tag_fitting or hearing_exit_probation | same as SC | J (A if inter-jurisdiction, for booking) | O |
| new/edit (button) | Y | Y | Y | Y | – | – | – |
| create / update / merge | A | O | O | O | – | – | – |
| "may create slots inside": only with the slot right of 3.5 | A | O | O | O | O | O | O |
`

export const places = `
| Action | CA | LC | LP | SJ | CS | SC | HS | HX | BX | PD | others SPIP |
| scope | A | J | O | O + linked services' places with electronic_tag_fitting or hearing_exit_probation | same | same | same | J (A if inter-jurisdiction) | J (A if inter-jurisdiction) | O | O |
| index, new | Y | Y | Y | Y | – | Y | Y | Y | – | Y | – |
| show, create, edit, update, archive | A | O | O | O | – | O | O | O | – | O | – |
| scope on the hearing-exit pages | A | J | J | J | J | J | J | J | J | J | J |
`

export const slots = `
| Action | CA | LC | LP | SJ | CS | SC | HS | HX | BX | PD | MO | SP | PC ED PS |
| slot: index, new | Y | Y | Y | Y | Y | Y | Y | Y | – | Y | Y | Y | – |
| slot: list scope (open by default, slot-based types) | A | O | O | O | O | O | O | O | – | O | O × electronic_tag_fitting | O | – |
| slot: create, edit, update, close one or in bulk, reopen | A | O | O | O | O | O | O | O | – | O | O × electronic_tag_fitting | O | – |
| recurring: index, new | Y | Y | Y | Y | – | Y | Y | Y | – | Y | – | – | – |
| recurring: create, update, destroy, destroy all | A | O | O | O | – | O | O | O | – | O | – | – | – |
`

/** Who closes any slot of their service closes a period of it. */
export const closures = `
| Action | CA | LC | LP | SJ | CS | SC | HS | HX | BX | PD | MO | SP | PC ED PS |
| closure: index, new | Y | Y | Y | Y | Y | Y | Y | Y | – | Y | – | Y | – |
| closure: list scope | A | O | O | O | O | O | O | O | – | O | – | O | – |
| closure: create, settle, lift | A | O | O | O | O | O | O | O | – | O | – | O | – |
`

export const imports = `
| Action | CA | LC, LP | everyone else |
| file of agents: send | Y | Y | – |
| file of competent services: send | Y | – | – |
| reports: list | Y | Y | – |
| reports: list scope | A | S | – |
`

export const centralConsole = `
| Action | CA | everyone else |
| competent services: list, tie to a service | Y | – |
| headquarters: list, create, rename, undo | Y | – |
| headquarters of an agent: set | A | – |
| place relocations: list, register, cancel | Y | – |
`

export const organizations = `
| Action | CA | LC, LP | everyone else |
| organizations: index (list) | A | own only | – |
| organizations: new, create | Y | – | – |
| organizations: edit, update | A | O (screen: LC guidance text + custom columns; LP sees a read-only name) | – |
| appointment types and message templates: index, update | A | – | – |
| restore a default template | A, only a customised one | – | – |
| propose a change to a template of one's own organization; a central admin accepts or refuses it | – (decides) | O | – |
| flags of an organization: inter-jurisdiction, probationer space | A | – | – |
`

/** "Directors and local admins their service, central admins any, others their own figures; national figures everybody." */
export const figures = `
| Action | CA | LC, LP, PD | everyone else |
| figures of a service | A | O | – |
| figures of one's own persons in one's service | A | O | S |
| figures of the country | Y | Y | Y |
`

export const agents = `
| Action | CA | LC, LP | HX, HS | everyone else |
| list scope | A | O | O | O (but no index) |
| index, filter, new (page) | Y | Y | Y | – |
| show | A | O | O | S |
| create = invite | A, any role | O, any role but central admin | O, neither local nor central admin | – |
| edit, update | A | O (target not a central admin) + S | O (target neither local nor central admin) + S | S |
| role field on the edit form, enforced on the server | Y, not on oneself | Y, not on oneself | – | – |
| destroy (never oneself; a central admin only by a central admin) | A | O | O, neither local nor central admin | – |
| unlock a locked account | A | O | – | – |
| transfer, pull: an agent of a same-kind organization into one's own service; never a central admin | Y | Y | – | – |
| transfer, push: an agent of one's own service to a same-kind organization; never a central admin | Y | O | – | – |
| re-send an invitation not yet accepted | A | O | O | – |
| produce an invitation link / a password-reset link (a new one each time, shown once) | A, not oneself | – | – | – |
| impersonate | A, not oneself | – | – | – |
| search agents by name (for assignment) | A | O | O | O |
| switch own service | any organization | LP only, if own headquarters is set, to an organization of it | – | PS, MO: same condition as LP; others – |
`

export const divestments = `
| Action | LC LP SJ SC HS SP | CA | everyone else |
| request (target = own organization) | Y | Y | Y |
| request for another organization | – | – | BEX roles with inter-jurisdiction only |
| incoming and outgoing lists | O | – (console instead) | – |
| withdraw | O + S | A | S |
| accept / refuse | O as source, row pending, probationer valid | console, also rows ignored | – |
| transfer or decide directly, on an e-mail of a service | – | A | – |
`

/** Which families book which types. */
export const types = `
| Type (French label) | Identifier | BEX | SAP | SPIP |
| Sortie d'audience SAP | hearing_exit_sentence_judge | ✓ | ✓ | |
| Sortie d'audience SPIP | hearing_exit_probation | ✓ | ✓ | ✓ |
| SAP DDSE | electronic_tag_fitting | | ✓ | ✓ |
| Convocation de suivi JAP | sentence_judge_follow_up | | ✓ | |
| SAP débat contradictoire | adversarial_hearing | | ✓ | |
| Convocation JAPAT | anti_terrorism_judge | | ✓ | |
| 1ère convocation de suivi SPIP | first_probation_follow_up | | | ✓ |
| Convocation de suivi SPIP | probation_follow_up | | | ✓ |
| Convocation 741-1 | article_741_1 | | | ✓ |
| Placement TIG/TNR | community_service_placement | | | ✓ |
| Visite à domicile | home_visit | | | ✓ |
| RDV téléphonique | phone_appointment | | | ✓ |
| Convocation DDSE | electronic_monitoring | | | ✓ |
| Convocation stage | course | | | ✓ |
| Convocation rappel SPIP | probation_recall | | | ✓ |
| Action collective | group_session | | | ✓ |
`

const allColumns = 'CA LC LP SJ CS SC HS HX BX PD PC ED PS MO SP'.split(' ')
const probationRoles = 'PD PC ED PS MO SP'.split(' ')

/** The lines about lists, which only rows can answer: rights-scopes.test.ts asks each of them. */
export const askedToTheDatabase: readonly (readonly [matrix: string, label: string])[] = [
  [probationers, 'list / search scope'],
  [probationers, 'default filter of the list, can be lifted'],
  [agendas, 'scope'],
  [places, 'scope'],
  [places, 'scope on the hearing-exit pages'],
  [slots, 'slot: list scope (open by default, slot-based types)'],
  [closures, 'closure: list scope'],
  [imports, 'reports: list scope'],
  [organizations, 'organizations: index (list)'],
  [agents, 'list scope'],
  [agents, 'search agents by name (for assignment)'],
]

export const isAskedToTheDatabase = (matrix: string, label: string): boolean =>
  askedToTheDatabase.some(([ofMatrix, line]) => ofMatrix === matrix && line === label)

export interface Line {
  label: string
  /** The cell of each of the fifteen columns. */
  cells: Record<string, string>
}

/** The lines of a matrix, its grouped columns spread. */
export function linesOf(matrix: string): Line[] {
  const [header = [], ...rows] = matrix
    .trim()
    .split('\n')
    .map((row) => row.slice(2, -2).split(' | '))
  const named = header
    .slice(1)
    .flatMap((group) => group.split(/,? /).filter((word) => allColumns.includes(word)))
  const groups = header.slice(1).map((group) => {
    const rest = (columns: string[]) => columns.filter((column) => !named.includes(column))
    const words = group.split(/,? /)
    if (group === 'everyone else') return rest(allColumns)
    return [
      ...words.filter((word) => allColumns.includes(word)),
      ...(words.includes('SPIP') ? rest(probationRoles) : []),
    ]
  })
  return rows.map(([label = '', ...written]) => {
    const cells: Record<string, string> = {}
    written.forEach((cell, index) => {
      const meant = cell === 'same' ? written[3] : cell === 'same as SC' ? cells['SC'] : cell
      for (const column of groups[index] ?? []) cells[column] = meant ?? ''
    })
    return { label, cells }
  })
}

/** Every role in every kind of organization it fits, with its column. */
export const positions: readonly (readonly [column: string, role: Role, kind: OrganizationKind])[] = [
  ['CA', 'central_admin', 'court'],
  ['CA', 'central_admin', 'probation_service'],
  ['LC', 'local_admin', 'court'],
  ['LP', 'local_admin', 'probation_service'],
  ['SJ', 'sentence_judge', 'court'],
  ['CS', 'court_secretary', 'court'],
  ['SC', 'sentence_clerk', 'court'],
  ['HS', 'head_sentence_clerk', 'court'],
  ['HX', 'head_execution_clerk', 'court'],
  ['BX', 'execution_office_agent', 'court'],
  ['BX', 'prosecutor', 'court'],
  ['BX', 'criminal_court_clerk', 'court'],
  ['BX', 'juvenile_court_clerk', 'court'],
  ['BX', 'guilty_plea_clerk', 'court'],
  ['BX', 'appeal_court_clerk', 'court'],
  ['PD', 'probation_director', 'probation_service'],
  ['PC', 'probation_counsellor', 'probation_service'],
  ['ED', 'educator', 'probation_service'],
  ['PS', 'psychologist', 'probation_service'],
  ['MO', 'monitoring_officer', 'probation_service'],
  ['SP', 'probation_secretary', 'probation_service'],
]

/** How a record stands to the agent, in the words of the cells. */
export interface Stand {
  O: boolean
  J: boolean
  S?: boolean
  /** Assigned to the agent. */
  own?: boolean
  /** Created by the agent's organization. */
  c?: boolean
  /** A place that offers tag fitting or the hearing exit to probation. */
  shared?: boolean
  tagFitting?: boolean
}

/** What a cell promises, of an agent without inter-jurisdiction. */
export function promised(cell: string, stand: Stand): boolean {
  const words = cell.replace(/[¹²³⁴⁵⁶]/g, '').trim()
  if (words === '' || words.startsWith('–') || words.startsWith('BEX roles with inter-jurisdiction'))
    return false
  if (/^(A|Y|any|console)\b/.test(words)) return true
  if (words.startsWith('O + linked')) return stand.O || (stand.J && stand.shared === true)
  if (words.startsWith('O × electronic_tag_fitting')) return stand.O && stand.tagFitting === true
  if (words === 'own only') return stand.O
  if (words === 'own') return stand.own === true
  if (words === 'S') return stand.S === true
  if (words === 'J or c') return stand.J || stand.c === true
  if (words === 'O or c') return stand.O || stand.c === true
  if (/^O\b.*\+ S$/.test(words)) return stand.O || stand.S === true
  if (/^O\b/.test(words)) return stand.O
  if (/^J\b/.test(words)) return stand.J
  throw new Error(`No meaning for the cell "${cell}"`)
}
