import type { ComponentName } from './frame/registry'

/**
 * The pages that are not a list or a record, served at /admin/pages/<name>: their component is in
 * frame/registry.ts, what they read and ask in api-table.ts.
 */
export const pages = {
  'enregistrer-et-convoquer': { component: 'Book' },
  'convocation-a-imprimer': { component: 'Summons' },
  'modifier-la-fiche': { component: 'EditProbationer' },
  'inviter-un-agent': { component: 'InviteAgent' },
} satisfies Record<string, { component: ComponentName }>
