import { claimMessage } from '../../resources/message/commands/deliver.server'
import { inviteToSpace } from '../../resources/probationer-space/commands/invite.server'
import { acceptSpaceInvitation } from '../../resources/probationer-space/commands/password.server'
import { signInToSpace } from '../../resources/probationer-space/commands/sign-in.server'
import { refusalOf } from '../../resources/refusals'
import type { Actor, AgentActor, SystemActor } from '../../resources/shared/actor'
import type { Context } from '../../resources/shared/context'
import { prisma, transaction } from '../../resources/shared/db.server'
import { hour } from '../../resources/shared/duration'
import { aPerson, monday } from './world'

// The space of a person, through the commands, at instants of the test's choosing.

export const nobody: SystemActor = { kind: 'system', task: 'test' }
export const password = 'tournesol-wagon-épi-73'
export const another = 'chaussette-lundi-igloo-19'

export const after = (ms: number) => new Date(monday.getTime() + ms)

/** Hashing a password is slow on purpose. */
export const at = <A extends Actor, Result>(
  actor: A,
  when: Date,
  work: (ctx: Context<A>) => Promise<Result>,
) => transaction((tx) => work({ tx, actor, now: when }), { maxWait: 20_000, timeout: 40_000 })

export const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => refusalOf(error)?.code ?? error,
  )

export const invite = (actor: AgentActor, probationerId: number, when = monday) =>
  at(actor, when, (ctx) => inviteToSpace(ctx, { probationerId }))

export const accept = (token: string, when: Date, typed = password) =>
  at(nobody, when, (ctx) => acceptSpaceInvitation(ctx, { token, password: typed }))

export const enter = (phone: string, typed = password, when = after(hour)) =>
  at(nobody, when, (ctx) => signInToSpace(ctx, { phone, password: typed }))

export const accountOf = (probationerId: number) =>
  prisma.spaceAccount.findUniqueOrThrow({ where: { probationerId } })

export const lastMessage = (probationerId: number) =>
  prisma.message.findFirstOrThrow({ where: { probationerId }, orderBy: { id: 'desc' } })

/** The last SMS as it leaves for the phone, which alone has its link. */
export async function sms(probationerId: number, when: Date) {
  const { id } = await lastMessage(probationerId)
  const out = await at(nobody, when, (ctx) => claimMessage(ctx, { messageId: id }))
  const text = out?.text ?? ''
  return { id, text, token: /\/(?:i|mdp)\/([a-z0-9]{26})/.exec(text)?.[1] ?? '' }
}

/** Somebody who was invited on Monday, and their link. */
export async function anInvited(
  counsellor: AgentActor,
  services: readonly { id: number }[],
  more: Parameters<typeof aPerson>[1] = {},
) {
  const person = await aPerson(services, { assignedAgentId: counsellor.id, ...more })
  await invite(counsellor, person.id)
  const { token } = await sms(person.id, after(1_000))
  return { ...person, phone: person.phone ?? '', token }
}

/** Somebody who has created their space, on Monday. */
export async function anOpened(...invited: Parameters<typeof anInvited>) {
  const { token, ...person } = await anInvited(...invited)
  const { accountId } = await accept(token, after(2_000))
  return { ...person, accountId }
}

/** A browser where they are signed in. */
export const aSession = (accountId: number, sid = `s-${accountId}-${Math.random()}`) =>
  prisma.spaceSession.create({
    data: { sid, sess: { accountId }, expire: new Date(Date.now() + hour) },
    select: { sid: true },
  })

export const sessionsOf = (accountId: number) => prisma.spaceSession.count({ where: { accountId } })
