import * as z from 'zod'
import { refusalSentence, type RefusalCode } from './refusal-sentences'
import { Forbidden, NotFound, Refused, Stale, TooMany, type Change } from './shared/errors'
import { formatDay, formatHour } from './shared/french'

/** Beside a field that changed under the form: by whom, when, and what it holds now. */
function changeSentence({ author, date, time, now }: Change): string {
  const by = author ? ` par ${author}` : ''
  const value = now === undefined ? '' : `\u00a0: ${now ? `«\u00a0${now}\u00a0»` : 'vide'}`
  return `Changé entre-temps${by}, ${formatDay(date)} à ${formatHour(time)}${value}.`
}

export interface RefusalAnswer {
  status: 400 | 403 | 404 | 429
  message: string
  /** By path of the input: "phone", "probationer.phone". */
  fieldErrors: Record<string, string>
  code?: RefusalCode
  params?: Readonly<Record<string, string | number>>
}

/** The expected endings of a command or a query in French; null for a bug. */
export function refusalOf(error: unknown): RefusalAnswer | null {
  if (error instanceof z.ZodError) {
    const fieldErrors: Record<string, string> = {}
    for (const { path, message } of error.issues) if (path.length > 0) fieldErrors[path.join('.')] ??= message
    const isForm = Object.keys(fieldErrors).length > 0
    return {
      status: 400,
      message: isForm ? 'Des champs sont à corriger.' : 'Demande illisible.',
      fieldErrors,
    }
  }
  if (error instanceof Refused) {
    const message = refusalSentence(error)
    const { code, params, field } = error
    if (error instanceof Stale) {
      const changes = Object.entries(error.changes).map(([name, change]) => [name, changeSentence(change)])
      return {
        status: 400,
        message,
        fieldErrors: Object.fromEntries(changes) as Record<string, string>,
        code,
        params,
      }
    }
    return { status: 400, message, fieldErrors: field ? { [field]: message } : {}, code, params }
  }
  if (error instanceof NotFound) {
    return {
      status: 404,
      message: 'Introuvable : l’adresse est fausse, ou la fiche n’est plus là.',
      fieldErrors: {},
    }
  }
  if (error instanceof TooMany) {
    return {
      status: 429,
      message: 'Trop de demandes en peu de temps. Attendez une minute, puis recommencez.',
      fieldErrors: {},
    }
  }
  if (error instanceof Forbidden) {
    return { status: 403, message: 'Votre rôle ne permet pas cette action.', fieldErrors: {} }
  }
  return null
}
