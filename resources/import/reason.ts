import { refusalOf } from '../refusals'
import { Forbidden } from '../shared/errors'
import { lineReasons } from './fr'

/** Why a command refused a line; null for a bug, or a database that is away: the job is tried again. */
export function reasonOf(error: unknown): string | null {
  if (error instanceof Forbidden) return lineReasons.notPermitted
  const refusal = refusalOf(error)
  return refusal && ([...new Set(Object.values(refusal.fieldErrors))].join(' ') || refusal.message)
}
