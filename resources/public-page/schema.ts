import * as z from 'zod'
import type { OrganizationKind } from '../shared/actor'
import { civilDate, civilTime, type CivilDate } from '../shared/civil-time'
import {
  checkbox,
  choice,
  drawn,
  emptyAsNull,
  id,
  optionalChoiceOfRow,
  optionalEmail,
  optionalReference,
  optionalText,
  requiredLine,
  typedPhone,
} from '../shared/fields'
import { cut } from '../shared/cut'
import { linkCode } from '../shared/links'
import type { Located } from './nearest'

const range = z
  .object({ from: civilTime, to: civilTime })
  .refine(({ from, to }) => from < to, 'range_backwards')

/** When a service receives people, on the wall of the place. Days off by law are closed without saying so. */
export const openingHours = z.object({
  /** Monday first; a day without a range is a day when it is closed. */
  week: z.array(z.array(range).max(3)).length(7),
  closures: z.array(z.object({ from: civilDate, to: civilDate })).default([]),
})
export type OpeningHours = z.output<typeof openingHours>
export type OpeningRange = z.output<typeof range>

export const publicPageSlugInput = z.object({ slug: z.string().regex(/^[a-z0-9-]{1,120}$/) })
export const publicPageCodeInput = z.object({ code: linkCode.pipe(z.string().regex(/^[a-z0-9]{1,16}$/)) })
export const departmentInput = z.object({ code: z.string().regex(/^[0-9][0-9ab][0-9]?$/i) })

export const photoAddressInput = z.object({
  pageId: z.coerce.number().int().min(1).max(2_147_483_647),
  digest: z.string().regex(/^[0-9a-f]{16}$/),
})
export const previewInput = z.object({ token: z.string().regex(/^[0-9a-f]{32}$/) })

export const findServicesInput = z.object({
  /** A commune, a postal code, a département, the name of a service: whatever stands on the paper. */
  text: z
    .string()
    .transform((text) => cut(text.replace(/\p{Cc}/gu, ' ').trim(), 100))
    .default(''),
})

/** What a list of services shows of one. */
export interface ServiceCard {
  slug: string
  title: string
  officialName: string
  kind: OrganizationKind
  departmentCode: string
  addressLine: string | null
  postalCode: string | null
  cityName: string | null
  phone: string | null
}

/** As `/api/public/services.json` says it. */
export interface PublicService extends Omit<ServiceCard, 'slug'>, Located {
  kindName: string
  /** The address of its page. */
  page: string
}

// ————— What its service writes —————

export const pageIdInput = z.object({ pageId: id })
/** `version`: the instant of the last change the form was drawn from. */
const seen = { pageId: id, version: z.iso.datetime() }

const hour = String.raw`(\d{1,2})(?:\s*h\s*(\d{2})?|\s*:\s*(\d{2}))`
const typedRange = new RegExp(`^(?:de )?${hour}\\s*(?:à|a|au|-|–|—)\\s*${hour}$`, 'i')
const typedTime = (hours: string | undefined, minutes: string | undefined) =>
  `${(hours ?? '').padStart(2, '0')}:${minutes ?? '00'}`

/** "9h-12h, 13h30-17h" as ranges in order; null when it cannot be read. Nothing, or "fermé", is a day off. */
function rangesTyped(text: string): OpeningRange[] | null {
  if (text === '' || /^ferm[ée]e?$/i.test(text)) return []
  const ranges = text.split(/\s*(?:[,;/]|(?<=\s)et(?=\s))\s*/).map((part) => {
    const found = typedRange.exec(part)
    return found
      ? { from: typedTime(found[1], found[2] ?? found[3]), to: typedTime(found[4], found[5] ?? found[6]) }
      : null
  })
  const read = z.array(range).max(3).safeParse(ranges).data
  const follow = read?.every(({ from }, rank) => rank === 0 || (read[rank - 1]?.to ?? '') <= from)
  return read && follow ? read : null
}

const dayHours = z
  .string()
  .max(60, '60 caractères au plus.')
  .default('')
  .transform((text, context) => {
    const ranges = rangesTyped(text.replace(/\s+/g, ' ').trim())
    if (ranges) return ranges
    context.addIssue({
      code: 'custom',
      message: 'Écrivez ces heures ainsi\u00a0: 9h à 12h, 13h30 à 17h. Vide\u00a0: fermé.',
    })
    return z.NEVER
  })
  .register(drawn, { kind: 'text', max: 60 })

/** "24/12/2026", "24/12/2026 au 02/01/2027" */
function closureTyped(line: string): { from: CivilDate; to: CivilDate } | null {
  const day = (text = '') => civilDate.safeParse(text.trim().split('/').reverse().join('-')).data
  const [first, last] = line.replace(/^du\s+/i, '').split(/\s+(?:au|-)\s+/i)
  const [from, to] = [day(first), day(last ?? first)]
  return from && to && from <= to ? { from, to } : null
}

const closureDays = z
  .string()
  .max(1_000, '1\u00a0000 caractères au plus.')
  .default('')
  .transform((text, context) => {
    const lines = text.split('\n').filter((line) => line.trim() !== '')
    const closures = lines.flatMap((line) => closureTyped(line) ?? [])
    if (closures.length === lines.length) return closures
    const wrong = lines.find((line) => closureTyped(line) === null)?.trim() ?? ''
    context.addIssue({
      code: 'custom',
      message: `Cette ligne ne se lit pas\u00a0: «\u00a0${wrong.slice(0, 40)}\u00a0». Écrivez 24/12/2026, ou 24/12/2026 au 02/01/2027.`,
    })
    return z.NEVER
  })
  .register(drawn, { kind: 'long', max: 1_000 })

/** As a map gives them: "48.8920, 2.2069". */
const coordinates = z
  .string()
  .trim()
  .nullish()
  .transform((text, context) => {
    if (!text) return null
    const typed = /^(-?\d{1,2}(?:\.\d+)?)[,;]\s*(-?\d{1,3}(?:\.\d+)?)$/.exec(text)
    // To the metre: less would be written in powers of ten, which nobody types.
    const [latitude = NaN, longitude = NaN] = [typed?.[1], typed?.[2]].map((part) =>
      Number(Number(part).toFixed(5)),
    )
    if (typed && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) return { latitude, longitude }
    context.addIssue({
      code: 'custom',
      message: 'Écrivez la latitude, puis la longitude. Exemple\u00a0: 48.8920, 2.2069.',
    })
    return z.NEVER
  })
  .register(drawn, { kind: 'text', max: 60 })

const email = optionalEmail(120)

const names = {
  title: requiredLine(80, 'Écrivez le nom du service, comme on le dit.'),
  officialName: requiredLine(160, 'Écrivez le nom officiel du service.'),
}
const postalCode = emptyAsNull(
  z
    .string()
    .trim()
    .regex(/^\d{5}$/, 'Un code postal a cinq chiffres.')
    .register(drawn, { kind: 'text', max: 5 }),
)
const whereItIs = {
  addressLine: optionalText(160, 'text'),
  postalCode,
  cityName: optionalText(80),
}

/** By the central team, for a service that is not on the product. */
export const createPageInput = z.object({
  kind: choice(['probation_service', 'court'], 'Choisissez la nature du service.'),
  ...names,
  departmentCode: departmentInput.shape.code
    .transform((code) => code.toUpperCase())
    .register(drawn, { kind: 'text', max: 3 }),
  ...whereItIs,
  organizationId: optionalReference('organizations'),
})

/** Ticked, the public reads nothing of the change before the draft is put online. */
const asDraft = checkbox

export const updatePageInput = z.object({
  ...seen,
  ...names,
  ...whereItIs,
  coordinates,
  reception: optionalText(300, 'text'),
  security: optionalText(300, 'text'),
  accessibility: optionalText(300, 'text'),
  transport: optionalText(300, 'long'),
  parking: optionalText(300, 'text'),
  phone: typedPhone,
  phoneHours: optionalText(120),
  email,
  asDraft,
})

export const pageDays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const
export const updateHoursInput = z.object({
  ...seen,
  monday: dayHours,
  tuesday: dayHours,
  wednesday: dayHours,
  thursday: dayHours,
  friday: dayHours,
  saturday: dayHours,
  sunday: dayHours,
  closures: closureDays,
  asDraft,
})

const day = emptyAsNull(civilDate.register(drawn, { kind: 'date' }))
export const updateNoticeInput = z.object({
  ...seen,
  notice: optionalText(200, 'text'),
  noticeFrom: day,
  noticeUntil: day,
  asDraft,
})

export const updateAdviceInput = z.object({
  ...seen,
  papers: optionalText(1_500),
  meeting: optionalText(1_500),
  absence: optionalText(1_500),
  asDraft,
})

export const pageStates = ['draft', 'published', 'archived'] as const
export const listPagesInput = z.object({
  filters: z
    .object({
      text: z.string().trim().max(100).optional(),
      state: z.enum(pageStates).optional().catch(undefined),
      /** Read again by nobody for a year, or ever. */
      checked: z.enum(['old']).optional().catch(undefined),
    })
    .default({}),
  page: z.coerce.number().int().min(1).max(2_000).default(1).catch(1),
  perPage: z.coerce.number().int().min(1).max(50).default(25).catch(25),
})

export const closings = ['gone', 'moved'] as const
export type Closing = (typeof closings)[number]
export const closePageInput = z.object({
  pageId: id,
  closing: choice(closings, 'Choisissez ce que dit l’ancienne adresse.'),
  successorId: optionalChoiceOfRow,
})
export const restorePageInput = z.object({ ...seen, versionId: id })
export const pageDraftInput = z.object(seen)

/** A photo as a browser reads it from a file: its bytes in base 64. */
export const photoInput = z.object({
  ...seen,
  image: z
    .string('Choisissez une photo.')
    .min(1, 'Choisissez une photo.')
    .max(2_800_000, 'Cette photo est trop lourde\u00a0: 2\u00a0Mo au plus.')
    .regex(/^[A-Za-z0-9+/]+={0,2}$/, 'Ce fichier ne se lit pas.'),
  alternative: requiredLine(160, 'Dites ce que montre la photo, pour qui ne la voit pas.'),
  credit: optionalText(80),
})

/** What a page says that its service may change: kept from one version to the next. */
export const pageSaid = z.object({
  title: z.string(),
  officialName: z.string(),
  addressLine: z.string().nullable(),
  postalCode: z.string().nullable(),
  cityName: z.string().nullable(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  reception: z.string().nullable(),
  security: z.string().nullable(),
  accessibility: z.string().nullable(),
  transport: z.string().nullable(),
  parking: z.string().nullable(),
  phone: z.string().nullable(),
  phoneHours: z.string().nullable(),
  email: z.string().nullable(),
  openingHours: openingHours.nullable(),
  notice: z.string().nullable(),
  noticeFrom: civilDate.nullable(),
  noticeUntil: civilDate.nullable(),
  papers: z.string().nullable(),
  meeting: z.string().nullable(),
  absence: z.string().nullable(),
})
export type PageSaid = z.output<typeof pageSaid>
