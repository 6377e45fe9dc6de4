import type { Prisma } from '@prisma/client'
import type { Actor } from '../../shared/actor'
import { belonging, permits, reachOf, rightsTable, scopeOf } from '../../shared/rights'

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

/** Who proposes texts at all, for their own service. */
export const mayPropose = (actor: Actor): boolean =>
  actor.kind === 'agent' && reachOf(actor, table, 'propose').length > 0

/** Who opens the editor: whoever writes or proposes. */
export const mayOpenTexts = (actor: Actor): boolean => mayManageTemplates(actor, 'index') || mayPropose(actor)

/** Whose texts the editor shows: those of a service, or the common ones. */
export const mayReadTexts = (actor: Actor, { organizationId }: { organizationId: number | null }): boolean =>
  mayManageTemplates(actor, 'index') ||
  (organizationId !== null && mayProposeTemplate(actor, { organizationId }))

/** Every template, or those a proposal may start from: the own service's, and the defaults. */
export const templatesVisibleTo = (actor: Actor): Prisma.MessageTemplateWhereInput =>
  mayManageTemplates(actor, 'index')
    ? {}
    : scopeOf(actor, table, 'propose', (agent) => ({
        O: { OR: [{ organizationId: agent.organization.id }, { organizationId: null }] },
      }))

/** What services propose: all of it, or what the own one does. */
export const proposalsVisibleTo = (actor: Actor): Prisma.MessageTemplateProposalWhereInput =>
  mayManageTemplates(actor, 'decide')
    ? {}
    : scopeOf(actor, table, 'propose', (agent) => ({ O: { organizationId: agent.organization.id } }))
