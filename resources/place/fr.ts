export const placeRefusals = {
  'place.page_elsewhere': 'Cette page est celle d’un autre service. Choisissez une page du service.',
  'place.phone_unreadable': 'Ce numéro n’est pas reconnu. Exemple\u00a0: 01 99 00 12 34.',
  'place.phone_missing': 'Les SMS de ce lieu donnent son téléphone\u00a0: indiquez-le.',
  'place.email_missing': 'Les SMS de ce lieu donnent son e-mail\u00a0: indiquez-le.',
  'place.short_address_missing':
    'Cette adresse est trop longue pour un SMS. Indiquez-en une courte, de 40 caractères au plus.',
  'place.type_unknown': 'Ce type de convocation n’existe plus. Choisissez-en dans la liste.',
  'place.still_expected':
    'Des personnes y sont encore attendues\u00a0: le lieu ne peut pas changer de service avant.',
  'place.other_clock':
    'Ce service vit à une autre heure, et le lieu a déjà des créneaux\u00a0: leurs heures deviendraient fausses.',
  'place.archived': 'Ce lieu est archivé. Désarchivez-le pour le modifier.',
  'place.not_archived': 'Ce lieu n’est pas archivé.',
} satisfies Record<`place.${string}`, string>
export type PlaceRefusal = keyof typeof placeRefusals
