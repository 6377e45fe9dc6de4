import type { SiteRequestKind } from '@prisma/client'
import { addMonths, addDays, civilOf, instantOf } from '../shared/civil-time'
import { frenchPath } from '../shared/language'
import { teamZone } from '../watch/rules'
import { deploymentTools } from './schema'

/** A program filled what nobody sees. */
export const whySuspected = (trap: string) => (trap === '' ? null : ('site_request.trap' as const))

/** Of the tools that a service asks for, one at least. */
export const whyNoTool = (asked: Partial<Record<(typeof deploymentTools)[number], boolean>>) =>
  deploymentTools.some((tool) => asked[tool]) ? null : ('site_request.no_tool' as const)

export const whyNotWrittenTo = ({ email }: { email: string | null }) =>
  email ? null : ('site_request.no_email' as const)

/** A page is made of the request that asks for one, once. */
export const whyNotMade = ({
  kind,
  publicPageId,
}: {
  kind: SiteRequestKind
  publicPageId: number | null
}) => {
  if (kind !== 'service_page') return 'site_request.not_a_page' as const
  return publicPageId === null ? null : ('site_request.page_made' as const)
}

/**
 * When it is erased: twelve months for what the team answers; what was written to a service is kept only as long as
 * its mail may still be tried.
 */
export function expiryOf(kind: SiteRequestKind, now: Date): Date {
  const { date, time } = civilOf(now, teamZone)
  return instantOf(kind === 'absence' ? addDays(date, 7) : addMonths(date, 12), time, teamZone)
}

/** The service whose page this is, in any language. */
export const slugOfPage = (page: string): string | null =>
  /^\/preparer-ma-convocation\/([a-z0-9-]{1,120})\/?$/.exec(frenchPath(page))?.[1] ?? null
