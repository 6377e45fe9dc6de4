import { useState } from 'react'
import { count, formatDay, formatHour } from '../../resources/shared/french'
import { countedUpTo } from '../../resources/shared/counted'
import { useQuery } from '../client/query'
import { EmptyPage, StaleNote } from '../frame/failures'
import { paths } from '../paths'
import { Button, ButtonGroup, ButtonLink } from '../ui/button'
import { classes } from '../ui/classes'
import { Page } from '../ui/page'
import { Failing, LocalAdmins, SmsStopped } from './asides'
import { CardOf } from './card-of'
import { NextDay, Today, Unsettled } from './days'
import { said, type HomeData } from './data'
import { Waiting } from './waiting'
import styles from './home.module.css'

/** "Que faire maintenant": the first page of every agent, one card for each thing it reads. */
export function Home() {
  const [wholeService, setWholeService] = useState<boolean | undefined>(undefined)
  const { data, failure, reload } = useQuery('home', wholeService === undefined ? {} : { wholeService }, {
    live: true,
  })
  if (!data)
    return (
      <EmptyPage title="Que faire maintenant" what="ce qui vous attend" failure={failure} onRetry={reload} />
    )
  const { cards } = data
  return (
    <Page
      title="Que faire maintenant"
      lede={lede(data)}
      actions={
        <>
          {data.follows && (
            <ButtonGroup label="Quelles convocations">
              <Button aria-pressed={data.mine} onClick={() => setWholeService(false)}>
                Les miennes
              </Button>
              <Button aria-pressed={!data.mine} onClick={() => setWholeService(true)}>
                Tout le service
              </Button>
            </ButtonGroup>
          )}
          <ButtonLink to={paths.daySheet()} icon="print" aria-keyshortcuts="Alt+J">
            Feuille du jour <kbd aria-hidden="true">Alt J</kbd>
          </ButtonLink>
        </>
      }
    >
      <StaleNote failure={failure} onRetry={reload} />
      <Waiting data={data} onRetry={reload} />
      <div className={classes('split', styles.columns)}>
        <CardOf answer={cards.todays} title="Aujourd’hui" onRetry={reload}>
          {(todays) => <Today data={data} todays={todays} />}
        </CardOf>
        <div className="stack">
          <CardOf answer={cards.next} title="Le prochain jour" onRetry={reload}>
            {(next) => <NextDay data={data} next={next} />}
          </CardOf>
          <CardOf answer={cards.smsStopped} title="SMS arrêtés" onRetry={reload}>
            {(stopped) => <SmsStopped stopped={stopped} />}
          </CardOf>
          <CardOf answer={cards.failing} title="Services dont les SMS échouent" onRetry={reload}>
            {(failing) => <Failing failing={failing} />}
          </CardOf>
          <CardOf answer={cards.localAdmins} title="Administrateurs locaux" onRetry={reload}>
            {(admins) => <LocalAdmins admins={admins} />}
          </CardOf>
        </div>
      </div>
      <CardOf answer={cards.unsettled} title="Issues à renseigner" onRetry={reload}>
        {(unsettled) => <Unsettled data={data} unsettled={unsettled} />}
      </CardOf>
    </Page>
  )
}

function lede({ date, time, cards }: HomeData): string {
  const now = `${formatDay(date)}, ${formatHour(time)}.`
  const todays = said(cards.todays)
  if (!todays) return now
  const { total, minutesToNext } = todays
  if (total === 0) return `${now} Aucune convocation aujourd’hui.`
  const next =
    minutesToNext === null
      ? ''
      : minutesToNext < 90
        ? `, la prochaine dans ${count(minutesToNext, 'minute')}`
        : `, la prochaine dans ${count(Math.round(minutesToNext / 60), 'heure')}`
  return `${now} ${total > countedUpTo ? 'Plus de 1 000 convocations' : count(total, 'convocation')} aujourd’hui${next}.`
}
