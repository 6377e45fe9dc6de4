import * as z from 'zod'
import { civilDate } from '../shared/civil-time'
import { checkbox, choice, drawn, id } from '../shared/fields'

/** What a person may ask of their data: RGPD 15 to 18, and articles 104 to 106 of the law of 6 January 1978. */
export const requestKinds = ['access', 'rectification', 'erasure', 'limitation'] as const
export type RequestKind = (typeof requestKinds)[number]

export const requestOutcomes = ['granted', 'partly_granted', 'refused'] as const
export type RequestOutcome = (typeof requestOutcomes)[number]

export const recordRequestInput = z.object({
  probationerId: id,
  kind: choice(requestKinds, 'Choisissez ce qui est demandé.'),
  receivedOn: civilDate,
})

const answerMissing = 'Indiquez ce qui a été répondu à la personne.'

export const answerRequestInput = z.object({
  requestId: id,
  outcome: choice(requestOutcomes, 'Choisissez la suite donnée.'),
  answer: z
    .string({ error: answerMissing })
    .trim()
    .min(1, answerMissing)
    .max(1_000, '1000 caractères au plus.')
    .register(drawn, { kind: 'long', max: 1_000 }),
  answeredOn: civilDate,
})

export const requestIdInput = z.object({ requestId: id })

export const listRequestsInput = z.object({
  answered: checkbox.catch(false),
  page: z.coerce.number().int().min(1).max(2_000).default(1).catch(1),
  perPage: z.coerce.number().int().min(1).max(50).default(25).catch(25),
})
