export const agendaRefusals = {
  'agenda.name_taken': 'Ce lieu a déjà un agenda de ce nom.',
  'agenda.archived': 'Cet agenda est archivé.',
  'agenda.alone': 'Ce lieu n’a pas d’autre agenda.',
  'agenda.merged_elsewhere':
    'Deux agendas se fusionnent dans un même lieu. Choisissez-en un autre de ce lieu.',
  'agenda.lengths_differ':
    'Les deux agendas ont un créneau récurrent {when}, de durées différentes. Donnez-leur la même durée, puis fusionnez.',
  'agenda.too_many_seats':
    'Les places s’ajoutent\u00a0: il y en aurait {seats} {when}, {most} au plus. Baissez-les, puis fusionnez.',
} satisfies Record<`agenda.${string}`, string>
