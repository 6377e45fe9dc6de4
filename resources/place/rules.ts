const abbreviations: readonly (readonly [RegExp, string])[] = [
  [/(?<!\p{L})avenue(?!\p{L})/giu, 'av.'],
  [/(?<!\p{L})boulevard(?!\p{L})/giu, 'bd'],
  [/(?<!\p{L})place(?!\p{L})/giu, 'pl.'],
  [/(?<!\p{L})impasse(?!\p{L})/giu, 'imp.'],
  [/(?<!\p{L})allée(?!\p{L})/giu, 'all.'],
  [/(?<!\p{L})général(?!\p{L})/giu, 'gal'],
  [/(?<!\p{L})saint-/giu, 'St-'],
]

/** The address as an SMS says it (40 characters), without its postal code; null when it stays too long. */
export function shortAddressOf(address: string): string | null {
  const plain = address
    .replace(/\b\d{5}\s+(?=\p{L})/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
  const abbreviated = abbreviations.reduce((text, [word, short]) => text.replace(word, short), plain)
  return [plain, abbreviated].find((text) => text.length <= 40) ?? null
}

/** What the state of a place forbids, whoever asks. */
export const whyNotPlaceChange = ({ archivedAt }: { archivedAt: Date | null }) =>
  archivedAt ? ('place.archived' as const) : null

export const whyNotPlaceReturn = ({ archivedAt }: { archivedAt: Date | null }) =>
  archivedAt ? null : ('place.not_archived' as const)
