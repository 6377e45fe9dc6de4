import { useRef, useState } from 'react'
import { useNavigate, useParams } from 'react-router-dom'
import { importRefusals } from '../../../resources/import/fr'
import { importLimits } from '../../../resources/import/schema'
import { useOpenedByName, useResource, type OpenedData } from '../../client/action'
import { lookUpOptions, sendFile, type Failure } from '../../client/client'
import { RefusalNote } from '../../forms/form-parts'
import { EmptyPage } from '../../frame/failures'
import { paths } from '../../paths'
import { Button, ButtonLink } from '../../ui/button'
import { Card } from '../../ui/card'
import { Combobox } from '../../ui/combobox'
import { Field } from '../../ui/field'
import { focusFirstError } from '../../ui/focus'
import { Page } from '../../ui/page'
import styles from './import.module.css'

type Form = OpenedData<'Agent', 'inviteMany'>

/** Sends a file to be imported; its report is the next page. */
export function UploadFile() {
  const { resourceId = '', actionName = '' } = useParams()
  const resource = useResource(resourceId)
  const words = resource?.actions.find(({ name }) => name === actionName)?.custom
  const { data: opened, failure, reload } = useOpenedByName<Form>(resourceId, actionName, undefined)
  const crumbs = [{ label: resource?.name ?? '', href: paths.resource(resourceId) }]
  const title = words?.title ?? ''
  if (!opened || failure)
    return <EmptyPage title={title} crumbs={crumbs} what="cette page" failure={failure} onRetry={reload} />
  return (
    <Page title={title} crumbs={crumbs} lede={words?.lede ?? ''}>
      <FileForm form={opened.data} submit="Envoyer le fichier" back={paths.resource(resourceId)} />
    </Page>
  )
}

/** The header alone, as spreadsheets of here open it. */
const modelOf = (columns: Form['columns']) =>
  `data:text/csv;charset=utf-8,${encodeURIComponent(`\ufeff${columns.map(({ name }) => name).join(';')}\r\n`)}`

const refused = (fieldErrors: Failure['fieldErrors']): Failure => ({
  ok: false,
  status: 400,
  message: Object.values(fieldErrors).join(' '),
  fieldErrors,
})

function FileForm({
  form: { kind, columns, ofAnyService },
  submit,
  back,
}: {
  form: Form
  submit: string
  back: string
}) {
  const [organizationId, setOrganizationId] = useState<string | null>(null)
  const [file, setFile] = useState<File | null>(null)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const element = useRef<HTMLFormElement>(null)
  const navigate = useNavigate()

  const send = async () => {
    if (busy) return
    const serviceIsMissing = kind === 'probationers' && organizationId === null
    const fieldErrors = {
      ...(serviceIsMissing && { organizationId: importRefusals['import.organization_missing'] }),
      ...(!file && { file: 'Choisissez un fichier.' }),
      ...(file && file.size > importLimits.bytes && { file: importRefusals['import.too_large'] }),
    }
    setBusy(true)
    const answer =
      file && Object.keys(fieldErrors).length === 0
        ? await sendFile(kind, file, organizationId)
        : refused(fieldErrors)
    setBusy(false)
    if (answer.ok) return navigate(paths.record('ImportRun', answer.result.id))
    setRefusal(answer)
    focusFirstError(element.current)
  }

  return (
    <form
      className="stack"
      noValidate
      ref={element}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      {refusal && <RefusalNote refusal={refusal} />}
      <Card
        label="Fichier"
        footer={
          <div className="cluster">
            <Button type="submit" look="main" busy={busy}>
              {submit}
            </Button>
            <ButtonLink to={back}>Renoncer</ButtonLink>
          </div>
        }
      >
        {kind === 'probationers' && (
          <Combobox
            name="organizationId"
            label="Service qui suit ces personnes"
            required
            hint="Les services qui lui sont liés les suivent aussi, sauf s’ils sont plusieurs."
            error={refusal?.fieldErrors.organizationId}
            lookup="organizations"
            load={(text, signal) => lookUpOptions('organizations', text, signal)}
            value={organizationId}
            onChange={(value) => {
              setOrganizationId(value)
              setRefusal(null)
            }}
          />
        )}
        <Field
          name="file"
          label="Fichier CSV"
          required
          hint="Virgules ou points-virgules, UTF-8 ou ISO-8859-1, 20 Mo au plus. Un classeur s’enregistre d’abord «&nbsp;au format CSV&nbsp;»."
          error={refusal?.fieldErrors.file}
        >
          {(field) => (
            <input
              {...field}
              type="file"
              accept=".csv,text/csv"
              onChange={(event) => {
                setFile(event.target.files?.[0] ?? null)
                setRefusal(null)
              }}
            />
          )}
        </Field>
        <p id="colonnes">La première ligne porte le nom des colonnes, dans n’importe quel ordre&nbsp;:</p>
        <ul className={styles.columns} aria-labelledby="colonnes">
          {columns.map(({ name }) => (
            <li key={name}>
              <code>{name}</code>
            </li>
          ))}
        </ul>
        <p>
          <a href={modelOf(columns)} download="modele.csv">
            Télécharger un modèle à remplir
          </a>
        </p>
        {kind === 'probationers' && (
          <p className="hint">
            C’est l’export d’APPI. Les personnes arrivent sans portable&nbsp;: chaque service complète
            ensuite. Une personne déjà connue n’est jamais enregistrée deux fois&nbsp;: le même fichier peut
            être renvoyé.
          </p>
        )}
        {kind === 'agents' && (
          <p className="hint">
            La fonction s’écrit comme à l’écran (CPIP, JAP, Greffe SAP…).{' '}
            {ofAnyService
              ? 'Le service, par son nom exact. Le téléphone peut manquer.'
              : 'Le téléphone et le service peuvent manquer\u00a0: c’est alors le vôtre.'}
          </p>
        )}
      </Card>
    </form>
  )
}
