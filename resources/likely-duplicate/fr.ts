import type { Likeness } from './schema'

export const likelyDuplicateRefusals = {
  'likely_duplicate.dismissed': 'Ces deux fiches sont déjà dites de deux personnes.',
  'likely_duplicate.not_dismissed': 'Ces deux fiches sont déjà proposées.',
} satisfies Record<`likely_duplicate.${string}`, string>

export const likenessWords: Record<Likeness, string> = {
  same_appi_number: 'même numéro APPI, à une lettre près',
  same_number: 'même numéro de portable, autre indicatif',
  same_names: 'mêmes noms',
  swapped_names: 'nom et prénom inversés',
  names_sound_alike: 'noms qui se prononcent de même',
  names_spelt_alike: 'noms presque semblables',
  same_birth: 'même naissance',
  birth_nearly_same: 'naissance presque semblable',
  birth_missing: 'une naissance manque',
  same_service: 'même service',
  different_appi_numbers: 'deux numéros APPI',
}
