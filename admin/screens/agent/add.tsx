import { useEffect, useRef, useState } from 'react'
import { useNavigate } from 'react-router-dom'
import { roleNames } from '../../../resources/agent/fr'
import { email as emailShape } from '../../../resources/agent/schema'
import { count, fullName } from '../../../resources/shared/french'
import { useAction, useOpened, useResource, type DoneWith, type OpenedData } from '../../client/action'
import type { Failure, ResultOf } from '../../client/client'
import { useQuery } from '../../client/query'
import { ActionForm } from '../../forms/action-form'
import { RefusalNote } from '../../forms/form-parts'
import { EmptyPage } from '../../frame/failures'
import { SupportLink } from '../../frame/support'
import type { Lookups } from '../../lookups'
import { paths } from '../../paths'
import { Alert } from '../../ui/alert'
import { Button, ButtonLink } from '../../ui/button'
import { Card } from '../../ui/card'
import { Checkbox } from '../../ui/checkbox'
import { Field } from '../../ui/field'
import { Page } from '../../ui/page'
import { classes } from '../../ui/classes'
import styles from './agent.module.css'

const title = 'Ajouter un agent'
const crumbs = [{ label: 'Agents', href: paths.agents }]

/** One field first, the e-mail: whose it is decides what comes next. */
export function AddAgent() {
  const { data: opened, failure, reload } = useOpened('Agent', 'add')
  if (!opened || failure)
    return <EmptyPage title={title} crumbs={crumbs} what="cette page" failure={failure} onRetry={reload} />
  return <ByEmail start={opened.data} />
}

type Start = OpenedData<'Agent', 'add'>
type Found = ResultOf<Lookups['whoseEmail']>

function ByEmail({ start }: { start: Start }) {
  const [typed, setTyped] = useState('')
  const first = useRef<HTMLInputElement>(null)
  // The page asks nothing else.
  useEffect(() => first.current?.focus(), [])
  const [organizationId, setOrganizationId] = useState(start.values.organizationId)
  const read = emailShape.safeParse(typed)
  const [left, setLeft] = useState(false)
  // Said once the address is typed, not while it is.
  const error = left && typed.trim() !== '' && !read.success ? read.error.issues[0]?.message : undefined
  const asked = read.success ? { email: read.data, organizationId } : null
  const { data: found, failure, loading, reload } = useQuery('whoseEmail', asked, { delay: 300 })
  const services = start.options.organizationId
  return (
    <Page
      title={title}
      crumbs={crumbs}
      lede="Commencez par son adresse e-mail. Elle dit si la personne a déjà un compte."
    >
      <div className={classes('stack', styles.narrow)}>
        <Card label="Adresse e-mail de l’agent">
          {services.length > 1 && (
            <Field label="Service où l’agent arrive" required>
              {(field) => (
                <select
                  {...field}
                  value={organizationId}
                  onChange={(event) => setOrganizationId(event.target.value)}
                >
                  {services.map(({ value, label }) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          )}
          <Field
            label="E-mail professionnel"
            required
            hint={error ? undefined : 'Exemple\u00a0: prenom.nom@justice.fr'}
            error={error}
          >
            {(field) => (
              <input
                {...field}
                type="email"
                autoComplete="off"
                spellCheck={false}
                maxLength={254}
                ref={first}
                value={typed}
                onChange={(event) => {
                  setTyped(event.target.value)
                  setLeft(false)
                }}
                onBlur={() => setLeft(true)}
                onKeyDown={(event) => {
                  if (event.key === 'Enter') setLeft(true)
                }}
              />
            )}
          </Field>
          {failure && <RefusalNote refusal={failure} />}
          <p className="hint" role="status">
            {asked && loading ? 'Recherche de cette adresse…' : ''}
          </p>
        </Card>
        {asked && found && !loading && !failure && (
          <Next key={asked.email} found={found} {...asked} onReload={reload} />
        )}
      </div>
    </Page>
  )
}

interface Wanted {
  email: string
  organizationId: string
}

function Next({ found, onReload, ...wanted }: Wanted & { found: Found; onReload: () => void }) {
  switch (found.is) {
    case 'nobody':
      return <Invite {...wanted} />
    case 'elsewhere':
      return <Transfer {...wanted} found={found} onReload={onReload} />
    case 'refused':
      return (
        <Alert tone="warn" announce="status" title="Cette adresse ne peut pas être ajoutée ici">
          <p>{found.sentence}</p>
          {found.admins && (
            <p>
              {found.admins.length > 0
                ? `Administrateurs locaux de votre service\u00a0: ${found.admins.join(', ')}.`
                : 'Votre service n’a pas d’administrateur local.'}
            </p>
          )}
          <p>
            Support&nbsp;: <SupportLink />
          </p>
        </Alert>
      )
    default:
      return <AlreadyHere found={found} />
  }
}

function AlreadyHere({ found }: { found: Extract<Found, { is: 'here' | 'invited' | 'deleted' }> }) {
  const { is, agentId } = found
  const again = useAction('Agent', is === 'deleted' ? 'reactivate' : 'resendInvitation')
  const navigate = useNavigate()
  const said = {
    here: { tone: 'info', title: 'Cet agent est déjà dans ce service', button: null },
    invited: {
      tone: 'info',
      title: 'Cet agent est déjà invité, et n’a pas encore choisi son mot de passe',
      button: 'Renvoyer l’invitation',
    },
    deleted: {
      tone: 'warn',
      title: 'Le compte de cet agent a été supprimé',
      button: 'Réactiver le compte',
    },
  } as const
  const { tone, title, button } = said[is]
  const submit = async () => {
    const answer = await again.run(agentId, {})
    if (answer.ok) navigate(paths.agent(agentId), { state: { notice: { title: answer.notice } } })
  }
  return (
    <Alert tone={tone} announce="status" title={title}>
      <p>
        {fullName(found)}, {roleNames[found.role]}.
      </p>
      {again.failure && <p>{again.failure.message}</p>}
      <div className="cluster">
        {button && (
          <Button look="main" busy={again.busy} onClick={() => void submit()}>
            {button}
          </Button>
        )}
        <ButtonLink to={paths.agent(agentId)}>Ouvrir son compte</ButtonLink>
      </div>
    </Alert>
  )
}

function Invite(wanted: Wanted) {
  const resource = useResource('Agent')
  const { data: opened, failure, reload } = useOpened('Agent', 'new')
  const navigate = useNavigate()
  const words = resource?.actions.find(({ name }) => name === 'new')?.custom
  if (failure) return <RefusalNote refusal={failure} />
  if (!words || !opened) return null
  const leave = (done?: DoneWith<unknown>) =>
    navigate(done?.next ?? paths.agents, done && { state: { notice: { title: done.notice } } })
  return (
    <>
      <Alert tone="info" announce="status" title="Personne n’a encore cette adresse">
        <p>{words.lede}</p>
      </Alert>
      <ActionForm
        resource="Agent"
        action="new"
        target={undefined}
        words={words}
        start={{
          options: opened.data.options,
          values: { ...opened.data.values, ...wanted },
          notAsked: ['email', 'organizationId'],
        }}
        about={null}
        leadsTo={null}
        onReload={reload}
        onDone={leave}
        onLeave={() => leave()}
      />
    </>
  )
}

function Transfer({
  email,
  organizationId,
  found,
  onReload,
}: Wanted & { found: Extract<Found, { is: 'elsewhere' }>; onReload: () => void }) {
  const [confirmed, setConfirmed] = useState(false)
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const { busy, run } = useAction('Agent', 'pull')
  const navigate = useNavigate()
  const name = fullName(found)
  const { from, switchboard, service, persons, appointments, follows, hasPassword, isDeleted } = found
  const submit = async () => {
    const answer = await run({
      ...{ email, organizationId, confirmed },
      fromOrganizationId: found.fromOrganizationId,
    })
    if (answer.ok)
      return navigate(answer.next ?? paths.agents, { state: { notice: { title: answer.notice } } })
    setRefusal(answer)
    // Somebody else was first: the address says something else now.
    if (answer.code === 'agent.moved_meanwhile') onReload()
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) void submit()
      }}
    >
      <Card
        label="Mutation"
        footer={
          <div className="cluster">
            <Button type="submit" look="main" busy={busy} data-key="main">
              Confirmer la mutation
            </Button>
            <ButtonLink to={paths.agents}>Renoncer</ButtonLink>
          </div>
        }
      >
        <Alert
          tone="warn"
          announce="status"
          title={
            isDeleted
              ? 'Cette personne a eu un compte dans un autre service'
              : 'Cette personne a déjà un compte'
          }
        >
          <p>
            <b>{name}</b>, {roleNames[found.role]}, {from}
            {isDeleted ? ' (compte supprimé)' : ''}. Un doute&nbsp;? Appelez son service&nbsp;:{' '}
            {switchboard ?? 'standard non renseigné'}.
          </p>
        </Alert>
        {refusal && <RefusalNote refusal={refusal} />}
        <h2>Si vous confirmez la mutation</h2>
        <ul className={styles.effects}>
          <li>
            {hasPassword
              ? `Son compte passe tout de suite dans le service ${service}, avec la même fonction et le même mot de passe. Ses sessions se ferment.`
              : `Son compte passe tout de suite dans le service ${service}, avec la même fonction. Un e-mail lui permet de choisir un mot de passe.`}
          </li>
          {!isDeleted && (
            <>
              {(follows || persons > 0) && (
                <li>
                  <b>{count(persons, 'personne', 'personnes')}</b> de son suivi{' '}
                  {persons > 1 ? 'restent' : 'reste'} dans le service {from}, sans référent.
                </li>
              )}
              <li>
                <b>{count(appointments, 'convocation', 'convocations')}</b> après aujourd’hui{' '}
                {appointments > 1 ? 'restent' : 'reste'} dans le service {from}, sans agent.
              </li>
              <li>
                {hasPassword ? `${name} et les ` : 'Les '}administrateurs locaux du service {from} reçoivent
                un e-mail.
              </li>
            </>
          )}
        </ul>
        <Checkbox
          name="confirmed"
          field="confirmed"
          checked={confirmed}
          error={refusal?.fieldErrors.confirmed}
          onChange={setConfirmed}
        >
          Je confirme que {name} rejoint le service {service}
        </Checkbox>
      </Card>
    </form>
  )
}
