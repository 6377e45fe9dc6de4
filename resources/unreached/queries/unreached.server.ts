import { isPhoneOff } from '../../message/queries/delivery.server'
import { knowsWhoIsExpected } from '../../appointment/policy'
import { mayOnProbationer, knowsIdentity, seesProbationer } from '../../probationer/policy'
import { initialOf, whyNotEditable, whyNotSmsEnabled, whyUnreachable } from '../../probationer/rules'
import type { AgentActor } from '../../shared/actor'
import { civilOf } from '../../shared/civil-time'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed } from '../../shared/errors'
import { mayOpenUnreached, scopesOf, usualScope } from '../policy'
import { countUnreachedInput, listUnreachedInput, unreachedStampInput, type UnreachedScope } from '../schema'
import { countPersons, pageOfPersons, stampOf, type UnreachedRow } from './unreached.sql.server'

function scopeAsked(actor: AgentActor, scope: UnreachedScope | null | undefined): UnreachedScope {
  const usual = usualScope(actor)
  return scopesOf(actor).find((one) => one === (scope ?? usual)) ?? usual
}

/** One page of those whom their SMS did not reach, the nearest day first: what happened to each, and what may be done. */
export const listUnreached = query(listUnreachedInput, async (ctx: Context<AgentActor>, { scope, page }) => {
  assertAllowed(mayOpenUnreached(ctx.actor), 'list those whom SMS did not reach')
  const chosen = scopeAsked(ctx.actor, scope)
  const { rows, total } = await pageOfPersons(ctx, chosen, page)
  const ids = rows.map(({ id }) => id)
  return {
    scope: chosen,
    scopes: scopesOf(ctx.actor),
    total,
    page,
    lines: rows.map((row) => lineOf(ctx, row)),
    /** As `unreachedStamp` gives it of these persons. */
    stamp: ids.length > 0 ? await stampOf(ctx, ids) : '',
  }
})

/** How many they are, at most 1 001. */
export const countUnreached = query(countUnreachedInput, async (ctx: Context<AgentActor>, { scope }) => {
  assertAllowed(mayOpenUnreached(ctx.actor), 'count those whom SMS did not reach')
  return { total: await countPersons(ctx, scopeAsked(ctx.actor, scope)) }
})

/** Whether what a page shows of these persons changed: it is read again only then. */
export const unreachedStamp = query(
  unreachedStampInput,
  async (ctx: Context<AgentActor>, { probationerIds }) => {
    assertAllowed(mayOpenUnreached(ctx.actor), 'list those whom SMS did not reach')
    return { stamp: await stampOf(ctx, probationerIds) }
  },
)

function lineOf({ actor, now }: Context<AgentActor>, row: UnreachedRow) {
  const appointments = row.appointments ?? []
  const { targetOrganizationId } = row
  const facts = {
    ...row,
    divestments: targetOrganizationId === null ? [] : [{ state: 'pending' as const, targetOrganizationId }],
  }
  const known =
    knowsIdentity(actor, facts) ||
    appointments.some(({ organizationId }) =>
      knowsWhoIsExpected(actor, { organizationId, probationer: facts }),
    )
  const opens = seesProbationer(actor, facts)
  return {
    id: row.id,
    /** Beyond the jurisdiction, the minimum. */
    lastName: known ? row.lastName : initialOf(row.lastName),
    firstName: row.firstName,
    phone: known ? row.phone : null,
    phoneState: row.phoneState,
    unreachable: whyUnreachable(row),
    opens,
    agent:
      row.agentLastName === null
        ? null
        : { firstName: row.agentFirstName ?? '', lastName: row.agentLastName },
    /** The day they stopped the SMS by the link, when nobody called since. */
    stoppedOn:
      row.stopped && row.smsStoppedAt ? civilOf(row.smsStoppedAt, actor.organization.timeZone).date : null,
    mayEdit: whyNotEditable(row) === null && mayOnProbationer(actor, 'edit', facts),
    mayEnableSms: whyNotSmsEnabled(row) === null && mayOnProbationer(actor, 'enableSms', facts),
    appointments: appointments.map(({ startsAt, timeZone, word, organizationId: _host, ...appointment }) => ({
      ...appointment,
      ...civilOf(new Date(startsAt), timeZone),
      today: civilOf(now, timeZone).date,
      word: word && {
        kind: word.kind,
        state: word.state,
        endReason: word.endReason,
        phoneOff: isPhoneOff(word),
        at: word.at ? civilOf(new Date(word.at), timeZone) : null,
      },
    })),
  }
}
