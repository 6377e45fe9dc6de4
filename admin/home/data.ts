import type { home } from '../../resources/home/queries.server'
import { countedUpTo } from '../../resources/shared/counted'
import type { ResultOf } from '../client/client'
import { paths } from '../paths'

export type HomeData = ResultOf<typeof home>
type Cards = HomeData['cards']
type Answered = { failed: false; data: unknown }

/** What a card says once it has been read. */
export type SaidBy<Name extends keyof Cards> = Extract<Cards[Name], Answered>['data']
export type Row = SaidBy<'todays'>['rows'][number]

/** Null where the role has no such card, and where it could not be read. */
export const said = <Data>(answer: { failed: false; data: Data } | { failed: true } | null): Data | null =>
  answer?.failed === false ? answer.data : null

/** The list that shows the same appointments as this page, and the rest of them. */
export const listOf = ({ mine }: HomeData, filters: string) =>
  `${paths.appointments}?${filters}${mine ? '&mine=on' : ''}`

/** Counting stops at a thousand. */
export const shownCount = (total: number) => (total > countedUpTo ? 'suivantes, plus de 1 000' : total)
