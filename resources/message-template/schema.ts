import { z } from 'zod'

export const messageKinds = ['summons', 'reminder', 'cancellation', 'missed', 'rescheduling'] as const
export const messageKind = z.enum(messageKinds)
export type MessageKind = z.output<typeof messageKind>

/** Days before the appointment, in hours of the wall clock. A type may have both (decision M1). */
export const reminderPeriods = [24, 48] as const
export const reminderHours = z.array(z.union([z.literal(24), z.literal(48)]))

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

/** Over two parts a template warns, over four it is refused (decision M5). */
export const partsThatWarn = 2
export const partsAllowed = 4
