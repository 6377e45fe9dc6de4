import type { ResultOf } from '../../client/client'
import type { Lookups } from '../../lookups'

export type Figures = ResultOf<Lookups['figures']>
export type Line = Figures['types'][number]
export type Month = Figures['months'][number]
