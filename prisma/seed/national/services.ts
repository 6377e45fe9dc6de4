import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type pg from 'pg'
import * as z from 'zod'
import { charterVersion } from '../../../resources/agent/charter'
import { appointmentTypes, type AppointmentType } from '../../../resources/appointment-type/catalogue'
import type { OrganizationKind, Role } from '../../../resources/shared/actor'
import { fold } from '../../../resources/shared/fold'
import { courtName, probationServiceName, withOf, type Court } from '../courts'
import { firstNames, surnames } from './names'
import type { Dice } from './dice'

/** A court, its probation service and all that people are received in and by. */
export interface Jurisdiction {
  court: Court
  /** Share of the country's people, the sum being 1. */
  share: number
  courtId: number
  probationServiceId: number
  courtPlaceId: number
  probationPlaceId: number
  homePlaceId: number
  courtAgendaIds: number[]
  probationAgendaId: number
  tagAgendaId: number
  homeAgendaId: number
  counsellorIds: number[]
  secretaryId: number
  judgeIds: number[]
  clerkId: number
  executionOfficeAgentId: number
}

const communes = z.array(
  z.object({ code: z.string(), departement: z.string().optional(), population: z.number().optional() }),
)

/** People go with inhabitants: those of the département, shared between its courts by the size of their towns. */
function sharesOf(courts: readonly Court[]): number[] {
  const file = createRequire(import.meta.url).resolve('@etalab/decoupage-administratif/data/communes.json')
  const inhabitants = new Map<string, number>()
  for (const { code, departement, population = 0 } of communes.parse(
    JSON.parse(readFileSync(file, 'utf8')),
  )) {
    inhabitants.set(code, population)
    if (departement) inhabitants.set(departement, (inhabitants.get(departement) ?? 0) + population)
  }
  const size = (court: Court) => Math.sqrt(inhabitants.get(court.inseeCode) ?? 10_000)
  const weights = courts.map((court) => {
    const others = courts.filter((other) => other.departmentCode === court.departmentCode)
    const total = others.reduce((sum, other) => sum + size(other), 0)
    return ((inhabitants.get(court.departmentCode) ?? 100_000) * size(court)) / total
  })
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / total)
}

/** Before the @: who holds each role in a service. */
const mailboxOf: Record<Role, string> = {
  central_admin: 'equipe',
  local_admin: 'admin',
  sentence_judge: 'jap',
  court_secretary: 'secretariat',
  sentence_clerk: 'greffe.sap',
  head_sentence_clerk: 'direction.greffe.sap',
  head_execution_clerk: 'direction.greffe.bex',
  execution_office_agent: 'bex',
  prosecutor: 'parquet',
  criminal_court_clerk: 'greffe.correctionnel',
  juvenile_court_clerk: 'greffe.tpe',
  guilty_plea_clerk: 'greffe.crpc',
  appeal_court_clerk: 'greffe.ca',
  probation_director: 'dpip',
  probation_counsellor: 'cpip',
  educator: 'educateur',
  psychologist: 'psychologue',
  monitoring_officer: 'surveillant',
  probation_secretary: 'secretariat',
}

const courtRoles: readonly Role[] = [
  'local_admin',
  'sentence_judge',
  'court_secretary',
  'sentence_clerk',
  'head_sentence_clerk',
  'head_execution_clerk',
  'execution_office_agent',
  'prosecutor',
  'criminal_court_clerk',
  'juvenile_court_clerk',
  'guilty_plea_clerk',
  'appeal_court_clerk',
]
const probationRoles: readonly Role[] = [
  'local_admin',
  'probation_director',
  'educator',
  'psychologist',
  'monitoring_officer',
  'probation_secretary',
]

const slug = (text: string) => fold(text).replaceAll(' ', '-')

/** Types that a place of a service of this kind can receive for. */
function typesHostedBy(kind: OrganizationKind, accept: (type: AppointmentType) => boolean): string[] {
  return appointmentTypes
    .filter((type) => (kind === 'court' ? type.bookableBySentenceDepartment : type.bookableByProbation))
    .filter((type) => !type.requiredHostKind || type.requiredHostKind === kind)
    .filter(accept)
    .map((type) => type.code)
}

type Row = Record<string, unknown>

/** Inserts rows and returns their ids in the same order. A row already there under `unique` is taken as it is. */
async function insert(
  client: pg.Client,
  table: string,
  rows: readonly Row[],
  unique?: string,
): Promise<number[]> {
  const columns = Object.keys(rows[0] ?? {}).join(', ')
  const { rows: made } = await client.query<{ id: number }>(
    `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $1)
     ${unique ? `ON CONFLICT (${unique}) DO UPDATE SET ${unique} = EXCLUDED.${unique}` : ''} RETURNING id`,
    [JSON.stringify(rows)],
  )
  return made.map((row) => row.id)
}

/** The services of the whole country, their links, agents, places and agendas. */
export async function createServices(
  client: pg.Client,
  courts: readonly Court[],
  { persons, passwordHash, dice }: { persons: number; passwordHash: string; dice: Dice },
): Promise<Jurisdiction[]> {
  const shares = sharesOf(courts)
  const nth = <T>(list: readonly T[], index: number): T => {
    const item = list[index]
    if (item === undefined) throw new Error(`No item ${index} in a list of ${list.length}`)
    return item
  }

  const departments = [...new Set(courts.map((court) => court.departmentCode))].filter(
    (code) => courts.filter((court) => court.departmentCode === code).length > 1,
  )
  const headquarters = await insert(
    client,
    'headquarters',
    departments.map((code) => ({ name: `Siège du SPIP ${code}` })),
    'name',
  )

  const service = (court: Court, kind: OrganizationKind, index: number): Row => ({
    name: kind === 'court' ? courtName(court) : probationServiceName(court),
    kind,
    time_zone: court.timeZone,
    department_code: court.departmentCode,
    switchboard_phone: fictionLandline(index * 2 + (kind === 'court' ? 0 : 1)),
    shared_mailbox: `accueil@${mailDomain(kind, court)}`,
    headquarters_id:
      kind === 'court' ? null : (headquarters[departments.indexOf(court.departmentCode)] ?? null),
    inter_jurisdiction: false,
    probationer_space_enabled: true,
    opened_at: '2020-01-06',
    created_at: '2020-01-06T08:00:00Z',
  })
  const courtIds = await insert(
    client,
    'organization',
    courts.map((court, i) => service(court, 'court', i)),
    'name',
  )
  const probationIds = await insert(
    client,
    'organization',
    courts.map((court, i) => service(court, 'probation_service', i)),
    'name',
  )
  await client.query(
    `INSERT INTO organization_link (court_id, probation_service_id)
     SELECT * FROM unnest($1::int[], $2::int[]) ON CONFLICT DO NOTHING`,
    [courtIds, probationIds],
  )

  const page = (court: Court, kind: OrganizationKind, index: number, organizationId: number): Row => ({
    slug:
      kind === 'court' ? `tj-${slug(court.seat)}` : `spip-${slug(court.departmentCode)}-${slug(court.seat)}`,
    code: dice.word(8),
    organization_id: organizationId,
    kind,
    title: kind === 'court' ? courtName(court) : probationServiceName(court),
    official_name:
      kind === 'court'
        ? `Tribunal judiciaire ${withOf(court.seat)}`
        : `Service pénitentiaire d’insertion et de probation, antenne ${withOf(court.seat)}`,
    department_code: court.departmentCode,
    address_line: kind === 'court' ? '1 place du Palais' : '12 rue de la République',
    postal_code: court.postalCode,
    city_name: court.seat,
    time_zone: court.timeZone,
    phone: fictionLandline(index * 2 + (kind === 'court' ? 0 : 1)),
    state: 'published',
  })
  const pageIds = await insert(
    client,
    'public_page',
    courts.flatMap((court, i) => [
      page(court, 'court', i, nth(courtIds, i)),
      page(court, 'probation_service', i, nth(probationIds, i)),
    ]),
    'slug',
  )

  const place = (court: Court, index: number, name: string, organizationId: number, pageId: number): Row => ({
    organization_id: organizationId,
    name,
    address: `12 rue de la République, ${court.postalCode} ${court.seat}`,
    short_address: `12 r. de la République ${court.seat}`.slice(0, 40),
    department_code: court.departmentCode,
    phone: fictionLandline(index),
    main_contact_method: 'phone',
    public_page_id: pageId,
  })
  const placeIds = await insert(
    client,
    'place',
    courts.flatMap((court, i) => [
      {
        ...place(court, i * 2, courtName(court), nth(courtIds, i), nth(pageIds, i * 2)),
        address: `1 place du Palais, ${court.postalCode} ${court.seat}`,
        short_address: `1 pl. du Palais ${court.seat}`.slice(0, 40),
      },
      place(court, i * 2 + 1, `SPIP ${withOf(court.seat)}`, nth(probationIds, i), nth(pageIds, i * 2 + 1)),
      place(court, i * 2 + 1, 'À distance ou au domicile', nth(probationIds, i), nth(pageIds, i * 2 + 1)),
    ]),
  )
  const hosted = [
    typesHostedBy('court', () => true),
    typesHostedBy('probation_service', (type) => type.heldAtPlace),
    typesHostedBy('probation_service', (type) => !type.heldAtPlace),
  ]
  await insert(
    client,
    'place_appointment_type',
    placeIds.flatMap((placeId, i) =>
      nth(hosted, i % 3).map((code) => ({ place_id: placeId, type_code: code })),
    ),
  )

  const cabinets = shares.map((share) => Math.min(12, Math.max(2, Math.round((share * persons) / 4_000))))
  const agendaIds = await insert(
    client,
    'agenda',
    courts.flatMap((_, i) => [
      ...Array.from({ length: nth(cabinets, i) }, (__, n) => ({
        place_id: nth(placeIds, i * 3),
        name: `Cabinet ${n + 1}`,
      })),
      { place_id: nth(placeIds, i * 3 + 1), name: 'Accueil' },
      { place_id: nth(placeIds, i * 3 + 1), name: 'Pose de bracelets' },
      { place_id: nth(placeIds, i * 3 + 2), name: 'À distance' },
    ]),
  )

  const agent = (
    court: Court,
    kind: OrganizationKind,
    organizationId: number,
    role: Role,
    n: number,
  ): Row => ({
    email: `${mailboxOf[role]}${n > 1 ? n : ''}@${mailDomain(kind, court)}`,
    first_name: dice.pick(firstNames),
    last_name: dice.pick(surnames),
    role,
    organization_id: organizationId,
    shares_phone: false,
    shares_email: false,
    shortcuts_enabled: true,
    failed_attempts: 0,
    password_hash: passwordHash,
    security_charter_version: charterVersion,
    security_charter_accepted_at: '2026-01-05T08:00:00Z',
    created_at: '2024-01-08T08:00:00Z',
  })
  const teams = courts.map((court, i) => [
    ...(i === 0 ? [agent(court, 'court', nth(courtIds, 0), 'central_admin', 1)] : []),
    ...courtRoles.map((role) => agent(court, 'court', nth(courtIds, i), role, 1)),
    ...Array.from({ length: nth(cabinets, i) - 1 }, (_, n) =>
      agent(court, 'court', nth(courtIds, i), 'sentence_judge', n + 2),
    ),
    ...probationRoles.map((role) => agent(court, 'probation_service', nth(probationIds, i), role, 1)),
    ...Array.from({ length: Math.max(6, Math.round((nth(shares, i) * persons) / 300)) }, (_, n) =>
      agent(court, 'probation_service', nth(probationIds, i), 'probation_counsellor', n + 1),
    ),
  ])
  const agentIds = await insert(client, 'agent', teams.flat(), 'email')

  let agendasBefore = 0
  let agentsBefore = 0
  return courts.map((court, i) => {
    const count = nth(cabinets, i)
    const agendas = agendaIds.slice(agendasBefore, (agendasBefore += count + 3))
    const team = nth(teams, i)
    const ids = agentIds.slice(agentsBefore, (agentsBefore += team.length))
    const withRole = (role: Role, organizationId: number) =>
      ids.filter((_, n) => team[n]?.role === role && team[n].organization_id === organizationId)
    const courtId = nth(courtIds, i)
    const probationServiceId = nth(probationIds, i)
    return {
      court,
      share: nth(shares, i),
      courtId,
      probationServiceId,
      courtPlaceId: nth(placeIds, i * 3),
      probationPlaceId: nth(placeIds, i * 3 + 1),
      homePlaceId: nth(placeIds, i * 3 + 2),
      courtAgendaIds: agendas.slice(0, count),
      probationAgendaId: nth(agendas, count),
      tagAgendaId: nth(agendas, count + 1),
      homeAgendaId: nth(agendas, count + 2),
      counsellorIds: withRole('probation_counsellor', probationServiceId),
      secretaryId: nth(withRole('probation_secretary', probationServiceId), 0),
      judgeIds: withRole('sentence_judge', courtId),
      clerkId: nth(withRole('sentence_clerk', courtId), 0),
      executionOfficeAgentId: nth(withRole('execution_office_agent', courtId), 0),
    }
  })
}

const mailDomain = (kind: OrganizationKind, court: Court) =>
  kind === 'court'
    ? `tj-${slug(court.seat)}.example`
    : `spip-${slug(court.departmentCode)}-${slug(court.seat)}.example`

/** 01 99 00 xx xx: the landlines kept for fiction. */
const fictionLandline = (n: number) => `+33199${String(n).padStart(6, '0')}`
