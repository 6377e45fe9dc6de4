import { Link } from 'react-router-dom'
import { attentionDays } from '../../resources/appointment/rules'
import { seatsAhead } from '../../resources/slot/rules'
import { warnedDays } from '../../resources/retention/rules'
import { countedUpTo } from '../../resources/shared/counted'
import { count, formatBirth, formatDay, formatHour, fullName } from '../../resources/shared/french'
import { paths } from '../paths'
import { Alert } from '../ui/alert'
import { Button } from '../ui/button'
import { Icon, type IconName } from '../ui/icon'
import { listOf, said, type HomeData, type SaidBy } from './data'
import styles from './home.module.css'

interface Tile {
  icon: IconName
  tone: 'bad' | 'warn' | 'info'
  number: number
  one: string
  several: string
  detail: string
  to: string
}

/** What leaves a hearing: counted among the tiles of those who prepare or receive it. */
const exitWords: Readonly<Record<string, readonly [one: string, several: string]>> = {
  hearing_exit_sentence_judge: ['sortie d’audience JAP', 'sorties d’audience JAP'],
  hearing_exit_probation: ['sortie d’audience SPIP', 'sorties d’audience SPIP'],
  electronic_tag_fitting: ['pose de bracelet', 'poses de bracelet'],
}

/** What waits for an act; what waits for nothing is not there. */
export function Waiting({ data, onRetry }: { data: HomeData; onRetry: () => void }) {
  const { cards } = data
  const tiles = tilesOf(data).filter(({ number }) => number > 0)
  const isUnread = [
    cards.unreached,
    cards.withoutMobile,
    cards.unsettled,
    cards.withoutDate,
    cards.endings,
    cards.divestments,
    cards.seats,
    cards.requests,
    cards.texts,
    cards.siteRequests,
    cards.exits,
  ].some((answer) => answer?.failed)
  return (
    <>
      {isUnread && (
        <Alert tone="warn" announce="status" title="Une partie de ce qui attend n’a pas pu être lue">
          <div className="cluster">
            <Button onClick={onRetry}>Réessayer</Button>
          </div>
        </Alert>
      )}
      {tiles.length === 0 && !isUnread && !said(cards.failing)?.services.length && (
        <NothingWaits data={data} />
      )}
      {tiles.length > 0 && (
        <ul className={styles.tiles} aria-label="À traiter">
          {tiles.map(({ icon, tone, number, one, several, detail, to }) => (
            <li className="surface" key={several}>
              <Link to={to}>
                <span className={styles.sign} data-tone={tone}>
                  <Icon name={icon} />
                </span>
                <b>{number > countedUpTo ? '1 000 et plus' : number}</b>
                <span>
                  {number > 1 ? several : one}
                  <small>{detail}</small>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function tilesOf(data: HomeData): Tile[] {
  const { cards } = data
  const unreached = said(cards.unreached)
  const requests = said(cards.requests)
  const seats = said(cards.seats) ?? []
  const endings = said(cards.endings) ?? { archived: 0, erased: 0 }
  return [
    {
      icon: 'message',
      tone: 'bad',
      number: unreached?.total ?? 0,
      one: 'SMS à vérifier',
      several: 'SMS à vérifier',
      detail: 'non reçus, ou numéro à corriger',
      to: paths.unreached(unreached?.scope ?? 'service'),
    },
    {
      icon: 'phone',
      tone: 'warn',
      number: said(cards.withoutMobile) ?? 0,
      one: 'portable à compléter',
      several: 'portables à compléter',
      detail: `avec une convocation d’ici ${attentionDays} jours`,
      to: listOf(data, 'view=to_come&attention=no_mobile'),
    },
    {
      icon: 'clock',
      tone: 'warn',
      number: said(cards.unsettled)?.total ?? 0,
      one: 'issue à renseigner',
      several: 'issues à renseigner',
      detail: 'la personne est-elle venue\u00a0?',
      to: listOf(data, 'view=outcome_missing'),
    },
    {
      icon: 'calendar',
      tone: 'info',
      number: said(cards.withoutDate) ?? 0,
      one: 'personne sans date',
      several: 'personnes sans date',
      detail: 'aucune convocation à venir',
      to: `${paths.probationers}?withoutAppointment=on&mine=on`,
    },
    {
      icon: 'lock',
      tone: 'warn',
      number: endings.archived + endings.erased,
      one: 'fiche arrive à sa fin',
      several: 'fiches arrivent à leur fin',
      detail: `${endingsSaid(endings)} d’ici ${warnedDays} jours`,
      to: `${paths.probationers}?ending=any${data.mine ? '&mine=on' : ''}`,
    },
    {
      icon: 'calendar',
      tone: seats[0]?.free === 0 ? 'bad' : 'warn',
      number: new Set(seats.map(({ agendaId }) => agendaId)).size,
      one: 'agenda presque complet',
      several: 'agendas presque complets',
      detail: seats[0] ? `${seats[0].agenda}\u00a0: ${seatsSaid(seats[0].free)}` : '',
      to: `${paths.resourceAction('Slot', 'calendar')}${seats[0] ? `?agendaId=${seats[0].agendaId}` : ''}`,
    },
    {
      icon: 'swap',
      tone: 'warn',
      number: said(cards.divestments) ?? 0,
      one: 'dessaisissement à traiter',
      several: 'dessaisissements à traiter',
      detail: 'une réponse est attendue',
      to: paths.resource('Divestment'),
    },
    {
      icon: 'paper',
      tone: requests?.late ? 'bad' : 'warn',
      number: requests?.total ?? 0,
      one: 'demande sur les données à répondre',
      several: 'demandes sur les données à répondre',
      detail: requests ? requestsSaid(requests) : '',
      to: paths.resource('RightsRequest'),
    },
    {
      icon: 'pen',
      tone: 'warn',
      number: said(cards.texts)?.total ?? 0,
      one: 'texte de SMS proposé',
      several: 'textes de SMS proposés',
      detail: 'une réponse est attendue',
      to: paths.resource('MessageTemplateProposal'),
    },
    {
      icon: 'mail',
      tone: 'warn',
      number: said(cards.siteRequests) ?? 0,
      one: 'demande reçue par le site',
      several: 'demandes reçues par le site',
      detail: 'une réponse est attendue',
      to: `${paths.resource('SiteRequest')}?state=received`,
    },
    ...(said(cards.exits) ?? []).map(({ typeCode, total }): Tile => {
      const [one = '', several = ''] = exitWords[typeCode] ?? []
      return {
        icon: 'exit',
        tone: 'info',
        number: total,
        one,
        several,
        detail: 'aujourd’hui, dans le ressort',
        to: `${paths.appointments}?view=day&typeCode=${typeCode}&wholeJurisdiction=on`,
      }
    }),
  ]
}

const seatsSaid = (free: number) =>
  `${free === 0 ? 'aucune place libre' : count(free, 'place libre', 'places libres')} d’ici ${seatsAhead} jours`

/** "2 effacées, 1 archivée" */
const endingsSaid = ({ archived, erased }: SaidBy<'endings'>) =>
  [
    erased > 0 && count(erased, 'effacée'),
    archived > 0 && count(archived, 'archivée d’elle-même', 'archivées d’elles-mêmes'),
  ]
    .filter(Boolean)
    .join(', ')

/** "dont 1 en retard", "la première avant le 4 novembre 2026" */
const requestsSaid = ({ total, late, firstDueOn }: SaidBy<'requests'>) => {
  if (late > 0) return late > countedUpTo ? 'en retard' : `dont ${late.toLocaleString('fr-FR')} en retard`
  return firstDueOn ? `${total > 1 ? 'la première ' : ''}avant le ${formatBirth(firstDueOn)}` : ''
}

function NothingWaits({ data }: { data: HomeData }) {
  const { cards } = data
  const isDayDone = said(cards.todays)?.minutesToNext === null
  const next = isDayDone ? said(cards.next)?.rows[0] : undefined
  return (
    <Alert tone="ok" title="Rien n’attend.">
      <p>
        {cards.unsettled
          ? 'Aucun SMS en échec, aucune issue à renseigner'
          : 'Aucun SMS en échec pour les prochaines convocations'}
        {data.mine ? ', pour vos convocations.' : '.'}
        {next && (
          <>
            {' '}
            Prochaine convocation{'\u00a0'}: {formatDay(next.date)} à {formatHour(next.time)},{' '}
            {fullName(next.probationer)}.
          </>
        )}
      </p>
    </Alert>
  )
}
