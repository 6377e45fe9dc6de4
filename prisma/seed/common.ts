import type { Prisma } from '@prisma/client'
import { prisma } from '../../resources/shared/db.server'
import { seedCommunes } from './communes'
import { seedCompetentServices } from './competent-services'
import { seedContentPages } from './content-pages'
import { legacyPaths } from './legacy-paths'
import { seedReference } from './reference'

/** What every database holds, production included: kinds of appointment, default texts, communes and their competent services, pages of the site, old addresses. Runs again without harm. */
export async function seedCommon(): Promise<void> {
  await prisma.$transaction(
    async (tx) => {
      await seedReference(tx)
      await seedCommunes(tx)
      await seedCompetentServices(tx)
      await seedSite(tx)
    },
    { maxWait: 10_000, timeout: 120_000 },
  )
}

/** The pages of the site and the old addresses that came with this release. */
export async function seedSite(tx: Prisma.TransactionClient): Promise<void> {
  await seedContentPages(tx)
  await tx.legacyPath.createMany({ data: legacyPaths(), skipDuplicates: true })
}
