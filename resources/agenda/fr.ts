export const agendaRefusals = {
  'agenda.name_taken': 'Ce lieu a déjà un agenda de ce nom.',
  'agenda.archived': 'Cet agenda est archivé.',
} satisfies Record<`agenda.${string}`, string>
