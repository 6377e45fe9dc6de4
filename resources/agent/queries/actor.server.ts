import { Prisma, type OrganizationKind } from '@prisma/client'
import type { AgentActor, Role } from '../../shared/actor'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { rowsOf } from '../../shared/prepared.server'
import { charterVersion } from '../charter'
import { linkOf, secretOf } from '../commands/links.server'
import { isLinkUsable } from '../rules'
import { linkInput } from '../schema'
import type { AgentMailTemplate } from '../jobs'

/** What an actor is made of; every value is the same once it has been JSON. */
export interface ActorRow {
  id: number
  role: Role
  firstName: string
  lastName: string
  headquartersId: number | null
  charterVersion: string | null
  shortcutsEnabled: boolean
  organizationId: number
  organizationName: string
  organizationKind: OrganizationKind
  timeZone: string
  departmentCode: string
  interJurisdiction: boolean
  hasOpenPartner: boolean
  linked: number[]
}

/** The row of an actor, by a condition on `a`: read alone, or beside a session. */
export const actorSql = (where: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT a.id, a.role::text AS role, a.first_name AS "firstName", a.last_name AS "lastName",
         a.headquarters_id AS "headquartersId", a.security_charter_version AS "charterVersion",
         a.shortcuts_enabled AS "shortcutsEnabled",
         o.id AS "organizationId", o.name AS "organizationName", o.kind::text AS "organizationKind",
         o.time_zone AS "timeZone", o.department_code AS "departmentCode",
         o.inter_jurisdiction AS "interJurisdiction",
         ARRAY(SELECT CASE WHEN l.court_id = o.id THEN l.probation_service_id ELSE l.court_id END
                 FROM organization_link l
                WHERE l.court_id = o.id OR l.probation_service_id = o.id
                ORDER BY 1) AS linked,
         EXISTS (SELECT 1 FROM organization_link l
                   JOIN organization other
                     ON other.id = CASE WHEN l.court_id = o.id THEN l.probation_service_id ELSE l.court_id END
                  WHERE (l.court_id = o.id OR l.probation_service_id = o.id)
                    AND other.opened_at <= (now() AT TIME ZONE other.time_zone)::date) AS "hasOpenPartner"
    FROM agent a JOIN organization o ON o.id = a.organization_id
   WHERE ${where} AND a.deleted_at IS NULL`

/**
 * Who an agent is at this very request: role, service, jurisdiction, charter. Null when the account
 * is gone; one locked by wrong passwords opens no new session, and ends none (decision A1).
 */
export async function agentActor(
  ctx: Context,
  agentId: number,
  impersonatorId: number | null = null,
  sessionId: string | null = null,
): Promise<AgentActor | null> {
  const [row] = await rowsOf<ActorRow>(ctx, actorSql(Prisma.sql`a.id = ${agentId}`))
  return row ? actorFrom(row, impersonatorId, sessionId) : null
}

export function actorFrom(
  row: ActorRow,
  impersonatorId: number | null,
  sessionId: string | null,
): AgentActor {
  return {
    kind: 'agent',
    id: row.id,
    role: row.role,
    firstName: row.firstName,
    lastName: row.lastName,
    organization: {
      id: row.organizationId,
      name: row.organizationName,
      kind: row.organizationKind,
      timeZone: row.timeZone,
      departmentCode: row.departmentCode,
      interJurisdiction: row.interJurisdiction,
      hasOpenPartner: row.hasOpenPartner,
    },
    headquartersId: row.headquartersId,
    jurisdiction: [row.organizationId, ...row.linked],
    charterAccepted: row.charterVersion === charterVersion,
    shortcutsEnabled: row.shortcutsEnabled,
    impersonatorId,
    sessionId,
  }
}

/** Whom a link was sent to; null when it is unknown, used or over. */
export const holderOfLink = query(linkInput, async (ctx: Context, { token, purpose }) => {
  const link = await linkOf(ctx, token, purpose)
  return (
    link && {
      email: link.agent.email,
      firstName: link.agent.firstName,
      lastName: link.agent.lastName,
      organizationName: link.agent.organization.name,
    }
  )
})

export interface AgentMail {
  template: AgentMailTemplate
  to: string
  firstName: string
  organizationName: string
  secret: string
}

/** What the mail of a link needs; null when the link has served or is over: nothing to send any more. */
export async function mailOfLink(ctx: Context, tokenId: number): Promise<AgentMail | null> {
  const link = await ctx.tx.agentToken.findUnique({
    where: { id: tokenId },
    select: {
      agentId: true,
      purpose: true,
      createdAt: true,
      tokenHash: true,
      usedAt: true,
      expiresAt: true,
      agent: { select: { email: true, firstName: true, organization: { select: { name: true } } } },
    },
  })
  if (!link || !isLinkUsable(link, ctx.now)) return null
  const { email, firstName, organization } = link.agent
  return {
    template: link.purpose,
    to: email,
    firstName,
    organizationName: organization.name,
    secret: secretOf(link),
  }
}

export interface AccountMail {
  to: string
  firstName: string
  timeZone: string
}

/** Whom a mail about an account is written to; null when the account is gone. */
export async function holderOfAccount(ctx: Context, agentId: number): Promise<AccountMail | null> {
  const agent = await ctx.tx.agent.findUnique({
    where: { id: agentId, deletedAt: null },
    select: { email: true, firstName: true, organization: { select: { timeZone: true } } },
  })
  return agent && { to: agent.email, firstName: agent.firstName, timeZone: agent.organization.timeZone }
}
