import { useId, type ReactNode } from 'react'
import { useSearchParams } from 'react-router-dom'
import { formatInstant } from '../../../resources/shared/french'
import { percent, tooFew } from '../../../resources/reporting/fr'
import { countedEveryWords, definitions, periodLabels } from '../../../resources/watch/fr'
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
import type { Counted, SupervisionData } from './data'
import { Credit, Receipts, Runs, WaitingFigures } from './now'
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
    <Page title="Supervision des SMS" lede="Tout le pays, heure de Paris.">
      <StaleNote failure={failure} onRetry={reload} />
      <div className={styles.content}>
        <CardOf answer={cards.alerts} title="Alertes" onRetry={reload}>
          {(alerts) => <Alerts alerts={alerts} />}
        </CardOf>
        <Part title="Maintenant" when={`Tel que lu le ${at(data.now)}, relu chaque minute.`}>
          <CardOf answer={cards.waiting} title="SMS en attente" onRetry={reload}>
            {(waiting) => <WaitingFigures waiting={waiting} now={data.now} />}
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
        </Part>
        <Part title="Sur une période" when={<span role="status">{countedWords(data)}</span>}>
          <Tabs
            label="Période"
            current={data.period}
            tabs={periodCodes.map((code) => ({
              ...{ value: code, label: periodLabels[code], to: `?period=${code}` },
            }))}
          />
          <CardOf answer={cards.figures} title="Chiffres de la période" onRetry={reload}>
            {(counted) => <Figures counted={counted} />}
          </CardOf>
        </Part>
      </div>
    </Page>
  )
}

const at = (instant: string) => formatInstant(new Date(instant), teamZone)

/** What is of one time, which is said. */
function Part({ title, when, children }: { title: string; when: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section className={styles.content} aria-labelledby={id}>
      <div>
        <h2 id={id}>{title}</h2>
        <p className="hint">{when}</p>
      </div>
      {children}
    </section>
  )
}

function countedWords({ period, cards: { figures } }: SupervisionData): string {
  if (figures.failed || !figures.data) return `Comptés ${countedEveryWords(period)} par le programme d’envoi.`
  const { computedAt, isOld } = figures.data
  return isOld
    ? `Comptés le ${at(computedAt)}\u00a0: ils ne le sont plus.`
    : `Comptés ${countedEveryWords(period)}, la dernière fois le ${at(computedAt)}.`
}

function Figures({ counted }: { counted: Counted | null }) {
  if (!counted)
    return (
      <Card label="Aucun chiffre">
        <Empty icon="clock" title="Les chiffres arrivent">
          <p className="hint">Le programme d’envoi les compte dans la minute.</p>
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
      </KeyFigures>
      <div className={styles.halves}>
        <States figures={figures} />
        <Reasons figures={figures} />
      </div>
      <div className={styles.halves}>
        <Services counted={counted} />
        <Prefixes figures={figures} />
      </div>
      <Parts counted={counted} />
    </>
  )
}
