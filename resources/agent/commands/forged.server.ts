import { assertAllowed } from '../../shared/errors'

/** What no form about a person's own data has: a role and a service have acts of their own. */
const ofOtherActs: readonly string[] = ['role', 'organizationId', 'headquartersId']

/**
 * Refuses a request that carries a field its form does not have. Leaving it out would be enough to keep it from
 * being written; refusing it leaves a trace of who tried.
 *
 * @throws Forbidden, which is audited.
 */
export function assertNotForged(raw: unknown, action: string): void {
  const sent = typeof raw === 'object' && raw !== null ? Object.keys(raw) : []
  assertAllowed(!sent.some((field) => ofOtherActs.includes(field)), action)
}
