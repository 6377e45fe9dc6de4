import { charterVersion } from '../../../resources/agent/charter'
import { secretOf } from '../../../resources/agent/commands/links.server'
import { hashPassword } from '../../../resources/agent/commands/password-hash.server'
import { agentActor } from '../../../resources/agent/queries/actor.server'
import type { Role, SystemActor } from '../../../resources/shared/actor'
import { prisma } from '../../../resources/shared/db.server'
import { orNotFound } from '../../../resources/shared/errors'
import { read } from '../../../resources/shared/transact.server'

export const system: SystemActor = { kind: 'system', task: 'test' }

export const goodPassword = 'girafe-cabane-trompette'

let made = 0

export function aService(kind: 'court' | 'probation_service' = 'probation_service') {
  const name = `Service ${++made}`
  return prisma.organization.create({ data: { name, kind, departmentCode: '92' } })
}

interface AgentOptions {
  organizationId: number
  role?: Role
  password?: string | null
  charter?: string | null
}

export async function anAgent({
  organizationId,
  role = 'probation_counsellor',
  password = goodPassword,
  charter = charterVersion,
}: AgentOptions) {
  return prisma.agent.create({
    data: {
      email: `agent${++made}@justice.example`,
      firstName: 'Inès',
      lastName: 'FAURE',
      role,
      organizationId,
      passwordHash: password && (await hashPassword(password)),
      securityCharterVersion: charter,
    },
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
