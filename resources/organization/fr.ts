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

/** "heure de La Réunion"; nothing of the clock that most of the country keeps. */
export const clockWords = (timeZone: string): string | null =>
  timeZone === 'Europe/Paris'
    ? null
    : (timeZoneWords[timeZone]?.replace('Heure', 'heure').replace(/ \(.*/, '') ?? null)

export const organizationKindWords = { court: 'Tribunal judiciaire', probation_service: 'SPIP' } as const

export const organizationRefusals = {
  'organization.name_taken': 'Un service porte déjà ce nom.',
  'organization.clock_elsewhere': 'Ce département ne vit pas à cette heure. Choisissez la sienne.',
  'organization.hours_given':
    'Ses lieux ont déjà {slots}\u00a0: leurs heures et les SMS prévus en dépendent. Le département et le fuseau ne changent plus.',
  'organization.phone_unreadable': 'Ce numéro n’est pas reconnu. Exemple\u00a0: 01 99 00 12 34.',
  'organization.not_a_court': 'Seuls les tribunaux en ont.',
  'organization.same_kind': 'Un tribunal se lie à un SPIP, et un SPIP à un tribunal.',
  'organization.already_linked': 'Ces deux services sont déjà liés.',
  'organization.not_linked': 'Ces deux services ne sont pas liés.',
} satisfies Record<`organization.${string}`, string>
