import * as z from 'zod'
import { civilDate } from '../shared/civil-time'
import {
  checkbox,
  drawn,
  emptyAsNull,
  id,
  optionalEmail,
  optionalReference,
  optionalText,
  requiredLine,
  typedPhone,
} from '../shared/fields'

/** What people need help with, in the order in which it is shown. */
export const themes = [
  'work',
  'housing',
  'health',
  'mental_health',
  'violence',
  'victims',
  'law',
  'social_rights',
  'family',
  'mobility',
  'digital',
  'french',
  'money',
  'youth',
  'sport_and_culture',
  'food',
  'peers',
] as const
export type Theme = (typeof themes)[number]

const missing = 'Choisissez au moins un thème.'
const wrongWebsite = 'Écrivez une adresse qui commence par https://. Exemple\u00a0: https://www.exemple.fr.'
const details = {
  name: requiredLine(120, 'Écrivez le nom de l’organisme.'),
  themes: z
    .array(z.enum(themes, missing), missing)
    .min(1, missing)
    .transform((chosen) => themes.filter((theme) => chosen.includes(theme)))
    .register(drawn, { kind: 'several' }),
  mission: requiredLine(300, 'Dites ce qu’il fait, en une ou deux phrases.'),
  audience: optionalText(120),
  conditions: optionalText(200),
  address: optionalText(200),
  phone: typedPhone,
  email: optionalEmail(120),
  website: emptyAsNull(
    z
      .string()
      .trim()
      .max(200, '200 caractères au plus.')
      .regex(/^https:\/\/[a-z0-9-]+(\.[a-z0-9-]+)+(\/[\w\-./%#?=&]*)?$/i, wrongWebsite)
      // "https://exemple.1" looks like one, and is none: the page that shows it could not be drawn.
      .refine((address) => URL.canParse(address), wrongWebsite)
      .register(drawn, { kind: 'text', max: 200 }),
  ),
  hours: optionalText(160),
  wheelchair: checkbox,
  source: optionalText(160),
  validUntil: emptyAsNull(civilDate.register(drawn, { kind: 'date' })),
}

/** Of one's own service, unless a central admin says another. */
export const createPartnerInput = z.object({ ...details, organizationId: optionalReference('organizations') })
/** `version`: the instant of the last change the form was drawn from. */
export const updatePartnerInput = z.object({ partnerId: id, version: z.iso.datetime(), ...details })
export const partnerIdInput = z.object({ partnerId: id })
