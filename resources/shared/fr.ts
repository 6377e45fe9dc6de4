/** Refusals that any record may give. */
export const recordRefusals = {
  'record.changed_meanwhile':
    'La fiche a été modifiée entre-temps. Vos changements sont gardés\u00a0: relisez, puis enregistrez.',
  'record.reference_gone': 'Un des choix n’existe plus. Rechargez la page, puis choisissez à nouveau.',
  'record.changed_meanwhile_by':
    'La fiche a été modifiée entre-temps par {author}. Vos changements sont gardés\u00a0: relisez, puis enregistrez.',
} satisfies Record<`record.${string}`, string>
