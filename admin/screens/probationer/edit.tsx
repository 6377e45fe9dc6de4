import { useEffect, useRef, useState } from 'react'
import { useLocation, useNavigate, useParams } from 'react-router-dom'
import { formatShortDate, fullName, parseTypedBirthDate } from '../../../resources/shared/french'
import { formatPhone } from '../../../resources/shared/phone'
import { useAction, useOpened, type OpenedData } from '../../client/action'
import type { Failure } from '../../client/client'
import { useDraft } from '../../client/draft'
import { useQuery } from '../../client/query'
import { FailureNote } from '../../frame/failures'
import { Button, ButtonLink } from '../../ui/button'
import { Card } from '../../ui/card'
import { Checkbox } from '../../ui/checkbox'
import { focusFirstError, focusNext } from '../../ui/focus'
import { Loading } from '../../ui/loading'
import { Page } from '../../ui/page'
import { paths } from '../../paths'
import { AntiTerrorism, PersonFields } from '../book/person-block'
import { changedMeanwhile, DraftKept, RefusalNote } from '../../forms/form-parts'
import { personChange, saysNoMobile, stillRefused, type Typed } from '../book/state'
import { CityForeseen } from './city-foreseen'
import { recordCrumbs } from './crumbs'

type Person = Typed['person']
type Form = OpenedData<'Probationer', 'edit'>

/** Correcting the record of a person. */
export function EditProbationer() {
  const { recordId = '' } = useParams()
  const { data: opened, failure, reload } = useOpened('Probationer', 'edit', recordId)
  if (opened && !failure) return <EditFields form={opened.data} reload={reload} />
  return (
    <Page title="Modifier la fiche" crumbs={[{ label: 'Probationnaires', href: paths.probationers }]}>
      <Card label="Fiche">
        {failure ? (
          <FailureNote
            what="La fiche ne peut pas être modifiée"
            failure={failure}
            onRetry={reload}
            wayBack={<ButtonLink to={paths.probationer(Number(recordId))}>Ouvrir la fiche</ButtonLink>}
          />
        ) : (
          <Loading what="fiche" lines={8} />
        )}
      </Card>
    </Page>
  )
}

/** The record as its fields show it. */
const shown = ({ person }: Form): Person => ({
  ...person,
  birth: person.dateOfBirth ? formatShortDate(person.dateOfBirth) : '',
  phone: person.phone ? formatPhone(person.phone) : '',
  appiNumber: person.appiNumber ?? '',
  city: person.city ?? '',
  isAnotherPerson: false,
})

/** Of the former number, asked when another is typed and the person has a space. */
interface Lost {
  formerNumberLost?: boolean
}

const labels = {
  lastName: 'Nom',
  firstName: 'Prénom',
  birth: 'Naissance',
  appiNumber: 'N° APPI',
  phone: 'Téléphone portable',
  hasNoMobilePhone: 'N’a pas de portable',
  smsOptOut: 'Ne souhaite pas recevoir de SMS',
  followedByAntiTerrorismJudge: 'Suivi par le juge antiterroriste',
  city: 'Commune',
} satisfies Partial<Record<keyof Person, string>>

/** Those whose refusal comes under another name. */
const refusedAs: Partial<Record<keyof Person, string>> = { birth: 'dateOfBirth', city: 'cityId' }
const refusedName = (name: keyof typeof labels) => refusedAs[name] ?? name
const labelsOfRefusals = Object.fromEntries(
  Object.entries(labels).map(([name, label]) => [refusedName(name as keyof typeof labels), label]),
)

const inWords = (value: string | boolean) =>
  typeof value === 'boolean' ? (value ? 'coché' : 'décoché') : value || 'vide'

/** What somebody else changed between two readings of the record, where its field does not say it. */
const changesBetween = (before: Form, after: Form, errors: Failure['fieldErrors']) =>
  (Object.keys(labels) as (keyof typeof labels)[])
    .filter((name) => shown(before)[name] !== shown(after)[name] && !(refusedName(name) in errors))
    .map(
      (name) =>
        `${labels[name]}\u00a0: ${inWords(shown(before)[name])}, devenu ${inWords(shown(after)[name])}`,
    )

// What was typed, and over which version: what was not touched follows the record when it is read again.
const untouched: { version: string | null; changes: Partial<Person> & Lost } = { version: null, changes: {} }

function EditFields({ form, reload }: { form: Form; reload: () => void }) {
  const draft = useDraft(`modifier-${form.id}`, untouched)
  const { version, changes } = draft.value
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const [overtaken, setOvertaken] = useState<Form | null>(null)
  const { busy, run } = useAction('Probationer', 'edit')
  const element = useRef<HTMLFormElement>(null)
  const navigate = useNavigate()
  const location = useLocation()
  const { from } = (location.state as { from?: string } | null) ?? {}
  const { hash } = location
  // Who comes to correct one thing begins there.
  useEffect(() => {
    if (hash) focusNext(() => document.getElementById(hash.slice(1))?.querySelector('input'))
  }, [hash])

  const record = shown(form)
  const person = { ...record, ...changes }
  const birth = parseTypedBirthDate(person.birth, form.today)
  const phoneTouched = person.phone !== record.phone
  const asksIfLost = phoneTouched && form.hasSpace && form.person.phone !== null
  const phone = phoneTouched ? person.phone : (form.person.phone ?? '')
  const errors = refusal?.fieldErrors ?? {}
  const { data: check } = useQuery(
    'checkTypedPerson',
    {
      lastName: person.lastName,
      firstName: person.firstName,
      dateOfBirth: birth,
      phone,
      appiNumber: person.appiNumber,
      except: form.id,
    },
    { delay: 400 },
  )
  const change = (part: Partial<Person> & Lost) => {
    setRefusal((before) => stillRefused(before, part))
    draft.setValue((before) => ({
      version: before.version ?? form.version,
      changes: { ...before.changes, ...personChange(part) },
    }))
  }

  const startAgain = () => {
    setRefusal(null)
    draft.clear(untouched)
  }

  const submit = async () => {
    setRefusal(null)
    const answer = await run(form.id, {
      ...person,
      hasNoMobilePhone: saysNoMobile(person),
      phone,
      dateOfBirth: birth ?? person.birth,
      version: version ?? form.version,
      formerNumberLost: asksIfLost && Boolean(changes.formerNumberLost),
    })
    if (answer.ok) {
      draft.clear()
      // Passed to the services of another commune, the record may be out of sight.
      const isPassed = answer.result.divestment === 'auto_accepted'
      navigate(from ?? (isPassed ? paths.probationers : paths.probationer(form.id)), {
        state: { notice: { title: answer.notice } },
      })
      return
    }
    setRefusal(answer)
    if (changedMeanwhile(answer)) {
      setOvertaken(form)
      draft.setValue({ version: null, changes })
      reload()
    }
    focusFirstError(element.current)
  }
  const meanwhile = overtaken ? changesBetween(overtaken, form, errors) : []
  return (
    <Page
      title={`Modifier la fiche de ${fullName(form.person)}`}
      windowTitle={`Modifier la fiche ${form.id}`}
      crumbs={recordCrumbs(form.id)}
      actions={<DraftKept draft={draft} onStartAgain={startAgain} />}
    >
      <form
        className="stack"
        noValidate
        ref={element}
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) void submit()
        }}
      >
        {refusal && (
          <RefusalNote
            refusal={refusal}
            tone={overtaken ? 'warn' : 'bad'}
            also={meanwhile}
            labels={changedMeanwhile(refusal) ? labelsOfRefusals : {}}
          />
        )}
        <Card
          title="La personne"
          aside={<span className="hint">Champs obligatoires, sauf mention contraire</span>}
          footer={
            <div className="cluster">
              <Button type="submit" look="main" busy={busy} data-key="main">
                Enregistrer la fiche <kbd aria-hidden="true">Ctrl Entrée</kbd>
              </Button>
              <ButtonLink to={from ?? paths.probationer(form.id)}>
                {from ? 'Revenir à la liste' : 'Revenir à la fiche'}
              </ButtonLink>
            </div>
          }
        >
          <PersonFields
            asksResidence={form.asksResidence}
            person={person}
            birth={birth}
            check={check && { ...check, phone: phoneTouched ? check.phone : null }}
            errors={errors}
            refusalKept={form.person.smsOptOut}
            onChange={change}
          />
          {asksIfLost && (
            <>
              <p className="hint">
                Cette personne a un espace personnel&nbsp;: il se ferme sur ses appareils, et un SMS lui dit
                que le nouveau numéro l’ouvre, avec le même mot de passe.
              </p>
              <Checkbox
                name="formerNumberLost"
                checked={Boolean(changes.formerNumberLost)}
                onChange={(formerNumberLost) => change({ formerNumberLost })}
              >
                L’ancien numéro est perdu ou aux mains d’un autre&nbsp;: le mot de passe de l’espace ne sert
                plus
              </Checkbox>
            </>
          )}
          {form.asksResidence && (
            <CityForeseen
              probationerId={form.id}
              cityId={person.cityId === record.cityId ? null : person.cityId}
            />
          )}
          {form.person.smsOptOut && (
            <p className="hint">La personne refuse les SMS. Ils se réactivent depuis sa fiche.</p>
          )}
          <AntiTerrorism
            person={person}
            kept={form.person.followedByAntiTerrorismJudge && !form.mayUntickAntiTerrorism}
            onChange={change}
          />
        </Card>
      </form>
    </Page>
  )
}
