import { describe, expect, test } from 'vitest'
import { appointmentTypes, type AppointmentTypeCode } from '../../../../resources/appointment-type/catalogue'
import { measure } from '../../../../resources/message/sms-text'
import { defaultReminderHours, defaultTexts } from '../../../../resources/message/template/defaults'
import {
  longestStopUrl,
  longestValues,
  parseTemplate,
  renderMessage,
} from '../../../../resources/message/template/render'
import { faultsOfText } from '../../../../resources/message/template/rules'
import {
  messageKinds,
  type MessageKind,
  type Placeholder,
  type TemplateValues,
} from '../../../../resources/message/template/schema'

/** D date, H hour, N place name, A address, T or C the way to reach the place, L link. */
const dataOf: Record<string, Placeholder> = {
  D: 'rdv.date',
  H: 'rdv.heure',
  N: 'lieu.nom',
  A: 'lieu.adresse',
  T: 'lieu.contact',
  C: 'lieu.contact',
  L: 'lieu.lien_info',
}

/** What each text must hold, by the specification: summons, reminder, cancellation, missed, rescheduling. */
const required: Record<AppointmentTypeCode, string> = {
  hearing_exit_sentence_judge: 'NDHACL NDHATL DHCL DHNTL DHATL',
  sentence_judge_follow_up: 'DHNACL DHNATL DHCL DHNTL DHATL',
  adversarial_hearing: 'DHNACL DHNATL DHCL DHTL DHATL',
  anti_terrorism_judge: 'DHT DHT DHNT DHT DHT',
  probation_follow_up: 'DHATL DHATL DHCL DHTL NDHATL',
  first_probation_follow_up: 'NDHATL NDHATL DHNCL DHNTL NDHATL',
  article_741_1: 'NDHATL NDHATL DHNCL DHNTL NDHATL',
  hearing_exit_probation: 'NDHATL NDHATL DHNCL DHNTL NDHATL',
  electronic_tag_fitting: 'DHATL DHATL DHCL DHTL NDHATL',
  electronic_monitoring: 'DHATL DHATL DHCL DHTL NDHATL',
  community_service_placement: 'DHTL DHTL DHCL DHTL DHTL',
  course: 'DHTL DHTL DHCL DHTL NDHATL',
  home_visit: 'DHTL DHTL DHCL DHTL DHTL',
  phone_appointment: 'DHTL DHTL DHCL DHTL DHTL',
  group_session: 'DHATL DHATL DHCL DHTL NDHATL',
  probation_recall: 'DHATL DHATL DHCL DHTL NDHATL',
}

const texts = appointmentTypes.flatMap(({ code: type }) =>
  messageKinds.map((kind, index): [AppointmentTypeCode, MessageKind, string, Placeholder[]] => [
    type,
    kind,
    defaultTexts[type][kind],
    [...(required[type].split(' ')[index] ?? '')].flatMap((letter) => dataOf[letter] ?? []),
  ]),
)

/** As the form of a place takes it. */
const longestPhone = `+${'9'.repeat(15)}`
const longestEmail = `${'a'.repeat(29)}@justice.fr`

const placeholdersOf = (text: string) =>
  parseTemplate(text).parts.flatMap((part) => ('placeholder' in part ? [part.placeholder] : []))

test('there are eighty texts', () => {
  expect(texts).toHaveLength(80)
  expect(defaultReminderHours).toEqual([24])
})

describe.each(texts)('%s, %s', (type, kind, text, data) => {
  test('holds what it must convey, the service speaking first, and nothing more than its type allows', () => {
    const held = placeholdersOf(text)
    expect(parseTemplate(text).faults).toEqual([])
    expect(held).toEqual(expect.arrayContaining(data))
    expect(new Set(held).size).toBe(held.length)
    expect(text).toMatch(kind === 'reminder' ? /^RAPPEL \{lieu\.nom\} : / : /^\{lieu\.nom\} : /)
    const extra = held.filter((placeholder) => !data.includes(placeholder))
    expect(extra.filter((placeholder) => placeholder !== 'lieu.nom')).toEqual([])
  })

  test('is in GSM-7 as written, and two parts at most with the longest usual values', () => {
    expect(measure(text).alphabet).toBe('gsm7')
    expect(renderMessage(text, longestValues, longestStopUrl)).toMatchObject({ ok: true, alphabet: 'gsm7' })
    const rendered = renderMessage(text, longestValues, longestStopUrl)
    expect(rendered.ok && rendered.parts).toBeLessThanOrEqual(2)
  })

  test.each<[string, TemplateValues]>([
    ['a name of 100 letters', { 'lieu.nom': 'Œ'.repeat(100) }],
    ['a name of 100 words', { 'lieu.nom': 'X '.repeat(50) }],
    ['an address of signs that count two', { 'lieu.adresse': '€'.repeat(40) }],
    ['a phone of fifteen figures', { 'lieu.contact': longestPhone, 'lieu.téléphone': longestPhone }],
    ['the longest e-mail, and a phone', { 'lieu.contact': longestEmail }],
    ['the longest e-mail, no phone', { 'lieu.contact': longestEmail, 'lieu.téléphone': null }],
    [
      'all of it',
      {
        'lieu.nom': 'ß€'.repeat(50),
        'lieu.adresse': '€'.repeat(40),
        'lieu.contact': longestEmail,
        'lieu.téléphone': null,
      },
    ],
    [
      'all of it, and that phone',
      {
        'lieu.nom': 'ß€'.repeat(50),
        'lieu.adresse': '€'.repeat(40),
        'lieu.contact': longestEmail,
        'lieu.téléphone': longestPhone,
      },
    ],
  ])('still is with %s', (_what, absurd) => {
    const rendered = renderMessage(text, { ...longestValues, ...absurd }, longestStopUrl)
    expect(rendered).toMatchObject({ ok: true, alphabet: 'gsm7' })
    expect(rendered.ok && rendered.parts).toBeLessThanOrEqual(2)
    for (const key of ['rdv.date', 'rdv.heure'] as const)
      if (text.includes(`{${key}}`)) expect(rendered.ok && rendered.text).toContain(longestValues[key])
  })

  test('stays true if it leaves late, and says nothing of the offence, the sentence or its measures', () => {
    expect(faultsOfText(text, { kind, typeCode: type })).toEqual([])
    expect(text).not.toMatch(/(?<!\p{L})(tu|ton|ta|tes|convoqué|attendue?|M\.|Mme)(?!\p{L})/u)
  })

  test('says the consequence as a possibility, and the plan', () => {
    if (kind === 'cancellation') expect(text).toMatch(/annulée?\./)
    else expect(text).toMatch(/\b(Le juge|Il) peut tenir compte d'une absence\./)
    if (kind === 'cancellation')
      expect(text).toMatch(/nouvelle (date|convocation)|Pour en savoir plus|contactez-nous/)
    expect(text).toContain('{lieu.contact}')
  })

  test('has no full stop after a link or a way to reach the place', () => {
    expect(text).not.toMatch(/\{lieu\.(lien_info|contact)\}[.,;:!]/)
  })
})

describe('the texts say', () => {
  const all = (
    type: AppointmentTypeCode,
    kinds: readonly MessageKind[] = ['summons', 'reminder', 'rescheduling'],
  ) => kinds.map((kind) => defaultTexts[type][kind])

  test.each<[AppointmentTypeCode, RegExp, MessageKind[]]>([
    [
      'hearing_exit_sentence_judge',
      /juge de l'application des peines/,
      ['summons', 'reminder', 'rescheduling', 'missed'],
    ],
    ['hearing_exit_sentence_judge', /justificatifs/, ['summons', 'reminder']],
    ['hearing_exit_sentence_judge', /nouvelle convocation/, ['cancellation']],
    [
      'sentence_judge_follow_up',
      /(papiers|pièce d'identité) et justificatifs/,
      ['summons', 'reminder', 'rescheduling'],
    ],
    ['adversarial_hearing', /débat contradictoire devant le juge/, [...messageKinds]],
    ['adversarial_hearing', /pièce d'identité/, ['summons', 'reminder', 'rescheduling']],
    ['anti_terrorism_judge', /de Paris/, [...messageKinds]],
    [
      'anti_terrorism_judge',
      /en visio ou sur place comme l'indique votre convocation/,
      ['summons', 'reminder'],
    ],
    ['probation_follow_up', /conseiller vous proposera une nouvelle date/, ['cancellation']],
    ['first_probation_follow_up', /service vous contactera/, ['cancellation']],
    [
      'community_service_placement',
      /directement au lieu de travail indiqué/,
      ['summons', 'reminder', 'rescheduling'],
    ],
    ['course', /stage/, [...messageKinds]],
    ['home_visit', /à votre domicile/, [...messageKinds]],
    ['phone_appointment', /par téléphone/, [...messageKinds]],
    ['group_session', /séance de groupe/, [...messageKinds]],
    ['group_session', /présence est obligatoire/, ['rescheduling']],
    ['probation_recall', /présence est obligatoire/, ['summons', 'reminder', 'rescheduling']],
  ])('for %s, %s', (type, words, kinds) => {
    for (const text of all(type, kinds)) expect(text).toMatch(words)
  })

  test('to bring a paper of identity where the service asks for it', () => {
    for (const type of [
      'probation_follow_up',
      'first_probation_follow_up',
      'electronic_tag_fitting',
      'course',
      'group_session',
    ] as const) {
      for (const text of all(type, ['summons', 'reminder'])) expect(text).toContain("pièce d'identité")
    }
  })
})
