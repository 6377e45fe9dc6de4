import { useRef, useState } from 'react'
import { roleNames } from '../../../resources/agent/fr'
import type { Role } from '../../../resources/shared/actor'
import { fullName } from '../../../resources/shared/french'
import type { Queries } from '../../api-table'
import { send, type Failure, type Serialized } from '../../client/client'
import { useQuery } from '../../client/query'
import { FailureNote } from '../../frame/failures'
import { Alert } from '../../ui/alert'
import { Button, ButtonLink } from '../../ui/button'
import { Card } from '../../ui/card'
import { Empty } from '../../ui/empty'
import { Field } from '../../ui/field'
import { focusFirstError } from '../../ui/focus'
import { Loading } from '../../ui/loading'
import { Page } from '../../ui/page'
import { paths } from '../../paths'

type Form = Serialized<Awaited<ReturnType<Queries['invitationForm']>>>
interface Invited {
  id: number
  name: string
  email: string
}

const crumbs = [{ label: 'Agents', href: paths.agents }]

/** Creating the account of an agent, who chooses their password from the mail they get. */
export function InviteAgent() {
  const { data: form, failure, reload } = useQuery('invitationForm', {})
  const [invited, setInvited] = useState<Invited[]>([])
  const last = invited.at(-1)
  return (
    <Page
      title="Inviter un agent"
      crumbs={crumbs}
      lede="L’agent reçoit un e-mail pour choisir son mot de passe. Le lien sert une fois, pendant 30 jours."
    >
      {last && (
        <Alert
          key={last.id}
          tone="ok"
          announce="status"
          focus
          title={`${last.name}\u00a0: invitation envoyée`}
        >
          <p>À l’adresse {last.email}.</p>
          <div className="cluster">
            <ButtonLink to={paths.agent(last.id)}>Voir son compte</ButtonLink>
            <ButtonLink to={paths.agents} look="quiet">
              Revenir aux agents
            </ButtonLink>
          </div>
        </Alert>
      )}
      {!form ? (
        <Card label="Invitation">
          {failure ? (
            <FailureNote what="La page n’a pas pu être préparée" failure={failure} onRetry={reload} />
          ) : (
            <Loading what="formulaire" lines={6} />
          )}
        </Card>
      ) : form.services.length === 0 ? (
        <Card label="Invitation">
          <Empty icon="person" title="Votre fonction ne permet pas d’inviter un agent">
            <p className="hint">Demandez à l’administrateur local de votre service.</p>
          </Empty>
        </Card>
      ) : (
        // A new key is a blank form: the next agent is another one.
        <Fields
          key={invited.length}
          form={form}
          onInvited={(agent) => setInvited((before) => [...before, agent])}
        />
      )}
    </Page>
  )
}

function Fields({ form, onInvited }: { form: Form; onInvited: (agent: Invited) => void }) {
  const [typed, setTyped] = useState({
    firstName: '',
    lastName: '',
    role: '',
    email: '',
    phone: '',
    organizationId: form.services[0]?.id ?? 0,
  })
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  const element = useRef<HTMLFormElement>(null)
  const errors = refusal?.fieldErrors ?? {}
  const service = form.services.find(({ id }) => id === typed.organizationId)
  const roles = service ? form.roles[service.kind] : []

  const change = (part: Partial<typeof typed>) => setTyped((before) => ({ ...before, ...part }))
  const text = (name: 'firstName' | 'lastName' | 'email' | 'phone') => ({
    value: typed[name],
    onChange: (event: { target: { value: string } }) => change({ [name]: event.target.value }),
    autoComplete: 'off',
    spellCheck: false,
  })
  const submit = async () => {
    setBusy(true)
    // "" is refused beside the field, in words.
    const answer = await send('inviteAgent', { ...typed, role: typed.role as Role })
    setBusy(false)
    if (!answer.ok) {
      setRefusal(answer)
      focusFirstError(element.current)
      return
    }
    onInvited({ id: answer.result.id, name: fullName(typed), email: typed.email.trim().toLowerCase() })
  }
  return (
    <form
      ref={element}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) void submit()
      }}
    >
      <Card
        title="L’agent"
        aside={<span className="hint">Champs obligatoires, sauf mention contraire</span>}
        footer={
          <div className="cluster">
            <Button type="submit" look="main" icon="mail" busy={busy} data-key="main">
              Envoyer l’invitation
            </Button>
            <ButtonLink to={paths.agents}>Annuler</ButtonLink>
          </div>
        }
      >
        {refusal && Object.keys(errors).length === 0 && (
          <Alert tone="bad" announce="alert" title={refusal.message} />
        )}
        <div className="halves">
          <Field label="Nom" error={errors.lastName}>
            {(field) => <input {...field} {...text('lastName')} />}
          </Field>
          <Field label="Prénom" error={errors.firstName}>
            {(field) => <input {...field} {...text('firstName')} />}
          </Field>
          {form.services.length > 1 && (
            <Field label="Service" error={errors.organizationId}>
              {(field) => (
                <select
                  {...field}
                  value={typed.organizationId}
                  onChange={(event) => change({ organizationId: Number(event.target.value), role: '' })}
                >
                  {form.services.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          )}
          <Field
            label="Fonction"
            error={errors.role}
            hint={form.services.length === 1 && service ? `Au service ${service.name}` : undefined}
          >
            {(field) => (
              <select
                {...field}
                value={typed.role}
                onChange={(event) => change({ role: event.target.value })}
              >
                <option value="">Choisir</option>
                {roles.map((role) => (
                  <option key={role} value={role}>
                    {roleNames[role]}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field
            label="E-mail professionnel"
            error={errors.email}
            hint="Exemple&nbsp;: prenom.nom@justice.fr"
          >
            {(field) => <input {...field} {...text('email')} type="email" />}
          </Field>
          <Field label="Téléphone" optional error={errors.phone}>
            {(field) => <input {...field} {...text('phone')} type="tel" />}
          </Field>
        </div>
      </Card>
    </form>
  )
}
