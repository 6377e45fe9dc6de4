import { useRef, useState } from 'react'
import { useNavigate, useParams } from 'react-router-dom'
import { appointmentRefusals } from '../../../resources/appointment/fr'
import { isSettledSince } from '../../../resources/appointment/rules'
import { messageRefusals } from '../../../resources/message/fr'
import type { CivilDate } from '../../../resources/shared/civil-time'
import {
  formatDay,
  formatHour,
  fullName,
  parseTypedDate,
  parseTypedTime,
} from '../../../resources/shared/french'
import { useAction, useOpened, type OpenedData } from '../../client/action'
import type { Failure } from '../../client/client'
import { useDraft } from '../../client/draft'
import { useQuery } from '../../client/query'
import { DraftKept, RefusalNote } from '../../forms/form-parts'
import { EmptyPage } from '../../frame/failures'
import { Alert } from '../../ui/alert'
import { Button, ButtonLink } from '../../ui/button'
import { Card } from '../../ui/card'
import { Field } from '../../ui/field'
import { focusFirstError } from '../../ui/focus'
import { Page } from '../../ui/page'
import { paths } from '../../paths'
import { BookingLayout } from '../book/booking-layout'
import { MessagesBlock, NumberToCheck, WhyNoSms } from '../book/messages-block'
import { Elsewhere, FreeMoment } from '../book/moment'
import { SlotPicker } from '../book/slot-picker'
import { stillRefused, type Errors, type Typed } from '../book/state'

type Form = OpenedData<'Appointment', 'reschedule'>
type NewDate = Pick<
  Typed['appointment'],
  'agendaId' | 'slotId' | 'date' | 'dateUnderstood' | 'time' | 'inform' | 'keepOverlap'
>

const crumbs = (id: string) => [
  { label: 'Convocations', href: paths.appointments },
  { label: 'Convocation', href: paths.appointment(Number(id)) },
]

/** Another date for an appointment: as one is chosen at booking, and what the person is told of it. */
export function Reschedule() {
  const { recordId = '' } = useParams()
  const { data: opened, failure, reload } = useOpened('Appointment', 'reschedule', recordId)
  const whyNot = opened?.data.whyNot
  if (whyNot)
    return (
      <Page title="Replanifier la convocation" crumbs={crumbs(recordId)}>
        <Alert tone="warn" title="Cette convocation ne se replanifie plus">
          <p>{appointmentRefusals[whyNot]}</p>
          <div className="cluster">
            <ButtonLink to={paths.appointment(Number(recordId))}>Voir la convocation</ButtonLink>
          </div>
        </Alert>
      </Page>
    )
  if (opened && !failure) return <NewDateFields form={opened.data} onSettled={reload} />
  return (
    <EmptyPage
      title="Replanifier la convocation"
      crumbs={crumbs(recordId)}
      what="la convocation"
      failure={failure}
      onRetry={reload}
    />
  )
}

/** Days go by while the page is open: a day is understood when it is typed. */
const understood = (change: Partial<NewDate>, today: CivilDate): Partial<NewDate> =>
  change.date === undefined ? change : { ...change, dateUnderstood: parseTypedDate(change.date, today) }

function NewDateFields({ form, onSettled }: { form: Form; onSettled: () => void }) {
  const { person, place, type, was, today } = form
  const [start] = useState<NewDate>({
    agendaId: form.agendaId,
    slotId: null,
    date: '',
    dateUnderstood: null,
    // At the same hour, unless it is changed.
    time: formatHour(was.time),
    inform: 'now',
    keepOverlap: false,
  })
  const draft = useDraft(`replanifier-${form.id}`, start)
  const { value: typed } = draft
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const [refusedSlots, setRefusedSlots] = useState(0)
  const { busy, run } = useAction('Appointment', 'reschedule')
  const element = useRef<HTMLFormElement>(null)
  const navigate = useNavigate()

  const time = parseTypedTime(typed.time)
  const date = typed.dateUnderstood
  const errors: Errors = refusal?.fieldErrors ?? {}
  const seat = type.usesPublishedSlots
    ? { slotId: typed.slotId, date: null, time: null }
    : { slotId: null, date, time }
  const { data: preview } = useQuery(
    'bookingPreview',
    seat.slotId || seat.date
      ? {
          ...{ typeCode: type.code, placeId: place.id, agendaId: typed.agendaId, appointmentId: form.id },
          ...{ ...seat, inform: typed.inform },
        }
      : null,
    { delay: 200 },
  )
  const moment = type.usesPublishedSlots ? typed.slotId && preview?.moment : date && time && { date, time }

  const change = (part: Partial<NewDate>) => {
    draft.setValue((before) => ({ ...before, ...understood(part, today) }))
    setRefusal((before) => stillRefused(before, part))
  }
  const submit = async () => {
    if (busy) return
    setRefusal(null)
    const answer = await run(form.id, {
      agendaId: typed.agendaId,
      slotId: seat.slotId,
      date: type.usesPublishedSlots ? null : (date ?? typed.date),
      time: type.usesPublishedSlots ? null : (time ?? typed.time),
      inform: person.unreachable === null && typed.inform === 'now',
      keepOverlap: typed.keepOverlap,
    })
    if (answer.ok) {
      draft.clear()
      navigate(answer.next ?? paths.appointment(answer.result.id), {
        state: { notice: { title: answer.notice } },
      })
      return
    }
    if (isSettledSince(answer.code)) {
      draft.clear()
      onSettled()
      return
    }
    setRefusal(answer)
    if (answer.code?.startsWith('appointment.slot_')) {
      draft.setValue((before) => ({ ...before, slotId: null }))
      setRefusedSlots((count) => count + 1)
    }
    focusFirstError(element.current)
  }

  return (
    <Page
      title={`Replanifier, ${fullName(person)}`}
      windowTitle={`Replanifier, convocation ${form.id}`}
      crumbs={crumbs(String(form.id))}
      lede={`${type.label}, ${place.name}. Prévue ${formatDay(was.date)} à ${formatHour(was.time)}.`}
      actions={
        <DraftKept
          draft={draft}
          onStartAgain={() => {
            setRefusal(null)
            draft.clear(start)
          }}
        />
      }
    >
      <BookingLayout
        formRef={element}
        onSubmit={() => void submit()}
        messages={
          <MessagesBlock
            step={2}
            whyNot={person.unreachable && <WhyNoSms reason={person.unreachable} mend={null} />}
            warning={person.phoneToCheck && <NumberToCheck mend={null} />}
            inform={typed.inform}
            preview={preview}
            errors={errors}
            onChange={(inform) => change({ inform })}
          />
        }
        act={
          <>
            <p>
              <b>{fullName(person)}</b>
              {moment && `, ${formatDay(moment.date)} à ${formatHour(moment.time)}`}, {place.name}
            </p>
            <Button type="submit" look="main" big wide busy={busy} data-key="main">
              Replanifier <kbd aria-hidden="true">Ctrl Entrée</kbd>
            </Button>
            <ButtonLink wide to={paths.appointment(form.id)}>
              Garder la date
            </ButtonLink>
          </>
        }
        paper={
          <>
            L’ancienne date est libérée et son rappel retiré. L’agent, le n° de parquet et les colonnes
            suivent. Remettez la nouvelle convocation papier.
          </>
        }
      >
        {refusal && <RefusalNote refusal={refusal} />}
        <Card title="La nouvelle date" step={1}>
          {preview?.textRefusal && (
            <Alert tone="bad" announce="status" title="Ces SMS ne peuvent pas être écrits">
              <p>{messageRefusals[preview.textRefusal]}</p>
            </Alert>
          )}
          {place.agendas.length > 1 && (
            <Field name="agendaId" label="Agenda" error={errors.agendaId}>
              {(field) => (
                <select
                  {...field}
                  value={typed.agendaId ?? ''}
                  onChange={(event) =>
                    change({
                      agendaId: Number(event.target.value) || null,
                      slotId: null,
                      keepOverlap: false,
                    })
                  }
                >
                  {(type.usesPublishedSlots || typed.agendaId === null) && (
                    <option value="">
                      {type.usesPublishedSlots ? 'Tous les agendas' : 'Choisir un agenda'}
                    </option>
                  )}
                  {place.agendas.map((agenda) => (
                    <option key={agenda.id} value={agenda.id}>
                      {agenda.name}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          )}
          {type.usesPublishedSlots ? (
            <SlotPicker
              typeCode={type.code}
              placeId={place.id}
              agendaId={typed.agendaId}
              today={today}
              slotId={typed.slotId}
              error={errors.slotId}
              refused={refusedSlots}
              moved={{ appointmentId: form.id, from: was.date, departmentCode: place.departmentCode }}
              onChoose={(slotId) => change({ slotId, keepOverlap: false })}
            />
          ) : (
            <FreeMoment
              focused
              today={today}
              laterThan={was.date}
              departmentCode={place.departmentCode}
              allowedOnDaysOff={type.allowedOnDaysOff}
              typed={typed}
              time={time}
              preview={preview}
              errors={errors}
              onChange={change}
            />
          )}
          <Elsewhere
            preview={preview}
            keep={typed.keepOverlap}
            error={errors.keepOverlap}
            onChange={change}
          />
        </Card>
      </BookingLayout>
    </Page>
  )
}
