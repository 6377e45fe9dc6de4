import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import * as z from 'zod'

const rows = z.array(
  z.object({ path: z.string().startsWith('/'), department: z.string(), locality: z.string() }),
)

/**
 * The addresses printed on paper, on posters and in old texts, and where each leads: the services of
 * its département, or of its region. They redirect for ever: the file only ever grows.
 */
export function legacyPaths(): { path: string; target: string }[] {
  const text = readFileSync(join(import.meta.dirname, 'data', 'legacy-paths.csv'), 'utf8')
  return rows
    .parse(parse(text, { columns: true, skip_empty_lines: true }))
    .map(({ path, department, locality }) => ({
      path: path.toLowerCase(),
      target: department
        ? `/preparer-ma-convocation/departements/${department}`
        : `/preparer-ma-convocation?q=${encodeURIComponent(locality)}`,
    }))
}
