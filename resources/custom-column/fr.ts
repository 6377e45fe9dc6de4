export const customColumnRefusals = {
  'custom_column.too_many': 'Ce tribunal a déjà {most} colonnes pour ce type\u00a0: {type}.',
  'custom_column.filled':
    'Des convocations ont déjà rempli cette colonne\u00a0: elle reste de ce type de donnée.',
  'custom_column.name_taken': 'Ce tribunal a déjà une colonne de ce nom.',
  'custom_column.missing': 'Remplissez «\u00a0{name}\u00a0».',
  'custom_column.not_a_day': 'Indiquez un jour. Exemple\u00a0: 12/04/2026.',
  'custom_column.filled_meanwhile':
    'Cette case vient d’être changée par quelqu’un d’autre\u00a0: elle dit «\u00a0{value}\u00a0».',
  'custom_column.emptied_meanwhile':
    'Cette case vient d’être vidée par quelqu’un d’autre. Enregistrez à nouveau pour y écrire.',
  'custom_column.at_booking': 'Cette colonne se remplit en convoquant.',
} satisfies Record<`custom_column.${string}`, string>

export const customColumnWords = {
  dataType: { text: 'Texte', date: 'Date' },
  moment: { at_booking: 'En convoquant', in_table: 'Dans le tableau des sorties d’audience' },
  typeCodes: {
    hearing_exit_sentence_judge: 'Sortie d’audience SAP',
    hearing_exit_probation: 'Sortie d’audience SPIP',
  },
} as const
