export const placeRelocationRefusals = {
  'place_relocation.too_soon': 'Un déménagement s’enregistre demain au plus tôt.',
  'place_relocation.too_far': 'La date doit être dans l’année qui vient.',
  'place_relocation.moving': 'Ce lieu a déjà un déménagement en cours.',
  'place_relocation.to_confirm':
    'À partir du {date}, changent de lieu\u00a0: {slots}, {people}, {rules}. «\u00a0{place}\u00a0» est archivé ce jour-là. Pour confirmer, recopiez ce nom-là.',
  'place_relocation.leaves':
    'Ce lieu déménage le {date}\u00a0: à partir de ce jour, convoquez à «\u00a0{place}\u00a0».',
  'place_relocation.not_there_yet':
    'Ce lieu ouvre le {date}\u00a0: avant ce jour, convoquez à «\u00a0{place}\u00a0».',
  'place_relocation.prepared': 'Ce déménagement est préparé\u00a0: il ne s’annule plus.',
} satisfies Record<`place_relocation.${string}`, string>

/** What has been done of a relocation. */
export const relocationStateWords = {
  registered: 'Enregistré',
  prepared: 'Préparé',
  done: 'Fait',
} as const
