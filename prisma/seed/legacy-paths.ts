import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import * as z from 'zod'

const path = z.string().startsWith('/')
const services = z.array(z.object({ path, kind: z.string(), department: z.string(), locality: z.string() }))
const pages = z.array(z.object({ path, target: path }))

const linesOf = (file: string): unknown =>
  parse(readFileSync(join(import.meta.dirname, 'data', file), 'utf8'), {
    columns: true,
    skip_empty_lines: true,
  })

function targetOf(kind: string, department: string, locality: string): string {
  if (kind === 'reinsertion') return `/investir-ma-reinsertion/departements${department && `/${department}`}`
  return department
    ? `/preparer-ma-convocation/departements/${department}`
    : `/preparer-ma-convocation?q=${encodeURIComponent(locality)}`
}

/**
 * The addresses printed on paper, on posters and in old texts, and where each leads: the services of
 * its département, or who helps there; those of its region; the page that took its place. They redirect for ever: the files only ever grow.
 */
export const legacyPaths = (): { path: string; target: string }[] => [
  ...services.parse(linesOf('legacy-paths.csv')).map(({ path, kind, department, locality }) => ({
    path: path.toLowerCase(),
    target: targetOf(kind, department, locality),
  })),
  ...pages.parse(linesOf('legacy-pages.csv')),
]
