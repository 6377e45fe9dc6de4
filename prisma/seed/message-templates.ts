import type { Prisma } from '@prisma/client'
import { appointmentTypes } from '../../resources/appointment-type/catalogue'
import { defaultReminderHours, defaultTexts } from '../../resources/message/template/defaults'
import { messageKinds } from '../../resources/message/template/schema'

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
  const missing = appointmentTypes.flatMap(({ code }) =>
    messageKinds.filter((kind) => !known.has(`${code} ${kind}`)).map((kind) => ({ code, kind })),
  )
  const made = await tx.messageTemplate.createManyAndReturn({
    data: missing.map(({ code, kind }) => ({
      typeCode: code,
      kind,
      reminderHours: kind === 'reminder' ? [...defaultReminderHours] : [],
    })),
    select: { id: true, typeCode: true, kind: true },
  })
  const idOf = new Map(made.map(({ id, typeCode, kind }) => [`${typeCode} ${kind}`, id]))
  await tx.messageTemplateVersion.createMany({
    data: missing.flatMap(({ code, kind }) => {
      const templateId = idOf.get(`${code} ${kind}`)
      return templateId ? [{ templateId, text: defaultTexts[code][kind] }] : []
    }),
  })
}
