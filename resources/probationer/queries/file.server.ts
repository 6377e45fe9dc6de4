import type { Prisma } from '@prisma/client'
import { roleNames } from '../../agent/fr'
import { stateWords } from '../../appointment/fr'
import { recordAudit } from '../../audit/commands.server'
import { readingsOf } from '../../audit/readings.sql.server'
import { divestmentStateWords } from '../../divestment/fr'
import { historySentence } from '../../history'
import { historyData, type HistoryData } from '../../history-entry/schema'
import { messageKindLabels, messageStateWords } from '../../message/fr'
import { withoutStopLink } from '../../message/sms-text'
import { requestKindWords, requestOutcomeWords } from '../../rights-request/fr'
import { ownStateWords } from '../../probationer-space/fr'
import { ownStateOf } from '../../probationer-space/rules'
import type { AgentActor, ProbationerActor } from '../../shared/actor'
import { civilDateFromDb, civilOf, type CivilDate, type CivilTime } from '../../shared/civil-time'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound } from '../../shared/errors'
import type { FileLine } from '../file-words'
import { mayOnProbationer, probationerFacts, probationersVisibleTo } from '../policy'
import { probationerIdInput } from '../schema'

/** All that is held about a person, by chapter, in words that they can read. */
export interface PersonFile {
  madeOn: CivilDate
  madeAt: CivilTime
  chapters: readonly { title: string; lines: readonly FileLine[] }[]
}

/**
 * All the data of one person, for them: the right of access (loi Informatique et Libertés, art. 105). Of readings,
 * the date and the service, never a name (decision P10). Traced.
 */
export const personFile = query(
  probationerIdInput,
  async (ctx: Context<AgentActor>, { probationerId }): Promise<PersonFile> => {
    const person = orNotFound(
      await ctx.tx.probationer.findFirst({
        where: { AND: [{ id: probationerId }, probationersVisibleTo(ctx.actor)] },
        select: held,
      }),
      'probationer',
    )
    assertAllowed(mayOnProbationer(ctx.actor, 'export', person), 'export the data of a person')
    const file = await fileOf(
      ctx,
      person,
      probationerId,
      ctx.actor.organization.timeZone,
      ({ type, state }) => ({ objet: type.label, issue: stateWords[state] }),
    )
    // After it, for it is none of the readings that it tells.
    await recordAudit(ctx, {
      ...{ action: 'export', subject: 'probationer', subjectId: probationerId, probationerId },
    })
    return file
  },
)

/** The same, taken by the person, in the words of their space. Whose it is comes from who asks. */
export async function ownPersonFile(ctx: Context<ProbationerActor>, zone: string): Promise<PersonFile> {
  const { id } = ctx.actor
  const person = orNotFound(
    await ctx.tx.probationer.findUnique({ where: { id }, select: held }),
    'probationer',
  )
  return fileOf(ctx, person, id, zone, ({ type, ...one }) => ({
    objet: type.publicLabel,
    issue: ownStateWords[ownStateOf(one, ctx.now)].word,
  }))
}

/** What an appointment is and what became of it, as its reader calls them. */
type AppointmentWords = (appointment: Held['appointments'][number]) => { objet: string; issue: string }

async function fileOf(
  ctx: Context,
  person: Held,
  probationerId: number,
  zone: string,
  appointmentWords: AppointmentWords,
): Promise<PersonFile> {
  const readings = await readingsOf(ctx, probationerId)
  const { date, time } = civilOf(ctx.now, zone)
  return {
    ...{ madeOn: date, madeAt: time },
    chapters: [
      ...chaptersOf(person, zone, appointmentWords),
      {
        title: 'Lectures de la fiche depuis un an',
        lines: readings.map(({ at, service }) => ({ ...moment(at, zone), service })),
      },
    ],
  }
}

const held = {
  ...probationerFacts,
  ...{ lastName: true, firstName: true, dateOfBirth: true, appiNumber: true, phone: true },
  ...{ hasNoMobilePhone: true, smsOptOut: true, isHomeless: true, livesAbroad: true, createdAt: true },
  ...{ followedByAntiTerrorismJudge: true, limitedAt: true },
  city: { select: { name: true, departmentCode: true } },
  mergedRecords: {
    where: { appiNumber: { not: null } },
    select: { appiNumber: true, mergedAt: true },
    orderBy: { id: 'asc' },
  },
  assignedAgent: { select: { organization: { select: { name: true } } } },
  followings: {
    select: { since: true, organization: { select: { name: true, timeZone: true } } },
    orderBy: { id: 'asc' },
  },
  appointments: {
    select: {
      ...{ startsAt: true, state: true, prosecutionNumber: true },
      type: { select: { label: true, publicLabel: true } },
      place: { select: { name: true, address: true } },
      organization: { select: { timeZone: true } },
      customColumnValues: { select: { value: true, customColumn: { select: { name: true } } } },
    },
    orderBy: { startsAt: 'desc' },
  },
  messages: {
    select: {
      kind: true,
      state: true,
      endReason: true,
      dueAt: true,
      sentAt: true,
      phone: true,
      textSent: true,
    },
    orderBy: { dueAt: 'desc' },
  },
  divestments: {
    select: {
      ...{ state: true, targetOrganizationId: true, createdAt: true, decidedAt: true },
      targetOrganization: { select: { name: true } },
    },
    orderBy: { id: 'desc' },
  },
  rightsRequests: {
    select: { kind: true, receivedOn: true, answeredOn: true, outcome: true, answer: true },
    orderBy: { id: 'desc' },
  },
  spaceAccount: { select: { lastInvitedAt: true, acceptedAt: true } },
  historyEntries: {
    select: { at: true, event: true, data: true, actorRole: true },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
  },
} as const satisfies Prisma.ProbationerSelect

/** What agents write to each other, and their names, are not data of the person. */
const toldToThem = (
  { agent: _agent, comment: _comment, reason, ...data }: HistoryData,
  event: string,
): HistoryData => (event.startsWith('message.') ? { ...data, reason } : data)

const moment = (at: Date, zone: string) => {
  const { date, time } = civilOf(at, zone)
  return { date, heure: time }
}

type Held = Prisma.ProbationerGetPayload<{ select: typeof held }>

function chaptersOf(person: Held, zone: string, appointmentWords: AppointmentWords) {
  const day = (at: Date | null) => at && civilOf(at, zone).date
  const { city, spaceAccount: space } = person
  return [
    {
      title: 'Identité',
      lines: [
        {
          nom: person.lastName,
          prénom: person.firstName,
          naissance: person.dateOfBirth && civilDateFromDb(person.dateOfBirth),
          'numéro APPI': person.appiNumber,
          portable: person.phone,
          'sans portable': person.hasNoMobilePhone,
          'refuse les SMS': person.smsOptOut,
          commune: city && `${city.name} (${city.departmentCode})`,
          'sans domicile fixe': person.isHomeless,
          'habite à l’étranger': person.livesAbroad,
          'suivi par le juge antiterroriste': person.followedByAntiTerrorismJudge,
          'service du référent': person.assignedAgent?.organization.name ?? null,
          'fiche créée le': day(person.createdAt),
          'fiche archivée le': day(person.archivedAt),
          'traitement limité depuis le': day(person.limitedAt),
        },
      ],
    },
    {
      title: 'Autres numéros APPI, de fiches fusionnées',
      lines: person.mergedRecords.map(({ appiNumber, mergedAt }) => ({
        'fusionnée le': day(mergedAt),
        'numéro APPI': appiNumber,
      })),
    },
    {
      title: 'Suivi par',
      lines: person.followings.map(({ organization, since }) => ({
        service: organization.name,
        depuis: civilOf(since, organization.timeZone).date,
      })),
    },
    {
      title: 'Convocations',
      lines: person.appointments.map((one) => ({
        ...moment(one.startsAt, one.organization.timeZone),
        ...appointmentWords(one),
        lieu: one.place.name,
        adresse: one.place.address,
        'numéro de parquet': one.prosecutionNumber,
        ...Object.fromEntries(
          one.customColumnValues.map(({ customColumn, value }) => [customColumn.name, value]),
        ),
      })),
    },
    {
      title: 'SMS',
      lines: person.messages.map((message) => ({
        ...moment(message.sentAt ?? message.dueAt, zone),
        objet: messageKindLabels[message.kind],
        état: messageStateWords(message).word,
        numéro: message.phone,
        texte: message.textSent && withoutStopLink(message.textSent),
      })),
    },
    {
      title: 'Dessaisissements',
      lines: person.divestments.map((one) => ({
        'demandé le': day(one.createdAt),
        'demandé par': one.targetOrganization.name,
        état: divestmentStateWords[one.state].word,
        'terminé le': day(one.decidedAt),
      })),
    },
    {
      title: 'Demandes sur ces données',
      lines: person.rightsRequests.map(({ kind, receivedOn, answeredOn, outcome, answer }) => ({
        'reçue le': civilDateFromDb(receivedOn),
        objet: requestKindWords[kind],
        'répondue le': answeredOn && civilDateFromDb(answeredOn),
        'suite donnée': outcome && requestOutcomeWords[outcome],
        réponse: answer,
      })),
    },
    {
      title: 'Espace personnel',
      lines: space ? [{ 'invitation du': day(space.lastInvitedAt), 'créé le': day(space.acceptedAt) }] : [],
    },
    {
      title: 'Historique de la fiche',
      lines: person.historyEntries.map(({ at, event, data, actorRole }) => ({
        ...moment(at, zone),
        fait: historySentence(event, toldToThem(historyData.parse(data), event)),
        par: actorRole && roleNames[actorRole],
      })),
    },
  ]
}
