import { appointmentTypes } from '../../../appointment-type/catalogue'
import type { AgentActor } from '../../../shared/actor'
import { civilOf } from '../../../shared/civil-time'
import { query } from '../../../shared/command'
import type { Context } from '../../../shared/context'
import { assertAllowed } from '../../../shared/errors'
import { agentName } from '../../../shared/french'
import { mayOpenTexts, templatesVisibleTo } from '../policy'
import { listOwnTextsInput } from '../schema'

/** The texts that are of one service, by service, in the order of the types. */
export const listOwnTexts = query(listOwnTextsInput, async (ctx: Context<AgentActor>, { page, perPage }) => {
  assertAllowed(mayOpenTexts(ctx.actor), 'list the texts of services')
  const where = {
    AND: [templatesVisibleTo(ctx.actor), { organizationId: { not: null }, followsDefault: false }],
  }
  const [rows, total] = await Promise.all([
    ctx.tx.messageTemplate.findMany({
      where,
      select: {
        ...{ id: true, typeCode: true, kind: true, organizationId: true },
        organization: { select: { name: true } },
        versions: {
          select: { createdAt: true, createdBy: { select: { firstName: true, lastName: true } } },
          orderBy: { id: 'desc' },
          take: 1,
        },
      },
      orderBy: [{ organization: { name: 'asc' } }, { type: { position: 'asc' } }, { kind: 'asc' }],
      skip: (page - 1) * perPage,
      take: perPage,
    }),
    ctx.tx.messageTemplate.count({ where }),
  ])
  return {
    rows: rows.map(({ organization, versions: [version], typeCode, ...row }) => ({
      ...row,
      typeCode,
      service: organization?.name ?? '',
      type: appointmentTypes.find(({ code }) => code === typeCode)?.label ?? typeCode,
      on: version ? civilOf(version.createdAt, ctx.actor.organization.timeZone).date : null,
      by: version?.createdBy ? agentName(version.createdBy) : null,
    })),
    total,
  }
})
