import { useRef, useState } from 'react'
import { Link, useSearchParams } from 'react-router-dom'
import { formatDay, formatHour, fullName } from '../../../resources/shared/french'
import { send, useAgent, useDraft, useQuery, type Failure } from '../../components/api'
import {
  Button,
  ButtonLink,
  Card,
  FailureNote,
  focusFirstError,
  Icon,
  Loading,
  Note,
  Page,
} from '../../components/ui'
import { paths } from '../../paths'
import { AppointmentBlock } from './appointment-block'
import { MessagesBlock } from './messages-block'
import { KnownPersonBlock, NewPersonBlock } from './person-block'
import {
  appointmentInput,
  byField,
  chosen as chosenOf,
  nothingTyped,
  personInput,
  type BookingForm,
  type Errors,
} from './state'
import { probationerRefusals } from '../../../resources/probationer/fr'

/** "Enregistrer et convoquer", or "Convoquer" when the person is known: one page, from identity to SMS. */
export function Book() {
  const [params] = useSearchParams()
  const personId = Number(params.get('personne')) || null
  const [round, setRound] = useState(0)
  // A new round is a new page: nothing of the last person stays.
  return (
    <BookingPage
      key={`${personId ?? 'new'}-${round}`}
      personId={personId}
      onNext={() => setRound(round + 1)}
    />
  )
}

interface Done {
  probationerId: number
  appointmentId: number | null
  sentence: string
}

function BookingPage({ personId, onNext }: { personId: number | null; onNext: () => void }) {
  const { data: form, failure, reload } = useQuery('bookingForm', { probationerId: personId })
  const [done, setDone] = useState<Done | null>(null)
  if (failure)
    return (
      <Page title="Convoquer">
        <Card>
          <FailureNote what="La page n’a pas pu être préparée" failure={failure} onRetry={reload} />
        </Card>
      </Page>
    )
  if (!form)
    return (
      <Page title={personId ? 'Convoquer' : 'Enregistrer et convoquer'}>
        <Card>
          <Loading what="formulaire" lines={8} />
        </Card>
      </Page>
    )
  if (done) return <DonePage done={done} onNext={onNext} />
  if (form.person?.whyNotConvokable)
    return (
      <Page title={`Convoquer ${fullName(form.person)}`} windowTitle="Convoquer">
        <Note tone="warn" title="Cette personne ne peut pas être convoquée">
          <p>{probationerRefusals[form.person.whyNotConvokable]}</p>
          <Link to={paths.probationer(form.person.id)}>Ouvrir la fiche</Link>
        </Note>
      </Page>
    )
  return <BookingFields form={form} personId={personId} onDone={setDone} />
}

function BookingFields({
  form,
  personId,
  onDone,
}: {
  form: BookingForm
  personId: number | null
  onDone: (done: Done) => void
}) {
  const known = form.person
  const draft = useDraft(
    known ? `convoquer-${known.id}` : 'enregistrer-et-convoquer',
    useState(nothingTyped)[0],
  )
  const { value: typed, setValue: setTyped } = draft
  const { person, appointment } = typed
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const [busy, setBusy] = useState<'book' | 'register' | null>(null)
  const [refusedSlots, setRefusedSlots] = useState(0)
  const formElement = useRef<HTMLFormElement>(null)

  const agent = useAgent()
  const chosen = chosenOf(form, typed, `${agent.firstName} ${agent.lastName}`)
  const { type, place } = chosen
  const errors: Errors = refusal ? byField(refusal.fieldErrors) : {}
  const reachable = known ? known.canReceiveSms : !person.hasNoMobilePhone && !person.smsOptOut

  const { data: check } = useQuery(
    'checkTypedPerson',
    known
      ? null
      : {
          lastName: person.lastName,
          firstName: person.firstName,
          dateOfBirth: chosen.birth,
          phone: person.phone,
          appiNumber: person.appiNumber,
        },
    { delay: 400 },
  )
  const { data: preview } = useQuery(
    'bookingPreview',
    type && place && (type.usesPublishedSlots ? appointment.slotId : chosen.date)
      ? {
          probationerId: known?.id ?? null,
          typeCode: type.code,
          placeId: place.id,
          agendaId: chosen.agendaId,
          slotId: type.usesPublishedSlots ? appointment.slotId : null,
          date: type.usesPublishedSlots ? null : chosen.date,
          time: type.usesPublishedSlots ? null : chosen.time,
          inform: appointment.inform,
        }
      : null,
    { delay: 200 },
  )

  const changePerson = (change: Partial<typeof person>) =>
    setTyped((before) => ({ ...before, person: { ...before.person, ...change } }))
  const changeAppointment = (change: Partial<typeof appointment>) =>
    setTyped((before) => ({ ...before, appointment: { ...before.appointment, ...change } }))

  const name = known ?? { lastName: person.lastName || 'Nouvelle personne', firstName: person.firstName }
  const moment =
    preview?.moment ?? (chosen.date && chosen.time ? { date: chosen.date, time: chosen.time } : null)
  const when = moment && `${formatDay(moment.date)} à ${formatHour(moment.time)}`

  const submit = async (act: 'book' | 'register') => {
    if (busy) return
    setBusy(act)
    setRefusal(null)
    const answer =
      act === 'register'
        ? await send('registerProbationer', personInput(typed, chosen))
        : known
          ? await send('bookAppointment', {
              ...appointmentInput(typed, chosen, reachable),
              probationerId: known.id,
            })
          : await send('registerAndBook', {
              probationer: personInput(typed, chosen),
              appointment: appointmentInput(typed, chosen, reachable),
            })
    setBusy(null)
    if (!answer.ok) {
      setRefusal(answer)
      if (answer.code?.startsWith('appointment.slot_')) {
        changeAppointment({ slotId: null })
        setRefusedSlots((count) => count + 1)
      }
      focusFirstError(formElement.current)
      return
    }
    draft.clear()
    const { id, probationerId = known?.id ?? id }: { id: number; probationerId?: number } = answer.result
    onDone({
      probationerId,
      appointmentId: act === 'book' ? id : null,
      sentence:
        act === 'book'
          ? `${fullName(name)} : convocation ${when ? `${when}, ` : ''}${place?.name ?? ''}`
          : `${fullName(name)} : fiche enregistrée`,
    })
  }

  return (
    <Page
      title={known ? `Convoquer ${fullName(known)}` : 'Enregistrer et convoquer'}
      windowTitle={known ? 'Convoquer' : 'Enregistrer et convoquer'}
      lede={
        <>
          Une page, de l’identité au SMS.{' '}
          <span className="keys">
            <kbd>Tab</kbd> champ suivant, <kbd>Ctrl Entrée</kbd> valider.
          </span>
        </>
      }
      actions={
        draft.savedAt && (
          <p className="hint row">
            <Icon name="check" />
            Brouillon gardé à {formatHour(draft.savedAt.toTimeString().slice(0, 5))}
          </p>
        )
      }
    >
      <form
        className="split booking"
        noValidate
        ref={formElement}
        onSubmit={(event) => {
          event.preventDefault()
          void submit('book')
        }}
      >
        <div className="col">
          {refusal && (
            <Note
              tone="bad"
              announce="alert"
              title={
                Object.keys(errors).length > 0
                  ? 'Rien n’est enregistré : un point est à corriger'
                  : refusal.message
              }
            >
              {Object.keys(errors).length > 0 && (
                <ul>
                  {Object.entries(errors).map(([field, message]) => (
                    <li key={field}>{message}</li>
                  ))}
                </ul>
              )}
            </Note>
          )}
          {known ? (
            <KnownPersonBlock person={known} />
          ) : (
            <NewPersonBlock
              form={form}
              person={person}
              chosen={chosen}
              check={check}
              errors={errors}
              onChange={changePerson}
            />
          )}
          <AppointmentBlock
            form={form}
            step={known ? 1 : 2}
            appointment={appointment}
            chosen={chosen}
            preview={preview}
            errors={errors}
            refused={refusedSlots}
            onChange={changeAppointment}
          />
        </div>
        <div className="col side-sticky">
          <MessagesBlock
            step={known ? 2 : 3}
            reachable={reachable}
            whyNot={
              (known ?? person).smsOptOut
                ? 'La personne a refusé les SMS. Le rappel se fera par la convocation papier.'
                : 'La personne n’a pas de portable. Un rappel partira si vous ajoutez un numéro avant la date.'
            }
            inform={appointment.inform}
            preview={preview}
            errors={errors}
            onChange={(inform) => changeAppointment({ inform })}
          />
          <Card label="Valider">
            <p>
              <b>{known || person.lastName ? fullName(name) : name.lastName}</b>
              {when && `, ${when}`}
              {place && `, ${place.name}`}
            </p>
            <Button type="submit" look="main" big wide busy={busy === 'book'} data-key="main">
              {known ? 'Convoquer' : 'Enregistrer et convoquer'} <kbd aria-hidden="true">Ctrl Entrée</kbd>
            </Button>
            {!personId && (
              <Button wide busy={busy === 'register'} onClick={() => void submit('register')}>
                Enregistrer sans convoquer
              </Button>
            )}
            <p className="hint row still">
              <Icon name="paper" />
              <span>
                Le SMS ne remplace pas la convocation papier, seule à avoir une valeur juridique. Elle
                s’ouvre, prête à imprimer, après l’enregistrement.
              </span>
            </p>
          </Card>
        </div>
      </form>
    </Page>
  )
}

function DonePage({ done, onNext }: { done: Done; onNext: () => void }) {
  return (
    <Page title={done.appointmentId ? 'Convocation enregistrée' : 'Fiche enregistrée'}>
      <Note tone="ok" title={done.sentence} announce="status" focus>
        {done.appointmentId && (
          <p>La convocation papier reste la seule à avoir une valeur juridique : remettez-la.</p>
        )}
        <div className="row">
          {done.appointmentId && (
            <ButtonLink to={paths.summons(done.appointmentId)} look="main" icon="print">
              Imprimer la convocation
            </ButtonLink>
          )}
          {done.appointmentId && (
            <ButtonLink to={paths.appointment(done.appointmentId)}>Voir la convocation et ses SMS</ButtonLink>
          )}
          {!done.appointmentId && (
            <ButtonLink to={paths.book(done.probationerId)} look="main" icon="calendar">
              Convoquer
            </ButtonLink>
          )}
          <ButtonLink to={paths.probationer(done.probationerId)}>Ouvrir la fiche</ButtonLink>
          {done.appointmentId && <NextPerson onNext={onNext} />}
        </div>
      </Note>
    </Page>
  )
}

function NextPerson({ onNext }: { onNext: () => void }) {
  return (
    <Link to={paths.registerAndBook} className="btn" onClick={onNext}>
      Personne suivante
    </Link>
  )
}
