import type { RefusalCode } from '../refusal-sentences'

/**
 * The expected endings of a command or a query that does not succeed. Doors translate them
 * once each; anything else that is thrown is a bug.
 */

/** A rule says no. `code` is `subject.reason`: without a sentence in the subject's fr.ts it does not compile. */
export class Refused extends Error {
  readonly code: RefusalCode
  /** Values the sentence needs, never personal data in logs. */
  readonly params: Readonly<Record<string, string | number>>
  /** The input field the refusal belongs to, when it belongs to one. */
  readonly field: string | undefined

  constructor(code: RefusalCode, params: Record<string, string | number> = {}, field?: string) {
    super(code)
    this.name = 'Refused'
    this.code = code
    this.params = params
    this.field = field
  }
}

/** Who changed a field since a form was drawn, when, and what it holds now if the actor may read it. */
export interface Change {
  author: string | null
  date: string
  time: string
  now?: string | null
}

/** The record is no longer the one the form was drawn from. Its `version` comes back with what changed. */
export class Stale extends Refused {
  readonly changes: Readonly<Record<string, Change>>

  constructor(author: string | null, version: string, changes: Record<string, Change>) {
    super(author ? 'record.changed_meanwhile_by' : 'record.changed_meanwhile', {
      version,
      ...(author && { author }),
    })
    this.name = 'Stale'
    this.changes = changes
  }
}

/** Absent or not visible to the actor: never say which. */
export class NotFound extends Error {
  constructor(subject: string) {
    super(`${subject} not found`)
    this.name = 'NotFound'
  }
}

/** The actor may see the thing, not do this with it. */
export class Forbidden extends Error {
  readonly action: string

  constructor(action: string) {
    super(`${action} is not permitted`)
    this.name = 'Forbidden'
    this.action = action
  }
}

/** Asked too often, or by too many at once: to be asked again in a moment. */
export class TooMany extends Error {
  constructor(what: string) {
    super(`too many at once: ${what}`)
    this.name = 'TooMany'
  }
}

/** Returns the value, or says that the subject was not found. */
export function orNotFound<T>(value: T | null | undefined, subject: string): T {
  if (value === null || value === undefined) throw new NotFound(subject)
  return value
}

/** Throws unless the actor may. */
export function assertAllowed(permitted: boolean, action: string): void {
  if (!permitted) throw new Forbidden(action)
}

/** Throws when a rule gave a reason not to. */
export function refuseIf(
  reason: RefusalCode | null | undefined,
  field?: string,
  params: Record<string, string | number> = {},
): void {
  if (reason) throw new Refused(reason, params, field)
}
