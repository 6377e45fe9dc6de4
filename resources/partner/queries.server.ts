import type { Prisma } from '@prisma/client'
import { departmentOf } from '../city/departments'
import type { AgentActor } from '../shared/actor'
import { civilDateFromDb, civilOf, dbDateOf } from '../shared/civil-time'
import { noInput, query } from '../shared/command'
import type { Context } from '../shared/context'
import { orNotFound } from '../shared/errors'
import { mayUseCentralConsole } from '../shared/rights'
import { departmentInput } from '../public-page/schema'
import { partnerPhone, themeWords } from './fr'
import { partnersVisibleTo } from './policy'
import { partnerIdInput, themes } from './schema'

const shown = {
  id: true,
  name: true,
  themes: true,
  mission: true,
  audience: true,
  conditions: true,
  address: true,
  phone: true,
  email: true,
  website: true,
  hours: true,
  wheelchair: true,
} satisfies Prisma.PartnerSelect

/** What is over, or taken away, is shown no more: its last day is that of Paris, a little early overseas at worst. */
const held = (now: Date): Prisma.PartnerWhereInput => ({
  archivedAt: null,
  OR: [{ validUntil: null }, { validUntil: { gte: dbDateOf(civilOf(now, 'Europe/Paris').date) } }],
})

/** Who helps in a département, as its services say; one that several name is told once. */
export const partnersOfDepartment = query(departmentInput, async (ctx: Context, { code }) => {
  const department = orNotFound(departmentOf(code), 'department')
  const partners = await ctx.tx.partner.findMany({
    where: { organization: { departmentCode: department.code }, ...held(ctx.now) },
    select: shown,
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  })
  const told = new Map(partners.map((partner) => [`${partner.name}|${partner.address ?? ''}`, partner]))
  return { department, partners: [...told.values()] }
})

export type PartnerShown = Awaited<ReturnType<typeof partnersOfDepartment>>['partners'][number]

/** The départements where a service named somebody who helps. */
export const departmentsWithPartners = query(noInput, async (ctx: Context) => {
  const rows = await ctx.tx.organization.findMany({
    where: { partners: { some: held(ctx.now) } },
    distinct: ['departmentCode'],
    select: { departmentCode: true },
  })
  return rows.map(({ departmentCode }) => departmentCode)
})

const options = { themes: themes.map((value) => ({ value, label: themeWords[value] })) }

/** What the form of a new partner starts from. */
export const newPartner = query(noInput, (ctx: Context<AgentActor>) => {
  const { id, name } = ctx.actor.organization
  return Promise.resolve({
    values: { organizationId: String(id), themes: [] as string[] },
    labels: { organizationId: name },
    notAsked: mayUseCentralConsole(ctx.actor) ? [] : ['organizationId'],
    options,
  })
})

export const partnerToEdit = query(partnerIdInput, async (ctx: Context<AgentActor>, { partnerId }) => {
  const partner = orNotFound(
    await ctx.tx.partner.findFirst({ where: { AND: [{ id: partnerId }, partnersVisibleTo(ctx.actor)] } }),
    'partner',
  )
  const { phone, validUntil, updatedAt, id, archivedAt: _, organizationId: __, ...values } = partner
  return {
    ...{ id, version: updatedAt.toISOString(), options },
    values: {
      ...values,
      phone: phone && partnerPhone(phone),
      validUntil: validUntil && civilDateFromDb(validUntil),
    },
  }
})
