export const recurringSlotRefusals = {
  'recurring_slot.hour_outside': 'Les créneaux se placent entre 6 h et 21 h.',
  'recurring_slot.last_before_first': 'La dernière heure est avant la première.',
  'recurring_slot.too_many': '{wanted} créneaux par semaine d’un coup, c’est trop\u00a0: {most} au plus.',
  'recurring_slot.all_exist': 'Ces créneaux récurrents existent déjà, tous.',
  'recurring_slot.exists': 'Cet agenda a déjà un créneau récurrent ce jour-là à cette heure, pour ce type.',
  'recurring_slot.from_past': 'Le changement commence demain au plus tôt.',
  'recurring_slot.from_too_far':
    'Les créneaux sont faits six mois à l’avance\u00a0: choisissez un jour d’ici là.',
  'recurring_slot.archived': 'Ce créneau récurrent est archivé avec son agenda.',
} satisfies Record<`recurring_slot.${string}`, string>
export type RecurringSlotRefusal = keyof typeof recurringSlotRefusals
