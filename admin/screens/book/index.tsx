import { lazy, Suspense, useLayoutEffect, useRef, useState } from 'react'
import { Link, useLocation, useNavigate, useParams, useSearchParams } from 'react-router-dom'
import { agentName, formatDay, formatHour, fullName } from '../../../resources/shared/french'
import { useAgent } from '../../client/agent'
import { useAction, useOpenedByName } from '../../client/action'
import type { Failure } from '../../client/client'
import { useDraft } from '../../client/draft'
import { useQuery } from '../../client/query'
import { FailureNote } from '../../frame/failures'
import { Alert } from '../../ui/alert'
import { Button } from '../../ui/button'
import { Card } from '../../ui/card'
import { focusFirstError } from '../../ui/focus'
import { Loading } from '../../ui/loading'
import { Page } from '../../ui/page'
import { paths } from '../../paths'
import { BookingLayout } from './booking-layout'
import { AppointmentBlock } from './appointment-block'
import { MendPhone, MessagesBlock, NumberToCheck, WhyNoSms } from './messages-block'
import { KnownPersonBlock, NewPersonBlock } from './person-block'
import {
  appointmentChange,
  appointmentInput,
  broughtBy,
  byField,
  chosen as chosenOf,
  isAnother,
  nothingTyped,
  offersInvitation,
  personChange,
  personInput,
  seatAsked,
  stillRefused,
  unreachableTyped,
  type BookingForm,
  type Errors,
  type Typed,
} from './state'
import { DraftKept, RefusalNote } from '../../forms/form-parts'
import type { Done } from './done'
import { probationerRefusals } from '../../../resources/probationer/fr'
import { firstName, lastName } from '../../../resources/shared/names'

// Rare, or of some roles only.
const IncompleteRecord = lazy(() => import('./incomplete-record'))
const InterJurisdictionNote = lazy(() => import('../probationer/inter-jurisdiction-note'))
// Drawn once something is recorded: the form does not wait for it.
const DonePage = lazy(async () => ({ default: (await import('./done')).DonePage }))

/** "Enregistrer et convoquer", or "Convoquer" when the person is known: one page, from identity to SMS. */
export function Book() {
  const { recordId } = useParams()
  const { search } = useLocation()
  return <BookingPage key={`${recordId}${search}`} personId={recordId} search={search} />
}

/** What the three commands of the page answer: a booking says its moment, a registration its person. */
interface Recorded {
  id: number
  date?: string
  time?: string
  probationerId?: number
  inJurisdiction?: boolean
}

function BookingPage({ personId, search }: { personId: string | undefined; search: string }) {
  const {
    data: opened,
    failure,
    reload,
  } = useOpenedByName<BookingForm>(
    'Probationer',
    personId ? 'convoke' : 'registerAndConvoke',
    personId,
    search,
  )
  const form = opened?.data
  const [done, setDone] = useState<Done | null>(null)
  const { key: visit, hash } = useLocation()
  // The link to the content changes the address too, and begins nothing.
  if (done && done.visit !== visit && !hash) setDone(null)
  // What is recorded is said first: the form that is read again for the next person may fail.
  if (done) return <DonePage done={done} />
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
  if (form.person?.whyNotConvokable)
    return (
      <Page title={`Convoquer ${fullName(form.person)}`} windowTitle="Convoquer">
        <Alert tone="warn" title="Cette personne ne peut pas être convoquée">
          <p>{probationerRefusals[form.person.whyNotConvokable]}</p>
          <Link to={paths.probationer(form.person.id)}>Ouvrir la fiche</Link>
        </Alert>
      </Page>
    )
  if (form.person && form.person.recordFaults.length > 0) return <IncompleteRecord person={form.person} />
  return (
    <BookingFields
      form={form}
      onDone={(what) => {
        setDone({ ...what, visit })
        // The next person finds the type that has just been used.
        reload()
      }}
    />
  )
}

function BookingFields({
  form: ofJurisdiction,
  onDone,
}: {
  form: BookingForm
  onDone: (done: Omit<Done, 'visit'>) => void
}) {
  const known = ofJurisdiction.person
  const [asked] = useSearchParams()
  const seat = seatAsked(asked)
  const left = useLocation().state as unknown
  const brought = broughtBy(left)
  const { desk } = (left as { desk?: string } | null) ?? {}
  const [start] = useState(() => {
    const nothing = nothingTyped(ofJurisdiction)
    return { ...nothing, appointment: { ...nothing.appointment, ...seat } }
  })
  const draft = useDraft(
    known
      ? ['convoquer', known.id, ofJurisdiction.before?.id].filter(Boolean).join('-')
      : ['enregistrer-et-convoquer', seat.slotId].filter(Boolean).join('-'),
    start,
  )
  // Before anything is drawn: nobody sees an empty form.
  useLayoutEffect(() => {
    if (!brought) return
    // Read once: a page that is reloaded takes up its draft.
    const entry = window.history.state as { usr?: object } | null
    window.history.replaceState({ ...entry, usr: { ...entry?.usr, brought: undefined } }, '')
    if (draft.resumed) {
      if (!isAnother(brought.person, draft.value.person)) return
      // Somebody else was begun on this seat before.
      draft.clear(start)
    }
    // Typed, if elsewhere: it is kept like what is typed here.
    draft.setValue({
      ...start,
      person: { ...start.person, ...brought.person },
      appointment: { ...start.appointment, ...brought.appointment },
    })
    // What the page was opened with.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [])
  const { value: typed, setValue: setTyped } = draft
  const { person } = typed
  // A draft that the release before kept has not all of it.
  const appointment = { ...nothingTyped(ofJurisdiction).appointment, ...typed.appointment }
  // Inter-jurisdiction: the commune says which services will follow somebody new, hence the places.
  const { data: ofCity } = useQuery(
    'bookingForm',
    !known && ofJurisdiction.asksResidence && person.cityId ? { cityId: person.cityId } : null,
  )
  const form = ofCity ?? ofJurisdiction
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const register = useAction('Probationer', 'register')
  const convoke = useAction('Probationer', 'convoke')
  const registerAndConvoke = useAction('Probationer', 'registerAndConvoke')
  const busy = register.busy || convoke.busy || registerAndConvoke.busy
  const [refusedSlots, setRefusedSlots] = useState(0)
  const formElement = useRef<HTMLFormElement>(null)
  const navigate = useNavigate()

  const agent = useAgent()
  const chosen = chosenOf(form, typed, agentName(agent))
  const { type, place } = chosen
  const errors: Errors = refusal ? byField(refusal.fieldErrors) : {}
  const unreachable = known ? known.unreachable : unreachableTyped(person)

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

  const changePerson = (change: Partial<typeof person>) => {
    setTyped((before) => ({ ...before, person: { ...before.person, ...personChange(change) } }))
    setRefusal((before) => stillRefused(before, change))
  }
  const changeAppointment = (change: Partial<typeof appointment>) => {
    const understood = appointmentChange(change, form.today)
    setTyped((before) => ({ ...before, appointment: { ...before.appointment, ...understood } }))
    setRefusal((before) => stillRefused(before, change))
  }
  const startAgain = () => {
    setRefusal(null)
    draft.clear(nothingTyped(ofJurisdiction))
  }

  const name = known ?? nameOf(person)
  const moment = type?.usesPublishedSlots
    ? appointment.slotId && preview?.moment
    : chosen.date && chosen.time && { date: chosen.date, time: chosen.time }
  const when = moment && `${formatDay(moment.date)} à ${formatHour(moment.time)}`

  const mendPhone = known && <MendPhone person={known} />

  const submit = async (act: 'book' | 'register') => {
    if (busy) return
    setRefusal(null)
    const newPerson = personInput(form, { ...typed, appointment }, chosen)
    const answer =
      act === 'register'
        ? await register.run(newPerson)
        : known
          ? await convoke.run(known.id, appointmentInput(typed, chosen, unreachable === null))
          : await registerAndConvoke.run({
              probationer: newPerson,
              appointment: appointmentInput(typed, chosen, unreachable === null),
            })
    if (!answer.ok) {
      setRefusal(answer)
      // What was sent before is recorded: from here on it is another request.
      if (answer.code?.includes('.already_')) {
        setTyped((before) => ({ ...before, requestKey: crypto.randomUUID() }))
      }
      if (answer.code?.startsWith('appointment.slot_')) {
        setTyped((before) => ({ ...before, appointment: { ...before.appointment, slotId: null } }))
        setRefusedSlots((count) => count + 1)
      }
      focusFirstError(formElement.current)
      return
    }
    draft.clear()
    const { id, date, time, ...registered }: Recorded = answer.result
    onDone({
      probationerId: known?.id ?? registered.probationerId ?? id,
      appointmentId: date ? id : null,
      inJurisdiction: known?.inJurisdiction ?? registered.inJurisdiction ?? false,
      isInvited: !known && newPerson.inviteToSpace,
      sentence:
        date && time
          ? `${fullName(name)}\u00a0: convocation ${formatDay(date)} à ${formatHour(time)}, ${place?.name ?? ''}`
          : `${fullName(name)}\u00a0: fiche enregistrée`,
      desk,
    })
  }

  return (
    <Page
      title={known ? `Convoquer ${fullName(known)}` : 'Enregistrer et convoquer'}
      windowTitle={known ? `Convoquer, fiche ${known.id}` : 'Enregistrer et convoquer'}
      lede={
        <>
          {ledeOf(ofJurisdiction)}{' '}
          <span className="keys">
            <kbd>Tab</kbd> champ suivant, <kbd>Ctrl Entrée</kbd> valider.
          </span>
        </>
      }
      actions={<DraftKept draft={draft} onStartAgain={startAgain} />}
    >
      <BookingLayout
        formRef={formElement}
        onSubmit={() => void submit('book')}
        messages={
          <MessagesBlock
            step={known ? 2 : 3}
            whyNot={unreachable && <WhyNoSms reason={unreachable} mend={mendPhone} />}
            warning={known?.phoneState === 'to_check' && <NumberToCheck mend={mendPhone} />}
            inform={appointment.inform}
            preview={preview}
            errors={errors}
            onChange={(inform) => changeAppointment({ inform })}
          />
        }
        act={
          <>
            <p>
              <b>{known || person.lastName.trim() ? fullName(name) : name.lastName}</b>
              {when && `, ${when}`}
              {place && `, ${place.name}`}
            </p>
            <Button type="submit" look="main" big wide busy={busy} data-key="main">
              {known ? 'Convoquer' : 'Enregistrer et convoquer'} <kbd aria-hidden="true">Ctrl Entrée</kbd>
            </Button>
            {!known && (
              <Button wide busy={busy} onClick={() => void submit('register')}>
                Enregistrer sans convoquer
              </Button>
            )}
          </>
        }
        paper={
          <>
            Le SMS ne remplace pas la convocation papier, seule à avoir une valeur juridique. Vous l’imprimez
            à l’étape suivante.
          </>
        }
      >
        {refusal && <RefusalNote refusal={refusal} />}
        {form.reconvenedAs && (
          <Alert tone="warn" title="Cette personne est déjà reconvoquée">
            <p>
              Après cette convocation, elle est attendue{' '}
              <Link to={paths.appointment(form.reconvenedAs.id)}>
                {formatDay(form.reconvenedAs.date)} à {formatHour(form.reconvenedAs.time)}
              </Link>
              . Le formulaire ci-dessous fait une convocation de plus.
            </p>
          </Alert>
        )}
        {known && form.asksResidence && (
          <Suspense>
            <InterJurisdictionNote
              personId={known.id}
              services={[...new Set(form.places.map(({ organizationName }) => organizationName))]}
              mayEdit={known.mayEdit}
            />
          </Suspense>
        )}
        {known ? (
          <KnownPersonBlock person={known} />
        ) : (
          <NewPersonBlock
            form={form}
            person={person}
            invites={
              offersInvitation(form, { ...typed, appointment }) && {
                asked: typed.inviteToSpace,
                ask: (inviteToSpace) => setTyped((before) => ({ ...before, inviteToSpace })),
              }
            }
            chosen={chosen}
            check={check}
            errors={errors}
            onChange={changePerson}
            onClaimed={({ next, notice }) => {
              draft.clear()
              navigate(next ?? paths.home, { state: { notice: { title: notice } } })
            }}
          />
        )}
        <AppointmentBlock
          form={form}
          step={known ? 1 : 2}
          focused={known !== null}
          appointment={appointment}
          chosen={chosen}
          preview={preview}
          errors={errors}
          refused={refusedSlots}
          onChange={changeAppointment}
        />
      </BookingLayout>
    </Page>
  )
}

function ledeOf({ person, before }: BookingForm): string {
  if (before)
    return `Après la convocation ${before.state === 'missed' ? 'manquée' : 'excusée'} du ${formatDay(before.date)}\u00a0: type, lieu, agenda${before.agent ? `, agent (${agentName(before.agent)})` : ''} et numéro sont repris.`
  return person ? 'Une page, de la date au SMS.' : 'Une page, de l’identité au SMS.'
}

/** As it will be recorded. */
const nameOf = (person: Typed['person']) => ({
  lastName: lastName.safeParse(person.lastName).data ?? 'Nouvelle personne',
  firstName: firstName.safeParse(person.firstName).data ?? '',
})
