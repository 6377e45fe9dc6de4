import { recordAudit } from '../../../audit/commands.server'
import type { AgentActor } from '../../../shared/actor'
import { command } from '../../../shared/command'
import type { Context } from '../../../shared/context'
import { assertAllowed, orNotFound, refuseIf, Refused } from '../../../shared/errors'
import { agentName } from '../../../shared/french'
import { lockKey } from '../../../shared/lock.server'
import { mayManageTemplates, mayRestoreTemplate } from '../policy'
import { lengthFacts } from '../fr'
import { whyTooLong } from '../queries/preview.server'
import { textStateOf, type TextState } from '../queries/text.server'
import { partsAtMost } from '../render'
import { faultsOfText, reminderHoursOf, type TextScope } from '../rules'
import {
  followDefaultInput,
  restoreVersionInput,
  setReminderInput,
  writeTextInput,
  type ReminderChoice,
  type TextAddress,
} from '../schema'

/** What was written, and for whom it is in force. */
interface Written {
  versionId: number
  scope: TextScope
}

/** Writes a new version of a text: of all services, or of one, which then has its own. */
export const writeText = command(
  writeTextInput,
  async (ctx: Context<AgentActor>, { text, seenVersionId, ...address }): Promise<Written> => {
    assertAllowed(mayManageTemplates(ctx.actor, 'edit'), 'write a text')
    const state = await lockedText(ctx, address)
    refuseChanged(state, seenVersionId)
    await refuseUnusable(ctx, state, text)
    return { versionId: await writeVersion(ctx, state, text, ['text']), scope: await scopeOf(ctx, state) }
  },
)

/** Takes the words of a former version up again, as a new one. */
export const restoreVersion = command(
  restoreVersionInput,
  async (ctx: Context<AgentActor>, { versionId, seenVersionId }): Promise<Written> => {
    assertAllowed(mayManageTemplates(ctx.actor, 'edit'), 'restore a text')
    const { text, template } = orNotFound(
      await ctx.tx.messageTemplateVersion.findUnique({
        where: { id: versionId },
        select: {
          text: true,
          template: { select: { organizationId: true, typeCode: true, kind: true } },
        },
      }),
      'version of a text',
    )
    const state = await lockedText(ctx, template as TextAddress)
    refuseChanged(state, seenVersionId)
    await refuseUnusable(ctx, state, text)
    return {
      versionId: await writeVersion(ctx, state, text, ['text', 'restored']),
      scope: await scopeOf(ctx, state),
    }
  },
)

/** Gives a service the common text again, and what it becomes. Its versions and its reminders stay. */
export const followDefault = command(
  followDefaultInput,
  async (ctx: Context<AgentActor>, { seenVersionId, ...address }): Promise<void> => {
    assertAllowed(mayRestoreTemplate(ctx.actor, address), 'give a service the common text')
    const state = await lockedText(ctx, address)
    refuseChanged(state, seenVersionId)
    refuseIf(state.isOwn ? null : 'message_template.already_default')
    await leaveOwnText(ctx, state)
  },
)

/**
 * Says when a reminder leaves. Alone, it makes no text a service's own, and the reminders of other services stay as
 * they are; those that are planned already too.
 */
export const setReminder = command(
  setReminderInput,
  async (
    ctx: Context<AgentActor>,
    { hours, ...where },
  ): Promise<{ hours: ReminderChoice; scope: TextScope }> => {
    assertAllowed(mayManageTemplates(ctx.actor, 'edit'), 'say when a reminder leaves')
    refuseIf(
      where.organizationId === null && hours === 'common' ? 'message_template.no_common_reminder' : null,
      'hours',
    )
    const state = await lockedText(ctx, { ...where, kind: 'reminder' })
    const reminderHours = reminderHoursOf(hours)
    const scope = await scopeOf(ctx, state)
    if (reminderHours.join() === state.reminderHours.join()) return { hours, scope }
    const id = await rowOf(ctx, state)
    await ctx.tx.messageTemplate.update({ where: { id }, data: { reminderHours }, select: { id: true } })
    await recordAudit(ctx, {
      ...{ action: 'update', subject: 'message_template', subjectId: id },
      fields: ['reminderHours'],
    })
    return { hours, scope }
  },
)

/** Whom a text is in force for: one service by its name, or all those that have none of their own. */
async function scopeOf(ctx: Context, { organizationId, typeCode, kind }: TextAddress): Promise<TextScope> {
  if (organizationId !== null) {
    const { name } = await ctx.tx.organization.findUniqueOrThrow({
      where: { id: organizationId },
      select: { name: true },
    })
    return { service: name }
  }
  const followers = await ctx.tx.organization.count({
    where: { messageTemplates: { none: { typeCode, kind, followsDefault: false } } },
  })
  return { service: null, followers }
}

/** A text as it stands, its writers in turn: those of the common text too, which a service may follow. */
export async function lockedText(ctx: Context, address: TextAddress): Promise<TextState> {
  await lockKey(ctx, `message-template:${address.typeCode}:${address.kind}`)
  return textStateOf(ctx, address)
}

/** @throws Refused when another version than the one on the screen is in force: who wrote it is told. */
export function refuseChanged({ inForce }: TextState, seenVersionId: number): void {
  if (inForce.id === seenVersionId) return
  const by = inForce.createdBy ? `, par ${agentName(inForce.createdBy)}` : ''
  throw new Refused('message_template.changed_meanwhile', { by })
}

/** @throws Refused beside the text, with the first thing that is wrong with it. */
export async function refuseUnusable(ctx: Context, state: TextState, text: string): Promise<void> {
  const [fault] = faultsOfText(text, state)
  if (fault) throw new Refused(fault.code, { found: fault.found }, 'text')
  const long = await whyTooLong(ctx, state, text)
  if (long) throw new Refused('message_template.too_long', lengthFacts(long, partsAtMost), 'text')
  refuseIf(text === state.inForce.text ? 'message_template.unchanged' : null, 'text')
  refuseIf(
    state.organizationId !== null && text === state.common.text ? 'message_template.same_as_default' : null,
    'text',
  )
}

/** A new version of the text, in force at once: its id. */
export async function writeVersion(
  ctx: Context<AgentActor>,
  state: TextState,
  text: string,
  fields: string[],
): Promise<number> {
  const id = await rowOf(ctx, state)
  await ctx.tx.messageTemplate.update({
    where: { id },
    data: { followsDefault: false },
    select: { id: true },
  })
  const version = await ctx.tx.messageTemplateVersion.create({
    data: { templateId: id, text, createdById: ctx.actor.id, createdAt: ctx.now },
    select: { id: true },
  })
  await recordAudit(ctx, { action: 'update', subject: 'message_template', subjectId: id, fields })
  return version.id
}

/** The text of a service is the common one again. */
export async function leaveOwnText(ctx: Context<AgentActor>, state: TextState): Promise<void> {
  const id = await rowOf(ctx, state)
  await ctx.tx.messageTemplate.update({ where: { id }, data: { followsDefault: true }, select: { id: true } })
  await recordAudit(ctx, {
    ...{ action: 'update', subject: 'message_template', subjectId: id },
    fields: ['followsDefault'],
  })
}

/** The row of a text; a service has one from its first own text or reminder on. */
async function rowOf(
  ctx: Context,
  { templateId, organizationId, typeCode, kind }: TextState,
): Promise<number> {
  if (templateId !== null) return templateId
  const { id } = await ctx.tx.messageTemplate.create({
    data: { organizationId, typeCode, kind, followsDefault: true },
    select: { id: true },
  })
  return id
}
