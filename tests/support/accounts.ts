import { secretOf } from '../../resources/agent/commands/links.server'
import { hashPassword } from '../../resources/agent/commands/password-hash.server'
import { agentActor } from '../../resources/agent/queries/actor.server'
import type { OrganizationKind, Role, SystemActor } from '../../resources/shared/actor'
import { prisma } from '../../resources/shared/db.server'
import { orNotFound } from '../../resources/shared/errors'
import { read } from '../../resources/shared/transact.server'
import * as world from './world'

// The accounts of agents: passwords, sessions, links.

export const system: SystemActor = { kind: 'system', task: 'test' }

export const goodPassword = 'girafe-cabane-trompette'

let made = 0

export const aService = (kind: OrganizationKind = 'probation_service') =>
  world.aService(`Service ${++made}`, kind)

/** An agent who can sign in. */
export async function anAgent({
  organizationId,
  role = 'probation_counsellor',
  password = goodPassword,
  ...more
}: {
  organizationId: number
  role?: Role
  password?: string | null
  charter?: string | null
}) {
  const passwordHash = password && (await hashPassword(password))
  return world.anAccount({ id: organizationId }, role, {
    firstName: 'Inès',
    lastName: 'FAURE',
    passwordHash,
    ...more,
  })
}

/** The agent as an actor, as a request would read them. */
export async function acting(agentId: number) {
  return orNotFound(await read(system, (ctx) => agentActor(ctx, agentId)), 'agent')
}

export async function aSessionOf(agentId: number) {
  const sid = `session-${++made}`
  const expire = new Date(Date.now() + 3_600_000)
  await prisma.session.create({
    data: { sid, sess: { cookie: {}, agentId, signedInAt: Date.now() }, expire },
  })
  return sid
}

/** The secret of the last link asked for, as the worker would write it in the mail. */
export async function lastSecret(agentId: number) {
  return secretOf(await prisma.agentToken.findFirstOrThrow({ where: { agentId }, orderBy: { id: 'desc' } }))
}
