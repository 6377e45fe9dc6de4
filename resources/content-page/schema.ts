import * as z from 'zod'
import { civilDate } from '../shared/civil-time'
import { cleanLine } from '../shared/clean-line'
import { choice, id, requiredLine } from '../shared/fields'

export const contentStates = ['draft', 'published', 'archived'] as const
export type ContentState = (typeof contentStates)[number]
export const layouts = ['plain', 'accordion', 'faq'] as const
export type Layout = (typeof layouts)[number]
export const legalStatuses = ['to_validate', 'validated', 'none'] as const
export type LegalStatus = (typeof legalStatuses)[number]

export const longest = { title: 70, shortTitle: 40, description: 160, lead: 400, body: 50_000, path: 120 }

const day = civilDate.clone()

/** An amount or a duration: cited in the text by its key, and told with where it comes from and since when. */
const fact = z.object({
  key: z
    .string()
    .trim()
    .regex(
      /^[a-z][a-z0-9-]{0,39}$/,
      'Écrivez le nom du chiffre en minuscules, sans accent ni espace. Exemple\u00a0: delai-maximal.',
    ),
  label: requiredLine(120, 'Dites ce que ce chiffre mesure.'),
  value: requiredLine(120, 'Écrivez le chiffre.'),
  source: requiredLine(160, 'Dites d’où vient ce chiffre.'),
  asOf: day,
})
export type Fact = z.output<typeof fact>

/** Each key names one of them. */
export const facts = z
  .array(fact)
  .max(60, '60 chiffres au plus.')
  .superRefine((list, context) => {
    list.forEach(({ key }, index) => {
      if (list.findIndex((other) => other.key === key) < index)
        context.addIssue({
          code: 'custom',
          path: [index, 'key'],
          message: `Deux chiffres s’appellent «\u00a0${key}\u00a0».`,
        })
    })
  })

/** A text of law, or of somebody who answers for it, as it was on a day. */
const source = z.object({
  code: requiredLine(160, 'Dites le texte ou l’organisme.'),
  article: z
    .string()
    .transform(cleanLine)
    .pipe(z.string().max(120, '120 caractères au plus.'))
    .nullish()
    .transform((text) => text || null),
  asOf: day,
})
export const sources = z.array(source).max(40, '40 sources au plus.')
export type Source = z.output<typeof source>

/** What a page says: its file in the seed and the form of the back office are of this one shape. */
export const contentInput = z.object({
  title: requiredLine(longest.title, 'Écrivez le titre.'),
  shortTitle: requiredLine(longest.shortTitle, 'Écrivez le titre court.'),
  description: requiredLine(longest.description, 'Écrivez la description.'),
  lead: requiredLine(longest.lead, 'Écrivez le chapô\u00a0: une ou deux phrases.'),
  order: z.coerce
    .number('Écrivez un nombre.')
    .int('Écrivez un nombre entier.')
    .min(0, 'De 0 à 9999.')
    .max(9_999, 'De 0 à 9999.')
    .default(0),
  layout: choice(layouts, 'Choisissez une présentation.'),
  /** Its faults are told by the rules, with their line. */
  body: z
    .string('Écrivez le texte de la page.')
    // As a browser or another system ends its lines; what nobody sees would part two words that look alike.
    .transform((text) =>
      text
        .normalize('NFC')
        .replace(/\r\n?/g, '\n')
        .replace(/[\0\u200b\ufeff]/g, '')
        .trim(),
    )
    .pipe(z.string().max(longest.body, `${longest.body} caractères au plus.`)),
  facts,
  sources,
  legalStatus: choice(legalStatuses, 'Dites si un contenu juridique est à valider.'),
})
export type Content = z.output<typeof contentInput>

/** The address of a page: its words in small letters, joined by hyphens. */
export const contentPath = z
  .string('Écrivez l’adresse.')
  .trim()
  .max(longest.path, `${longest.path} caractères au plus.`)
  .regex(
    /^(\/[a-z0-9]+(-[a-z0-9]+)*){1,5}$/,
    'Écrivez l’adresse en minuscules, sans accent ni espace. Exemple\u00a0: /comprendre-ma-peine/victimes.',
  )

export const pageIdInput = z.object({ pageId: id })
/** The version on the screen of whoever acts: another one since then is told, not undone. */
const seenVersionId = id

export const createPageInput = contentInput.extend({ path: contentPath })
export const saveDraftInput = contentInput.extend({ pageId: id, seenVersionId })
export const publishPageInput = pageIdInput.extend({ seenVersionId })
export const restorePageInput = z.object({ pageId: id, versionId: id, seenVersionId })

/** What is typed in the search of the site. */
export const searchPagesInput = z.object({ text: z.string().max(100) })

/** The address asked of the portal, as it came. */
export const askedPathInput = z.object({ path: z.string().max(400) })
export const previewInput = z.object({ token: z.string().regex(/^[a-z0-9]{32}$/) })

export const listPagesInput = z.object({
  filters: z
    .object({
      text: z.string().max(100).optional(),
      state: z.enum(contentStates).optional().catch(undefined),
      legalStatus: z.enum(legalStatuses).optional().catch(undefined),
    })
    .default({}),
  page: z.coerce.number().int().min(1).max(2_000).default(1).catch(1),
  perPage: z.coerce.number().int().min(1).max(50).default(25).catch(25),
})

/** What a file of the seed begins with; its text follows. */
export const pageFile = contentInput.extend({
  facts: facts.default([]),
  sources: sources.default([]),
  checkedOn: day,
})
