import { useRef, useState } from 'react'
import { civilOf } from '../../../resources/shared/civil-time'
import { formatBirth, fullName, parseTypedBirthDate } from '../../../resources/shared/french'
import { formatPhone } from '../../../resources/shared/phone'
import { useAction, type DoneWith } from '../../client/action'
import { useAgent } from '../../client/agent'
import { lookUpOptions, type Failure } from '../../client/client'
import { RefusalNote } from '../../forms/form-parts'
import { paths } from '../../paths'
import { Alert } from '../../ui/alert'
import { Button, ButtonLink } from '../../ui/button'
import { Card } from '../../ui/card'
import { Combobox } from '../../ui/combobox'
import { Field } from '../../ui/field'
import { focusFirstError } from '../../ui/focus'
import { Page } from '../../ui/page'
import { CityForeseen } from './city-foreseen'
import styles from './look-up.module.css'

type Found = Extract<Awaited<ReturnType<ReturnType<typeof useLookUp>['run']>>, DoneWith<unknown>>['result']
const useLookUp = () => useAction('Probationer', 'lookUp')

const nothingTyped = { lastName: '', firstName: '', birth: '', appiNumber: '' }
const crumbs = [{ label: 'Probationnaires', href: paths.probationers }]

/** One person of the country, by exact identity: to convoke them, or say where they live now. */
export function LookUpIdentity() {
  const [typed, setTyped] = useState(nothingTyped)
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const [answer, setAnswer] = useState<Found | null>(null)
  const { busy, run } = useLookUp()
  const form = useRef<HTMLFormElement>(null)
  const today = civilOf(new Date(), useAgent().organization.timeZone).date
  const birth = parseTypedBirthDate(typed.birth, today)

  const submit = async () => {
    if (busy) return
    setRefusal(null)
    setAnswer(null)
    const { birth: asTyped, ...names } = typed
    const done = await run({ ...names, dateOfBirth: birth ?? asTyped })
    if (done.ok) return setAnswer(done.result)
    setRefusal(done)
    focusFirstError(form.current)
  }
  const text = (name: keyof typeof typed) => ({
    value: typed[name],
    onChange: (event: { target: { value: string } }) => {
      setTyped({ ...typed, [name]: event.target.value })
      // What was found is of another identity.
      setAnswer(null)
    },
    autoComplete: 'off',
    spellCheck: false,
  })
  const errors = refusal?.fieldErrors ?? {}
  return (
    <Page
      title="Chercher une personne hors du ressort"
      crumbs={crumbs}
      lede="Par son identité exacte, une seule personne ou aucune. Chaque recherche est tracée."
    >
      <form
        className="stack"
        noValidate
        ref={form}
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        {refusal && <RefusalNote refusal={refusal} />}
        <Card
          title="Son identité"
          footer={
            <Button type="submit" look="main" icon="search" busy={busy} data-key="main">
              Chercher
            </Button>
          }
        >
          <div className={styles.identity}>
            <Field name="lastName" label="Nom" error={errors.lastName}>
              {(field) => <input {...field} {...text('lastName')} />}
            </Field>
            <Field name="firstName" label="Prénom" error={errors.firstName}>
              {(field) => <input {...field} {...text('firstName')} />}
            </Field>
            <Field
              name="dateOfBirth"
              label="Naissance"
              hint={birth ? undefined : 'Tapez 12041991'}
              fine={birth && formatBirth(birth)}
              error={errors.dateOfBirth}
            >
              {(field) => (
                <input {...field} {...text('birth')} inputMode="numeric" placeholder="JJ/MM/AAAA" />
              )}
            </Field>
          </div>
          <Field name="appiNumber" label="Ou seulement son n° APPI" error={errors.appiNumber}>
            {(field) => <input {...field} {...text('appiNumber')} className={styles.number} />}
          </Field>
        </Card>
      </form>
      <div role="status">{answer && <Answer key={answer.found?.id} answer={answer} />}</div>
    </Page>
  )
}

function Answer({ answer: { found } }: { answer: Found }) {
  if (!found)
    return (
      <Alert tone="info" title="Aucune personne, ou plusieurs, sous cette identité exacte">
        <p>Vérifiez chaque lettre et la date, ou cherchez par le numéro APPI.</p>
        <ButtonLink to={paths.registerAndConvoke}>Enregistrer une nouvelle personne</ButtonLink>
      </Alert>
    )
  const { id, record, minimum, services, mayConvoke, mayChangeCity } = found
  const name = record ? fullName(record) : `${minimum?.initial ?? ''}. ${minimum?.firstName ?? ''}`
  return (
    <Card title={name} aside={record && <ButtonLink to={paths.probationer(id)}>Ouvrir la fiche</ButtonLink>}>
      <p>
        {record?.dateOfBirth && `Naissance le ${formatBirth(record.dateOfBirth)}. `}
        {minimum?.yearOfBirth && `Naissance en ${minimum.yearOfBirth}. `}
        {services.length > 0 && 'Suivi par '}
        {services.map((service, index) => (
          <span key={service.id}>
            {index > 0 && ', '}
            <b>{service.name}</b>
            {service.switchboardPhone && ` (standard ${formatPhone(service.switchboardPhone)})`}
          </span>
        ))}
        .
      </p>
      {mayConvoke ? (
        <div>
          <ButtonLink to={paths.convoke(id)} look="main" icon="calendar">
            Convoquer
          </ButtonLink>
        </div>
      ) : (
        <p>Une convocation n’est pas possible ici&nbsp;: appelez le service.</p>
      )}
      {mayChangeCity && <ChangeCity id={id} />}
    </Card>
  )
}

/** Where the person lives now decides which services follow them, hence where they may be convoked. */
function ChangeCity({ id }: { id: number }) {
  const [city, setCity] = useState<{ text: string; id: string | null }>({ text: '', id: null })
  const [said, setSaid] = useState<string | null>(null)
  const { busy, failure, run } = useAction('Probationer', 'changeCity')
  const save = async () => {
    if (busy) return
    setSaid(null)
    const done = await run(id, { cityId: Number(city.id) })
    if (done.ok) setSaid(done.notice)
  }
  return (
    <form
      className={styles.city}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Combobox
        name="cityId"
        label="En cas de déménagement, la commune d’aujourd’hui"
        optional
        error={failure ? (failure.fieldErrors.cityId ?? failure.message) : undefined}
        lookup="cities"
        load={(text, signal) => lookUpOptions('cities', text, signal)}
        value={city.id}
        text={city.text}
        onType={(text) => setCity((before) => ({ ...before, text }))}
        onChange={(chosen) => {
          setSaid(null)
          setCity((before) => ({ ...before, id: chosen }))
        }}
      />
      {!said && <CityForeseen probationerId={id} cityId={city.id === null ? null : Number(city.id)} />}
      <Button type="submit" busy={busy}>
        Changer la commune
      </Button>
      {said && (
        <Alert tone="ok" announce="status" title={said}>
          {null}
        </Alert>
      )}
    </form>
  )
}
