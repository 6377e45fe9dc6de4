import type { ResultOf } from '../../client/client'
import type { Lookups } from '../../lookups'

export type SupervisionData = ResultOf<Lookups['supervision']>
type Cards = SupervisionData['cards']
export type SaidBy<Name extends keyof Cards> = Extract<Cards[Name], { failed: false }>['data']
export type Counted = NonNullable<SaidBy<'figures'>>
