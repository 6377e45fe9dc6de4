import express, { type RequestHandler } from 'express'
import { storeReceipts } from '../../resources/message/commands/receipts.server'
import { storeReceiptsInput } from '../../resources/message/schema'
import type { SystemActor } from '../../resources/shared/actor'
import { isOneOf } from '../../resources/shared/digest.server'
import { env } from '../../resources/shared/env.server'
import { countAgainst } from '../../resources/shared/throttle.server'
import { perform } from '../../resources/shared/transact.server'
import { answer } from './answers'

const provider: SystemActor = { kind: 'system', task: 'sms-receipts' }

function isTheirs(address: string): boolean {
  const networks = env.SMS_RECEIPT_ADDRESSES
  const plain = address.replace(/^::ffff:/, '')
  return !networks || networks.check(plain, plain.includes(':') ? 'ipv6' : 'ipv4')
}

/** The address of receipts has a secret; to whoever has it not, there is nothing here. */
const onlyTheProvider: RequestHandler<{ secret: string }> = async (req, res, next) => {
  const address = req.ip ?? ''
  if (isOneOf(req.params.secret, env.SMS_RECEIPT_SECRET ?? []) && isTheirs(address)) next()
  else answer(req, res, (await countAgainst('unknown-receipt', address)) ? 429 : 404)
}

/** PostgreSQL keeps neither NUL nor half a character in a JSON value. */
const storable = (text: string) => text.replaceAll('\0', '').replaceAll(/\p{Surrogate}/gu, '\ufffd')

function reviver(_: string, value: unknown): unknown {
  if (typeof value === 'string') return storable(value)
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).map(([key, held]) => [storable(key), held]))
    : value
}

/** Receipts are a list of plain things: what is far deeper comes from nobody who sends them. */
const isShallow = (value: unknown, levels = 20): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every((held) => isShallow(held, levels - 1)))

/** What the provider says became of an SMS: kept as it is written and answered at once, understood by a job. */
const keep: RequestHandler = async (req, res, next) => {
  try {
    const body: unknown = req.body ?? null
    // Looked at before anything else walks it.
    const told = isShallow(body) ? storeReceiptsInput.safeParse({ raws: [body].flat() }) : undefined
    if (!told?.success) return answer(req, res, 400)
    await perform(provider, storeReceipts, told.data)
    res.status(204).end()
  } catch (error) {
    next(error)
  }
}

/** A body of its own, whatever type it says it has. */
export const receipts: RequestHandler<{ secret: string }>[] = [
  onlyTheProvider,
  express.json({ limit: '256kb', type: () => true, strict: false, reviver }),
  keep,
]
