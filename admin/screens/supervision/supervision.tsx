import { useSearchParams } from 'react-router-dom'
import { formatInstant } from '../../../resources/shared/french'
import { percent, tooFew } from '../../../resources/reporting/fr'
import { definitions, lastedWords, periodLabels } from '../../../resources/watch/fr'
import { shareOf, teamZone } from '../../../resources/watch/rules'
import { periodCodes } from '../../../resources/watch/schema'
import { useQuery } from '../../client/query'
import { EmptyPage, StaleNote } from '../../frame/failures'
import { CardOf } from '../../home/card-of'
import { Card } from '../../ui/card'
import { Empty } from '../../ui/empty'
import { KeyFigure, KeyFigures } from '../../ui/key-figure'
import { Page } from '../../ui/page'
import { Tabs } from '../../ui/tabs'
import { Alerts } from './alerts'
import type { Counted, SaidBy, SupervisionData } from './data'
import { Credit, Receipts, Runs } from './now'
import styles from './supervision.module.css'
import { Parts, Prefixes, Reasons, Services, States } from './tables'

/** How SMS leave and arrive in the whole country, for the central team. */
export function Supervision() {
  const [asked] = useSearchParams()
  const period = periodCodes.find((code) => code === asked.get('period')) ?? '24h'
  const { data, failure, reload } = useQuery('supervision', { period }, { live: true, every: 60_000 })
  if (!data)
    return <EmptyPage title="Supervision des SMS" what="la supervision" failure={failure} onRetry={reload} />
  const { cards } = data
  return (
    <Page title="Supervision des SMS" lede={<span role="status">{ledeOf(data)}</span>}>
      <StaleNote failure={failure} onRetry={reload} />
      <div className={styles.content}>
        <CardOf answer={cards.alerts} title="Alertes" onRetry={reload}>
          {(alerts) => <Alerts alerts={alerts} />}
        </CardOf>
        <Tabs
          label="Période"
          current={data.period}
          tabs={periodCodes.map((code) => ({
            ...{ value: code, label: periodLabels[code], to: `?period=${code}` },
          }))}
        />
        <CardOf answer={cards.waiting} title="SMS en attente" onRetry={reload}>
          {(waiting) => (
            <CardOf answer={cards.figures} title="Chiffres de la période" onRetry={reload}>
              {(counted) => <Figures counted={counted} waiting={waiting} now={data.now} />}
            </CardOf>
          )}
        </CardOf>
        <div className={styles.halves}>
          <CardOf answer={cards.credit} title="Crédit" onRetry={reload}>
            {(credit) => <Credit credit={credit} />}
          </CardOf>
          <CardOf answer={cards.receipts} title="Accusés de réception" onRetry={reload}>
            {(receipts) => <Receipts receipts={receipts} />}
          </CardOf>
        </div>
        <CardOf answer={cards.runs} title="Tâches automatiques" onRetry={reload}>
          {(runs) => (
            <CardOf answer={cards.queue} title="File d’attente" onRetry={reload}>
              {(queue) => <Runs runs={runs} queue={queue} />}
            </CardOf>
          )}
        </CardOf>
      </div>
    </Page>
  )
}

function ledeOf({ cards: { figures } }: SupervisionData): string {
  const country = 'Tout le pays, heure de Paris.'
  if (figures.failed || !figures.data) return country
  const { computedAt, isOld } = figures.data
  const at = formatInstant(new Date(computedAt), teamZone)
  return isOld
    ? `${country} Chiffres du ${at}\u00a0: ils ne sont plus calculés.`
    : `${country} Chiffres du ${at}.`
}

function Figures({
  counted,
  waiting,
  now,
}: {
  counted: Counted | null
  waiting: SaidBy<'waiting'>
  now: string
}) {
  if (!counted)
    return (
      <Card label="Aucun chiffre">
        <Empty icon="clock" title="Les chiffres arrivent">
          <p className="hint">Ils sont calculés chaque minute par un worker.</p>
        </Empty>
      </Card>
    )
  const { figures } = counted
  return (
    <>
      <KeyFigures>
        <KeyFigure
          title="Remis à l’heure"
          value={percent(shareOf(figures.handedSoon, figures.due)) ?? tooFew}
        >
          <p className="hint">{definitions.handedSoon}</p>
        </KeyFigure>
        <KeyFigure
          title="Reçus en 5 minutes"
          value={percent(shareOf(figures.inFiveMinutes, figures.ofFiveMinutes)) ?? tooFew}
        >
          <p className="hint">{definitions.inFiveMinutes}</p>
        </KeyFigure>
        <KeyFigure
          title="Reçus en 1 heure"
          value={percent(shareOf(figures.inOneHour, figures.ofOneHour)) ?? tooFew}
        >
          <p className="hint">{definitions.inOneHour}</p>
        </KeyFigure>
        <KeyFigure
          title="Plus ancien en attente"
          value={
            waiting.oldestDueAt
              ? lastedWords(new Date(now).getTime() - new Date(waiting.oldestDueAt).getTime())
              : 'Aucun'
          }
        >
          <p className="hint">{definitions.oldestDue}</p>
          <p className="hint">
            {waiting.due.toLocaleString('fr-FR')} en attente, {waiting.sending.toLocaleString('fr-FR')} en
            cours d’envoi, {waiting.unknown.toLocaleString('fr-FR')} en vérification
          </p>
        </KeyFigure>
      </KeyFigures>
      <div className={styles.halves}>
        <States figures={figures} />
        <Reasons figures={figures} />
      </div>
      <div className={styles.halves}>
        <Services figures={figures} />
        <Prefixes figures={figures} />
      </div>
      <Parts counted={counted} />
    </>
  )
}
