import type { Prisma } from '@prisma/client'
import { appointmentTypes } from '../../resources/appointment-type/catalogue'
import { defaultReminderHours, defaultTexts } from '../../resources/message-template/defaults'
import { messageKinds } from '../../resources/message-template/schema'

/**
 * Writes the default texts of the types that have none yet. A text changed since, by the team or by
 * a new release, is left as it is: texts are versioned by hand, not by a start.
 */
export async function seedDefaultTemplates(tx: Prisma.TransactionClient): Promise<void> {
  const existing = await tx.messageTemplate.findMany({
    where: { organizationId: null },
    select: { typeCode: true, kind: true },
  })
  const known = new Set(existing.map(({ typeCode, kind }) => `${typeCode} ${kind}`))
  for (const { code } of appointmentTypes) {
    for (const kind of messageKinds) {
      if (known.has(`${code} ${kind}`)) continue
      await tx.messageTemplate.create({
        data: {
          typeCode: code,
          kind,
          reminderHours: kind === 'reminder' ? [...defaultReminderHours] : [],
          versions: { create: { text: defaultTexts[code][kind] } },
        },
      })
    }
  }
}
