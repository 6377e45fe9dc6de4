import { daysBetween, isoWeekday, type CivilDate, type CivilTime } from '../../shared/civil-time'
import type { Opening } from '../rules'
import type { OpeningRange } from '../schema'
import type { Question, ServiceWords } from './words'

const dates = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
const dateWords = (date: CivilDate) => dates.format(new Date(`${date}T12:00:00Z`))
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const dayWords = (weekday: number) => weekdays[weekday - 1] ?? ''

const hourWords = (time: CivilTime) => time.replace(/^0/, '')
const rangeWords = ({ from, to }: OpeningRange) => `${hourWords(from)} to ${hourWords(to)}`

function openingWords(opening: Opening): string {
  if (opening.isOpen) {
    const [next] = opening.later
    const until = `Open until ${hourWords(opening.until)}`
    return next ? `${until}, then ${rangeWords(next)}` : `${until} today`
  }
  const { today, reopens } = opening
  if (!reopens) return 'Closed for now'
  const days = daysBetween(today, reopens.date)
  const when =
    days === 0
      ? 'today'
      : days === 1
        ? 'tomorrow'
        : `on ${days < 7 ? dayWords(isoWeekday(reopens.date)) : dateWords(reopens.date)}`
  return `Closed, opens ${when} at ${hourWords(reopens.time)}`
}

const common: Question[] = [
  {
    question: 'I need an interpreter or other help',
    answer: [
      'Call the service before the appointment. Say which language you speak, or what helps you: an entrance without steps, a shorter appointment, somebody with you.',
    ],
  },
  {
    question: 'Can I bring my child? What if I am late?',
    answer: [
      'Have somebody look after your child if you can. If not, call the service before you come.',
      'Late? Call at once, and come all the same.',
    ],
  },
  {
    question: 'I did not get a text message',
    answer: [
      'Follow your paper summons: it is the one that counts.',
      'Text messages are a help. They may fail if your number has changed: give the new one to the service.',
    ],
  },
  {
    question: 'I do not want text messages any more',
    answer: [
      'Touch the link at the end of the first text message you received, or tell your probation officer.',
      'You must still come to your appointments.',
    ],
  },
]

export const english: ServiceWords = {
  section: 'Prepare my appointment',
  purpose: {
    probation_service: 'This is where your probation appointments take place.',
    court: 'This is where you meet the judge who follows your sentence, or the judge’s office.',
  },
  description: (officialName) => `${officialName}: address, opening hours, phone and papers to bring.`,
  unofficial: 'This translation is here to help you. It is not official: the French text prevails.',
  checking: {
    title: 'Information to be checked',
    text: 'The service has not checked this page recently. Call before you come.',
  },
  phone: 'Phone',
  call: 'Call',
  itinerary: { label: 'Directions', to: (title) => ` to ${title} (OpenStreetMap)` },
  addressOnPaper: 'The address is written on your paper summons.',
  reception: 'Reception',
  security: 'Security check',
  transport: 'Public transport',
  wheelchair: 'Wheelchair access',
  parking: 'By car',
  phoneHours: 'By phone',
  opening: openingWords,
  days: ({ from, to }) => (from === to ? dayWords(from) : `${dayWords(from)} to ${dayWords(to)}`),
  ranges: (ranges) => ranges.map(rangeWords).join(', '),
  closed: ({ from, to }) =>
    from === to ? `Closed on ${dateWords(from)}` : `Closed from ${dateWords(from)} to ${dateWords(to)}`,
  hourOf: (cityName) => `Local time in ${cityName}.`,
  photoBy: (credit) => `Photo: ${credit}`,
  absence: {
    title: 'You cannot come?',
    paragraphs: [
      'Call before the appointment and keep a proof (work, sick note). If you miss it without a good reason, the judge may be told.',
    ],
    link: 'Tell this service (form in French)',
  },
  prepare: 'Get ready for my appointment',
  papers: {
    title: 'Which papers should I bring?',
    of: {
      probation_service: [
        'Your paper summons and an identity document.',
        'Work or training: contract, payslips, registration at France Travail.',
        'Care: certificates of your appointments.',
        'Payments: to the victim, fines, child support.',
        'Housing: lease, bill, or a letter from the person you live with.',
      ],
      court: [
        'Your paper summons and an identity document.',
        'The decision of the court, if you have it.',
        'Work or training: contract, payslips, registration at France Travail.',
        'Care and payments: certificates, receipts.',
        'Housing: lease, bill, or a letter from the person you live with.',
      ],
    },
    missing: 'A paper is missing? Come all the same.',
  },
  meeting: {
    probation_service: {
      question: 'What happens at the appointment?',
      answer: [
        'Be there 10 minutes early: there is often a security check.',
        'You meet a probation officer. The first appointment lasts from 30 minutes to 1 hour.',
        'You talk about your situation: housing, work, health, family. The officer explains your obligations and what comes next.',
      ],
    },
    court: {
      question: 'What happens at the appointment?',
      answer: [
        'Be there 15 minutes early: there is a security check.',
        'Show your summons at the reception desk, which tells you the room.',
        'The judge or the clerk explains the decision, answers your questions and tells you what comes next.',
      ],
    },
  },
  questions: {
    probation_service: [
      {
        question: 'Can I come with a lawyer?',
        answer: ['Yes. It is not required. Tell the service before you come.'],
      },
      ...common,
    ],
    court: [
      {
        question: 'Can I come with a lawyer?',
        answer: [
          'Yes, and it is wise when the judge has to decide something.',
          'If your income is low, ask for legal aid (aide juridictionnelle): the State may pay the lawyer.',
        ],
      },
      ...common,
    ],
  },
  partners: {
    title: 'Who can help me near here?',
    lead: 'The service recommends these organisations.',
    theme: {
      work: 'Work and training',
      housing: 'Housing and shelter',
      health: 'Health and addictions',
      mental_health: 'Mental health',
      violence: 'Violence in the couple',
      victims: 'Help for victims',
      law: 'Legal advice',
      social_rights: 'Benefits and paperwork',
      family: 'Family and parenthood',
      mobility: 'Transport and driving licence',
      digital: 'Computers and internet',
      french: 'French, reading and writing',
      money: 'Money and debts',
      youth: 'Young people',
      sport_and_culture: 'Sport and culture',
      food: 'Food aid',
      peers: 'Mentoring and mutual help',
    },
    audience: 'For whom',
    conditions: 'Conditions',
    hours: 'Opening hours',
    wheelchair: 'Wheelchair access',
  },
  aside: 'Good to know',
  paperPrevails:
    'Only the paper summons has legal value. If anything here is different, follow the paper and call the service.',
  checkedOn: (date) => `Checked by the service on ${dateWords(date)}.`,
  otherServices: 'Other services (in French)',
  understandSummons: 'Understand my summons',
  votes: {
    label: 'Your opinion of this page',
    question: 'Did this page help you?',
    yes: 'Yes',
    no: 'No',
    thanks: 'Thank you, your opinion is counted.',
    error: 'Report a mistake on this page (form in French)',
  },
}
