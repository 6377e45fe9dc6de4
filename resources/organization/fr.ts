/** The clocks that services keep, in words. */
export const timeZoneWords: Readonly<Record<string, string>> = {
  'Europe/Paris': 'Heure de Paris',
  'America/Cayenne': 'Heure de Cayenne (Guyane)',
  'America/Guadeloupe': 'Heure de la Guadeloupe',
  'America/Martinique': 'Heure de la Martinique',
  'America/Miquelon': 'Heure de Saint-Pierre-et-Miquelon',
  'Indian/Mayotte': 'Heure de Mayotte',
  'Indian/Reunion': 'Heure de La Réunion',
  'Pacific/Gambier': 'Heure des îles Gambier (Polynésie française)',
  'Pacific/Marquesas': 'Heure des îles Marquises (Polynésie française)',
  'Pacific/Noumea': 'Heure de Nouméa (Nouvelle-Calédonie)',
  'Pacific/Tahiti': 'Heure de Tahiti (Polynésie française)',
  'Pacific/Wallis': 'Heure de Wallis-et-Futuna',
}
