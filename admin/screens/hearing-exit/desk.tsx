import { useEffect } from 'react'
import { useParams, useSearchParams } from 'react-router-dom'
import { hasNoDesk } from '../../../resources/appointment-type/policy'
import { deskWords, readOnlyWords } from '../../../resources/hearing-exit/fr'
import type { DeskType } from '../../../resources/hearing-exit/schema'
import { count, formatDay, formatMonth } from '../../../resources/shared/french'
import { useAgent } from '../../client/agent'
import { useQuery } from '../../client/query'
import { EmptyPage, StaleNote } from '../../frame/failures'
import { LeftAlone } from '../../frame/left-alone'
import { Button, buttonClass } from '../../ui/button'
import { Card } from '../../ui/card'
import { Checkbox } from '../../ui/checkbox'
import { Empty } from '../../ui/empty'
import { Field } from '../../ui/field'
import { Guidance } from '../../ui/guidance'
import { Icon } from '../../ui/icon'
import { Page } from '../../ui/page'
import { useStillPlace } from '../../ui/still-place'
import type { Desk, Shown } from './data'
import { DayTable } from './day-table'
import { daysShown, useInHand } from './in-hand'
import { useJustArrived } from './just-arrived'
import styles from './desk.module.css'

/** Another clerk's booking is seen so soon. */
const askedEvery = 4_000

const types: Readonly<Record<string, DeskType>> = {
  judgeDesk: 'hearing_exit_sentence_judge',
  probationDesk: 'hearing_exit_probation',
  tagDesk: 'electronic_tag_fitting',
}

/** Who leaves a hearing with a date: the month of an agenda, a seat a line, booked and filled where it stands. */
export function HearingExitDesk() {
  const { actionName = '' } = useParams()
  const typeCode = types[actionName] ?? 'hearing_exit_probation'
  // An address that was kept, or sent by a colleague of elsewhere.
  if (hasNoDesk(useAgent(), typeCode))
    return (
      <Page title={deskWords[typeCode].title}>
        <Card label={deskWords[typeCode].title}>
          <Empty icon="calendar" title="Ce tableau n’existe pas dans votre ressort">
            <LeftAlone />
          </Empty>
        </Card>
      </Page>
    )
  return <DeskOf key={typeCode} typeCode={typeCode} />
}

function DeskOf({ typeCode }: { typeCode: DeskType }) {
  const { title, empty } = deskWords[typeCode]
  const [asked, ask] = useSearchParams()
  const { data, failure, loading, reload } = useQuery(
    'hearingExitDesk',
    {
      typeCode,
      placeId: asked.get('placeId'),
      agendaId: asked.get('agendaId'),
      month: asked.get('month'),
    },
    { live: true },
  )
  const shown = data?.shown ?? null
  const { data: now } = useQuery(
    'deskStamp',
    shown && { typeCode, agendaId: shown.agendaId, month: shown.month },
    { every: askedEvery, live: true },
  )
  useEffect(() => {
    if (now && shown && now.stamp !== shown.stamp) reload()
  }, [now, shown, reload])
  const show = (part: Record<string, string>) =>
    ask((before) => new URLSearchParams({ ...Object.fromEntries(before), ...part }), { replace: true })
  // What was chosen for the clerk stays chosen: a slot that others open or delete leads nobody elsewhere.
  const unsaid = loading || asked.get('month') ? null : shown
  useEffect(() => {
    if (unsaid)
      show({
        placeId: String(unsaid.placeId),
        agendaId: String(unsaid.agendaId),
        month: unsaid.month,
      })
  })
  const freeOnly = asked.get('free') === 'on'

  if (!data) return <EmptyPage title={title} what="les créneaux du mois" failure={failure} onRetry={reload} />
  const { places, agendas, placeId } = data
  const placeChoice = places.length > 1 && (
    <Choice
      label="Lieu"
      value={placeId}
      options={places.map(placeOption)}
      onChange={(value) => show({ placeId: value, agendaId: '', month: '' })}
    />
  )
  if (places.length === 0 || !shown)
    return (
      <Page title={title}>
        {placeChoice}
        <Card label={title}>
          <Empty icon="calendar" title={empty}>
            <LeftAlone />
            <p className="hint">
              Les services ouvrent leurs créneaux dans «&nbsp;Créneaux&nbsp;»&nbsp;; ils apparaissent ici
              aussitôt.
            </p>
          </Empty>
        </Card>
      </Page>
    )
  return (
    <Page
      title={title}
      lede={
        shown.readOnly
          ? `Chaque ligne est une place. ${readOnlyWords[shown.readOnly]}`
          : 'Chaque ligne est une place. Les lignes libres se réservent ici, sans quitter la page.'
      }
      actions={
        <a
          className={buttonClass()}
          href={`/admin/api/files/sorties-audience.pdf?${new URLSearchParams({
            typeCode,
            placeId: String(placeId),
            agendaId: String(shown.agendaId),
            month: shown.month,
          }).toString()}`}
          target="_blank"
          rel="noreferrer"
        >
          <Icon name="print" /> Imprimer le mois (PDF)
        </a>
      }
    >
      <StaleNote failure={failure} onRetry={reload} />
      <LeftAlone />
      <div className={styles.toolbar}>
        <Choice
          label="Mois"
          value={shown.month}
          options={shown.months.map((month) => ({ value: month, label: formatMonth(`${month}-01`) }))}
          onChange={(month) => show({ month })}
        />
        {placeChoice}
        {agendas.length > 1 && (
          <Choice
            label="Agenda"
            value={shown.agendaId}
            options={agendas.map(({ id, name }) => ({ value: String(id), label: name }))}
            onChange={(value) => show({ agendaId: value, month: '' })}
          />
        )}
        <Checkbox checked={freeOnly} onChange={(checked) => show({ free: checked ? 'on' : '' })}>
          Seulement les places libres
        </Checkbox>
      </div>
      {shown.guidance && <Guidance text={shown.guidance} />}
      <p className={styles.total} role="status">
        <b>{count(shown.free, 'place libre', 'places libres')}</b> sur {shown.seats} en{' '}
        {formatMonth(`${shown.month}-01`)}
      </p>
      {shown.days.length > 1 && (
        <nav className={styles.strip} aria-label="Jours du mois, et leurs places libres">
          {shown.days.map(({ date, free }) => (
            <a
              key={date}
              href={`#jour-${date}`}
              data-state={free > 0 ? 'open' : 'full'}
              aria-label={`${formatDay(date)}\u00a0: ${free > 0 ? count(free, 'place libre', 'places libres') : 'plein'}`}
            >
              {Number(date.slice(8))}
              <span>{free > 0 ? free : 'plein'}</span>
            </a>
          ))}
        </nav>
      )}
      <Days
        key={`${shown.agendaId} ${shown.month}`}
        {...{ shown, typeCode, freeOnly, title }}
        onMonth={(month) => show({ month })}
      />
    </Page>
  )
}

/** The tables of a month. What is in hand there is let go with it. */
function Days({
  shown,
  typeCode,
  freeOnly,
  title,
  onMonth,
}: {
  shown: Shown
  typeCode: DeskType
  freeOnly: boolean
  title: string
  onMonth: (month: string) => void
}) {
  const inHand = useInHand()
  const place = useStillPlace()
  const days = daysShown(shown.days, inHand, freeOnly)
  const justArrived = useJustArrived(
    shown.days.flatMap(({ slots }) => slots.flatMap(({ appointments }) => appointments.map(({ id }) => id))),
  )
  const { next } = shown
  const later = freeOnly || shown.days.length > 0 ? next.free : next.line
  return (
    <div className="stack" ref={place}>
      {days.length === 0 ? (
        <Card label={title}>
          <Empty
            icon="calendar"
            title={
              shown.days.length === 0
                ? `Aucun créneau en ${formatMonth(`${shown.month}-01`)}`
                : `Aucune place libre en ${formatMonth(`${shown.month}-01`)}`
            }
          >
            {later ? (
              <Button onClick={() => onMonth(later)}>Voir {formatMonth(`${later}-01`)}</Button>
            ) : (
              <p className="hint">
                Rien non plus dans les mois qui suivent&nbsp;: choisissez un autre lieu ou un autre agenda.
              </p>
            )}
          </Empty>
        </Card>
      ) : (
        shown.free === 0 &&
        later && (
          <p>
            <Button onClick={() => onMonth(later)}>
              Prochaines places libres&nbsp;: {formatMonth(`${later}-01`)}
            </Button>
          </p>
        )
      )}
      {days.map((day) => (
        <DayTable key={day.date} {...{ day, shown, typeCode, inHand, justArrived }} />
      ))}
    </div>
  )
}

const placeOption = ({ id, name, service }: Desk['places'][number]) => ({
  value: String(id),
  label: name === service ? name : `${name}, ${service}`,
})

function Choice({
  label,
  value,
  options,
  onChange,
}: {
  label: string
  value: string | number | null
  options: readonly { value: string; label: string }[]
  onChange: (value: string) => void
}) {
  return (
    <Field label={label}>
      {(field) => (
        <select {...field} value={value ?? ''} onChange={(event) => onChange(event.target.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
