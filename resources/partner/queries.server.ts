import { Prisma } from '@prisma/client'
import * as z from 'zod'
import { departmentOf } from '../city/departments'
import type { AgentActor } from '../shared/actor'
import { civilDateFromDb } from '../shared/civil-time'
import { noInput, query } from '../shared/command'
import type { Context } from '../shared/context'
import { orNotFound } from '../shared/errors'
import { fold } from '../shared/fold'
import { mayUseCentralConsole } from '../shared/rights'
import { departmentInput } from '../public-page/schema'
import { partnerPhone, themeWords } from './fr'
import { partnersVisibleTo } from './policy'
import { partnerIdInput, themes, type Theme } from './schema'

export interface PartnerShown {
  id: number
  name: string
  themes: Theme[]
  mission: string
  audience: string | null
  conditions: string | null
  address: string | null
  phone: string | null
  email: string | null
  website: string | null
  hours: string | null
  wheelchair: boolean
}

/** What the public reads of the partner `h`. */
export const partnerJson = Prisma.sql`json_build_object(
  'id', h.id, 'name', h.name, 'themes', array_to_json(h.themes::text[]), 'mission', h.mission,
  'audience', h.audience, 'conditions', h.conditions, 'address', h.address, 'phone', h.phone, 'email', h.email,
  'website', h.website, 'hours', h.hours, 'wheelchair', h.wheelchair)`

/** Whether the public reads of the partner `h`: until it is taken away or its last day ends, on its service's clock. */
export const isPartnerShown = (timeZone: Prisma.Sql, now: Date) => Prisma.sql`
  h.archived_at IS NULL
  AND (h.valid_until IS NULL OR h.valid_until >= (${now}::timestamptz AT TIME ZONE ${timeZone})::date)`

const ofOrganization = ({ now }: Context) => isPartnerShown(Prisma.sql`o.time_zone`, now)

/** Who helps in a département, as its services say; one that several name is told once. Raw SQL: days by the clock of each. */
export const partnersOfDepartment = query(departmentInput, async (ctx: Context, { code }) => {
  const department = orNotFound(departmentOf(code), 'department')
  const rows = await ctx.tx.$queryRaw<{ partner: PartnerShown }[]>`
    SELECT ${partnerJson} AS partner FROM partner h JOIN organization o ON o.id = h.organization_id
     WHERE o.department_code = ${department.code} AND ${ofOrganization(ctx)} ORDER BY h.name, h.id`
  const told = new Map(
    rows.map(({ partner }) => [`${partner.name}|${partner.address ?? ''}|${partner.phone ?? ''}`, partner]),
  )
  return { department, partners: [...told.values()] }
})

const searchInput = z.object({ text: z.string().max(100) })
const foundAtMost = 10

/** Who helps and is named so, each word or its beginning, once a département. Raw SQL: a search. */
export const findPartners = query(
  searchInput,
  async (ctx: Context, { text }): Promise<{ name: string; departmentCode: string }[]> => {
    const words = fold(text)
      .split(' ')
      .filter((word) => word.length > 1)
    if (words.length === 0) return []
    return ctx.tx.$queryRaw`
      SELECT DISTINCT h.name, o.department_code AS "departmentCode"
        FROM partner h JOIN organization o ON o.id = h.organization_id
       WHERE ' ' || fold_text(h.name) LIKE ALL (${words.map((word) => `% ${word}%`)}) AND ${ofOrganization(ctx)}
       ORDER BY h.name, o.department_code LIMIT ${foundAtMost}`
  },
)

/** The départements where a service named somebody who helps. Raw SQL: days by the clock of each. */
export const departmentsWithPartners = query(noInput, async (ctx: Context) => {
  const rows = await ctx.tx.$queryRaw<{ code: string }[]>`
    SELECT DISTINCT o.department_code AS code FROM partner h JOIN organization o ON o.id = h.organization_id
     WHERE ${ofOrganization(ctx)} ORDER BY code`
  return rows.map(({ code }) => code)
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
