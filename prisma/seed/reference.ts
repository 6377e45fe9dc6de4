import type { Prisma } from '@prisma/client'
import { appointmentTypes } from '../../resources/appointment-type/catalogue'
import { seedDefaultTemplates } from './message-templates'

/** What every database needs to work: the kinds of appointment and their default texts. Runs again without harm. */
export async function seedReference(tx: Prisma.TransactionClient): Promise<void> {
  for (const type of appointmentTypes) {
    await tx.appointmentType.upsert({ where: { code: type.code }, create: { ...type }, update: {} })
  }
  await seedDefaultTemplates(tx)
}
