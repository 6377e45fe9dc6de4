import express, { type RequestHandler } from 'express'
import * as z from 'zod'
import { storeReceipt } from '../../resources/message/commands/receipts.server'
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

/** What the provider says became of an SMS: kept as it is written and answered at once, understood by a job. */
const keep: RequestHandler = async (req, res, next) => {
  try {
    // PostgreSQL keeps no NUL in a JSON value.
    const body: unknown = JSON.parse(JSON.stringify(req.body ?? null).replaceAll('\\u0000', ''))
    const told = z.json().parse(body)
    for (const raw of Array.isArray(told) ? told : [told]) await perform(provider, storeReceipt, { raw })
    res.status(204).end()
  } catch (error) {
    next(error)
  }
}

/** A body of its own, whatever type it says it has. */
export const receipts: RequestHandler<{ secret: string }>[] = [
  onlyTheProvider,
  express.json({ limit: '256kb', type: () => true }),
  keep,
]
