import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  longestStopUrl,
  longestValues,
  parseTemplate,
  renderMessage,
} from '../../../../resources/message/template/render'
import { newSmsOptOutToken } from '../../../../resources/probationer/commands/opt-out.server'
import { placeholders, type TemplateValues } from '../../../../resources/message/template/schema'

const values = {
  'rdv.date': 'mardi 10 mars 2026',
  'rdv.heure': '14h30',
  'lieu.nom': 'SPIP de Nanterre',
  'lieu.adresse': '14 rue des Peupliers, Nanterre',
  'lieu.téléphone': null,
  'lieu.contact': '0199001020',
  'lieu.lien_info': 'msj.example/s/k7p2m9ab',
}
const stop = 'msj.example/stop/4hq8wz2tab'

const textOf = (template: string, given: TemplateValues = values) => {
  const rendered = renderMessage(template, given, stop)
  return rendered.ok ? rendered.text : rendered.code
}

describe('a template read', () => {
  test('gives its parts, whatever signs stand around', () => {
    expect(parseTemplate('100 % $1 {rdv.date}, { lieu.nom }')).toEqual({
      parts: [
        { text: '100 % $1 ' },
        { placeholder: 'rdv.date' },
        { text: ', ' },
        { placeholder: 'lieu.nom' },
      ],
      faults: [],
    })
  })

  test('knows « téléphone » however its accents were typed', () => {
    expect(parseTemplate('{lieu.téléphone}'.normalize('NFD')).parts).toEqual([
      { placeholder: 'lieu.téléphone' },
    ])
  })

  test.each([
    ['{rdv.jour}', 'message_template.unknown_placeholder', '{rdv.jour}', 0],
    ['{}', 'message_template.unknown_placeholder', '{}', 0],
    ['a {rdv.date', 'message_template.unpaired_brace', '{', 2],
    ['rdv.date} b', 'message_template.unpaired_brace', '}', 8],
    ['{{rdv.date}}', 'message_template.unpaired_brace', '{', 0],
    ['Bonjour 😀', 'message_template.unsendable_sign', '😀', 8],
    ['  ', 'message_template.empty', '', 0],
  ])('« %s » is at fault: %s', (template, code, found, at) => {
    expect(parseTemplate(template).faults[0]).toEqual({ code, found, at })
  })

  test('French typography is no fault: it is folded', () => {
    expect(parseTemplate('Être à l’heure « Noël » …').faults).toEqual([])
  })

  test('a question mark is no fault', () => {
    expect(parseTemplate('Un problème ? {lieu.contact}').faults).toEqual([])
  })
})

describe('a message rendered', () => {
  test('has its values, the STOP link and its measure', () => {
    const template =
      'RAPPEL {lieu.nom} : rendez-vous {rdv.date} à {rdv.heure}. Un problème ? {lieu.contact} {lieu.lien_info}'
    expect(renderMessage(template, values, stop)).toEqual({
      ok: true,
      text:
        'RAPPEL SPIP de Nanterre : rendez-vous mardi 10 mars 2026 à 14h30. Un problème ? 0199001020 ' +
        'msj.example/s/k7p2m9ab STOP msj.example/stop/4hq8wz2tab',
      characters: 146,
      alphabet: 'gsm7',
      parts: 1,
    })
  })

  test('is folded to GSM-7, values included', () => {
    expect(textOf('Être là : {lieu.nom}', { ...values, 'lieu.nom': 'Antenne d’Évry – Bât. ç' })).toBe(
      `Etre là : Antenne d'Évry - Bat. c STOP ${stop}`,
    )
  })

  test('says which values the place has not', () => {
    expect(renderMessage('{lieu.téléphone} {lieu.nom} {lieu.téléphone}', values, stop)).toEqual({
      ok: false,
      code: 'message.value_missing',
      missing: ['lieu.téléphone'],
    })
    expect(textOf('{lieu.nom}', { ...values, 'lieu.nom': '  ' })).toBe('message.value_missing')
  })

  test('does not leave with a faulty template', () => {
    expect(textOf('{lieu.nom} {prénom}')).toBe('message.template_faulty')
  })

  test('writes a value as it is: braces, % and $ in a name are not read again', () => {
    expect(textOf('{lieu.nom}.', { ...values, 'lieu.nom': 'Salle {rdv.date} $& %s $1' })).toBe(
      `Salle {rdv.date} $& %s $1. STOP ${stop}`,
    )
  })

  test('has no full stop after a link', () => {
    expect(textOf('Infos {lieu.lien_info}. Bonne route.')).toBe(
      `Infos msj.example/s/k7p2m9ab Bonne route. STOP ${stop}`,
    )
    expect(textOf('Infos {lieu.lien_info}.')).toBe(`Infos msj.example/s/k7p2m9ab STOP ${stop}`)
  })

  test('an address on two lines becomes one', () => {
    expect(
      textOf('{lieu.adresse}', { ...values, 'lieu.adresse': '14 rue des Peupliers\n92000  Nanterre ' }),
    ).toBe(`14 rue des Peupliers 92000 Nanterre STOP ${stop}`)
  })

  describe('too long for two parts', () => {
    const template = `{lieu.nom} : rendez-vous {rdv.date} à {rdv.heure}, {lieu.adresse}. ${'x'.repeat(110)} Contact {lieu.contact} {lieu.lien_info}`
    const long: TemplateValues = {
      ...longestValues,
      'lieu.nom': 'Service pénitentiaire d’insertion et de probation des Hauts-de-Seine, antenne de Nanterre',
      'lieu.adresse': '14 rue des Peupliers, Nanterre',
      'lieu.contact': 'spip-hauts-de-seine@justice.fr',
    }
    const said = (more: TemplateValues, words = '') =>
      textOf(template.replace('x', words), { ...long, ...more })

    test('names the service in short, then the phone in place of the e-mail: no more than it takes', () => {
      expect(said({ 'lieu.nom': 'SPIP 92' })).toMatch(
        /^SPIP 92 : .*Nanterre\. .*spip-hauts-de-seine@justice\.fr/,
      )
      expect(said({})).toMatch(/^SPIP des Hauts-de-Seine : .*Peupliers, Nanterre\. .*Contact 0199001020 /)
    })

    test('without a phone, leaves the town to the page, then all but the beginning of the name, then the e-mail', () => {
      const more = { 'lieu.téléphone': null }
      expect(said(more)).toMatch(/^SPIP des Hauts-de-Seine : .*Peupliers\. .*spip-hauts-de-seine@justice\.fr/)
      expect(said(more, 'y'.repeat(20))).toMatch(/^SPIP : .*Peupliers\. .*spip-hauts-de-seine@justice\.fr/)
      expect(said(more, 'y'.repeat(24))).toMatch(
        /^SPIP : .*Peupliers\. .*Contact rdv\.justice\.fr\/s\/k7p2m9ab /,
      )
    })

    test('never leaves in more than four', () => {
      expect(textOf('x'.repeat(570))).toMatch(/^x+ STOP/)
      expect(textOf('x'.repeat(600))).toBe('message.text_too_long')
    })
  })

  test('whatever is typed in a template, rendering answers, and what it gives can be sent', () => {
    const piece = fc.oneof(
      fc.constantFrom('{', '}', '%', '%s', '$1', '\\', '{{', '}}', ...placeholders.map((key) => `{${key}}`)),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.string({ maxLength: 20 }), (pieces, name) => {
        const template = pieces.join('')
        const rendered = renderMessage(template, { ...longestValues, 'lieu.nom': name }, stop)
        if (rendered.ok) {
          expect(rendered.alphabet).toBe('gsm7')
          expect(rendered.text.endsWith(` STOP ${stop}`)).toBe(true)
          expect(parseTemplate(template).faults).toEqual([])
        } else if (rendered.code === 'message.value_missing') {
          expect(rendered.missing).toEqual(['lieu.nom'])
          expect(name.trim()).toBe('')
        } else if (rendered.code === 'message.template_faulty')
          expect(rendered.faults.length).toBeGreaterThan(0)
      }),
    )
  })
})

test('the longest usual values have the lengths that places are held to', () => {
  expect(longestValues['lieu.nom']).toHaveLength(30)
  expect(longestValues['lieu.adresse']).toHaveLength(40)
  expect(longestValues['lieu.contact']).toHaveLength(10)
  expect(longestValues['lieu.lien_info']).toHaveLength(25)
  expect(longestStopUrl).toHaveLength('rdv.justice.fr/stop/'.length + newSmsOptOutToken().length)
})
