import { useEffect, useRef, type FormEvent } from 'react'
import { Link, useSearchParams } from 'react-router-dom'
import {
  computedWords,
  decimal,
  definitions,
  erasedStay,
  monthWords,
  percent,
  periodLabel,
  periodWords,
  tooFew,
} from '../../../resources/reporting/fr'
import {
  changeOver,
  fewestForShare,
  missedShare,
  partsOfText,
  pastOf,
  receivedShare,
  settledShare,
} from '../../../resources/reporting/rules'
import { count, formatWeekday } from '../../../resources/shared/french'
import { useAgent } from '../../client/agent'
import { useQuery } from '../../client/query'
import { EmptyPage, StaleNote } from '../../frame/failures'
import { paths } from '../../paths'
import { Button, buttonClass } from '../../ui/button'
import { Card } from '../../ui/card'
import { Empty } from '../../ui/empty'
import { Field } from '../../ui/field'
import { Icon } from '../../ui/icon'
import { KeyFigure, KeyFigures } from '../../ui/key-figure'
import { Page } from '../../ui/page'
import { Tabs } from '../../ui/tabs'
import { Tag } from '../../ui/tag'
import { MissedChart } from './chart'
import type { Figures, Line } from './data'
import { FiguresTable } from './table'
import styles from './statistics.module.css'

const titles: Record<Figures['view'], string> = {
  service: 'Statistiques du service',
  own: 'Mes statistiques',
  national: 'Statistiques nationales',
}
const names = ['organizationId', 'period', 'typeCode', 'placeId', 'referentId'] as const

/** What became of the appointments of a service, of one's own persons, or of the country. */
export function Statistics() {
  const [asked, ask] = useSearchParams()
  const question = Object.fromEntries(
    ['view', ...names].flatMap((name) => (asked.get(name) ? [[name, asked.get(name) ?? '']] : [])),
  )
  const { data, failure, reload } = useQuery('figures', question as object, { live: true })
  const page = useRef<HTMLDivElement>(null)
  // A sheet folds nothing away: charts are printed with their tables.
  useEffect(() => {
    const unfold = () => page.current?.querySelectorAll('details').forEach((one) => (one.open = true))
    window.addEventListener('beforeprint', unfold)
    return () => window.removeEventListener('beforeprint', unfold)
  }, [])
  if (!data)
    return <EmptyPage title="Statistiques" what="les statistiques" failure={failure} onRetry={reload} />
  const title = titles[data.view]
  const lede = ledeOf(data)
  return (
    <Page
      title={title}
      lede={<span role="status">{lede}</span>}
      actions={
        <>
          <a
            className={buttonClass()}
            href={`/admin/api/files/statistiques.csv?${new URLSearchParams(question).toString()}`}
            download
          >
            <Icon name="download" /> CSV
          </a>
          <Button icon="print" onClick={() => window.print()}>
            Imprimer
          </Button>
        </>
      }
    >
      <StaleNote failure={failure} onRetry={reload} />
      {data.own !== 'none' && <Views figures={data} />}
      <Filters key={data.view} figures={data} onAsk={ask} />
      {/* The head of the page and the filters are not printed: the sheet says what it is. */}
      <div className="print-only">
        <p>
          <b>{title}</b>
        </p>
        <p>{lede}</p>
        <p>{chosenOf(data)}</p>
      </div>
      <div ref={page} className={styles.content}>
        <Content figures={data} />
      </div>
    </Page>
  )
}

function ledeOf({ view, service, period, computed, today, freshSince }: Figures): string {
  const what =
    view === 'national'
      ? 'Tous les services'
      : view === 'own'
        ? `Personnes dont vous êtes référent, ${service?.name ?? ''}`
        : service?.name
  const last = freshSince ? ` Depuis le ${formatWeekday(freshSince)}, comptées à l’instant.` : ''
  return `${what ?? ''}, ${periodWords(period)}. ${computedWords(computed, today)}${last}`
}

function Views({ figures: { view, own: ownView, period, asked } }: { figures: Figures }) {
  const { role } = useAgent()
  const address = (chosen: 'service' | 'national') =>
    `?${new URLSearchParams({
      ...(chosen === 'national' && { view: chosen }),
      period: period.code,
      ...(asked.typeCode && { typeCode: asked.typeCode }),
    }).toString()}`
  const label =
    ownView === 'own' ? 'Mes statistiques' : role === 'central_admin' ? 'Par service' : 'Mon service'
  return (
    <Tabs
      label="Ce que l’on compte"
      current={view === 'national' ? view : 'service'}
      tabs={[
        {
          value: 'service',
          label,
          to: address('service'),
        },
        { value: 'national', label: 'National', to: address('national') },
      ]}
    />
  )
}

type Options = readonly { value: string; label: string }[]
interface Choice {
  name: (typeof names)[number]
  label: string
  /** The option that asks nothing; without it one is always chosen. */
  all?: string
  options: Options
  value: string
}

function choicesOf({ choices, asked, period }: Figures): Choice[] {
  const text = (id: number | null) => (id === null ? '' : String(id))
  const all: Choice[] = [
    {
      name: 'organizationId',
      label: 'Service',
      options: choices.services,
      value: text(asked.organizationId),
    },
    {
      ...{ name: 'period', label: 'Période', value: period.code },
      options: choices.periods.map((one) => ({ value: one.code, label: periodLabel(one) })),
    },
    { name: 'typeCode', label: 'Type', all: 'Tous', options: choices.types, value: asked.typeCode ?? '' },
    { name: 'placeId', label: 'Lieu', all: 'Tous', options: choices.places, value: text(asked.placeId) },
    {
      ...{ name: 'referentId', label: 'Agent référent', all: 'Tous les agents' },
      ...{ options: choices.referents, value: text(asked.referentId) },
    },
  ]
  return all.filter(({ options, all: none, value }) => options.length > (none && !value ? 1 : 0))
}

/** In words, for the printed sheet. */
const chosenOf = (figures: Figures) =>
  choicesOf(figures)
    .map(({ label, all, options, value }) => {
      const chosen = options.find((option) => option.value === value)?.label ?? all
      return `${label}\u00a0: ${chosen}`
    })
    .join(', ')

function Filters({
  figures,
  onAsk,
}: {
  figures: Figures
  onAsk: (change: (before: URLSearchParams) => URLSearchParams) => void
}) {
  const fields = choicesOf(figures)
  const form = useRef<HTMLFormElement>(null)
  const chosen = JSON.stringify(fields.map(({ name, value }) => [name, value]))
  // The fields say what the address says, without being drawn anew: the focus stays where it was.
  useEffect(() => {
    for (const [name, value] of JSON.parse(chosen) as [string, string][]) {
      const field = form.current?.elements.namedItem(name)
      if (field instanceof HTMLSelectElement) field.value = value
    }
  }, [chosen])
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget)
    const value = (name: string) => {
      const one = typed.get(name)
      return typeof one === 'string' ? one : ''
    }
    const changed = figures.asked.organizationId !== Number(value('organizationId'))
    onAsk((before) => {
      const address = new URLSearchParams(before)
      for (const name of names) address.delete(name)
      for (const { name } of fields) {
        // Places and agents are those of one service.
        const left = changed && value('organizationId') && (name === 'placeId' || name === 'referentId')
        if (value(name) && !left) address.set(name, value(name))
      }
      return address
    })
  }
  return (
    <form
      ref={form}
      className={styles.filters}
      role="search"
      aria-label="Choisir les chiffres"
      onSubmit={onSubmit}
    >
      {fields.map(({ name, label, all, options, value }) => (
        <Field key={name} label={label}>
          {(field) => (
            <select {...field} name={name} defaultValue={value}>
              {all && <option value="">{all}</option>}
              {all && value && !options.some((option) => option.value === value) && (
                <option value={value}>Un choix qui n’est plus proposé</option>
              )}
              {options.map((option) => (
                <option key={option.value} value={option.value}>
                  {option.label}
                </option>
              ))}
            </select>
          )}
        </Field>
      ))}
      <Button type="submit">Afficher</Button>
    </form>
  )
}

function Content({ figures }: { figures: Figures }) {
  const { whole, months, reminders, types, places, referents, view, computed, period } = figures
  if (pastOf(whole) === 0)
    return (
      <Card label="Aucun chiffre" footer={<p className="hint">{erasedStay}</p>}>
        <Empty
          icon="chart"
          title={
            view === 'national' && !computed
              ? 'Les chiffres nationaux seront comptés la nuit prochaine'
              : 'Aucune convocation passée ne répond à ce choix'
          }
        >
          <p className="hint">
            {view === 'national' && !computed
              ? 'Ils le sont chaque nuit, à 4 h, heure de Paris.'
              : `Choisissez une autre période, ou tous les types et tous les lieux.${
                  period.code === 'month' ? '' : ' Le mois en cours se choisit à part.'
                }`}
          </p>
        </Empty>
      </Card>
    )
  const monthLines = months.map(({ month, counts }) => ({ label: monthWords(month), counts }))
  return (
    <>
      <MainFigures figures={figures} />
      <div className={styles.halves}>
        <Card title="Part des convocations manquées" aside={<span className="hint">par mois</span>}>
          {months.some(({ counts }) => missedShare(counts) !== null) ? (
            <MissedChart months={months} />
          ) : (
            <p className="hint">
              Moins de {fewestForShare} issues connues chaque mois&nbsp;: {lowered(tooFew)}.
            </p>
          )}
          <InTable label="Convocations par mois" of="Mois" lines={monthLines} />
        </Card>
        <Card title="Avec ou sans rappel reçu">
          <Bars lines={reminders} />
          <p className="hint">
            Part de convocations manquées. Ces groupes diffèrent aussi par d’autres points&nbsp;: le chiffre
            décrit, il ne prouve pas.
          </p>
          <InTable label="Convocations selon le rappel" of="Rappel" lines={reminders} />
        </Card>
      </div>
      <TableCard title="Par type de convocation" of="Type" lines={types} />
      {places && places.length > 1 && <TableCard title="Par lieu" of="Lieu" lines={places} />}
      {referents && referents.length > 0 && (
        <TableCard title="Par agent référent" of="Agent référent" lines={referents} />
      )}
      <p className="hint">{erasedStay}</p>
    </>
  )
}

const lowered = (sentence: string) => sentence.charAt(0).toLocaleLowerCase('fr') + sentence.slice(1)

function InTable(table: { label: string; of: string; lines: readonly Line[] }) {
  return (
    <details className={styles.inTable}>
      <summary>Lire ces chiffres en tableau</summary>
      <FiguresTable {...table} />
    </details>
  )
}

function TableCard({ title, of, lines }: { title: string; of: string; lines: readonly Line[] }) {
  return (
    <Card title={title} flush>
      <FiguresTable label={`Tableau\u00a0: ${title.toLocaleLowerCase('fr')}`} of={of} lines={lines} />
    </Card>
  )
}

function MainFigures({ figures }: { figures: Figures }) {
  const { whole, months } = figures
  const change = changeOver(months)
  const parts = partsOfText(whole)
  return (
    <KeyFigures>
      <KeyFigure title="Convocations passées" value={pastOf(whole).toLocaleString('fr-FR')}>
        <p className="hint">
          issue connue&nbsp;: {percent(settledShare(whole)) ?? lowered(tooFew)}
          {whole.unsettled > 0 && (
            <>
              , il en reste <ToRecord figures={figures} />
            </>
          )}
        </p>
        {whole.unsettled > 0 && <p className="hint">{definitions.toRecord}</p>}
      </KeyFigure>
      <KeyFigure title="Manquées" value={percent(missedShare(whole)) ?? tooFew}>
        {change && <Change {...change} />}
        <p className="hint">{definitions.missed}</p>
      </KeyFigure>
      <KeyFigure title="SMS reçus" value={percent(receivedShare(whole)) ?? tooFew}>
        <p className="hint">{definitions.received}</p>
      </KeyFigure>
      <KeyFigure title="Parties par SMS" value={parts === null ? 'Aucun SMS envoyé' : decimal(parts)}>
        <p className="hint">{definitions.parts}</p>
      </KeyFigure>
    </KeyFigures>
  )
}

/** How many outcomes are missing, with the list where they are recorded: that of one's own service. */
function ToRecord({ figures: { view, whole, service, asked } }: { figures: Figures }) {
  const { organization } = useAgent()
  const words = `${whole.unsettled.toLocaleString('fr-FR')}\u00a0à renseigner`
  if (service?.id !== organization.id) return words
  const filters = new URLSearchParams({
    view: 'outcome_missing',
    ...(asked.typeCode && { typeCode: asked.typeCode }),
    ...(asked.placeId && { placeId: String(asked.placeId) }),
    ...(view === 'own' && { mine: 'on' }),
  })
  return <Link to={`${paths.appointments}?${filters.toString()}`}>{words}</Link>
}

function Change({ since, by }: NonNullable<ReturnType<typeof changeOver>>) {
  const points = decimal(Math.abs(by) * 100)
  if (points === decimal(0)) return <Tag tone="off" icon="check">{`comme en ${monthWords(since)}`}</Tag>
  const said = `${points}\u00a0${Math.abs(by) * 100 < 2 ? 'point' : 'points'} de ${by < 0 ? 'moins' : 'plus'} qu’en ${monthWords(since)}`
  return (
    <Tag tone={by < 0 ? 'ok' : 'warn'} icon={by < 0 ? 'down' : 'warning'}>
      {said}
    </Tag>
  )
}

/** One bar a group, as long as its share beside the longest; groups where nobody is are left to the table. */
function Bars({ lines }: { lines: readonly Line[] }) {
  const shown = lines.filter(({ counts }) => pastOf(counts) > 0)
  const longest = Math.max(...shown.map(({ counts }) => missedShare(counts) ?? 0))
  return (
    <ul className={styles.bars}>
      {shown.map(({ label, counts }) => {
        const share = missedShare(counts)
        return (
          <li key={label}>
            <span>{label}</span>
            {share === null ? (
              <span className={styles.alone}>{count(pastOf(counts), 'convocation')}&nbsp;: trop peu</span>
            ) : (
              <>
                <span className={styles.track} aria-hidden="true">
                  <i style={{ width: `${longest > 0 ? Math.round((share / longest) * 100) : 0}%` }} />
                </span>
                <b>{percent(share)}</b>
              </>
            )}
          </li>
        )
      })}
    </ul>
  )
}
