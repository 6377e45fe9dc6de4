import type { Theme } from './schema'
import { themes } from './schema'

export const whyNotPartnerChange = ({ archivedAt }: { archivedAt: Date | null }) =>
  archivedAt ? ('partner.archived' as const) : null

export const whyNotPartnerReturn = ({ archivedAt }: { archivedAt: Date | null }) =>
  archivedAt ? null : ('partner.shown' as const)

/** Partners under each of their themes; a theme without any is left out. */
export function byTheme<Partner extends { themes: readonly Theme[] }>(
  partners: readonly Partner[],
): { theme: Theme; partners: Partner[] }[] {
  return themes.flatMap((theme) => {
    const some = partners.filter((partner) => partner.themes.includes(theme))
    return some.length > 0 ? [{ theme, partners: some }] : []
  })
}
