import type { OrganizationKind } from '../shared/actor'

/** The clocks of the overseas territories; everywhere else it is the hour of Paris. */
const overseasZones: Readonly<Record<string, readonly string[]>> = {
  '971': ['America/Guadeloupe'],
  '972': ['America/Martinique'],
  '973': ['America/Cayenne'],
  '974': ['Indian/Reunion'],
  '975': ['America/Miquelon'],
  '976': ['Indian/Mayotte'],
  '977': ['America/Guadeloupe'],
  '978': ['America/Guadeloupe'],
  '986': ['Pacific/Wallis'],
  '987': ['Pacific/Tahiti', 'Pacific/Marquesas', 'Pacific/Gambier'],
  '988': ['Pacific/Noumea'],
}

const zonesOf = (departmentCode: string) => overseasZones[departmentCode] ?? ['Europe/Paris']

/** The clock of a territory; of those that keep several, of where most people live. */
export const zoneOfDepartment = (departmentCode: string): string =>
  zonesOf(departmentCode)[0] ?? 'Europe/Paris'

/** A wrong clock shifts every hour that people are told: the territory says which ones it may be. */
export const whyNotClock = ({ departmentCode, timeZone }: { departmentCode: string; timeZone: string }) =>
  zonesOf(departmentCode).includes(timeZone) ? null : ('organization.clock_elsewhere' as const)

/** Only courts share out their cases among agendas, and ask columns of their own at the hearing exit. */
export const whyNotOfCourt = ({ kind }: { kind: OrganizationKind }) =>
  kind === 'court' ? null : ('organization.not_a_court' as const)

/** A court is linked to probation services, and they to courts. */
export const whyNotLinked = (one: { kind: OrganizationKind }, other: { kind: OrganizationKind }) =>
  one.kind === other.kind ? ('organization.same_kind' as const) : null
