import { useState } from 'react'
import { messageRefusals } from '../../../resources/message/fr'
import { formatPhone } from '../../../resources/shared/phone'
import { Alert } from '../../ui/alert'
import { LeftAlone } from '../../frame/left-alone'
import { Card } from '../../ui/card'
import { Checkbox } from '../../ui/checkbox'
import { Field } from '../../ui/field'
import { Guidance } from '../../ui/guidance'
import styles from './book.module.css'
import { Elsewhere, FreeMoment } from './moment'
import { SlotPicker } from './slot-picker'
import { type BookingForm, type Chosen, type Errors, type Preview, type Typed } from './state'

type Appointment = Typed['appointment']

/** Type, place, agenda, then a slot or a day and an hour. */
export function AppointmentBlock({
  form,
  title = 'La convocation',
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
  title?: string
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
  // A seat that was chosen before the page was opened: the link of a desk, a draft.
  const [given] = useState(appointment.slotId)
  const [first] = useState(() => focused && (type && !type.usesPublishedSlots ? 'date' : 'type'))
  if (form.types.length === 0)
    return (
      <Card title={title} step={step}>
        <NothingToBook form={form} />
      </Card>
    )
  return (
    <Card title={title} step={step} aside={guidance ? <Guidance text={guidance} /> : undefined}>
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
          givenOn={given !== null && given === appointment.slotId ? (preview?.moment?.date ?? null) : null}
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
          typed={appointment}
          time={chosen.time}
          preview={preview}
          errors={errors}
          onChange={onChange}
        />
      )}
      <Elsewhere
        preview={preview}
        keep={appointment.keepOverlap}
        error={errors.keepOverlap}
        onChange={onChange}
      />
      <LeftAlone />
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
