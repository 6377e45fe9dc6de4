export const messageKinds = ['summons', 'reminder', 'cancellation', 'missed', 'rescheduling'] as const
export type MessageKind = (typeof messageKinds)[number]

/** What a template may ask for. Words for the people who edit templates, hence French. */
export const placeholders = [
  'rdv.date',
  'rdv.heure',
  'lieu.nom',
  'lieu.adresse',
  'lieu.téléphone',
  'lieu.contact',
  'lieu.lien_info',
] as const
export type Placeholder = (typeof placeholders)[number]

/** What fills a template: already written for eyes. A value that a place does not have is absent. */
export type TemplateValues = Readonly<Partial<Record<Placeholder, string | null>>>
