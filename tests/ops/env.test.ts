import { describe, expect, test } from 'vitest'
import { readSettings } from '../../resources/shared/env.server'
import { outbox } from '../../worker/sms/outbox'
import { providerOf } from '../../worker/sms/provider-of'

const production = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgresql://msj@db.example/msj',
  SESSION_SECRET: 'x'.repeat(32),
  LINK_SECRET: 'y'.repeat(32),
  PUBLIC_URL: 'https://mon-suivi.example',
  SMTP_URL: 'smtps://relay.example',
  MAIL_FROM: 'noreply@mon-suivi.example',
  SUPPORT_EMAIL: 'aide@mon-suivi.example',
}

describe('settings', () => {
  test('a machine without any setting runs a demonstration on port 3000', () => {
    const settings = readSettings({})
    expect(settings).toMatchObject({ MSJ_ENV: 'demo', PORT: 3000, DATABASE_URL: '', SMS_ENABLED: false })
    expect(settings.PUBLIC_URL).toBe('http://localhost:3000')
  })

  test('the address follows the port when none is given', () => {
    expect(readSettings({ PORT: '4100' }).PUBLIC_URL).toBe('http://localhost:4100')
  })

  test('a complete production starts', () => {
    expect(readSettings(production)).toMatchObject({ MSJ_ENV: 'production', PROXY_HOPS: 1 })
  })

  test.each(Object.keys(production).filter((name) => name !== 'NODE_ENV'))(
    'production refuses to start without %s, and says so',
    (name) => {
      expect(() => readSettings({ ...production, [name]: '' })).toThrow(`${name} : manque`)
    },
  )

  test('everything that is wrong is said at once', () => {
    expect(() =>
      readSettings({ ...production, PORT: 'trois mille', SESSION_SECRET: 'court', SMTP_URL: undefined }),
    ).toThrow(/PORT : [^]*SESSION_SECRET : [^]*SMTP_URL : manque/)
  })

  test('real text messages need a provider key', () => {
    expect(() => readSettings({ SMS_ENABLED: 'true' })).toThrow('BREVO_API_KEY : obligatoire')
  })

  const real = {
    ...{ ...production, SMS_ENABLED: 'true', BREVO_API_KEY: 'a-key' },
    SMS_RECEIPT_SECRET: 'a-secret-that-only-the-provider-has',
  }
  test('an address for their receipts, and a sender that a provider takes', () => {
    expect(() => readSettings({ ...real, SMS_RECEIPT_SECRET: '' })).toThrow(
      'SMS_RECEIPT_SECRET : obligatoire',
    )
    expect(() => readSettings({ ...real, SMS_SENDER: 'Rendez-vous Justice' })).toThrow('SMS_SENDER : onze')
    expect(() => readSettings({ ...real, SMS_RECEIPT_ADDRESSES: '1.2.3.4/40' })).toThrow(
      'SMS_RECEIPT_ADDRESSES',
    )
  })

  test('with all of them production sends, by nobody without them; elsewhere an outbox', () => {
    const { SMS_RECEIPT_ADDRESSES } = readSettings({
      ...real,
      SMS_RECEIPT_ADDRESSES: '1.2.3.0/24 2001:db8::/32',
    })
    expect(SMS_RECEIPT_ADDRESSES?.check('1.2.3.4')).toBe(true)
    expect(SMS_RECEIPT_ADDRESSES?.check('1.2.4.4')).toBe(false)
    expect(SMS_RECEIPT_ADDRESSES?.check('2001:db8::1', 'ipv6')).toBe(true)
    expect(providerOf(readSettings(real))).not.toBeNull()
    expect(providerOf(readSettings(real))).not.toBe(outbox)
    expect(providerOf(readSettings({ ...real, SMS_ENABLED: 'false' }))).toBeNull()
    expect(providerOf(readSettings({}))).toBe(outbox)
  })

  test.each(['web', 'worker', 'migrate'])('%s alone is never a demonstration by default', (role) => {
    expect(() => readSettings({}, role)).toThrow('SESSION_SECRET : manque')
    expect(readSettings({ MSJ_ENV: 'demo' }, role).MSJ_ENV).toBe('demo')
    expect(readSettings({ ...production, NODE_ENV: '' }, role).MSJ_ENV).toBe('production')
  })

  test('the database of somebody is never a demonstration by default', () => {
    const { DATABASE_URL } = production
    expect(() => readSettings({ DATABASE_URL })).toThrow('SESSION_SECRET : manque')
    expect(readSettings({ DATABASE_URL, MSJ_ENV: 'demo' }).MSJ_ENV).toBe('demo')
  })

  test.each([
    ['smtp://relay.example:587', false],
    ['smtp://relay.example:587?requireTLS=true', true],
    ['smtps://relay.example', true],
    ['smtps://relay.example?secure=false', false],
    ['smtps://relay.example?tls.rejectUnauthorized=false', false],
  ])('mails of production leave encrypted: %s %s', (SMTP_URL, good) => {
    const read = () => readSettings({ ...production, SMTP_URL })
    if (good) expect(read().SMTP_URL).toBe(SMTP_URL)
    else expect(read).toThrow('SMTP_URL : smtps://')
  })

  test('the public address is https in production, and only its origin is kept', () => {
    const at = (address: string) => () => readSettings({ ...production, PUBLIC_URL: address })
    expect(at('https://mon-suivi.example/')().PUBLIC_URL).toBe('https://mon-suivi.example')
    expect(at('http://mon-suivi.example')).toThrow('PUBLIC_URL : une adresse en https')
    expect(at('https://mon-suivi.example/msj')).toThrow('PUBLIC_URL : une adresse sans chemin')
  })

  test('whoever serves TLS in front is trusted, unless told otherwise', () => {
    const PUBLIC_URL = 'https://demo.example'
    expect(readSettings({ PUBLIC_URL }).PROXY_HOPS).toBe(1)
    expect(readSettings({ PUBLIC_URL, PROXY_HOPS: '0' }).PROXY_HOPS).toBe(0)
    expect(readSettings({}).PROXY_HOPS).toBe(0)
  })

  test('a secret may have a former one behind it, long like the first, and each its own use', () => {
    const [fresh, former] = ['n'.repeat(32), 'f'.repeat(40)]
    const settings = readSettings({ ...production, SESSION_SECRET: `${fresh}, ${former}` })
    expect(settings.SESSION_SECRET).toEqual([fresh, former])
    expect(() => readSettings({ ...production, SESSION_SECRET: `${fresh},court` })).toThrow(
      'SESSION_SECRET : ',
    )
    expect(() => readSettings({ ...production, LINK_SECRET: production.SESSION_SECRET })).toThrow(
      'LINK_SECRET : un autre secret',
    )
  })

  test('a refusal never repeats the value of a secret', () => {
    expect(() => readSettings({ ...production, SESSION_SECRET: 'mot-secret' })).toThrow(/^(?![^]*mot-secret)/)
  })
})
