export const customColumnRefusals = {
  'custom_column.too_many': 'Ce tribunal a déjà {most} colonnes pour ce type\u00a0: {type}.',
  'custom_column.filled':
    'Des convocations ont déjà rempli cette colonne\u00a0: elle reste de ce type de donnée.',
  'custom_column.name_taken': 'Ce tribunal a déjà une colonne de ce nom.',
} satisfies Record<`custom_column.${string}`, string>

export const customColumnWords = {
  dataType: { text: 'Texte', date: 'Date' },
  moment: { at_booking: 'En convoquant', in_table: 'Dans le tableau des sorties d’audience' },
  typeCodes: {
    hearing_exit_sentence_judge: 'Sortie d’audience SAP',
    hearing_exit_probation: 'Sortie d’audience SPIP',
  },
} as const
