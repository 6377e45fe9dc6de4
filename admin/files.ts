/**
 * Files that leave the back office: lists for a spreadsheet or on paper, the figures, summonses, all the data of one
 * person. The queries decide who may, and trace it; what is looked for is posted, since it may be somebody's name.
 */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Router, type RequestHandler } from 'express'
import { stateWords } from '../resources/appointment/fr'
import {
  appointmentsToExport,
  appointmentsToPrint,
  exportedAppointments,
} from '../resources/appointment/queries/list-file.server'
import type { AppointmentLine } from '../resources/appointment/queries/list.server'
import { summonsPages } from '../resources/appointment/queries/summons.server'
import { deliveryWords } from '../resources/message/fr'
import type { Context } from '../resources/shared/context'
import { hearingExitDesk } from '../resources/hearing-exit/queries/desk.server'
import { personFile, type PersonFile } from '../resources/probationer/queries/file.server'
import { exportedPersons, personsToExport } from '../resources/probationer/queries/list-file.server'
import type { ProbationerLine } from '../resources/probationer/queries/list.server'
import { decimal, monthWords, percent, tooFew } from '../resources/reporting/fr'
import { figuresToExport, type Figures } from '../resources/reporting/queries/figures.server'
import { missedShare, partsOfText, pastOf, type Counts } from '../resources/reporting/rules'
import type { AgentActor } from '../resources/shared/actor'
import { csvOf, csvRowsOf } from '../resources/shared/csv'
import { NotFound } from '../resources/shared/errors'
import { agentName, formatShortDate } from '../resources/shared/french'
import { formatPhone } from '../resources/shared/phone'
import { countSearch } from '../resources/shared/throttle.server'
import { read } from '../resources/shared/transact.server'
import { actorOf, answering, refuseRequest, type AsyncHandler } from './door'
import { drawDesk } from './desk-pdf'
import { drawList } from './list-pdf'
import { asAsked } from './resources/appointment'
import { drawSummonses } from './summons-pdf'
import { filtersOfPersons } from './resources/probationer'
import { drawPersonFile } from './person-pdf'

export function fileRouter(): Router {
  const router = Router()
  router.get('/probationers/:probationerId/donnees.json', answering(sendJson))
  router.get('/probationers/:probationerId/donnees.pdf', answering(sendPdf))
  router.post('/probationnaires.csv', answering(sendList))
  router.get('/sorties-audience.pdf', answering(sendDesk))
  router.get('/statistiques.csv', answering(sendFigures))
  router.post('/convocations.csv', answering(sendAppointments))
  router.post('/liste-convocations.pdf', answering(printAppointments))
  router.get('/convocations.pdf', answering(sendSummonses))
  router.use((req, res, next) => refuseRequest(req, res, next, 404, 'Cette adresse n’existe pas.'))
  return router
}

const fileOf = (req: Parameters<RequestHandler>[0]): Promise<PersonFile> =>
  read(actorOf(req), (ctx) => personFile(ctx, { probationerId: Number(req.params.probationerId) }))

const sendJson: AsyncHandler = async (req, res) => {
  const { madeOn, madeAt, chapters } = await fileOf(req)
  res.attachment(`donnees-${req.params.probationerId}.json`).type('application/json; charset=utf-8')
  const data = {
    'établi le': madeOn,
    à: madeAt,
    ...Object.fromEntries(chapters.map(({ title, lines }) => [title, lines])),
  }
  res.send(JSON.stringify(data, null, 2))
}

const sendPdf: AsyncHandler = async (req, res) => {
  const file = await fileOf(req)
  res.attachment(`donnees-${req.params.probationerId}.pdf`).type('application/pdf')
  drawPersonFile(file).pipe(res)
}

const columns: readonly [label: string, cell: (person: ProbationerLine) => string | null][] = [
  ['Nom', ({ lastName }) => lastName],
  ['Prénom', ({ firstName }) => firstName],
  ['Naissance', ({ dateOfBirth }) => dateOfBirth && formatShortDate(dateOfBirth)],
  ['N° APPI', ({ appiNumber }) => appiNumber],
  ['Portable', ({ phone }) => phone && formatPhone(phone)],
  ['Suivi par', ({ organizations }) => organizations.join(', ')],
  ['Référent', ({ assignedAgent }) => assignedAgent && agentName(assignedAgent)],
  [
    'Prochaine convocation',
    ({ nextAppointment: next }) => next && `${formatShortDate(next.date)} ${next.time}`,
  ],
  ['Type', ({ nextAppointment: next }) => next && next.label],
  ['Archivée', ({ archived }) => (archived ? 'oui' : '')],
]

/** Read a few at a time, and sent as they are read: a file is never whole in memory. */
const linesAtOnce = 1_000

const sendList: AsyncHandler = async (req, res) => {
  const actor = actorOf(req)
  await countSearch(actor.id)
  const ids = await read(actor, (ctx) => personsToExport(ctx, filtersOfPersons(askedIn(req.body))))
  res.attachment('probationnaires.csv').type('text/csv; charset=utf-8')
  await pipeline(Readable.from(linesOf(actor, ids, columns, exportedPersons)), res)
}

async function* linesOf<Line>(
  actor: AgentActor,
  ids: readonly number[],
  columns: readonly (readonly [label: string, cell: (line: Line) => string | null])[],
  readSome: (ctx: Context<AgentActor>, ids: readonly number[]) => Promise<Line[]>,
): AsyncGenerator<string> {
  yield csvOf([columns.map(([label]) => label)])
  for (let from = 0; from < ids.length; from += linesAtOnce) {
    const some = ids.slice(from, from + linesAtOnce)
    const lines = await read(actor, (ctx) => readSome(ctx, some))
    yield csvRowsOf(lines.map((line) => columns.map(([, cell]) => cell(line) ?? '')))
  }
}

/** The month of a hearing-exit desk, as its address asks. */
const sendDesk: AsyncHandler = async (req, res) => {
  const { typeCode, shown } = await read(actorOf(req), (ctx) => hearingExitDesk(ctx, req.query as never))
  if (!shown) throw new NotFound('agenda')
  res.attachment(`sorties-audience-${shown.month}.pdf`).type('application/pdf')
  drawDesk(typeCode, shown).pipe(res)
}

const figureColumns: readonly [label: string, cell: (counts: Counts) => string][] = [
  ['Passées', (counts) => String(pastOf(counts))],
  ['Honorées', ({ attended }) => String(attended)],
  ['Manquées', ({ missed }) => String(missed)],
  ['Excusées', ({ excused }) => String(excused)],
  ['Sans issue', ({ unsettled }) => String(unsettled)],
  ['Part manquée', (counts) => percent(missedShare(counts)) ?? tooFew],
  ['SMS envoyés', ({ textsSent }) => String(textsSent)],
  ['SMS reçus', ({ textsReceived }) => String(textsReceived)],
  ['Parties par SMS', (counts) => decimalOrNothing(partsOfText(counts))],
]
const decimalOrNothing = (value: number | null) => (value === null ? '' : decimal(value))

/** Whose figures these are, and of what alone: a file goes without its page. */
function wholeOf({ service, view, asked, choices }: Figures): string {
  const only = [
    choices.types.find(({ value }) => value === asked.typeCode),
    choices.places.find(({ value }) => value === String(asked.placeId)),
    choices.referents.find(({ value }) => value === String(asked.referentId)),
  ].flatMap((choice) => (choice ? [choice.label] : []))
  return [service?.name ?? 'France', view === 'own' && 'vos personnes seulement', ...only]
    .filter(Boolean)
    .join(', ')
}

/** The figures that a page shows, as its address asks: a line a value of each dimension. */
const sendFigures: AsyncHandler = async (req, res) => {
  const shown = await read(actorOf(req), (ctx) => figuresToExport(ctx, req.query as never))
  const lines: [by: string, label: string, counts: Counts][] = [
    ['Ensemble', wholeOf(shown), shown.whole],
    ...shown.months.map(
      ({ month, counts }) => ['Mois', monthWords(month), counts] as [string, string, Counts],
    ),
    ...(
      [
        ['Rappel', shown.reminders],
        ['Type', shown.types],
        ['Lieu', shown.places ?? []],
        ['Agent référent', shown.referents ?? []],
      ] as const
    ).flatMap(([by, some]) =>
      some.map(({ label, counts }) => [by, label, counts] as [string, string, Counts]),
    ),
  ]
  res.attachment(`statistiques-${shown.period.from}-${shown.period.to}.csv`).type('text/csv; charset=utf-8')
  res.send(
    csvOf([
      ['Par', 'Valeur', ...figureColumns.map(([label]) => label)],
      ...lines.map(([by, label, counts]) => [by, label, ...figureColumns.map(([, cell]) => cell(counts))]),
    ]),
  )
}

const appointmentColumns: readonly [label: string, cell: (line: AppointmentLine) => string | null][] = [
  ['Date', ({ date }) => formatShortDate(date)],
  ['Heure', ({ time }) => time],
  ['Nom', ({ probationer }) => probationer.lastName],
  ['Prénom', ({ probationer }) => probationer.firstName],
  ['Type', ({ type }) => type],
  ['Lieu', ({ place }) => place],
  ['Agenda', ({ agenda }) => agenda],
  ['Agent', ({ agent }) => agent && agentName(agent)],
  ['SMS', ({ delivery, probationer }) => deliveryWords(delivery, probationer.unreachable).word],
  ['État', ({ state }) => stateWords[state]],
]

const sendAppointments: AsyncHandler = async (req, res) => {
  const actor = actorOf(req)
  const ids = await read(actor, (ctx) => appointmentsToExport(ctx, asAsked(ctx, askedIn(req.body))))
  res.attachment('convocations.csv').type('text/csv; charset=utf-8')
  await pipeline(Readable.from(linesOf(actor, ids, appointmentColumns, exportedAppointments)), res)
}

const printAppointments: AsyncHandler = async (req, res) => {
  const { lines, ownOnly } = await read(actorOf(req), (ctx) =>
    appointmentsToPrint(ctx, asAsked(ctx, askedIn(req.body))),
  )
  res.attachment('liste-convocations.pdf').type('application/pdf')
  drawList(lines, { ownOnly }).pipe(res)
}

/** The papers whose ids its address gives, a page each: those that still hold. */
const sendSummonses: AsyncHandler = async (req, res) => {
  const { ids } = req.query
  const appointmentIds = typeof ids === 'string' ? ids.split(',') : []
  const papers = await read(actorOf(req), (ctx) => summonsPages(ctx, { appointmentIds }))
  const held = papers.filter(({ state, past }) => state === 'booked' && !past)
  if (held.length === 0) throw new NotFound('summons')
  res.attachment('convocations.pdf').type('application/pdf')
  drawSummonses(held).pipe(res)
}

/** What the address of the list says, text by text. */
const askedIn = (body: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(typeof body === 'object' && body !== null ? body : {}).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value.slice(0, 100).trim()] as const] : [],
    ),
  )
