import { agentRefusals } from '../fr'
import { readableFields, type Fault } from '../../shared/command'
import type { Context } from '../../shared/context'
import { normalizePhone } from '../../shared/phone'
import { mayUseCentralConsole } from '../../shared/rights'
import { updateProfileInput } from '../schema'

/** A number that cannot be read, told with what else is wrong of the form. */
export function phoneFaults({ actor }: Context, raw: unknown): Fault[] {
  const { phone } = readableFields(updateProfileInput.pick({ phone: true }), raw)
  if (actor.kind !== 'agent' || !phone || normalizePhone(phone, actor.organization.departmentCode)) return []
  return [{ path: ['phone'], message: agentRefusals['agent.phone_unreadable'] }]
}

/** The same, of somebody else's account: a central admin types for any territory, which the command alone knows. */
export const othersPhoneFaults = (ctx: Context, raw: unknown): Fault[] =>
  mayUseCentralConsole(ctx.actor) ? [] : phoneFaults(ctx, raw)
