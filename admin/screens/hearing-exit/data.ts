import type { ResultOf } from '../../client/client'
import type { Lookups } from '../../lookups'

export type Desk = ResultOf<Lookups['hearingExitDesk']>
export type Shown = NonNullable<Desk['shown']>
export type Day = Shown['days'][number]
export type Slot = Day['slots'][number]
export type Taken = Slot['appointments'][number]
