import {
  cancelRelocation,
  registerRelocation,
} from '../../resources/place-relocation/commands/register.server'
import { relocationStateWords } from '../../resources/place-relocation/fr'
import { mayRelocatePlaces, relocationsVisibleTo } from '../../resources/place-relocation/policy'
import { listRelocations, newRelocation } from '../../resources/place-relocation/queries/list.server'
import { previewRelocation } from '../../resources/place-relocation/queries/preview.server'
import { whyNotCancelled } from '../../resources/place-relocation/rules'
import { previewRelocationInput } from '../../resources/place-relocation/schema'
import type { AgentActor } from '../../resources/shared/actor'
import { civilDateFromDb } from '../../resources/shared/civil-time'
import { query } from '../../resources/shared/command'
import type { Context } from '../../resources/shared/context'
import { count, formatDay, formatShortDate } from '../../resources/shared/french'
import type { ListRequest } from '../define/list'
import { defineResource } from '../define/resource'
import { paths } from '../paths'

const readList = (ctx: Context<AgentActor>, { page, perPage }: ListRequest) =>
  listRelocations(ctx, { page, perPage })
type Relocation = Awaited<ReturnType<typeof readList>>['rows'][number]

export const placeRelocations = defineResource('PlaceRelocation', {
  visibleTo: relocationsVisibleTo,
  mayOpen: mayRelocatePlaces,
  navigation: { section: 'service', icon: 'swap' },
  title: 'state',
  nameOf: ({ date, oldPlace }) =>
    `${oldPlace.name}\u00a0: déménagement du ${formatShortDate(civilDateFromDb(date))}`,
  columns: [
    'state',
    'oldPlace',
    'newPlace',
    'requestedBy',
    'preparedAt',
    'slotsMoved',
    'peopleMoved',
    'rulesCopied',
  ],
  facts: { date: true, preparedAt: true, state: true, oldPlace: { select: { name: true } } },
  words: {
    plural: 'Déménagements',
    noun: ['déménagement', 'déménagements'],
    columns: {
      oldPlace: 'Lieu quitté',
      newPlace: 'Nouveau lieu',
      state: 'État',
      preparedAt: 'Préparé le',
      slotsMoved: 'Créneaux déplacés',
      peopleMoved: 'Personnes attendues au nouveau lieu',
      rulesCopied: 'Créneaux récurrents repris',
      requestedBy: 'Demandé par',
    },
    fields: {
      oldPlaceId: 'Lieu qui déménage',
      date: 'Premier jour au nouveau lieu',
      name: 'Nom du nouveau lieu',
      address: 'Adresse',
      shortAddress: 'Adresse dans les SMS',
      mainContactMethod: 'Contact donné dans les SMS',
      phone: 'Téléphone',
      email: 'Adresse e-mail',
      confirmation: 'Confirmation\u00a0: le nom du lieu quitté',
    },
    hints: {
      shortAddress: '40 caractères au plus\u00a0; déduite de l’adresse si vous la laissez vide.',
      confirmation: 'Recopiez-le, une fois lu ce qui va changer.',
    },
    values: {
      state: { pending: 'À venir', done: 'Fait' },
      mainContactMethod: { phone: 'Le téléphone', email: 'L’adresse e-mail' },
    },
  },
  list: {
    columns: [
      {
        key: 'date',
        label: 'Date',
        unbroken: true,
        cell: ({ id, date }: Relocation) => ({
          text: formatDay(date),
          to: paths.record('PlaceRelocation', id),
        }),
      },
      { key: 'oldPlace', label: 'Lieu quitté', named: true, cell: ({ oldPlace }) => oldPlace },
      { key: 'newPlace', label: 'Nouveau lieu', named: true, cell: ({ newPlace }) => newPlace },
      {
        key: 'state',
        label: 'État',
        end: true,
        cell: ({ state }) => ({
          text: relocationStateWords[state],
          tone: state === 'done' ? 'off' : state === 'prepared' ? 'ok' : 'warn',
        }),
      },
    ],
    filters: [],
    empty: {
      title: 'Aucun déménagement',
      hint: 'Un déménagement fait est oublié un mois après.',
    },
    read: readList,
  },
  actions: (act) => ({
    new: act.resource({
      command: registerRelocation,
      may: mayRelocatePlaces,
      read: newRelocation,
      foreseen: 'foreseenOfRelocation',
      look: 'main',
      icon: 'plus',
      words: {
        button: 'Nouveau déménagement',
        title: 'Enregistrer un déménagement',
        lede: 'Dans une heure, ce qui est prévu à partir de ce jour passera au nouveau lieu. Jusque-là, cela s’annule.',
        submit: 'Enregistrer le déménagement',
        done: () => 'Déménagement enregistré. Il est préparé dans une heure\u00a0; un e-mail vous le dira.',
      },
      next: ({ id }) => paths.record('PlaceRelocation', id),
    }),
    cancel: act.record('relocationId', {
      command: cancelRelocation,
      may: mayRelocatePlaces,
      whyNot: whyNotCancelled,
      look: 'danger',
      words: {
        button: 'Annuler le déménagement',
        title: 'Annuler ce déménagement\u00a0?',
        lede: 'Rien n’a encore été déplacé. Le nouveau lieu disparaît.',
        submit: 'Annuler le déménagement',
        done: () => 'Déménagement annulé.',
      },
      next: () => paths.resource('PlaceRelocation'),
    }),
  }),
})

/** What leaves a place, in sentences. */
export const foreseenOfRelocation = query(
  previewRelocationInput,
  async (ctx: Context<AgentActor>, asked): Promise<string[]> => {
    const { place, date, slots, people, rules } = await previewRelocation(ctx, asked)
    return [
      `À partir du ${formatDay(date)}, changent de lieu\u00a0: ${count(slots, 'créneau', 'créneaux')}, ${count(people, 'personne attendue', 'personnes attendues')}, ${count(rules, 'créneau récurrent', 'créneaux récurrents')}.`,
      `«\u00a0${place}\u00a0» est archivé ce jour-là.`,
    ]
  },
)
