import { useRef, useState } from 'react'
import { appointmentRefusals } from '../../../resources/appointment/fr'
import { messageRefusals } from '../../../resources/message/fr'
import { workingDayFrom } from '../../../resources/shared/calendar'
import { addDays, addMonths, type CivilDate } from '../../../resources/shared/civil-time'
import { formatDay, formatHour, formatShortDate } from '../../../resources/shared/french'
import { formatPhone } from '../../../resources/shared/phone'
import { Alert } from '../../ui/alert'
import { Button } from '../../ui/button'
import { Card } from '../../ui/card'
import { Checkbox } from '../../ui/checkbox'
import { DateField } from '../../ui/date-field'
import { Field } from '../../ui/field'
import { Guidance } from '../../ui/guidance'
import { Tag } from '../../ui/tag'
import styles from './book.module.css'
import { SlotPicker } from './slot-picker'
import { typedAfter, type BookingForm, type Chosen, type Errors, type Preview, type Typed } from './state'

type Appointment = Typed['appointment']

const shortcuts: [string, (today: CivilDate) => CivilDate][] = [
  ['1 semaine', (today) => addDays(today, 7)],
  ['2 semaines', (today) => addDays(today, 14)],
  ['1 mois', (today) => addMonths(today, 1)],
]

/** Type, place, agenda, then a slot or a day and an hour. */
export function AppointmentBlock({
  form,
  step,
  focused,
  appointment,
  chosen,
  preview,
  errors,
  refused,
  onChange,
}: {
  form: BookingForm
  step: number
  /** The cursor starts here: in the date when the type asks for one. */
  focused: boolean
  appointment: Appointment
  chosen: Chosen
  preview: Preview | null
  errors: Errors
  refused: number
  onChange: (change: Partial<Appointment>) => void
}) {
  const { type, places, place, agendaId } = chosen
  const agendas = place?.agendas ?? []
  const guidance = place?.agendaGuidance
  const columns = type ? form.columns.filter(({ typeCodes }) => typeCodes.includes(type.code)) : []
  const [first] = useState(() => focused && (type && !type.usesPublishedSlots ? 'date' : 'type'))
  if (form.types.length === 0)
    return (
      <Card title="La convocation" step={step}>
        <NothingToBook form={form} />
      </Card>
    )
  return (
    <Card title="La convocation" step={step} aside={guidance ? <Guidance text={guidance} /> : undefined}>
      <div className={styles.choices}>
        <Field name="typeCode" label="Type" required error={errors.typeCode}>
          {(field) => (
            <select
              {...field}
              // The page exists to choose a date, and the type before it.
              // eslint-disable-next-line jsx-a11y/no-autofocus
              autoFocus={first === 'type'}
              value={type?.code ?? ''}
              onChange={(event) =>
                onChange({ typeCode: event.target.value, slotId: null, keepOverlap: false })
              }
            >
              {!type && <option value="">Choisir un type</option>}
              {form.types.map((one) => (
                <option key={one.code} value={one.code}>
                  {one.label}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field
          name="placeId"
          label="Lieu"
          required
          error={errors.placeId ?? (preview?.textRefusal ? messageRefusals[preview.textRefusal] : undefined)}
        >
          {(field) => (
            <select
              {...field}
              value={place?.id ?? ''}
              onChange={(event) =>
                onChange({ placeId: Number(event.target.value), agendaId: null, slotId: null })
              }
            >
              {!place && <option value="">{type ? 'Aucun lieu' : 'Choisir d’abord le type'}</option>}
              {places.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </select>
          )}
        </Field>
        {agendas.length > 1 && (
          <Field name="agendaId" label="Agenda" required={!type?.usesPublishedSlots} error={errors.agendaId}>
            {(field) => (
              <select
                {...field}
                value={agendaId ?? ''}
                onChange={(event) => onChange({ agendaId: Number(event.target.value) || null, slotId: null })}
              >
                <option value="">
                  {type?.usesPublishedSlots ? 'Tous les agendas' : 'Choisir un agenda'}
                </option>
                {agendas.map((agenda) => (
                  <option key={agenda.id} value={agenda.id}>
                    {agenda.name}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        {type?.asksProsecutionNumber && (
          <Field name="prosecutionNumber" label="N° de parquet" optional error={errors.prosecutionNumber}>
            {(field) => (
              <input
                {...field}
                value={appointment.prosecutionNumber}
                autoComplete="off"
                maxLength={40}
                onChange={(event) => onChange({ prosecutionNumber: event.target.value })}
              />
            )}
          </Field>
        )}
        {columns.map(({ id, name, dataType }) => (
          <Field key={id} name={String(id)} label={name} error={errors[id]}>
            {(field) => (
              <input
                {...field}
                type={dataType === 'date' ? 'date' : 'text'}
                value={appointment.cells[id] ?? ''}
                autoComplete="off"
                maxLength={200}
                onChange={(event) => onChange({ cells: { ...appointment.cells, [id]: event.target.value } })}
              />
            )}
          </Field>
        ))}
      </div>
      {type && place && type.usesPublishedSlots && (
        <SlotPicker
          typeCode={type.code}
          placeId={place.id}
          agendaId={agendaId}
          today={form.today}
          slotId={appointment.slotId}
          error={errors.slotId}
          refused={refused}
          onChoose={(slotId) => onChange({ slotId, keepOverlap: false })}
        />
      )}
      {type && place && !type.usesPublishedSlots && (
        <FreeMoment
          focused={first === 'date'}
          today={form.today}
          departmentCode={place.departmentCode}
          allowedOnDaysOff={type.allowedOnDaysOff}
          appointment={appointment}
          chosen={chosen}
          preview={preview}
          errors={errors}
          onChange={onChange}
        />
      )}
      <Overlap
        preview={preview}
        keep={appointment.keepOverlap}
        error={errors.keepOverlap}
        onChange={onChange}
      />
      {form.asksIfReferent && (
        <Checkbox checked={appointment.assignToMe} onChange={(assignToMe) => onChange({ assignToMe })}>
          Je suis son référent
        </Checkbox>
      )}
    </Card>
  )
}

/** No place of these services receives for a type of this role: whom to call. */
function NothingToBook({ form }: { form: BookingForm }) {
  return (
    <Alert tone="warn" title="Vous ne pouvez pas convoquer cette personne dans un de ses services">
      <p>
        Aucun lieu n’y reçoit pour les types de convocation de votre rôle. Appelez le service qui suit la
        personne&nbsp;:
      </p>
      <ul>
        {form.services.map((service) => (
          <li key={service.id}>
            {service.name}
            {service.switchboardPhone && `, ${formatPhone(service.switchboardPhone)}`}
          </li>
        ))}
      </ul>
    </Alert>
  )
}

function FreeMoment({
  focused,
  today,
  departmentCode,
  allowedOnDaysOff,
  appointment,
  chosen,
  preview,
  errors,
  onChange,
}: {
  focused: boolean
  today: CivilDate
  departmentCode: string
  allowedOnDaysOff: boolean
  appointment: Appointment
  chosen: Chosen
  preview: Preview | null
  errors: Errors
  onChange: (change: Partial<Appointment>) => void
}) {
  const { date, time } = chosen
  // What a shortcut wrote: text typed after it replaces it.
  const written = useRef({ date: '', time: '' })
  const write = (field: 'date' | 'time', text: string) => {
    written.current[field] = text
    onChange({ [field]: text, keepOverlap: false })
  }
  const type = (field: 'date' | 'time', text: string) => {
    const typed = typedAfter(written.current[field], text)
    written.current[field] = ''
    onChange({ [field]: typed, keepOverlap: false })
  }
  const refusal = preview?.refusal
  const sentence = refusal && appointmentRefusals[refusal].replace('{holiday}', preview.holiday ?? '')
  const onHour = refusal === 'appointment.hour_outside'
  const dateError = errors.date ?? (sentence && !onHour ? sentence : undefined)
  const timeError = errors.time ?? (sentence && onHour ? sentence : undefined)
  const isTaken = time !== null && preview?.day?.taken.includes(time)
  const workingDay = (wanted: CivilDate): CivilDate =>
    allowedOnDaysOff ? wanted : workingDayFrom(wanted, departmentCode)
  return (
    <div className={styles.moment}>
      <div className="stack">
        <Field
          name="date"
          label="Date"
          required
          hint={date ? undefined : 'Tapez 3/3, 3 mars ou mardi'}
          fine={date && formatDay(date)}
          error={dateError}
        >
          {(field) => (
            <DateField
              field={field}
              date={date}
              today={today}
              // eslint-disable-next-line jsx-a11y/no-autofocus
              autoFocus={focused}
              value={appointment.date}
              onChange={(event) => type('date', event.target.value)}
              onPick={(day) => write('date', formatShortDate(day))}
            />
          )}
        </Field>
        <div className={styles.shortcuts} role="group" aria-label="Raccourcis de date">
          <span className="hint">dans</span>
          {shortcuts.map(([label, dateFrom]) => (
            <Button key={label} onClick={() => write('date', formatShortDate(workingDay(dateFrom(today))))}>
              {label}
            </Button>
          ))}
        </div>
      </div>
      <div className="stack">
        <Field
          name="time"
          label="Heure"
          required
          hint={time ? undefined : 'Tapez 1430 ou 14h30'}
          fine={time && !isTaken && formatHour(time)}
          error={timeError}
        >
          {(field) => (
            <input
              {...field}
              value={appointment.time}
              autoComplete="off"
              inputMode="numeric"
              onChange={(event) => type('time', event.target.value)}
            />
          )}
        </Field>
        {isTaken && (
          <p role="status">
            <Tag tone="warn" icon="warning">
              Déjà prise dans cet agenda
            </Tag>
          </p>
        )}
        {preview?.day && preview.day.free.length > 0 && (
          <div className="cluster" role="group" aria-label="Libres ce jour-là">
            <span className="hint">libres</span>
            {preview.day.free.slice(0, 5).map((free) => (
              <Button key={free} aria-pressed={free === time} onClick={() => write('time', formatHour(free))}>
                {formatHour(free)}
              </Button>
            ))}
          </div>
        )}
        {preview?.day && preview.day.taken.length > 0 && (
          <p className="hint">
            Prises dans cet agenda&nbsp;: {preview.day.taken.map(formatHour).join(', ')}.
          </p>
        )}
      </div>
    </div>
  )
}

function Overlap({
  preview,
  keep,
  error,
  onChange,
}: {
  preview: Preview | null
  keep: boolean
  error: string | undefined
  onChange: (change: Partial<Appointment>) => void
}) {
  const overlap = preview?.overlap
  if (!overlap && !error) return null
  return (
    <Alert
      tone="warn"
      announce="status"
      title={overlap?.sameInstant ? 'Déjà une convocation à cette heure' : 'Déjà une convocation à ce moment'}
    >
      <p>
        {overlap?.at
          ? `${overlap.at.placeName}, ${formatDay(overlap.at.date)} à ${formatHour(overlap.at.time)}.`
          : overlap
            ? 'Dans un service d’un autre ressort.'
            : error}
      </p>
      {!overlap?.sameInstant && (
        <Checkbox
          field="keepOverlap"
          checked={keep}
          error={overlap ? error : undefined}
          onChange={(keepOverlap) => onChange({ keepOverlap })}
        >
          Garder cette heure
        </Checkbox>
      )}
    </Alert>
  )
}
