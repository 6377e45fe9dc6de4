import * as z from 'zod'
import { newSeat } from '../appointment/schema'
import { civilDate, civilTime } from '../shared/civil-time'
import { emptyAsNull, id, optionalText, requestKey } from '../shared/fields'

const scopeKinds = ['agenda', 'place', 'agent'] as const
export type ScopeKind = (typeof scopeKinds)[number]

/** What closes, as a list of choices sends it: `agenda:12`, `place:3`, `agent:7`. */
export interface Scope {
  kind: ScopeKind
  id: number
}
export const scopeValue = ({ kind, id: scopeId }: Scope) => `${kind}:${scopeId}`

const missingScope = 'Choisissez ce qui ferme\u00a0: un agenda, un lieu ou un agent.'
const scope = z
  .string(missingScope)
  .max(30, missingScope)
  .transform((text, ctx): Scope => {
    const [kind, number] = text.split(':')
    const known = scopeKinds.find((one) => one === kind)
    const parsed = id.safeParse(number)
    if (known && parsed.success) return { kind: known, id: parsed.data }
    ctx.issues.push({ code: 'custom', message: missingScope, input: text })
    return z.NEVER
  })

export const periodInput = z.object({
  scope,
  firstDate: civilDate,
  /** The same day without it. */
  lastDate: emptyAsNull(civilDate),
  /** Of each day; from its first hour, or to its last, without them. */
  fromTime: emptyAsNull(civilTime),
  toTime: emptyAsNull(civilTime),
})

/** More people than anybody decides of on one page, or than one transaction moves. */
export const mostLines = 300

const lines = z
  .array(
    newSeat.extend({
      appointmentId: id,
      choice: z.enum(['move', 'cancel', 'keep'], 'Choisissez ce que devient cette convocation.'),
    }),
  )
  .max(mostLines)

export const closePeriodInput = periodInput.extend({
  reason: optionalText(120),
  lines,
  requestKey,
})

export const closureIdInput = z.object({ closureId: id })

export const settleClosureInput = z.object({ closureId: id, lines })
export type ClosureLines = z.output<typeof lines>
