import { messageKindLabels, ofKind } from '../../resources/message/fr'
import {
  followDefault,
  restoreVersion,
  setReminder,
  writeText,
} from '../../resources/message/template/commands/text.server'
import { keptFor, reminderChoiceWords, scopeWords } from '../../resources/message/template/fr'
import { mayManageTemplates, mayOpenTexts, templatesVisibleTo } from '../../resources/message/template/policy'
import { textEditor } from '../../resources/message/template/queries/editor.server'
import { listOwnTexts } from '../../resources/message/template/queries/own-texts.server'
import type { AgentActor } from '../../resources/shared/actor'
import type { Context } from '../../resources/shared/context'
import { count, formatShortDate } from '../../resources/shared/french'
import type { ListRequest } from '../define/list'
import { defineResource } from '../define/resource'
import { paths } from '../paths'

const readList = async (ctx: Context<AgentActor>, { page, perPage }: ListRequest) => {
  const read = await listOwnTexts(ctx, { page, perPage })
  return { ...read, lede: `${count(read.total, 'texte personnalisé', 'textes personnalisés')}.` }
}
type OwnText = Awaited<ReturnType<typeof readList>>['rows'][number]

const mayWrite = (actor: AgentActor) => mayManageTemplates(actor, 'edit')

export const messageTemplates = defineResource('MessageTemplate', {
  visibleTo: templatesVisibleTo,
  mayOpen: mayOpenTexts,
  navigation: { section: 'service', icon: 'pen' },
  title: 'kind',
  columns: ['kind', 'type', 'organization'],
  words: {
    plural: 'Textes personnalisés',
    noun: ['texte', 'textes'],
    columns: { kind: 'Message', type: 'Type de convocation', organization: 'Service' },
    values: { kind: messageKindLabels },
  },
  list: {
    columns: [
      {
        key: 'service',
        label: 'Service',
        cell: ({ service, organizationId, type, typeCode, kind }: OwnText) => ({
          text: service,
          to: paths.textOfSms({ service: organizationId, type: typeCode, kind }),
          label: `${service}, ${type}, SMS ${ofKind[kind]}`,
        }),
      },
      { key: 'type', label: 'Type de convocation', cell: ({ type }) => type },
      { key: 'kind', label: 'Message', cell: ({ kind }) => messageKindLabels[kind] },
      {
        key: 'on',
        label: 'Personnalisé le',
        unbroken: true,
        cell: ({ on, by }) => (on ? { text: formatShortDate(on), ...(by && { sub: by }) } : null),
      },
    ],
    under: { label: 'Textes des SMS', href: paths.textOfSms({ service: null }) },
    filters: [],
    empty: {
      title: 'Aucun service n’a de texte à lui',
      hint: 'Tous envoient les textes communs.',
    },
    read: readList,
  },
  actions: (act) => ({
    texts: act.resourceScreen({
      may: mayOpenTexts,
      read: textEditor,
      screen: 'MessageTexts',
      landing: true,
      counted: 'proposalsToDecide',
      elsewhere: true,
      words: { button: 'Textes des SMS' },
    }),
    write: act.resource({
      command: writeText,
      may: mayWrite,
      immediate: true,
      elsewhere: true,
      words: {
        button: 'Enregistrer',
        done: ({ scope }) => `Texte enregistré ${keptFor(scope)}\u00a0: les prochains SMS l’utilisent.`,
      },
    }),
    restore: act.resource({
      command: restoreVersion,
      may: mayWrite,
      immediate: true,
      elsewhere: true,
      words: {
        button: 'Remettre en vigueur',
        done: ({ scope }) =>
          `Version remise en vigueur ${keptFor(scope)}\u00a0: les prochains SMS l’utilisent.`,
      },
    }),
    followDefault: act.resource({
      command: followDefault,
      may: mayWrite,
      immediate: true,
      elsewhere: true,
      words: {
        button: 'Revenir au texte commun',
        done: () => 'Ce service suit de nouveau le texte commun.',
      },
    }),
    setReminder: act.resource({
      command: setReminder,
      may: mayWrite,
      immediate: true,
      elsewhere: true,
      words: {
        button: 'Enregistrer le délai',
        done: ({ hours, scope }) =>
          `Délai du rappel enregistré ${scopeWords(scope)}\u00a0: ${reminderChoiceWords[hours].toLowerCase()}.`,
      },
    }),
  }),
})
