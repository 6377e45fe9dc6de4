import { useEffect, useRef, useState } from 'react'
import { Link, useLocation, useSearchParams } from 'react-router-dom'
import { scopeWords, whatHappened, whatToDo } from '../../../resources/unreached/fr'
import { unreachedRows } from '../../../resources/unreached/schema'
import { countedUpTo } from '../../../resources/shared/counted'
import {
  agentName,
  count,
  formatBriefDay,
  formatHour,
  fullName,
  inDays,
} from '../../../resources/shared/french'
import { formatPhone } from '../../../resources/shared/phone'
import { useResource, type ResourceInStore } from '../../client/action'
import type { ResultOf } from '../../client/client'
import { useQuery } from '../../client/query'
import { ActButton } from '../../forms/action-buttons'
import { EmptyPage, StaleNote } from '../../frame/failures'
import type { Lookups } from '../../lookups'
import { paths } from '../../paths'
import { ButtonLink } from '../../ui/button'
import { Card } from '../../ui/card'
import { classes } from '../../ui/classes'
import { Empty } from '../../ui/empty'
import { fieldAnchor } from '../../ui/field'
import { Page } from '../../ui/page'
import { Cell, Row, Table } from '../../ui/table'
import { Tabs } from '../../ui/tabs'
import styles from './unreached.module.css'

type Unreached = ResultOf<Lookups['unreached']>
type Line = Unreached['lines'][number]

const title = 'SMS à vérifier'
/** What is new elsewhere comes with the page; what happens to its own lines, as it happens. */
const readAgainEvery = 60_000
const askedEvery = 5_000

/** Whom their SMS did not reach: what happened, what to do, and the acts for it. */
export function Unreached() {
  const [asked] = useSearchParams()
  const question = { scope: asked.get('scope'), page: asked.get('page') ?? 1 }
  const { data, failure, reload } = useQuery('unreached', question as object, {
    live: true,
    every: readAgainEvery,
  })
  const probationer = useResource('Probationer')
  useReadAgain(data, reload)
  if (!data || !probationer)
    return <EmptyPage title={title} what="les SMS à vérifier" failure={failure} onRetry={reload} />
  return (
    <Page
      title={title}
      windowTitle={`${title}, ${scopeWords[data.scope]}${data.page > 1 ? `, page ${data.page}` : ''}`}
      lede={<span role="status">{ledeOf(data)}</span>}
    >
      <StaleNote failure={failure} onRetry={reload} />
      {data.scopes.length > 1 && (
        <Tabs
          label="Quelles personnes"
          current={data.scope}
          tabs={data.scopes.map((scope) => ({
            value: scope,
            label: scopeWords[scope],
            to: paths.unreached(scope),
          }))}
        />
      )}
      <Card label={title} flush={data.lines.length > 0}>
        {data.lines.length === 0 ? (
          <Empty icon="check" title="Plus personne à prévenir">
            <p className="hint">
              Aucun SMS en échec pour les convocations à venir{data.scope === 'mine' && ' de vos personnes'},
              ou chaque personne a été prévenue par téléphone.
            </p>
          </Empty>
        ) : (
          <>
            <Lines lines={data.lines} resource={probationer} />
            <Pages data={data} />
          </>
        )}
      </Card>
    </Page>
  )
}

const ledeOf = ({ total }: Unreached) =>
  total === 0
    ? 'Rien à vérifier.'
    : `${total > countedUpTo ? 'Plus de ' : ''}${count(Math.min(total, countedUpTo), 'personne')} à prévenir\u00a0: la date la plus proche d’abord.`

/** Asks whether what is shown changed, and reads it again only then. */
function useReadAgain(data: Unreached | null, reload: () => void) {
  const ids = data?.lines.map(({ id }) => id) ?? []
  const { data: now } = useQuery('unreachedStamp', ids.length > 0 ? { probationerIds: ids } : null, {
    live: true,
    every: askedEvery,
  })
  const shown = data?.stamp
  const seen = now?.stamp
  const asked = useRef<string>('')
  useEffect(() => {
    // The answer about the lines of before says nothing of these; once for each change.
    if (!seen || seen === shown || seen === asked.current) return
    asked.current = seen
    reload()
  }, [seen, shown, reload])
}

const columns = [
  { key: 'tick', label: 'Choisir' },
  { key: 'person', label: 'Personne' },
  { key: 'appointment', label: 'Convocation' },
  { key: 'happened', label: 'Ce qui s’est passé, et que faire' },
  { key: 'acts', label: '', end: true },
] as const
const [tickColumn, personColumn, appointmentColumn, happenedColumn, actsColumn] = columns

function Lines({ lines, resource }: { lines: readonly Line[]; resource: ResourceInStore }) {
  const [ticked, setTicked] = useState<readonly number[]>([])
  // A line that left meanwhile is not acted on unseen.
  const chosen = lines.filter(({ id }) => ticked.includes(id)).map(({ id }) => id)
  return (
    <>
      <div className={classes('cluster', styles.bulk)} role="group" aria-label="Agir sur les lignes choisies">
        <label className="cluster">
          <input
            type="checkbox"
            aria-label="Tout choisir"
            checked={chosen.length === lines.length}
            ref={(box) => {
              if (box) box.indeterminate = chosen.length > 0 && chosen.length < lines.length
            }}
            onChange={(event) => setTicked(event.target.checked ? lines.map(({ id }) => id) : [])}
          />
          <span role="status">
            {chosen.length > 0
              ? count(chosen.length, 'personne choisie', 'personnes choisies')
              : 'Tout choisir'}
          </span>
        </label>
        {chosen.length > 0 && (
          <ActButton
            resource={resource}
            name="recordPhoneCalls"
            target={chosen.map(String)}
            label={`Prévenues par téléphone\u00a0: ${count(chosen.length, 'personne')}`}
            onDone={() => setTicked([])}
          />
        )}
      </div>
      <Table label={`Tableau\u00a0: ${title}`} columns={columns}>
        {lines.map((line) => (
          <Row key={line.id}>
            <Cell column={tickColumn}>
              <label className={styles.tick}>
                <input
                  type="checkbox"
                  aria-label={`Choisir\u00a0: ${fullName(line)}`}
                  checked={ticked.includes(line.id)}
                  onChange={(event) =>
                    setTicked(
                      event.target.checked
                        ? [...ticked, line.id]
                        : ticked.filter((other) => other !== line.id),
                    )
                  }
                />
              </label>
            </Cell>
            <Cell column={personColumn}>
              <Who line={line} />
            </Cell>
            <Cell column={appointmentColumn}>
              <When line={line} />
            </Cell>
            <Cell column={happenedColumn}>
              <Happened line={line} />
            </Cell>
            <Cell column={actsColumn}>
              <Acts line={line} resource={resource} />
            </Cell>
          </Row>
        ))}
      </Table>
    </>
  )
}

function Who({ line }: { line: Line }) {
  return (
    <>
      {line.opens ? <Link to={paths.probationer(line.id)}>{fullName(line)}</Link> : fullName(line)}
      <span className="subline">
        {line.phone ? (
          <a
            className="no-wrap"
            href={`tel:${line.phone}`}
            aria-label={`Appeler ${fullName(line)}\u00a0: ${formatPhone(line.phone)}`}
          >
            {formatPhone(line.phone)}
          </a>
        ) : (
          'pas de portable'
        )}
      </span>
      {line.agent && <span className="subline">{agentName(line.agent)}</span>}
    </>
  )
}

function When({ line: { appointments, ...person } }: { line: Line }) {
  const [first, ...others] = appointments
  if (!first) return <span className="hint">aucune à venir</span>
  const when = `${formatBriefDay(first.date)}, ${formatHour(first.time)}`
  return (
    <>
      <Link to={paths.appointment(first.id)} aria-label={`${when}, ${first.type}, ${fullName(person)}`}>
        {when}
      </Link>
      <span className="subline">
        {first.state === 'cancelled' ? 'annulée, ' : first.state === 'missed' ? 'manquée, ' : ''}
        {inDays(first.today, first.date)}
      </span>
      {others.length > 0 && <span className="subline">et {count(others.length, 'autre')}</span>}
    </>
  )
}

function Happened({ line }: { line: Line }) {
  // The next date of who stopped the SMS is no failure.
  const told = line.appointments.filter(({ word }) => word || !line.stoppedOn)
  return (
    <div className={styles.happened}>
      <ul>
        {line.stoppedOn && (
          <li>SMS arrêtés par la personne, depuis le lien, {formatBriefDay(line.stoppedOn)}</li>
        )}
        {told.map(({ id, date, word }) => (
          <li key={id}>
            {told.length > 1 && `${formatBriefDay(date)}\u00a0: `}
            {whatHappened(word, line.phoneState)}
            {word?.at && `, ${formatBriefDay(word.at.date)} à ${formatHour(word.at.time)}`}.
          </li>
        ))}
      </ul>
      <p>{whatToDo(line)}</p>
    </div>
  )
}

function Acts({ line, resource }: { line: Line; resource: ResourceInStore }) {
  const { pathname, search } = useLocation()
  const name = fullName(line)
  return (
    <span className={classes('cluster', styles.acts)}>
      {line.stoppedOn && line.mayEnableSms && (
        <ActButton
          resource={resource}
          name="enableSms"
          target={String(line.id)}
          label={`Réactiver les SMS de ${name}`}
        />
      )}
      {!line.stoppedOn && line.mayEdit && (
        <ButtonLink
          to={`${paths.editProbationer(line.id)}#${fieldAnchor('phone')}`}
          state={{ from: pathname + search }}
          icon="pen"
          aria-label={`${line.phone ? 'Corriger le numéro' : 'Ajouter un numéro'} de ${name}`}
        >
          {line.phone ? 'Corriger le numéro' : 'Ajouter un numéro'}
        </ButtonLink>
      )}
      <ActButton
        resource={resource}
        name="recordPhoneCalls"
        target={[String(line.id)]}
        label={`Prévenue par téléphone\u00a0: ${name}`}
      />
    </span>
  )
}

function Pages({ data: { page, total, lines, scope } }: { data: Unreached }) {
  const from = (page - 1) * unreachedRows + 1
  const to = from + lines.length - 1
  const hasNext = to < total
  if (page === 1 && !hasNext) return null
  const pageLink = (target: number) => `${paths.unreached(scope)}&page=${target}`
  return (
    <footer className="cluster">
      <span className="hint">
        {from} à {to} sur {total > countedUpTo ? `plus de ${countedUpTo.toLocaleString('fr-FR')}` : total}
      </span>
      <nav className={classes('push', 'cluster')} aria-label={`Pages\u00a0: ${title}`}>
        {page > 1 && <ButtonLink to={pageLink(page - 1)} icon="previous" aria-label="Page précédente" />}
        {hasNext && <ButtonLink to={pageLink(page + 1)} icon="next" aria-label="Page suivante" />}
      </nav>
    </footer>
  )
}
