import type { CivilDate } from '../../../resources/shared/civil-time'
import { unreachableWords } from '../../../resources/message/fr'
import { agentName, formatBirth, fullName } from '../../../resources/shared/french'
import { formatPhone } from '../../../resources/shared/phone'
import { probationerRefusals } from '../../../resources/probationer/fr'
import { Card } from '../../ui/card'
import { Checkbox } from '../../ui/checkbox'
import { Field } from '../../ui/field'
import { Loading } from '../../ui/loading'
import { Tag } from '../../ui/tag'
import { paths } from '../../paths'
import { lazy, Suspense, useState } from 'react'
import type { DoneWith } from '../../client/action'
import { Link } from 'react-router-dom'
import { classes } from '../../ui/classes'
import styles from './book.module.css'
import {
  saysNoMobile,
  type BookingForm,
  type Chosen,
  type Errors,
  type PersonCheck,
  type Typed,
} from './state'
import { WhoWillFollow } from './who-will-follow'

type Person = Typed['person']

// Asked of some roles only, and heavy.
const Residence = lazy(() => import('./residence'))
// Rare, and drawn once something is typed.
const DuplicateNotice = lazy(() => import('./duplicate-notice'))

/** A new person: identity, phone, and what already resembles them. */
export function NewPersonBlock({
  form,
  invites,
  chosen,
  ...fields
}: {
  form: BookingForm
  /** To their space, where the agent may. */
  invites: false | { asked: boolean; ask: (asked: boolean) => void }
  chosen: Chosen
} & Omit<Parameters<typeof PersonFields>[0], 'asksResidence' | 'birth'>) {
  return (
    <Card
      title="La personne"
      step={1}
      aside={<span className="hint">Champs obligatoires, sauf mention contraire</span>}
    >
      <PersonFields {...fields} asksResidence={form.asksResidence} birth={chosen.birth} focused />
      {invites && (
        <Checkbox checked={invites.asked} onChange={invites.ask}>
          Inviter à son espace en ligne, par un SMS de plus
        </Checkbox>
      )}
      <AntiTerrorism person={fields.person} onChange={fields.onChange} />
      <WhoWillFollow person={fields.person} />
    </Card>
  )
}

/** Rare, and of consequence: folded until it is needed, open where it holds. */
export function AntiTerrorism({
  person,
  kept = false,
  onChange,
}: {
  person: Person
  /** Ticked already, and not for this agent to take back. */
  kept?: boolean
  onChange: (change: Partial<Person>) => void
}) {
  const [held] = useState(person.followedByAntiTerrorismJudge)
  return (
    <details open={held}>
      <summary>Cas particulier</summary>
      <Checkbox
        checked={person.followedByAntiTerrorismJudge}
        disabled={kept}
        onChange={(followedByAntiTerrorismJudge) => onChange({ followedByAntiTerrorismJudge })}
      >
        Suivi par le juge antiterroriste (code 12)
      </Checkbox>
      {kept && <p className="hint">Seul un administrateur central peut décocher cette case.</p>}
    </details>
  )
}

/** What is typed of a person, at registration and when their record is corrected. */
export function PersonFields({
  asksResidence,
  person,
  birth,
  check,
  errors,
  focused = false,
  refusalKept = false,
  onChange,
  onClaimed,
}: {
  asksResidence: boolean
  person: Person
  /** The date of birth, as understood. */
  birth: CivilDate | null
  check: PersonCheck | null
  errors: Errors
  /** The cursor starts in the name. */
  focused?: boolean
  /** The person refused SMS already: the box does not take it back. */
  refusalKept?: boolean
  onChange: (change: Partial<Person>) => void
  /** Where persons are registered: whoever is followed elsewhere may be asked for. */
  onClaimed?: (done: Pick<DoneWith<unknown>, 'next' | 'notice'>) => void
}) {
  const phone = check?.phone
  const phoneDuplicate = check?.duplicates.some((duplicate) => duplicate.resemblance === 'same_phone')
  const phoneError = errors.phone ?? (phone?.refusal ? probationerRefusals[phone.refusal] : undefined)
  const text = (name: 'lastName' | 'firstName' | 'birth' | 'phone' | 'appiNumber') => ({
    value: person[name],
    onChange: (event: { target: { value: string } }) => onChange({ [name]: event.target.value }),
    autoComplete: 'off',
    spellCheck: false,
  })
  return (
    <>
      <div className={classes('quarters', styles.identity)}>
        <Field name="lastName" label="Nom" required error={errors.lastName}>
          {/* The page exists to type a name: the cursor is there. */}
          {/* eslint-disable-next-line jsx-a11y/no-autofocus */}
          {(field) => <input {...field} {...text('lastName')} autoFocus={focused} />}
        </Field>
        <Field name="firstName" label="Prénom" required error={errors.firstName}>
          {(field) => <input {...field} {...text('firstName')} />}
        </Field>
        <Field
          name="dateOfBirth"
          label="Naissance"
          required
          hint={birth || errors.dateOfBirth ? undefined : 'Tapez 12041991'}
          fine={birth && formatBirth(birth)}
          error={errors.dateOfBirth}
        >
          {(field) => <input {...field} {...text('birth')} inputMode="numeric" placeholder="JJ/MM/AAAA" />}
        </Field>
        <Field name="appiNumber" label="N° APPI" optional error={errors.appiNumber}>
          {(field) => <input {...field} {...text('appiNumber')} />}
        </Field>
      </div>
      <div className={styles.reach}>
        <Field
          name="phone"
          label="Téléphone portable"
          required={!saysNoMobile(person) && !person.smsOptOut}
          fine={
            phone?.e164 && !phone.refusal && !phoneDuplicate
              ? `${formatPhone(phone.e164)}, pas encore utilisé`
              : undefined
          }
          error={phoneError}
        >
          {(field) => <input {...field} {...text('phone')} type="tel" />}
        </Field>
        <Checkbox
          checked={saysNoMobile(person)}
          disabled={person.phone.trim() !== ''}
          onChange={(hasNoMobilePhone) => onChange({ hasNoMobilePhone })}
        >
          N’a pas de portable
        </Checkbox>
        <Checkbox
          checked={person.smsOptOut}
          disabled={refusalKept}
          onChange={(smsOptOut) => onChange({ smsOptOut })}
        >
          Ne souhaite pas recevoir de SMS
        </Checkbox>
      </div>
      {asksResidence && (
        <Suspense fallback={<Loading what="commune" lines={2} />}>
          <Residence person={person} error={errors.cityId} onChange={onChange} />
        </Suspense>
      )}
      <div role="status">
        <Suspense>
          {check?.duplicates.map((duplicate, index) => (
            <DuplicateNotice
              key={index}
              duplicate={duplicate}
              isAnotherPerson={person.isAnotherPerson}
              error={errors.isAnotherPerson}
              onOther={(isAnotherPerson) => onChange({ isAnotherPerson })}
              typed={{
                lastName: person.lastName,
                firstName: person.firstName,
                dateOfBirth: birth,
                phone: person.phone,
                appiNumber: person.appiNumber,
              }}
              onClaimed={onClaimed}
            />
          ))}
        </Suspense>
      </div>
    </>
  )
}

/** A person already known: who they are, in one line. */
export function KnownPersonBlock({ person }: { person: NonNullable<BookingForm['person']> }) {
  const facts: [string, string][] = person.lookedUp
    ? [
        ['Naissance', person.lookedUp.yearOfBirth ? `en ${person.lookedUp.yearOfBirth}` : 'inconnue'],
        ['Suivi par', person.organizations.join(', ') || 'aucun service'],
      ]
    : [
        ['Naissance', person.dateOfBirth ? formatBirth(person.dateOfBirth) : 'inconnue'],
        ['Portable', person.phone ? formatPhone(person.phone) : 'aucun'],
        ...(person.appiNumber ? ([['APPI', person.appiNumber]] as [string, string][]) : []),
        ['Référent', person.assignedAgent ? agentName(person.assignedAgent) : 'le service'],
      ]
  return (
    <Card
      title={fullName(person)}
      aside={
        <span className="cluster">
          {person.unreachable ? (
            <Tag tone={unreachableWords[person.unreachable].tone}>
              {unreachableWords[person.unreachable].word}
            </Tag>
          ) : person.phoneState === 'to_check' ? (
            <Tag tone="warn">Numéro à vérifier</Tag>
          ) : (
            <Tag tone="ok" icon="message">
              Joignable par SMS
            </Tag>
          )}
          {person.inJurisdiction && <Link to={paths.probationer(person.id)}>Voir la fiche</Link>}
        </span>
      }
    >
      <p className={classes('cluster', styles.facts)}>
        {facts.map(([name, value]) => (
          <span key={name}>
            <span className="hint">{name}</span> {value}
          </span>
        ))}
      </p>
    </Card>
  )
}
