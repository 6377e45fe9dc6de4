export const headquartersRefusals = {
  'headquarters.name_taken': 'Un siège porte déjà ce nom.',
} satisfies Record<`headquarters.${string}`, string>
