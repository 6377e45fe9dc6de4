import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { htmlOf, subjectOf, textOf, type Letter } from '../../../resources/mail/letter.server'
import { endLetter } from '../../../resources/mail/letters/divestment.server'
import { sampleMails } from '../../../resources/mail/samples.server'
import { darkTokens, tokens } from '../../../resources/shared/design/tokens'
import { env } from '../../../resources/shared/env.server'
import { faultsOfHtml } from '../../support/html'

const samples = sampleMails().flatMap(({ name, letter }) => (letter ? [[name, letter] as const] : []))

/** What a reader sees: words without tags nor turned signs, in one line. */
const seen = (html: string) =>
  html
    .replace(/<\/?(a|strong|small)\b[^>]*>/g, '')
    .replace(/<style>.*?<\/style>|<title>.*?<\/title>|<[^>]+>/g, ' ')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')

it('is shown for each mail that exists', () => {
  const folder = 'resources/mail/letters'
  const subjects = readdirSync(folder)
    .map((file) => readFileSync(`${folder}/${file}`, 'utf8').match(/^\s+subject:/gm)?.length ?? 0)
    .reduce((sum, some) => sum + some, 0)
  expect(subjects).toBeGreaterThan(10)
  expect(new Set(samples.map(([, letter]) => letter.subject)).size).toBeGreaterThanOrEqual(subjects)
  expect(new Set(samples.map(([name]) => name)).size).toBe(sampleMails().length)
})

describe.each(samples)('The mail « %s »', (_name, letter) => {
  const html = htmlOf(letter)

  it('has no personal data in its subject, which locked screens show', () => {
    const subject = subjectOf(letter)
    expect(subject).toMatch(/^\[Mon Suivi Justice\] \S.{10,70}$/)
    expect(subject).not.toMatch(/Claire|Vasseur|Marchetti|Sonia|Nanterre|SPIP|@|\d{2,}|lien/i)
  })

  it('says the same as text and as HTML', () => {
    const shown = seen(html)
    for (const line of textOf(letter).split('\n')) {
      const [words = ''] = line.replace(/^- /, '').split(/\s*:?\s*https?:/)
      expect(shown).toContain(words.replace(/\s*:$/, '').replace(/\s+/g, ' ').trim())
    }
    const addresses = (text: string) => [...new Set(text.match(/https?:\/\/[^\s"<]+/g))].sort()
    expect(addresses(html.replaceAll('&amp;', '&'))).toEqual(addresses(textOf(letter)))
  })

  it('is HTML as it should be: French, one title, links that say what they open, and nothing from elsewhere', async () => {
    expect(await faultsOfHtml(html)).toEqual([])
    expect(html).toContain('<html lang="fr">')
    expect(html.match(/<h1/g)).toHaveLength(1)
    expect(html).toContain('<meta name="color-scheme" content="light dark">')
    expect(html).not.toMatch(/<(img|script|link|iframe|form)\b|url\(|background/)
    for (const [, url = '', words] of html.matchAll(/<a href="([^"]+)">([^<]+)/g)) {
      expect(url.startsWith(`${env.PUBLIC_URL}/`) || url.startsWith('mailto:')).toBe(true)
      expect(words).not.toMatch(/^http/)
    }
  })
})

it('has the green of the product for its bar and its links, which read well on a light screen and on a dark one', () => {
  const html = htmlOf(samples[0]?.[1] as Letter)
  const [, light = '', dark = ''] =
    /<style>(.*?)@media \(prefers-color-scheme: dark\) \{(.*?)\}\s*<\/style>/s.exec(html) ?? []
  for (const [sheet, screen, { brand }] of [
    [light, '#ffffff', tokens],
    // What readers of mail paint a dark screen with is as dark as that, or darker.
    [dark, '#2b2b2b', darkTokens],
  ] as const) {
    expect(sheet).toContain(`a { color: ${brand}`)
    expect(sheet).toContain(`.bar { border-color: ${brand}`)
    expect(contrast(brand ?? '', screen)).toBeGreaterThanOrEqual(4.5)
  }
  // No colour but that one: the words keep those of the reader.
  expect(new Set(html.match(/#[0-9a-f]{6}\b/g))).toEqual(new Set([tokens.brand, darkTokens.brand]))
  expect(html.replace(/<style>.*?<\/style>/s, '')).not.toMatch(/[^-]color:/)
})

/** As WCAG counts it. */
function contrast(one: string, other: string): number {
  const luminance = (colour: string) => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5]
      .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

it('shows what people typed as they typed it, never as tags', () => {
  const comment = `<img src=x onerror="alert(1)"> & l’adresse a@b.example`
  const letter = endLetter({
    ...{
      to: 'a@b.example',
      firstName: '<b>Zoé</b>',
      id: 1,
      probationerId: 2,
      target: '"TJ"',
      archived: false,
    },
    state: 'refused',
    refusal: { comment, service: 'S & T', by: null, email: null, phone: null },
  }) as Letter
  const html = htmlOf(letter)
  expect(html).not.toMatch(/<img|<b>|S & T/)
  expect(html).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; l’adresse')
  expect(html).toContain('<a href="mailto:a@b.example">a@b.example</a>')
  expect(textOf(letter)).toContain(`Commentaire\u00a0: ${comment}`)
})
