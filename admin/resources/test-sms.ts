import { messageStateWords } from '../../resources/message/fr'
import type { AgentActor } from '../../resources/shared/actor'
import type { Context } from '../../resources/shared/context'
import { agentName, formatBriefDay, formatHour } from '../../resources/shared/french'
import { formatPhone } from '../../resources/shared/phone'
import { sendTestSms } from '../../resources/test-sms/commands.server'
import { maySendTestSms, testSmsVisibleTo } from '../../resources/test-sms/policy'
import { listTestSms } from '../../resources/test-sms/queries.server'
import type { CellValue } from '../define/cells'
import type { ListRequest } from '../define/list'
import { defineResource } from '../define/resource'
import { paths } from '../paths'

/** While something may become of a test that is shown. */
const readAgainEvery = 3_000

const readList = async (ctx: Context<AgentActor>, { page, perPage }: ListRequest) => {
  const { awaited, ...list } = await listTestSms(ctx, { page, perPage })
  return { ...list, ...(awaited && { again: readAgainEvery }) }
}
type TestLine = Awaited<ReturnType<typeof readList>>['rows'][number]

export const testSms = defineResource('TestSms', {
  visibleTo: testSmsVisibleTo,
  mayOpen: maySendTestSms,
  navigation: { section: 'service', icon: 'send' },
  title: 'state',
  columns: ['state', 'textSent', 'createdAt', 'sentAt', 'deliveredAt'],
  facts: { id: true },
  nameOf: ({ id }) => `SMS d’essai ${id}`,
  words: {
    plural: 'SMS d’essai',
    noun: ['SMS d’essai', 'SMS d’essai'],
    columns: {
      state: 'État',
      textSent: 'Texte',
      createdAt: 'Demandé le',
      sentAt: 'Parti le',
      deliveredAt: 'Reçu le',
    },
    values: {
      state: {
        ...{
          planned: 'Prévu',
          sending: 'Envoi en cours',
          sent: 'Parti',
          delivered: 'Reçu',
          failed: 'Non reçu',
        },
        ...{
          expired: 'Non envoyé',
          suppressed: 'Non envoyé',
          cancelled: 'Retiré',
          unknown: 'En vérification',
        },
      },
    },
    fields: { phone: 'Portable, de métropole ou d’outre-mer' },
  },
  list: {
    columns: [
      {
        key: 'phone',
        label: 'Numéro',
        unbroken: true,
        cell: ({ id, phone }: TestLine) => ({
          text: formatPhone(phone),
          to: paths.record('TestSms', id),
        }),
      },
      {
        key: 'when',
        label: 'Demandé le',
        unbroken: true,
        named: true,
        cell: ({ date, time }) => `${formatBriefDay(date)}, ${formatHour(time)}`,
      },
      { key: 'state', label: 'État', cell: stateCell },
      { key: 'advice', label: 'Ce que cela veut dire', cell: (line) => adviceOfTest(line) },
      { key: 'agent', label: 'Par', named: true, cell: ({ agent }) => agent && agentName(agent) },
    ],
    filters: [],
    empty: {
      title: 'Aucun SMS d’essai ces trente derniers jours',
      hint: 'Avant d’ouvrir un service d’outre-mer, envoyez-en un au portable d’un collègue sur place.',
    },
    read: readList,
  },
  actions: (act) => ({
    new: act.resource({
      command: sendTestSms,
      may: maySendTestSms,
      look: 'main',
      icon: 'send',
      words: {
        button: 'Envoyer un SMS d’essai',
        lede: 'Un texte à nous, sans rien sur personne\u00a0: il dit d’où il part et son expéditeur. Cinq en vingt-quatre heures au plus. Le numéro reste trente jours dans la liste de l’équipe.',
        submit: 'Envoyer le SMS d’essai',
        done: () => 'Le SMS d’essai part.',
      },
      next: () => paths.resource('TestSms'),
    }),
  }),
})

function stateCell(line: TestLine): CellValue {
  const { word, tone } = messageStateWords(line)
  return { text: word, tone }
}

/** What it says of the number, of the provider or of us; of one that arrived, that SMS arrive there. */
function adviceOfTest(line: TestLine): string | null {
  switch (line.state) {
    case 'delivered':
      return 'Les SMS arrivent à ce numéro.'
    case 'failed':
    case 'expired':
    case 'suppressed':
      return 'Il n’est pas arrivé\u00a0: essayez un autre numéro, puis écrivez à l’opérateur.'
    default:
      if (line.phoneOff) return 'Le téléphone est éteint ou hors réseau\u00a0: l’opérateur réessaie.'
      return line.endReason === 'no_receipt' ? 'Sans accusé\u00a0: on ne sait pas s’il est arrivé.' : null
  }
}
