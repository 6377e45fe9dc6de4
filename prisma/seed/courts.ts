import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import * as z from 'zod'

const court = z
  .object({
    department: z.string().min(2),
    department_name: z.string().min(1),
    seat: z.string().min(1),
    insee_code: z.string().length(5),
    postal_code: z.string().length(5),
    time_zone: z.string().min(1),
  })
  .transform((row) => ({
    departmentCode: row.department,
    departmentName: row.department_name.replaceAll("'", '’'),
    seat: row.seat.replaceAll("'", '’'),
    inseeCode: row.insee_code,
    postalCode: row.postal_code,
    timeZone: row.time_zone,
  }))
export type Court = z.output<typeof court>

/** The 164 first-instance courts of the country, as prisma/seed/data/courts.csv lists them. */
export function readCourts(): Court[] {
  const text = readFileSync(join(import.meta.dirname, 'data', 'courts.csv'), 'utf8')
  return z.array(court).parse(parse(text, { columns: true, skip_empty_lines: true }))
}

/** "TJ de Nanterre", "TJ d’Évry", "TJ du Mans", "TJ des Sables-d’Olonne". */
export function courtName({ seat }: Pick<Court, 'seat'>): string {
  return `TJ ${withOf(seat)}`
}

/** "SPIP 92 Nanterre": the branch of the département that works with this court. */
export function probationServiceName({
  departmentCode,
  seat,
}: Pick<Court, 'departmentCode' | 'seat'>): string {
  return `SPIP ${departmentCode} ${seat}`
}

/** A town after "of": "de Lyon", "d’Évry", "du Mans", "des Sables-d’Olonne". */
export function withOf(town: string): string {
  if (town.startsWith('Le ')) return `du ${town.slice(3)}`
  if (town.startsWith('Les ')) return `des ${town.slice(4)}`
  return /^[AEIOUÉ]/u.test(town) ? `d’${town}` : `de ${town}`
}
