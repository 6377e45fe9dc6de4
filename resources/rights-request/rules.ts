import { addMonths, type CivilDate } from '../shared/civil-time'
import { requestOutcomes, type RequestKind, type RequestOutcome } from './schema'

/**
 * The day by which a request is answered: one month, article 12(3) of the RGPD. The law of 6 January 1978, articles
 * 104 to 106, which rules this processing by the directive 2016/680, says "as soon as possible": the shorter term is
 * the one that is counted.
 */
export const dueOn = (receivedOn: CivilDate): CivilDate => addMonths(receivedOn, 1)

/** Older than any request that may still wait. */
const firstDay: CivilDate = '2018-05-25'

export const whyNotReceivedOn = (receivedOn: CivilDate, today: CivilDate) =>
  receivedOn > today || receivedOn < firstDay ? ('rights_request.received_outside' as const) : null

export const whyNotAnswerable = ({ answeredOn }: { answeredOn: Date | null }) =>
  answeredOn ? ('rights_request.answered' as const) : null

/** What may be said of a request. Erasing the record is the answer that grants an erasure, and takes the request with it. */
export const outcomesOf = (kind: RequestKind): readonly RequestOutcome[] =>
  requestOutcomes.filter((outcome) => kind !== 'erasure' || outcome !== 'granted')

/** What the answer may be, and when it was given. */
export function whyNotAnswer(
  request: { kind: RequestKind; receivedOn: CivilDate },
  { outcome, answeredOn }: { outcome: RequestOutcome; answeredOn: CivilDate },
  today: CivilDate,
): {
  field: 'outcome' | 'answeredOn'
  reason: 'rights_request.erase' | 'rights_request.answered_outside'
} | null {
  if (answeredOn < request.receivedOn || answeredOn > today)
    return { field: 'answeredOn', reason: 'rights_request.answered_outside' }
  return outcomesOf(request.kind).includes(outcome)
    ? null
    : { field: 'outcome', reason: 'rights_request.erase' }
}

/** A limitation that is granted, wholly or in part, stops the use of the record at once. */
export const limits = (kind: RequestKind, outcome: RequestOutcome): boolean =>
  kind === 'limitation' && outcome !== 'refused'

export const whyNotLifted = ({ limitedAt }: { limitedAt: Date | null }) =>
  limitedAt ? null : ('rights_request.not_limited' as const)
