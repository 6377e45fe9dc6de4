import { describe, expect, test } from 'vitest'
import { readSettings } from '../../resources/shared/env.server'

const production = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgresql://msj@db.example/msj',
  SESSION_SECRET: 'x'.repeat(32),
  RECEIPT_SECRET: 'y'.repeat(16),
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

  test('a refusal never repeats the value of a secret', () => {
    expect(() => readSettings({ ...production, SESSION_SECRET: 'mot-secret' })).toThrow(/^(?![^]*mot-secret)/)
  })
})
