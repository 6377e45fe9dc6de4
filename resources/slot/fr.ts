export const slotRefusals = {
  'slot.type_not_yours':
    'Votre fonction n’ouvre pas de créneaux pour ce type, ou le lieu ne le reçoit pas. Choisissez un autre type.',
  'slot.hour_outside': 'Les créneaux se placent entre 6 h et 21 h.',
  'slot.past': 'Ce créneau est passé.',
  'slot.moment_past': 'Cette date ou cette heure est passée.',
  'slot.too_far': 'La date doit être dans l’année qui vient.',
  'slot.weekend': 'Ce jour est un samedi ou un dimanche.',
  'slot.holiday': 'Ce jour est férié ({holiday}).',
  'slot.place_moves': 'Le lieu déménage\u00a0: il ne reçoit pas ce jour-là.',
  'slot.closed_period': 'L’agenda est fermé ce jour-là{because}.',
  'slot.last_before_first': 'La dernière heure est avant la première.',
  'slot.hours_overlap': 'Ces heures en recouvrent d’autres, plus haut.',
  'slot.too_many': '{wanted} créneaux d’un coup, c’est trop\u00a0: {most} au plus.',
  'slot.capacity_below': 'Déjà {taken} places prises\u00a0: indiquez au moins ce nombre.',
  'slot.already_closed': 'Ce créneau est déjà fermé.',
  'slot.already_open': 'Ce créneau est déjà ouvert.',
  'slot.not_empty': 'Des personnes y sont attendues\u00a0: fermez-le plutôt, elles gardent leur place.',
  'slot.has_history': 'Une convocation passée ou annulée le nomme\u00a0: fermez-le plutôt.',
} satisfies Record<`slot.${string}`, string>
export type SlotRefusal = keyof typeof slotRefusals
