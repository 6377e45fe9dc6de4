import type { OrganizationKind } from '../../shared/actor'
import type { CivilDate } from '../../shared/civil-time'
import type { Theme } from '../../partner/schema'
import type { Opening } from '../rules'
import type { OpeningHours, OpeningRange } from '../schema'

export interface Question {
  question: string
  answer: readonly string[]
}

/** What the page of a service says in a language, around what its service wrote in French. */
export interface ServiceWords {
  section: string
  purpose: Record<OrganizationKind, string>
  description: (officialName: string) => string
  /** Of a translation: it helps, and French prevails. */
  unofficial: string | null
  checking: { title: string; text: string }
  phone: string
  call: string
  itinerary: { label: string; to: (title: string) => string }
  addressOnPaper: string
  reception: string
  security: string
  transport: string
  wheelchair: string
  parking: string
  phoneHours: string
  opening: (opening: Opening) => string
  days: (line: { from: number; to: number }) => string
  ranges: (ranges: readonly OpeningRange[]) => string
  closed: (closure: OpeningHours['closures'][number]) => string
  hourOf: (cityName: string) => string
  photoBy: (credit: string) => string
  absence: { title: string; paragraphs: readonly string[]; link: string }
  prepare: string
  papers: { title: string; of: Record<OrganizationKind, readonly string[]>; missing: string }
  meeting: Record<OrganizationKind, Question>
  questions: Record<OrganizationKind, readonly Question[]>
  partners: {
    title: string
    lead: string
    theme: Record<Theme, string>
    audience: string
    conditions: string
    hours: string
    wheelchair: string
  }
  aside: string
  paperPrevails: string
  checkedOn: (date: CivilDate) => string
  otherServices: string
  understandSummons: string
  votes: { label: string; question: string; yes: string; no: string; thanks: string; error: string }
}
