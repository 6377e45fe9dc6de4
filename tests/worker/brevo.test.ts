import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brevo } from '../../worker/sms/brevo'
import { startBrevo, type Fate } from '../support/brevo-simulator'

let fate: Fate
let account: Awaited<ReturnType<typeof startBrevo>>
beforeEach(async () => {
  fate = {}
  account = await startBrevo({ fateOf: () => fate })
})
afterEach(() => account.stop())

const sms = {
  reference: 'message:12:1790000000000',
  phone: '+33639981234',
  text: 'SPIP : rendez-vous lundi.',
}
const provider = (more: { apiKey?: string; baseUrl?: string } = {}) =>
  brevo({
    ...{ apiKey: 'simulated-key', sender: 'RDVJustice', receiptsAt: 'http://127.0.0.1:1/recepisses/secret' },
    ...{ baseUrl: account.url, timeout: 1 },
    ...more,
  })
const answered = (answer: Fate['answer']) => {
  fate = { answer }
  return provider().send(sms)
}

describe('An SMS handed to Brevo', () => {
  it('leaves once, as a transactional one, with our reference and where its receipts go', async () => {
    expect(await provider().send(sms)).toEqual({ kind: 'accepted', externalId: '1000000' })
    expect(account.taken).toMatchObject([
      {
        ...{ tag: 'message:12:1790000000000', phone: '33639981234', sender: 'RDVJustice', text: sms.text },
        webUrl: 'http://127.0.0.1:1/recepisses/secret?message=12:1790000000000',
      },
    ])
  })

  it('whose answer is lost or late is of unknown outcome, asked for once, and found in the list', async () => {
    for (const answer of ['cut', 'silent'] as const) {
      const before = account.taken.length
      expect(await answered(answer)).toMatchObject({ kind: 'unknown' })
      expect(account.taken).toHaveLength(before + 1)
    }
    expect(await provider().lookup(sms)).toMatchObject({ kind: 'found', externalId: '1000001' })
    expect(await provider().lookup({ ...sms, reference: 'message:13:1790000000000' })).toEqual({
      kind: 'absent',
    })
    expect(await answered('lost')).toMatchObject({ kind: 'unknown' })
  })

  it('that nobody could be asked for is asked again', async () => {
    expect(await answered({ status: 503, code: 'unavailable', message: '' })).toMatchObject({
      kind: 'refused_for_now',
    })
    expect(await answered({ status: 500, code: 'internal', message: '' })).toMatchObject({ kind: 'unknown' })
    const gone = await startBrevo()
    await gone.stop()
    expect(await provider({ baseUrl: gone.url }).send(sms)).toEqual({
      ...{ kind: 'refused_for_now', code: 'ECONNREFUSED' },
    })
  })

  it('waits until their limit is over, or until the account is in order', async () => {
    const pauseOf = async (answer: Fate['answer']) => {
      const from = Date.now()
      const outcome = await answered(answer)
      if (outcome.kind !== 'refused_for_now' || !outcome.pauseUntil) throw new Error(outcome.kind)
      return Math.round((outcome.pauseUntil.getTime() - from) / 1000)
    }
    expect(await pauseOf({ status: 429, code: 'too_many_requests', message: '', reset: 42 })).toBe(42)
    expect(await pauseOf({ status: 429, code: 'too_many_requests', message: '' })).toBe(10)
    expect(await pauseOf({ status: 402, code: 'not_enough_credits', message: '' })).toBe(300)
    const outcome = await provider({ apiKey: 'wrong' }).send(sms)
    expect(outcome).toMatchObject({ kind: 'refused_for_now', code: '401 unauthorized' })
  })

  it('that it refuses for good is not tried again, and says why', async () => {
    const refused = (message: string) => answered({ status: 400, code: 'invalid_parameter', message })
    expect(await refused('Invalid telephone number')).toMatchObject({
      ...{ kind: 'refused_for_good', reason: 'invalid_number' },
    })
    expect(await refused('Recipient is blacklisted')).toMatchObject({ reason: 'blacklisted' })
    expect(await refused('Sender is not allowed')).toMatchObject({ reason: 'rejected' })
  })
})

describe('A receipt of Brevo', () => {
  const told = (more: object) =>
    provider().readReceipt({
      msg_status: 'delivered',
      tag: 'message:12:1790000000000',
      ts_event: 1_790_000_000,
      ...more,
    })

  it('is of the message whose reference it carries, at its own instant', () => {
    expect(told({})).toMatchObject({
      of: { kind: 'message', id: 12 },
      event: 'delivered',
      at: new Date(1_790_000_000_000),
    })
    for (const tag of [['other', 'message:12:1790000000000'], '["message:12:1790000000000"]'])
      expect(told({ tag })).toMatchObject({ of: { kind: 'message', id: 12 } })
    expect(told({ ts_event: undefined, date: '2026-10-25 01:30:00' })).toMatchObject({
      at: new Date('2026-10-24T23:30:00Z'),
    })
  })

  it.each([
    ['accepted', { event: 'accepted' }],
    ['sent', { event: 'accepted' }],
    ['soft_bounce', { event: 'waiting', code: 'phone_off' }],
    ['hard_bounce', { event: 'failed', reason: 'unallocated_number' }],
    ['blacklisted', { event: 'failed', reason: 'blacklisted' }],
    ['rejected', { event: 'failed', reason: 'rejected' }],
  ])('« %s » is understood', (msg_status, news) => {
    expect(told({ msg_status })).toMatchObject(news)
  })

  it('that speaks of nothing of ours, or that nobody can read, is none', () => {
    for (const raw of [
      { tag: 'campagne' },
      { tag: 'message:x' },
      { msg_status: 'replied' },
      { ts_event: 'hier' },
    ])
      expect(told(raw)).toBeNull()
    for (const raw of [null, 'delivered', [], {}, { msg_status: 'delivered' }])
      expect(provider().readReceipt(raw)).toBeNull()
  })
})
