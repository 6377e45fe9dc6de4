import * as z from 'zod'
import { query } from '../shared/command'
import type { Context } from '../shared/context'
import { fold } from '../shared/fold'

export interface CityLine {
  id: number
  inseeCode: string
  name: string
  departmentCode: string
  population: number
}

/** A commune, and how near its name is to what was typed: from 0 to 1. */
export interface CityLike extends CityLine {
  likeness: number
}

/** Communes of this name, articles left out or not, most peopled first. Raw SQL: a search. */
export function citiesNamed(ctx: Context, folded: string): Promise<CityLine[]> {
  const names = ['', 'le ', 'la ', 'les ', 'l '].map((article) => article + folded)
  return ctx.tx.$queryRaw<CityLine[]>`
    SELECT id, insee_code AS "inseeCode", name, department_code AS "departmentCode", population
      FROM city WHERE fold_text(name) LIKE ANY (${names}) ORDER BY population DESC LIMIT 20`
}

/** Communes that a postal code serves, most peopled first. */
export function citiesOfPostalCode(ctx: Context, postalCode: string): Promise<CityLine[]> {
  return ctx.tx.city.findMany({
    where: { postalCodes: { has: postalCode } },
    select: { id: true, inseeCode: true, name: true, departmentCode: true, population: true },
    orderBy: { population: 'desc' },
    take: 20,
  })
}

/**
 * Communes whose name begins so or is spelt almost so: what to propose when none has this very name.
 * Raw SQL: a search.
 */
export function citiesLike(ctx: Context, folded: string): Promise<CityLike[]> {
  return ctx.tx.$queryRaw<CityLike[]>`
    SELECT id, insee_code AS "inseeCode", name, department_code AS "departmentCode", population,
           similarity(fold_text(name), ${folded}) AS likeness
      FROM city
     WHERE fold_text(name) LIKE ${`${folded}%`} OR fold_text(name) % ${folded}
     ORDER BY fold_text(name) = ${folded} DESC, fold_text(name) LIKE ${`${folded}%`} DESC,
              CASE WHEN fold_text(name) LIKE ${`${folded}%`} THEN population END DESC,
              similarity(fold_text(name), ${folded}) DESC, population DESC
     LIMIT 6`
}

export const cityChoicesInput = z.object({ text: z.string().trim().max(80).default('') })

/** Communes to choose from while their name is being typed, from three letters on: "Nanterre (92)". */
export const cityChoices = query(cityChoicesInput, async (ctx: Context, { text }) => {
  const folded = fold(text.replace(/\(.*$/, ''))
  if (folded.length < 3) return []
  const cities = await citiesLike(ctx, folded)
  return cities.map((city) => ({ id: city.id, label: `${city.name} (${city.departmentCode})` }))
})
