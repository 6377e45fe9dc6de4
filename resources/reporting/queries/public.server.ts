import { civilOf } from '../../shared/civil-time'
import { noInput, query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { teamZone } from '../../watch/rules'
import { periodsOn } from '../rules'
import { wholeOf } from './figures.server'
import { figuresOfCountry, nightOfCountry } from './figures.sql.server'

/** What everybody may read: the country over its last twelve whole months, as the night counted it (decision S6). */
export const publicFigures = query(noInput, async (ctx: Context) => {
  const [period] = periodsOn(civilOf(ctx.now, teamZone).date)
  const [groups, computedAt] = await Promise.all([
    figuresOfCountry(ctx, { period, typeCode: null }),
    nightOfCountry(ctx),
  ])
  return {
    ...wholeOf(groups, period),
    period,
    computedOn: computedAt && civilOf(computedAt, teamZone).date,
  }
})
