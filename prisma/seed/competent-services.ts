import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import type { Prisma } from '@prisma/client'
import { columnsOf } from '../../resources/competent-service/commands/confirm.sql.server'
import * as z from 'zod'
import { readCommunes, type Commune } from './communes'
import { courtName, probationServiceName, readCourts, type Court } from './courts'

interface Proposal {
  inseeCode: string
  court: Court
  /** The only court of the département: nothing else is possible. */
  sure: boolean
}

const groupings = z.array(z.object({ membres: z.array(z.object({ code: z.string() })) }))

/** The towns that run together, by the code of each. */
function readGroupings(): Map<string, readonly string[]> {
  const file = createRequire(import.meta.url).resolve('@etalab/decoupage-administratif/data/epci.json')
  const read = groupings.parse(JSON.parse(readFileSync(file, 'utf8')))
  return new Map(
    read.flatMap(({ membres }) => {
      const codes = membres.map(({ code }) => code)
      return codes.map((code): [string, readonly string[]] => [code, codes])
    }),
  )
}

/**
 * The court of each commune: the only one of its département, or the nearest. No list of ours says where a
 * commune is, so nearness is the State's own divisions: the court of the same arrondissement; else the one
 * that most of the towns run together with it have; else the nearest postal code.
 */
export function proposals(
  communes: readonly Commune[] = readCommunes(),
  courts: readonly Court[] = readCourts(),
): Proposal[] {
  const byDepartment = new Map<string, Court[]>()
  for (const court of courts)
    byDepartment.set(court.departmentCode, [...(byDepartment.get(court.departmentCode) ?? []), court])
  const arrondissementOf = new Map(communes.map(({ code, arrondissement }) => [code, arrondissement]))
  const inArrondissement = (commune: Commune) =>
    byDepartment
      .get(commune.departement)
      ?.find((court) => arrondissementOf.get(court.inseeCode) === commune.arrondissement)
  const byCode = new Map(communes.map((commune) => [commune.code, commune]))
  const neighbours = readGroupings()

  const amongNeighbours = ({ code, departement }: Commune): Court | undefined => {
    const votes = new Map<Court, number>()
    for (const other of neighbours.get(code) ?? []) {
      const commune = byCode.get(other)
      const court = commune?.departement === departement ? inArrondissement(commune) : undefined
      if (court) votes.set(court, (votes.get(court) ?? 0) + 1)
    }
    return [...votes].sort(([, a], [, b]) => b - a)[0]?.[0]
  }
  const byPostalCode = ({ codesPostaux: [postalCode = ''] }: Commune, near: readonly Court[]) => {
    const distance = (court: Court) => Math.abs(Number(court.postalCode) - Number(postalCode))
    return near.toSorted((a, b) => distance(a) - distance(b))[0]
  }

  return communes.flatMap((commune): Proposal[] => {
    const near = byDepartment.get(commune.departement) ?? []
    const court = near.length === 1 ? near[0] : nearest()
    return court ? [{ inseeCode: commune.code, court, sure: near.length === 1 }] : []

    function nearest() {
      return inArrondissement(commune) ?? amongNeighbours(commune) ?? byPostalCode(commune, near)
    }
  })
}

/** The ministry's own names come with its file. */
const longNameOf = {
  court: (court: Court) => courtName(court).replace('TJ', 'Tribunal judiciaire'),
  probation_service: (court: Court) =>
    probationServiceName(court).replace('SPIP', 'Service pénitentiaire d’insertion et de probation'),
}

const slice = 5_000

/**
 * Gives its court and its probation service to each commune that has none: what the ministry or an admin
 * said is left as it is. Overseas collectivities without a court of ours wait for the ministry's file.
 */
export async function seedCompetentServices(tx: Prisma.TransactionClient): Promise<void> {
  const waiting = await tx.city.findMany({
    where: { OR: [{ competentCourtId: null }, { competentProbationServiceId: null }] },
    select: { inseeCode: true },
  })
  const codes = new Set(waiting.map(({ inseeCode }) => inseeCode))
  const wanted = proposals().filter(({ inseeCode }) => codes.has(inseeCode))
  for (const kind of ['court', 'probation_service'] as const) {
    const rows = wanted.map(({ inseeCode, court, sure }) => ({
      insee_code: inseeCode,
      name: longNameOf[kind](court),
      sure,
    }))
    for (let from = 0; from < rows.length; from += slice)
      await propose(tx, kind, JSON.stringify(rows.slice(from, from + slice)))
  }
}

async function propose(
  tx: Prisma.TransactionClient,
  kind: 'court' | 'probation_service',
  rows: string,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO competent_service (kind, official_name)
    SELECT DISTINCT ${kind}::organization_kind, name FROM json_to_recordset(${rows}::json) AS said (name text)
    ON CONFLICT (kind, fold_text(official_name)) DO NOTHING`
  const { service, confirmed } = columnsOf[kind]
  // Names are folded once each, not once a commune.
  await tx.$executeRaw`
    WITH said AS (SELECT * FROM json_to_recordset(${rows}::json) AS said (insee_code text, name text, sure boolean)),
    entry AS MATERIALIZED (
      SELECT one.name, e.id FROM (SELECT DISTINCT name FROM said) one
        JOIN competent_service e
          ON e.kind = ${kind}::organization_kind AND fold_text(e.official_name) = fold_text(one.name))
    UPDATE city SET ${service} = entry.id, ${confirmed} = said.sure
      FROM said JOIN entry USING (name)
     WHERE city.insee_code = said.insee_code AND city.${service} IS NULL`
}

/** A demonstration's services are those of the directory that bear their name. */
export async function tieCompetentServices(tx: Prisma.TransactionClient): Promise<void> {
  const organizations = await tx.organization.findMany({ select: { id: true, name: true, kind: true } })
  const courts = readCourts()
  const namesOf = {
    court: new Map(courts.map((court) => [courtName(court), longNameOf.court(court)])),
    probation_service: new Map(
      courts.map((court) => [probationServiceName(court), longNameOf.probation_service(court)]),
    ),
  }
  for (const { id, name, kind } of organizations) {
    const officialName = namesOf[kind].get(name)
    if (officialName)
      await tx.competentService.updateMany({
        where: { kind, officialName },
        data: { organizationId: id },
      })
  }
}
