import { randomInt } from 'node:crypto'
import type { OrganizationKind } from '../shared/actor'
import type { Context } from '../shared/context'
import { fold } from '../shared/fold'
import { linkLetters } from '../shared/links'
import { lockKey } from '../shared/lock.server'

/** The code of the short link: eight letters that say nothing of anybody. */
export const newCode = (): string =>
  Array.from({ length: 8 }, () => linkLetters[randomInt(linkLetters.length)]).join('')

interface Service {
  kind: OrganizationKind
  name: string
  departmentCode: string
  timeZone: string
  switchboardPhone: string | null
}

/** A service has its page as soon as it exists: what is known of it, until it says more. */
export async function openPageOf(
  ctx: Context,
  { id, name, switchboardPhone, ...service }: Service & { id: number },
): Promise<void> {
  const { kind, departmentCode, timeZone } = service
  await ctx.tx.publicPage.create({
    data: {
      ...{ kind, departmentCode, timeZone, organizationId: id },
      ...{ title: name, officialName: name, phone: switchboardPhone, state: 'published' },
      ...{ slug: await freeSlug(ctx, name), code: newCode(), updatedAt: ctx.now },
    },
    select: { id: true },
  })
}

/** "spip-92-nanterre"; "spip-92-nanterre-2" where another has it, also at the same instant. An address is never given again. */
export async function freeSlug(ctx: Context, name: string): Promise<string> {
  await lockKey(ctx, 'public-pages')
  // Other alphabets have no place in an address that papers print.
  const slug =
    fold(name)
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-/, '')
      .slice(0, 100)
      .replace(/-$/, '') || 'service'
  const taken = await ctx.tx.publicPage.findMany({
    where: { slug: { startsWith: slug } },
    select: { slug: true },
  })
  const slugs = new Set(taken.map((page) => page.slug))
  const free = (n: number): string => {
    const candidate = n === 1 ? slug : `${slug}-${n}`
    return slugs.has(candidate) ? free(n + 1) : candidate
  }
  return free(1)
}

/** "3 rue des Lilas, 92000 Nanterre": its line, its code, its town; a line alone where it is written otherwise. */
function addressParts(address: string) {
  const [, line, postalCode, cityName] = /^(.+?),?\s+(\d{5})\s+(\D.+)$/.exec(address) ?? []
  return { addressLine: line ?? address, postalCode: postalCode ?? null, cityName: cityName ?? null }
}

/** The page that the SMS of a new place lead to: its service's, which takes the address of its first place. */
export async function pageOfNewPlace(
  ctx: Context,
  { organizationId, address, phone }: { organizationId: number; address: string; phone: string | null },
): Promise<number | null> {
  const page = await ctx.tx.publicPage.findFirst({
    where: { organizationId, state: { not: 'archived' } },
    select: { id: true, addressLine: true, phone: true },
    orderBy: { id: 'asc' },
  })
  if (page?.addressLine === null)
    await ctx.tx.publicPage.update({
      where: { id: page.id },
      data: { ...addressParts(address), phone: page.phone ?? phone, updatedAt: ctx.now },
      select: { id: true },
    })
  return page?.id ?? null
}
