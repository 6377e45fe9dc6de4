import type { AgentActor } from '../../../shared/actor'
import { workingDayFrom } from '../../../shared/calendar'
import { addDays, civilOf, type CivilDate } from '../../../shared/civil-time'
import { query } from '../../../shared/command'
import type { Context } from '../../../shared/context'
import { env } from '../../../shared/env.server'
import { assertAllowed } from '../../../shared/errors'
import { formatDay, smsHour } from '../../../shared/french'
import { placeInText, smsTextOf } from '../../queries/text.server'
import { smsLink } from '../../rules'
import { withoutStopLink, type SmsMeasure } from '../../sms-text'
import { mayReadTexts } from '../policy'
import { longestValues, partsAtMost, parseTemplate, renderMessage, type RenderedMessage } from '../render'
import type { TextLength } from '../rules'
import { previewTextInput, tidied, type TemplateValues, type TextAddress } from '../schema'
import { placesLacking, type Lacking } from './lacking.server'

/** As long as a person's own token, which nobody sees: the counts are the right ones. */
const anyToken = 'xxxxxxxxxx'
const hour = '14:30'

/** A text as a phone would show it. */
export interface PreviewedText extends SmsMeasure {
  text: string
  /** What the provider is paid for it, in euros. */
  price: number
  /** The place whose values it holds; null for usual ones. */
  place: string | null
}

export interface TextPreview {
  usual: PreviewedText | null
  longest: PreviewedText | null
  lacking: Lacking
}

/** What a text gives with the real values of the places of a service, or with usual ones for the common text. */
export const previewText = query(
  previewTextInput,
  async (ctx: Context<AgentActor>, { text: typed, ...address }): Promise<TextPreview> => {
    assertAllowed(mayReadTexts(ctx.actor, address), 'read the texts of a service')
    // As it would be kept.
    const text = tidied(typed)
    const lacking = await placesLacking(ctx, address, text)
    if (parseTemplate(text).faults.length > 0) return { usual: null, longest: null, lacking }
    const { usual, longest } = await casesOf(ctx, address, text)
    return { usual: usual && asShown(usual), longest: longest && asShown(longest), lacking }
  },
)

/** A text made with the values of one place. */
interface Case extends SmsMeasure, TextLength {
  text: string
}

const asShown = ({ text, ...made }: Case): PreviewedText => ({
  ...made,
  text: withoutStopLink(text),
  price: made.parts * env.SMS_PART_PRICE,
})

/** What keeps a text from being kept for its length, with the place where it is the longest. */
export async function whyTooLong(
  ctx: Context,
  address: TextAddress,
  text: string,
): Promise<TextLength | null> {
  const { longest } = await casesOf(ctx, address, text)
  return longest && longest.parts > partsAtMost ? longest : null
}

async function casesOf(
  ctx: Context,
  { organizationId, typeCode }: TextAddress,
  text: string,
): Promise<{ usual: Case | null; longest: Case | null }> {
  const today = civilOf(ctx.now, 'Europe/Paris').date
  const soon = workingDayFrom(addDays(today, 7), '75')
  const longestDay = longestDayFrom(today)
  const places = organizationId === null ? [] : await placesOf(ctx, organizationId, typeCode)
  const made = places.map((place) => ({
    usual: madeOf(smsTextOf(text, place, { date: soon, time: hour }, anyToken), place.name),
    longest: madeOf(smsTextOf(text, place, { date: longestDay, time: hour }, anyToken), place.name),
  }))
  const longest = made.flatMap((one) => one.longest ?? []).sort((a, b) => b.characters - a.characters)[0]
  const usual = made.flatMap((one) => one.usual ?? [])[0]
  if (usual && longest) return { usual, longest }
  // No place yet, or none that has what is asked: as for the common text.
  return {
    usual: madeOf(renderMessage(text, usualValues(soon), stopLink()), null),
    longest: madeOf(renderMessage(text, longValues(longestDay), stopLink()), null),
  }
}

function madeOf(rendered: RenderedMessage, place: string | null): Case | null {
  if (!rendered.ok && rendered.code !== 'message.text_too_long') return null
  const { text, characters, alphabet, parts } = rendered
  return { text, characters, alphabet, parts, place }
}

/** The places that receive this type, else all of them: the first one first. */
async function placesOf(ctx: Context, organizationId: number, typeCode: string) {
  const places = await ctx.tx.place.findMany({
    where: { organizationId, archivedAt: null },
    select: {
      ...placeInText,
      appointmentTypes: { where: { typeCode }, select: { typeCode: true } },
    },
    orderBy: { id: 'asc' },
  })
  const receiving = places.filter(({ appointmentTypes }) => appointmentTypes.length > 0)
  return receiving.length > 0 ? receiving : places
}

/** The day of the coming year that takes the most room in an SMS: a Wednesday of September. */
function longestDayFrom(today: CivilDate): CivilDate {
  let longest = today
  for (let ahead = 1; ahead < 366; ahead++) {
    const day = addDays(today, ahead)
    if (formatDay(day).length > formatDay(longest).length) longest = day
  }
  return longest
}

/** The link that ends each SMS, as long as a person's own. */
export const stopLink = (): string => smsLink(env.PUBLIC_URL, `/stop/${anyToken}`)

const linked = (date: CivilDate): TemplateValues => ({
  'rdv.date': formatDay(date),
  'rdv.heure': smsHour(hour),
  'lieu.téléphone': '0199001020',
  'lieu.contact': '0199001020',
  'lieu.lien_info': smsLink(env.PUBLIC_URL, '/s/k7p2m9ab'),
})
const usualValues = (date: CivilDate): TemplateValues => ({
  ...linked(date),
  'lieu.nom': 'SPIP de Nanterre',
  'lieu.adresse': '14 rue des Peupliers, Nanterre',
})
const longValues = (date: CivilDate): TemplateValues => ({ ...longestValues, ...linked(date) })
