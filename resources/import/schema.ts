import * as z from 'zod'
import { id, optionalId } from '../shared/fields'

export const importKinds = ['agents', 'competent_services', 'probationers'] as const
export type ImportKind = (typeof importKinds)[number]

export interface FileColumn {
  name: string
  /** What older files call it. */
  also?: readonly string[]
  /** The file does without. */
  optional?: true
}

/** The columns of each file; their order is free, others are ignored, capitals and accents do not count. */
export const columnsOf: Readonly<Record<ImportKind, readonly FileColumn[]>> = {
  agents: [
    { name: 'Nom', also: ['LAST_NAME'] },
    { name: 'Prénom', also: ['FIRST_NAME'] },
    { name: 'Fonction', also: ['ROLE'] },
    { name: 'Téléphone', also: ['PHONE'], optional: true },
    { name: 'Service', also: ['ORGANIZATION'], optional: true },
    { name: 'E-mail', also: ['EMAIL'] },
  ],
  competent_services: [
    { name: 'names' },
    { name: 'insee_code' },
    { name: 'postal_code' },
    { name: 'name' },
    { name: 'type' },
  ],
  probationers: [
    { name: 'Nom' },
    { name: 'Prénom' },
    { name: 'Date de naissance' },
    { name: 'Numéro de dossier' },
    { name: 'Mesure/Intervention' },
  ],
}

/** Three lines for each commune of the country fit, twice over. */
export const importLimits = { bytes: 20 * 1024 * 1024, lines: 250_000 }

export const startImportInput = z.object({
  kind: z.enum(importKinds),
  fileName: z
    .string()
    .trim()
    .max(200)
    .default('')
    .transform((name) => name || 'fichier.csv'),
  /** The service that follows the persons of the file. */
  organizationId: optionalId,
  bytes: z.custom<Uint8Array>((bytes) => bytes instanceof Uint8Array),
})

export const importIdInput = z.object({ importId: id })
