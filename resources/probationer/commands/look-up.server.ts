import { recordAudit } from '../../audit/commands.server'
import type { AgentActor } from '../../shared/actor'
import { dbDateOf, civilOf } from '../../shared/civil-time'
import { preparedCommand } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed } from '../../shared/errors'
import { countByActor } from '../../shared/throttle.server'
import { mayWithProbationers } from '../policy'
import { duplicatesOf, type Duplicate } from '../queries/duplicates.server'
import { convokablePerson } from '../queries/list.sql.server'
import { recordFaults, whyNotCityChanged, whyNotConvokable } from '../rules'
import { lookUpIdentityInput } from '../schema'

interface LookedUp extends Pick<Duplicate, 'record' | 'minimum' | 'services'> {
  id: number
  mayConvoke: boolean
  mayChangeCity: boolean
}

/**
 * Finds one person of the country by exact identity, or nobody: several are nobody (decision R2). Beyond the
 * jurisdiction the minimum is shown, and the agent may convoke them and change their commune for a day. No
 * faster than one who looks at papers; each asking is traced, whether it finds or not, without a value.
 */
export const lookUpIdentity = preparedCommand(
  lookUpIdentityInput,
  async (ctx: Context<AgentActor>) => {
    assertAllowed(mayWithProbationers(ctx.actor, 'lookUp'), 'look a person up by identity')
    await countByActor('identity', ctx.actor)
  },
  async (ctx: Context<AgentActor>, input): Promise<{ found: LookedUp | null }> => {
    assertAllowed(mayWithProbationers(ctx.actor, 'lookUp'), 'look a person up by identity')
    const { appiNumber, lastName, firstName, dateOfBirth } = input
    const byNumber = { lastName: '', firstName: '', dateOfBirth: null, phone: null, appiNumber }
    const byName = { lastName, firstName, dateOfBirth, phone: null, appiNumber: null }
    const matches = await duplicatesOf(ctx, appiNumber ? byNumber : byName)
    const match = matches.length === 1 ? matches[0] : undefined
    await recordAudit(ctx, {
      action: 'look_up',
      subject: 'probationer',
      fields: appiNumber ? ['appiNumber'] : ['lastName', 'firstName', 'dateOfBirth'],
      ...(match && { subjectId: match.probationerId, probationerId: match.probationerId }),
    })
    if (!match) return { found: null }
    const { probationerId: id, record, minimum, services } = match
    if (!record) {
      const key = { agentId: ctx.actor.id, probationerId: id }
      await ctx.tx.identityLookUp.upsert({
        where: { agentId_probationerId: key },
        create: { ...key, at: ctx.now },
        update: { at: ctx.now },
        select: { agentId: true },
      })
    }
    const person = await convokablePerson(ctx, id)
    const birth = person?.dateOfBirth ? dbDateOf(person.dateOfBirth) : null
    const today = civilOf(ctx.now, ctx.actor.organization.timeZone).date
    return {
      found: {
        ...{ id, record, minimum, services },
        mayConvoke:
          person !== null &&
          whyNotConvokable(ctx.actor, person) === null &&
          recordFaults({ ...person, dateOfBirth: birth }, today).length === 0,
        mayChangeCity: person !== null && record === null && whyNotCityChanged(person) === null,
      },
    }
  },
)
