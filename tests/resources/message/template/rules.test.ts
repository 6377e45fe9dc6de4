import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareTexts } from '../../../../resources/message/template/compare'
import { defaultTexts } from '../../../../resources/message/template/defaults'
import { faultSentence, templateRefusals } from '../../../../resources/message/template/fr'
import {
  dataOf,
  faultsOfText,
  reminderChoiceOf,
  reminderHoursOf,
  signsReplaced,
} from '../../../../resources/message/template/rules'
import {
  messageKinds,
  reminderChoices,
  tidied,
  type MessageKind,
} from '../../../../resources/message/template/schema'
import { appointmentTypes } from '../../../../resources/appointment-type/catalogue'

const summons = { kind: 'summons', typeCode: 'probation_follow_up' } as const
const whole = (words: string) => `{lieu.nom} : {rdv.date} à {rdv.heure}. ${words}`
const faults = (words: string) => faultsOfText(whole(words), summons).map(({ code, found }) => [code, found])

describe('a text is refused', () => {
  test.each([
    ['Votre peine sera revue', 'peine'],
    ['PEINES', 'PEINES'],
    ['Vous êtes condamnée', 'condamnée'],
    ['un délit', 'délit'],
    ['un D\u0065\u0301LIT', 'D\u0065\u0301LIT'],
    ['des stupéfiants', 'stupéfiants'],
    ['Travail d’intérêt général', 'Travail d’intérêt général'],
    ['pour votre T.I.G., le TIG', 'TIG'],
    ['le JAP vous attend', 'JAP'],
    ['convocation 741-1', '741'],
    ['pose du bracelet', 'bracelet'],
    ['sous surveillance électronique', 'surveillance'],
    ['suivi post-libération', 'libération'],
    ['violences conjugales', 'violences'],
    ['votre pei\u00adne', 'pei\u00adne'],
    ['la condam\u200bnation', 'condam\u200bnation'],
  ])('when « %s » tells of the sentence or the offence', (words, found) => {
    expect(faults(words)[0]).toEqual(['message_template.forbidden_word', found])
  })

  test.each([
    ['STOP [STOP_CODE]', 'message_template.provider_mark', 'STOP_CODE'],
    ['stop code', 'message_template.provider_mark', 'stop code'],
    ['le [DATE]', 'message_template.bracketed', '[DATE]'],
    ['à [RDV_HEURE]', 'message_template.bracketed', '[RDV_HEURE]'],
    ['au [lieu.nom]', 'message_template.bracketed', '[lieu.nom]'],
  ])('when « %s » is written as a datum, and is none', (words, code, found) => {
    expect(faults(words)).toEqual([[code, found]])
  })

  test.each([
    'Porte B [au fond de la cour]',
    "le juge de l'application des peines vous attend",
    'le juge de l’application des peines vous attend',
    'Votre présence est obligatoire. Un vertige, un volume ? Appelez.',
    'à 50 % du parking, 3 $ la place',
    'Votre prochain rendez-vous vous sera proposé. Dans ce lieu, au 3e étage.',
    'Le lundi et le mardi, de 9 h à 12 h',
  ])('but not for « %s »', (words) => {
    expect(faults(words)).toEqual([])
  })

  test.each([
    ['Venez demain', 'demain'],
    ['Aujourd’hui', 'Aujourd’hui'],
    ["aujourd'hui", "aujourd'hui"],
    ['Ce soir', 'Ce soir'],
    ['lundi prochain', 'lundi prochain'],
    ['la semaine prochaine', 'semaine prochaine'],
    ['dans 2 jours', 'dans 2 jours'],
    ['cet après-midi', 'cet après-midi'],
    ['sous 48 heures', 'sous 48 heures'],
    ['dans les 8 jours', 'dans les 8 jours'],
    ['d’ici lundi', 'd’ici lundi'],
    ['ce mardi', 'ce mardi'],
  ])('when « %s » would be false the day after', (words, found) => {
    expect(faults(words)).toEqual([['message_template.relative_day', found]])
  })

  test.each([
    ['Votre r\u0435ndez-vous', 'r\u0435ndez'],
    ['\u041fрезентация и обед', '\u041fрезентация'],
    ['Νice', 'Νice'],
    ['au ΣPIP', 'ΣPIP'],
    ['l’𝐚dresse', '𝐚dresse'],
    ['Երեւան', 'Երեւան'],
  ])('when « %s » has letters of another alphabet, look-alikes too', (words, found) => {
    expect(faults(words)[0]).toEqual(['message_template.foreign_letters', found])
    expect(signsReplaced(words).filter(({ sign }) => !/[’]/.test(sign))).toEqual([])
  })

  test.each(['Œuvre à l’étage, 2ᵉ porte, n° 4 ª', 'Château d\u2019Łódź, Đakovo, Ærø', 'Jʼarrive'])(
    'but not for « %s », whose letters are ours',
    (words) => {
      expect(faults(words)).toEqual([])
    },
  )

  test.each([
    ['{lieu.lien_info} ou {lieu.lien_info}', '{lieu.lien_info}'],
    ['{lieu.lien_info} ou { lieu.lien_info }', '{ lieu.lien_info }'],
    ['{lieu.lien_info} ou www.exemple.fr', 'www.exemple.fr'],
    ['https://exemple.fr/plan puis {lieu.lien_info}', '{lieu.lien_info}'],
    ['http://a.fr et HTTPS://B.FR/X?y=1.', 'HTTPS://B.FR/X?y=1'],
    ['spip-92.justice.gouv.fr, {lieu.lien_info}', '{lieu.lien_info}'],
    ['{lieu.lien_info} (bit.ly/abc)', 'bit.ly/abc'],
  ])('when « %s » has a second address', (words, found) => {
    expect(faults(words)).toEqual([['message_template.second_address', found]])
  })

  test.each([
    '{lieu.lien_info}',
    'Plan : www.exemple.fr/plan',
    'Écrivez à greffe.sap@justice.fr {lieu.lien_info}',
    'Rendez-vous.Venez à 9h30.Merci et/ou appelez. {lieu.lien_info}',
    'le 01.02.2027, art. 741.1, M. le juge {lieu.lien_info}',
  ])('but not for « %s », which has one at most', (words) => {
    expect(faults(words).filter(([code]) => code !== 'message_template.forbidden_word')).toEqual([])
  })

  test('with everything that is wrong at once, each where it stands, as it was typed', () => {
    const text = 'Demain, {prénom} } {lieu.nom}'
    expect(faultsOfText(text, { ...summons, kind: 'reminder' })).toEqual([
      { code: 'message_template.relative_day', found: 'Demain', at: 0 },
      { code: 'message_template.unknown_placeholder', found: '{prénom}', at: 8 },
      { code: 'message_template.unpaired_brace', found: '}', at: 17 },
      { code: 'message_template.datum_missing', found: '{rdv.date}', at: null },
      { code: 'message_template.datum_missing', found: '{rdv.heure}', at: null },
    ])
  })

  test('empty: that alone is said', () => {
    expect(faultsOfText('  ', summons).map(({ code }) => code)).toEqual(['message_template.empty'])
  })

  test('of a cancellation, without its date; the hour may be left out', () => {
    const of = (kind: MessageKind, text: string) =>
      faultsOfText(text, { ...summons, kind }).map(({ found }) => found)
    expect(of('cancellation', 'Annulé.')).toEqual(['{rdv.date}'])
    expect(of('missed', '{rdv.date} : absent.')).toEqual([])
    expect(of('rescheduling', '{rdv.date} : déplacé.')).toEqual(['{rdv.heure}'])
  })

  test('with an address where nobody comes, with a page where none is told', () => {
    const of = (typeCode: 'home_visit' | 'anti_terrorism_judge') =>
      faultsOfText(whole('{lieu.adresse} { lieu.lien_info }'), { kind: 'summons', typeCode }).map(
        ({ code, found }) => [code, found],
      )
    expect(of('home_visit')).toEqual([['message_template.datum_unwanted', '{lieu.adresse}']])
    expect(of('anti_terrorism_judge')).toEqual([['message_template.datum_unwanted', '{ lieu.lien_info }']])
    expect(dataOf('home_visit')).not.toContain('lieu.adresse')
    expect(dataOf('probation_follow_up')).toHaveLength(7)
  })

  test('in a sentence that names what is at fault', () => {
    for (const fault of faultsOfText('Demain, {prénom} } 😀', summons)) {
      expect(faultSentence(fault)).toContain(fault.found)
      expect(faultSentence(fault)).not.toMatch(/\{found\}/)
    }
    expect(Object.values(templateRefusals).every((sentence) => sentence.endsWith('.'))).toBe(true)
  })

  test('whatever is typed, an answer is given, and each fault is where it says', () => {
    const piece = fc.oneof(
      fc.constantFrom('{', '}', '{rdv.date}', 'demain', 'TIG', 'dans 2 jours', ' ', '’', 'é'),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
        const text = pieces.join('')
        for (const { at, found } of faultsOfText(text, summons))
          if (at !== null) expect(text.slice(at, at + found.length)).toBe(found)
      }),
    )
  })
})

test('none of the default texts is refused', () => {
  for (const { code } of appointmentTypes)
    for (const kind of messageKinds)
      expect(faultsOfText(defaultTexts[code][kind], { kind, typeCode: code })).toEqual([])
})

test('says which signs are replaced before a text leaves', () => {
  expect(signsReplaced('Être à l’heure… cœur {lieu.téléphone}')).toEqual([
    { sign: 'Ê', by: 'E' },
    { sign: '’', by: "'" },
    { sign: '…', by: '...' },
    { sign: 'œ', by: 'oe' },
  ])
  expect(signsReplaced('Déjà à Nice')).toEqual([])
})

test('a text keeps its lines as typed, without what nobody sees', () => {
  expect(tidied('  {lieu.nom} :\r\n le  {rdv.date} \t\n\n\n\nÀ bientôt\u00ad \n')).toBe(
    '{lieu.nom} :\nle {rdv.date}\n\nÀ bientôt',
  )
  expect(tidied('a\u2028b\rc\u0085d\u00a0e')).toBe('a\nb\nc\nd e')
})

test('a choice of reminder and its hours are one thing', () => {
  for (const choice of reminderChoices) expect(reminderChoiceOf(reminderHoursOf(choice))).toBe(choice)
  expect(reminderHoursOf('both')).toEqual([24, 48])
})

describe('two texts compared', () => {
  const said = (first: string, second: string) =>
    compareTexts(first, second).map(({ kind, text }) => `${kind}: ${text}`)

  test('say what one has more and less, word by word', () => {
    expect(said('{lieu.nom} : venez {rdv.date}.', '{lieu.nom} : venez le {rdv.date}, au 2e étage.')).toEqual([
      'same: {lieu.nom} : venez ',
      'added: le ',
      'same: {rdv.date}',
      'added: , au 2e étage',
      'same: .',
    ])
    expect(said('un deux trois', 'un quatre trois')).toEqual([
      'same: un ',
      'removed: deux ',
      'added: quatre ',
      'same: trois',
    ])
  })

  test('say where a line begins and where one no longer does', () => {
    expect(said('un deux\ntrois', 'un\ndeux trois')).toEqual([
      'same: un ',
      'added: \n',
      'same: deux ',
      'removed: \n',
      'same: trois',
    ])
    expect(said('un\ndeux', 'un\ndeux')).toEqual(['same: un\ndeux'])
    expect(said('un deux', 'un')).toEqual(['same: un ', 'removed: deux'])
  })

  test('are the same but for blanks when nothing changed', () => {
    expect(compareTexts('un  deux', 'un deux').every(({ kind }) => kind === 'same')).toBe(true)
    expect(compareTexts('', '')).toEqual([])
  })

  test('whatever they are, what is the same and added makes the second one', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 60 }), (first, second) => {
        const stretches = compareTexts(first, second)
        const made = (kinds: readonly string[]) =>
          stretches
            .filter(({ kind }) => kinds.includes(kind))
            .map(({ text }) => text)
            .join('')
            .replace(/\s+/gu, '')
        expect(made(['same', 'added'])).toBe(second.replace(/\s+/gu, ''))
        expect(made(['same', 'removed'])).toBe(first.replace(/\s+/gu, ''))
      }),
    )
  })
})
