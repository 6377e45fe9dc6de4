import * as z from 'zod'
import { id } from '../shared/fields'

export const importKinds = ['agents', 'competent_services'] as const
export type ImportKind = (typeof importKinds)[number]

/** The columns of each file; their order is free, others are ignored. */
export const columnsOf: Readonly<Record<ImportKind, readonly string[]>> = {
  agents: ['LAST_NAME', 'FIRST_NAME', 'ROLE', 'PHONE', 'ORGANIZATION', 'EMAIL'],
  competent_services: ['names', 'insee_code', 'postal_code', 'name', 'type'],
}

/** Three lines for each commune of the country fit, twice over. */
export const importLimits = { bytes: 20 * 1024 * 1024, lines: 250_000 }

/** `text`: the file, decoded (file.ts). */
export const startImportInput = z.object({
  kind: z.enum(importKinds),
  fileName: z
    .string()
    .trim()
    .max(200)
    .default('')
    .transform((name) => name || 'fichier.csv'),
  text: z.string(),
})

export const importIdInput = z.object({ importId: id })
