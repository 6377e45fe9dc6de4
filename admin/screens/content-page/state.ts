import {
  contentInput,
  type Fact,
  type Layout,
  type LegalStatus,
  type Source,
} from '../../../resources/content-page/schema'
import type { RecordData } from '../../client/action'

export type PageRecord = RecordData<'ContentPage'>
export type Version = PageRecord['latest']

/** A page as it is typed. */
export interface Typed {
  title: string
  shortTitle: string
  description: string
  lead: string
  order: string
  layout: Layout
  body: string
  facts: Fact[]
  sources: (Omit<Source, 'article'> & { article: string })[]
  legalStatus: LegalStatus
}

export const blank: Typed = {
  ...{ title: '', shortTitle: '', description: '', lead: '', order: '10', body: '' },
  ...{ layout: 'plain', facts: [], sources: [], legalStatus: 'to_validate' },
}

/** A version as a form shows it. */
export const typedOf = ({
  title,
  shortTitle,
  description,
  lead,
  order,
  layout,
  body,
  facts,
  sources,
  legalStatus,
}: Version): Typed => ({
  ...{ title, shortTitle, description, lead, layout, body, facts, legalStatus },
  order: String(order),
  sources: sources.map((source) => ({ ...source, article: source.article ?? '' })),
})

/** What a form sends, tidied as the command does: two that give the same say the same. */
export const saidBy = (typed: Typed): string => JSON.stringify(contentInput.safeParse(typed).data ?? typed)
