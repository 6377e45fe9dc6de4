import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Prisma } from '@prisma/client'
import { parse } from 'csv-parse/sync'
import * as z from 'zod'
import { departmentOf } from '../../resources/city/departments'

const communes = z.array(
  z.object({
    code: z.string(),
    nom: z.string(),
    type: z.string(),
    departement: z.string(),
    arrondissement: z.string().optional(),
    codesPostaux: z.array(z.string()).default([]),
    population: z.number().default(0),
  }),
)

export type Commune = z.output<typeof communes>[number]

/** The communes of today and the arrondissements of Paris, Lyon and Marseille, from the official list. */
export function readCommunes(): Commune[] {
  const file = createRequire(import.meta.url).resolve('@etalab/decoupage-administratif/data/communes.json')
  return communes
    .parse(JSON.parse(readFileSync(file, 'utf8')))
    .filter(({ type }) => type === 'commune-actuelle' || type === 'arrondissement-municipal')
    .filter(({ departement }) => departmentOf(departement) !== undefined)
}

const townPoints = z.array(
  z.object({ insee_code: z.string(), latitude: z.coerce.number(), longitude: z.coerce.number() }),
)

/** Where towns are, by INSEE code, to the nearest kilometre (GeoNames, CC BY 4.0). */
function readTownPoints() {
  const text = readFileSync(join(import.meta.dirname, 'data', 'town-points.csv'), 'utf8')
  const points = townPoints.parse(parse(text, { columns: true, skip_empty_lines: true }))
  return new Map(points.map(({ insee_code, ...point }) => [insee_code, point]))
}

const slice = 5_000

/**
 * Fills the communes where there are none; a commune that is there keeps its competent services.
 * Raw SQL, in slices: no statement may last longer than the pool allows, on a slow disk either.
 */
export async function seedCommunes(tx: Prisma.TransactionClient): Promise<void> {
  const points = readTownPoints()
  const rows = readCommunes().map((commune) => ({
    insee_code: commune.code,
    name: commune.nom.replaceAll("'", '’'),
    department_code: commune.departement,
    postal_codes: commune.codesPostaux,
    population: commune.population,
    ...points.get(commune.code),
  }))
  for (let from = 0; from < rows.length; from += slice) {
    await tx.$executeRaw`
    INSERT INTO city (insee_code, name, department_code, postal_codes, population, latitude, longitude)
    SELECT insee_code, name, department_code, postal_codes, population, latitude, longitude
      FROM json_populate_recordset(NULL::city, ${JSON.stringify(rows.slice(from, from + slice))}::json)
    ON CONFLICT (insee_code) DO UPDATE
       SET name = excluded.name, postal_codes = excluded.postal_codes, population = excluded.population,
           latitude = excluded.latitude, longitude = excluded.longitude
     WHERE (city.name, city.postal_codes, city.population, city.latitude, city.longitude)
           IS DISTINCT FROM
           (excluded.name, excluded.postal_codes, excluded.population, excluded.latitude, excluded.longitude)`
  }
}
