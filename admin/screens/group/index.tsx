import { useRef, useState } from 'react'
import { useLocation, useNavigate } from 'react-router-dom'
import {
  fewestInGroup,
  isCollective,
  mostInGroup,
  oneOffMinutes,
  sessionMinutes,
  type SessionMinutes,
} from '../../../resources/appointment/rules'
import { agentName, count, formatDay, formatHour } from '../../../resources/shared/french'
import { useAction, useOpened, type OpenedData } from '../../client/action'
import { useAgent } from '../../client/agent'
import type { Failure } from '../../client/client'
import { useDraft } from '../../client/draft'
import { useQuery } from '../../client/query'
import { DraftKept, RefusalNote } from '../../forms/form-parts'
import { EmptyPage } from '../../frame/failures'
import { useNotify } from '../../frame/notice'
import { paths } from '../../paths'
import { Alert } from '../../ui/alert'
import { Button } from '../../ui/button'
import { Card } from '../../ui/card'
import { Field } from '../../ui/field'
import { focusFirstError } from '../../ui/focus'
import { Page } from '../../ui/page'
import { AppointmentBlock } from '../book/appointment-block'
import { BookingLayout } from '../book/booking-layout'
import { MessagesBlock } from '../book/messages-block'
import {
  appointmentChange,
  byField,
  chosen as chosenOf,
  nothingTyped,
  stillRefused,
  type Errors,
  type Typed,
} from '../book/state'
import { GroupDone, type DoneGroup } from './done'
import { MembersBlock, type Member, type Session } from './members-block'

const title = 'Convoquer un groupe'
const crumbs = [{ label: 'Convocations', href: paths.appointments }]
type Form = OpenedData<'Appointment', 'convokeGroup'>

/** One session, one act: each person has their own appointment, their SMS and their paper. */
export function ConvokeGroup() {
  const { data: opened, failure, reload } = useOpened('Appointment', 'convokeGroup')
  // In the entry of the browser's history: whoever prints one paper comes back to the others.
  const place = useLocation()
  const { done } = (place.state as { done?: DoneGroup } | null) ?? {}
  const navigate = useNavigate()
  const { id: agentId } = useAgent()
  if (done?.agentId === agentId) return <GroupDone done={done} />
  if (!opened || failure)
    return <EmptyPage title={title} crumbs={crumbs} what="cette page" failure={failure} onRetry={reload} />
  if (opened.data.types.length === 0)
    return (
      <Page title={title} crumbs={crumbs}>
        <Alert tone="warn" title="Aucun lieu ne reçoit pour une action collective ni pour un stage">
          <p>Un administrateur local ajoute ces types au lieu qui reçoit, dans la fiche du lieu.</p>
        </Alert>
      </Page>
    )
  return <GroupFields form={opened.data} onDone={(done) => navigate(place.pathname, { state: { done } })} />
}

/** "45 minutes", "1 h 30". */
const durationWords = (minutes: number) =>
  minutes < 60
    ? `${minutes}\u00a0minutes`
    : [`${Math.floor(minutes / 60)}\u00a0h`, minutes % 60 || ''].join('\u00a0').trim()

/** A refusal without what it says of persons; null when it says nothing else. */
function withoutPersons(refusal: Failure | null): Failure | null {
  const all = Object.entries(refusal?.fieldErrors ?? {})
  const left = all.filter(([path]) => !path.startsWith('persons'))
  return refusal && (all.length === 0 || left.length > 0)
    ? { ...refusal, fieldErrors: Object.fromEntries(left) }
    : null
}

/** Everything chosen on the page, kept as a draft. */
interface TypedGroup {
  appointment: Typed['appointment']
  durationMinutes: SessionMinutes
  members: Member[]
  requestKey: string
}

/** Whose group may be convoked again, the last ones first. */
const groupsOf = (sessions: readonly Session[]) =>
  sessions
    .filter(({ expected }) => expected >= fewestInGroup)
    .toSorted((one, other) => `${other.date} ${other.time}`.localeCompare(`${one.date} ${one.time}`))

function GroupFields({ form, onDone }: { form: Form; onDone: (done: DoneGroup) => void }) {
  const nothing = (): TypedGroup => ({
    ...nothingTyped(form),
    durationMinutes: oneOffMinutes,
    members: [],
  })
  const draft = useDraft('convoquer-une-seance', useState(nothing)[0])
  const { appointment, members, requestKey } = draft.value
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const { run, busy } = useAction('Appointment', 'convokeGroup')
  const formElement = useRef<HTMLFormElement>(null)
  const agent = useAgent()
  const notify = useNotify()
  const chosen = chosenOf(form, { ...nothingTyped(form), appointment }, agentName(agent))
  const { type, place, agendaId, date, time } = chosen
  const errors: Errors = refusal ? byField(refusal.fieldErrors) : {}
  const session = type && isCollective(type.code) && place ? { typeCode: type.code, placeId: place.id } : null

  const { data: earlier } = useQuery(
    'earlierGroups',
    session && agendaId ? { ...session, agendaId, date, time } : null,
    { delay: 150 },
  )
  const joined = earlier?.find(
    (one) => one.date === date && one.time === time && one.typeCode === session?.typeCode,
  )
  // Whoever joins a session stays as long as it lasts.
  const durationMinutes = joined?.durationMinutes ?? draft.value.durationMinutes

  const { data: preview } = useQuery(
    'bookingPreview',
    session && date
      ? { ...session, agendaId, date, time, durationMinutes, inform: appointment.inform }
      : null,
    { delay: 200 },
  )
  const { data: lines } = useQuery(
    'groupMembers',
    session && members.length > 0
      ? { ...session, date, time, durationMinutes, probationerIds: members.map(({ id }) => id) }
      : null,
    // Read again after a refusal: what it says of persons changed since they were added.
    { delay: 150, live: true },
  )

  const changeAppointment = (change: Partial<Typed['appointment']>) => {
    const understood = appointmentChange(change, form.today)
    draft.setValue((before) => ({ ...before, appointment: { ...before.appointment, ...understood } }))
    setRefusal((before) => {
      const left = stillRefused(before, change)
      // What was said of persons was of the session as it was.
      return 'inform' in change ? left : withoutPersons(left)
    })
  }
  const changeDuration = (chosen: number) => {
    const minutes = sessionMinutes.find((one) => one === chosen) ?? oneOffMinutes
    draft.setValue((before) => ({ ...before, durationMinutes: minutes }))
    setRefusal((before) => withoutPersons(stillRefused(before, { durationMinutes: minutes })))
  }
  const changeMembers = (change: (before: Member[]) => Member[]) => {
    const changed = change(members)
    const over = changed.length - mostInGroup
    if (over > 0)
      notify({
        tone: 'bad',
        title: `${count(over, 'personne n’est pas ajoutée', 'personnes ne sont pas ajoutées')}\u00a0: ${mostInGroup} au plus à la fois. Convoquez-les ensuite, à la même heure.`,
      })
    draft.setValue((before) => ({ ...before, members: change(before.members).slice(0, mostInGroup) }))
    setRefusal(withoutPersons)
  }

  const known = lines?.filter(({ id }) => members.some((member) => member.id === id)) ?? []
  const reachable = known.filter(({ unreachable }) => unreachable === null).length
  const when = date && time && `${formatDay(date)} à ${formatHour(time)}`
  const people = count(members.length, 'personne', 'personnes')

  const submit = async () => {
    if (busy) return
    setRefusal(null)
    const answer = await run({
      ...(session ?? {}),
      ...{ agendaId, date, time, requestKey },
      durationMinutes: draft.value.durationMinutes,
      inform: lines && reachable === 0 ? null : appointment.inform,
      persons: members.map(({ id, keepOverlap }) => ({ probationerId: id, keepOverlap })),
    })
    if (!answer.ok) {
      setRefusal(answer)
      // What was sent before is recorded: from here on it is another request.
      if (answer.code === 'appointment.already_booked')
        draft.setValue((before) => ({ ...before, requestKey: crypto.randomUUID() }))
      focusFirstError(formElement.current)
      return
    }
    const names = new Map(members.map(({ id, name }) => [id, name]))
    draft.clear()
    onDone({
      ...{ agentId: agent.id, date: answer.result.date, time: answer.result.time },
      ...{ placeName: place?.name ?? '', reachable: answer.result.told },
      inform: appointment.inform,
      people: answer.result.appointments
        .map(({ id, probationerId }) => ({ appointmentId: id, name: names.get(probationerId) ?? '' }))
        .sort((one, other) => one.name.localeCompare(other.name, 'fr')),
    })
  }

  return (
    <Page
      title={title}
      crumbs={crumbs}
      lede={
        <>
          Une séance, un lieu, une heure&nbsp;: chaque personne a sa convocation et ses SMS.{' '}
          <span className="keys">
            <kbd>Ctrl Entrée</kbd> valider.
          </span>
        </>
      }
      actions={
        <DraftKept
          draft={draft}
          onStartAgain={() => {
            setRefusal(null)
            draft.clear(nothing())
          }}
        />
      }
    >
      <BookingLayout
        formRef={formElement}
        onSubmit={() => void submit()}
        messages={
          <MessagesBlock
            step={4}
            whyNot={
              known.length > 0 &&
              reachable === 0 && <p>Aucune de ces personnes ne peut recevoir de SMS&nbsp;: prévenez-les.</p>
            }
            warning={
              known.length > 0 && (
                <p>
                  {reachable === known.length
                    ? `${count(reachable, 'personne le reçoit', 'personnes les reçoivent')}.`
                    : `${count(reachable, 'personne les reçoit', 'personnes les reçoivent')}, ${known.length - reachable} non\u00a0: la raison est sur leur ligne.`}
                </p>
              )
            }
            inform={appointment.inform}
            preview={preview}
            errors={errors}
            onChange={(inform) => changeAppointment({ inform })}
          />
        }
        act={
          <>
            <p>
              <b>{members.length > 0 ? people : 'Aucune personne'}</b>
              {when && `, ${when}`}
              {place && `, ${place.name}`}
            </p>
            <Button type="submit" look="main" big wide busy={busy} data-key="main">
              {members.length > 0 ? `Convoquer ${people}` : 'Convoquer'}{' '}
              <kbd aria-hidden="true">Ctrl Entrée</kbd>
            </Button>
          </>
        }
        paper={
          <>
            Toutes sont convoquées, ou aucune. Le SMS ne remplace pas la convocation papier&nbsp;: vous
            imprimez celle de chacune à l’étape suivante.
          </>
        }
      >
        {refusal && (
          <RefusalNote
            refusal={refusal}
            // What is said of persons is on lines, which take no focus.
            focus={!Object.keys(errors).some((field) => Number.isNaN(Number(field)))}
            labels={Object.fromEntries(members.map(({ id, name }) => [String(id), name]))}
          />
        )}
        <AppointmentBlock
          form={form}
          title="La séance"
          step={1}
          focused
          appointment={appointment}
          chosen={chosen}
          preview={preview}
          errors={errors}
          refused={0}
          onChange={changeAppointment}
        />
        <Card title="La durée" step={2}>
          <Field
            name="durationMinutes"
            label="La séance dure"
            hint={joined && 'Celle de la séance que ces personnes rejoignent.'}
            error={errors.durationMinutes}
          >
            {(field) => (
              <select
                {...field}
                value={durationMinutes}
                disabled={joined !== undefined}
                onChange={(event) => changeDuration(Number(event.target.value))}
              >
                {[...new Set([...sessionMinutes, durationMinutes])].map((minutes) => (
                  <option key={minutes} value={minutes}>
                    {durationWords(minutes)}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </Card>
        <MembersBlock
          step={3}
          members={members}
          lines={lines}
          sessions={groupsOf(earlier ?? [])}
          joined={joined}
          errors={errors}
          onChange={changeMembers}
        />
      </BookingLayout>
    </Page>
  )
}
