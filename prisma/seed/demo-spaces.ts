import { acceptSpaceInvitation } from '../../resources/probationer-space/commands/password.server'
import { inviteToSpace } from '../../resources/probationer-space/commands/invite.server'
import { pathOfLink } from '../../resources/probationer-space/commands/links.server'
import type { AgentActor, SystemActor } from '../../resources/shared/actor'
import { perform } from '../../resources/shared/transact.server'
import { orNotFound } from '../../resources/shared/errors'
import { prisma } from '../../resources/shared/db.server'

const system: SystemActor = { kind: 'system', task: 'demo' }

/** The first persons of a counsellor: one has their space, the next was invited to it. */
export async function fillSpaces(counsellor: AgentActor, password: string): Promise<void> {
  await prisma.organization.update({
    where: { id: counsellor.organization.id },
    data: { spaceOnPaper: true },
    select: { id: true },
  })
  const [withSpace, invited] = await prisma.probationer.findMany({
    where: { assignedAgentId: counsellor.id, phone: { not: null }, smsOptOut: false, archivedAt: null },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: 2,
  })
  const probationerId = orNotFound(withSpace, 'probationer').id
  await perform(counsellor, inviteToSpace, { probationerId })
  const link = await prisma.spaceToken.findFirstOrThrow({ where: { spaceAccount: { probationerId } } })
  await perform(system, acceptSpaceInvitation, { token: pathOfLink(link).split('/').at(-1) ?? '', password })
  // Followed before its SMS leaves: it would end saying that its link is over.
  await prisma.message.deleteMany({ where: { probationerId, kind: 'space_invitation' } })
  await perform(counsellor, inviteToSpace, { probationerId: orNotFound(invited, 'probationer').id })
}

/** The number of somebody who has their space, for whoever tries the demonstration. */
export async function phoneOfSpace(): Promise<string | null> {
  const account = await prisma.spaceAccount.findFirst({
    where: { acceptedAt: { not: null }, revokedAt: null },
    select: { probationer: { select: { phone: true } } },
    orderBy: { id: 'asc' },
  })
  return account?.probationer.phone ?? null
}
