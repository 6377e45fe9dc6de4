import { noInput, query } from '../../shared/command'
import { civilOf } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { teamZone } from '../rules'
import { lastCheck } from './alerts.server'

/** Alerts that a person who waits for an SMS may feel. */
const felt = ['messages_late', 'messages_expired']

/**
 * What everybody may read of the SMS: since when they are late, if they are, and when that was last looked at; null
 * where nothing has looked for too long. Nothing of a service, a number nor a credit.
 */
export const publicStatus = query(noInput, async (ctx: Context) => {
  const [late, { checkedAt, isChecked }] = await Promise.all([
    ctx.tx.watchAlert.findFirst({
      where: { kind: { in: felt }, endedAt: null },
      select: { raisedAt: true },
      orderBy: { raisedAt: 'asc' },
    }),
    lastCheck(ctx),
  ])
  return {
    lookedAt: checkedAt && isChecked ? civilOf(checkedAt, teamZone) : null,
    lateSince: late && civilOf(late.raisedAt, teamZone),
  }
})
