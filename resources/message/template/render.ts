import { foldToGsm7, measure, type SmsMeasure } from '../sms-text'
import { placeholders, type Placeholder, type TemplateValues } from './schema'
import { shortenings } from './shorten'

export type TemplatePart = { text: string } | { placeholder: Placeholder }

export interface TemplateFault {
  code:
    | 'message_template.empty'
    | 'message_template.unknown_placeholder'
    | 'message_template.unpaired_brace'
    | 'message_template.unsendable_sign'
  /** What stands at fault, as it was typed. */
  found: string
  /** Where, in characters from the beginning. */
  at: number
}

const isPlaceholder = (key: string): key is Placeholder => placeholders.some((known) => known === key)

/**
 * Reads a template. Braces are its only syntax; anything else, `%` and `$` included, is text. The
 * faults come in the order of the text: the template is usable only without any.
 */
export function parseTemplate(text: string): { parts: TemplatePart[]; faults: TemplateFault[] } {
  const parts: TemplatePart[] = []
  const faults: TemplateFault[] = []
  if (text.trim() === '') faults.push({ code: 'message_template.empty', found: '', at: 0 })
  for (const { 0: found, index: at } of text.matchAll(/\{[^{}]*\}|[{}]|[^{}]+/gu)) {
    if (found === '{' || found === '}') {
      faults.push({ code: 'message_template.unpaired_brace', found, at })
    } else if (found.startsWith('{')) {
      const key = found.slice(1, -1).normalize('NFC').trim()
      if (isPlaceholder(key)) parts.push({ placeholder: key })
      else faults.push({ code: 'message_template.unknown_placeholder', found, at })
    } else {
      // Sign by sign only where one of them is at fault.
      if (foldToGsm7(found.replaceAll('?', '')).includes('?'))
        for (const { 0: sign, index } of found.matchAll(/[^?]/gu))
          if (foldToGsm7(sign).includes('?'))
            faults.push({ code: 'message_template.unsendable_sign', found: sign, at: at + index })
      parts.push({ text: found })
    }
  }
  return { parts, faults }
}

export type RenderedMessage = ({ ok: true; text: string } & SmsMeasure) | RenderFailure

export type RenderFailure =
  | { ok: false; code: 'message.template_faulty'; faults: TemplateFault[] }
  /** The place has not what the text asks for: an error before anything is sent. */
  | { ok: false; code: 'message.value_missing'; missing: Placeholder[] }
  /** Even shortened it would be cut into more parts than leave (decision M5). */
  | ({ ok: false; code: 'message.text_too_long'; text: string } & SmsMeasure)

/** What a text is shortened to fit, and what none goes beyond (decision M5). */
export const partsWanted = 2
export const partsAtMost = 4

/**
 * The text as it leaves: values in place, the STOP link at its end, folded to GSM-7. A value is
 * written as it is: braces in the name of a place are not read again. Values too long for the parts
 * wanted are shortened, no more than it takes.
 */
export function renderMessage(template: string, values: TemplateValues, stopUrl: string): RenderedMessage {
  const { parts, faults } = parseTemplate(template)
  if (faults.length > 0) return { ok: false, code: 'message.template_faulty', faults }
  const asked = parts.flatMap((part) => ('placeholder' in part ? [part.placeholder] : []))
  const missing = [...new Set(asked)].filter((placeholder) => !values[placeholder]?.trim())
  if (missing.length > 0) return { ok: false, code: 'message.value_missing', missing }

  const made = (of: TemplateValues) => {
    const text = foldToGsm7(`${written(parts, of)} STOP ${stopUrl}`)
    return { text, ...measure(text) }
  }
  let sms = made(values)
  for (const shorter of shortenings(values, asked.includes('lieu.lien_info'))) {
    if (sms.parts <= partsWanted) break
    const tried = made(shorter)
    if (tried.parts < sms.parts) sms = tried
  }
  return sms.parts > partsAtMost ? { ok: false, code: 'message.text_too_long', ...sms } : { ok: true, ...sms }
}

function written(parts: readonly TemplatePart[], values: TemplateValues): string {
  let text = ''
  let afterLink = false
  for (const part of parts) {
    // Some phones take a full stop that follows a link for a part of it.
    if ('text' in part) text += afterLink ? part.text.replace(/^[.,;:!)]+/, '') : part.text
    else text += (values[part.placeholder] ?? '').replace(/\s+/gu, ' ').trim()
    afterLink = 'placeholder' in part && part.placeholder === 'lieu.lien_info'
  }
  return text.trim()
}

/** Short, as the address of links in SMS should be: each character more is sent twice in each of them. */
const host = 'rdv.justice.fr'

/** The longest values that are still usual: what a template is measured with (decision M5). */
export const longestValues: Readonly<Record<Placeholder, string>> = {
  'rdv.date': 'mercredi 1er septembre 2027',
  'rdv.heure': '14h30',
  'lieu.nom': 'Tribunal judiciaire de Bobigny',
  'lieu.adresse': '128 bis av. du Gal Leclerc, 92100 Nantes',
  'lieu.téléphone': '0199001020',
  'lieu.contact': '0199001020',
  'lieu.lien_info': `${host}/s/k7p2m9ab`,
}
export const longestStopUrl = `${host}/stop/4hq8wz2tab`
