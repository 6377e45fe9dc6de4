import type { Prisma } from '@prisma/client'
import type { Actor } from '../../shared/actor'
import { belonging, permits, rightsTable, scopeOf } from '../../shared/rights'

const table = rightsTable(`
action  CA LC LP SJ CS SC HS HX BX PD PC ED PS MO SP
index   A  –  –  –  –  –  –  –  –  –  –  –  –  –  –
edit    A  –  –  –  –  –  –  –  –  –  –  –  –  –  –
restore A  –  –  –  –  –  –  –  –  –  –  –  –  –  –
propose –  O  O  –  –  –  –  –  –  –  –  –  –  –  –
decide  A  –  –  –  –  –  –  –  –  –  –  –  –  –  –
`)

/** Writing templates, giving a service its default text back, answering what a service proposes. */
export const mayManageTemplates = (actor: Actor, action: 'index' | 'edit' | 'decide'): boolean =>
  permits(actor, table, action)

/** Only the text of a service goes back to the default one: the default has nothing to go back to. */
export const mayRestoreTemplate = (actor: Actor, template: { organizationId: number | null }): boolean =>
  template.organizationId !== null && permits(actor, table, 'restore')

/** Proposing another text for a service. */
export const mayProposeTemplate = (actor: Actor, { organizationId }: { organizationId: number }): boolean =>
  permits(actor, table, 'propose', (agent) => belonging(agent, [organizationId]))

/** Every template, or those a proposal may start from: the own service's, and the defaults. */
export const templatesVisibleTo = (actor: Actor): Prisma.MessageTemplateWhereInput =>
  mayManageTemplates(actor, 'index')
    ? {}
    : scopeOf(actor, table, 'propose', (agent) => ({
        O: { OR: [{ organizationId: agent.organization.id }, { organizationId: null }] },
      }))
