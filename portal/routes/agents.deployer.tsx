import { randomUUID } from 'node:crypto'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { departmentLabel, departments } from '../../resources/city/departments'
import { requestDeployment } from '../../resources/site-request/commands/send.server'
import { detailWords, serviceKindWords } from '../../resources/site-request/fr'
import { deploymentTools } from '../../resources/site-request/schema'
import { Area, Box, Choices, Field, Group, Select } from '../components/form'
import { Page, pageTitle } from '../components/page'
import { RequestForm } from '../components/request-form'
import { Comments, ServiceName, WorkIdentity } from '../components/work-identity'
import { sendForm } from '../sending.server'

export function loader({ context }: LoaderFunctionArgs) {
  return { requestKey: randomUUID(), refused: context.refused ?? false }
}

export function action(args: ActionFunctionArgs) {
  return sendForm(
    args,
    requestDeployment,
    ({
      serviceKind = '',
      serviceName = '',
      jurisdiction = '',
      departmentCode = '',
      agents = '',
      firstName = '',
      lastName = '',
      position = '',
      email = '',
      approverName = '',
      approverPosition = '',
      approverEmail = '',
      localAdmins = '',
      ...form
    }) => ({
      ...{ serviceName, jurisdiction, departmentCode, agents, firstName, lastName, position, email },
      ...{ approverName, approverPosition, approverEmail, localAdmins },
      serviceKind: serviceKind as keyof typeof serviceKindWords,
      agreement: isTicked(form.agreement),
      toolSms: isTicked(form.toolSms),
      toolHearingExit: isTicked(form.toolHearingExit),
      toolElectronicTag: isTicked(form.toolElectronicTag),
      toolSpace: isTicked(form.toolSpace),
      ...{ wishedDate: form.wishedDate, comments: form.comments },
      ...{ requestKey: form.requestKey, trap: form.trap },
    }),
  )
}

const isTicked = (sent: string | undefined) => sent !== undefined && sent !== ''

const title = 'Déployer Mon Suivi Justice dans mon service'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: pageTitle(...(data?.refused ? ['Erreur'] : []), 'Déployer dans mon service', 'Espace agents') },
  {
    name: 'description',
    content: 'Demander Mon Suivi Justice pour un SPIP ou un tribunal, avec l’accord de la hiérarchie.',
  },
]

const kinds = Object.entries(serviceKindWords).map(([value, label]) => ({ value, label }))
const choices = departments.map(({ code }) => ({ value: code, label: departmentLabel(code) }))

export default function AskForDeployment() {
  const { requestKey } = useLoaderData<typeof loader>()
  const refusal = useActionData<typeof action>()
  const { values = {}, fields = {} } = refusal ?? {}
  return (
    <Page trail={[{ to: '/agents', label: 'Espace agents' }]} here="Déployer dans mon service">
      <div className="msj-narrow msj-stack">
        <div className="msj-stack-s">
          <h1>{title}</h1>
          <p className="msj-lead">
            L’équipe étudie la demande, puis crée le service et les comptes de ses agents. L’accord de la
            hiérarchie est nécessaire&nbsp;: directeur de greffe, directeur du SPIP ou chef d’antenne.
          </p>
        </div>
        <RequestForm refusal={refusal} requestKey={requestKey} submit="Envoyer la demande">
          <h2>Le service</h2>
          <Choices
            name="serviceKind"
            label="Type de service"
            options={kinds}
            value={values.serviceKind}
            error={fields.serviceKind}
          />
          <ServiceName refusal={refusal} />
          <Field
            name="jurisdiction"
            label="Ressort"
            hint="Le tribunal judiciaire dont il dépend. Exemple&nbsp;: TJ de Versailles"
            maxLength={150}
            value={values.jurisdiction}
            error={fields.jurisdiction}
          />
          <Select
            name="departmentCode"
            label="Département"
            options={choices}
            value={values.departmentCode}
            error={fields.departmentCode}
          />
          <Field
            name="agents"
            label="Nombre d’agents"
            hint="Qui utiliseront l’outil. Exemple&nbsp;: 24"
            inputMode="numeric"
            maxLength={5}
            value={values.agents}
            error={fields.agents}
          />
          <h2>Vous</h2>
          <WorkIdentity refusal={refusal} />
          <h2>L’accord de la hiérarchie</h2>
          <Field
            name="approverName"
            label="Prénom et nom de la personne qui donne son accord"
            maxLength={150}
            value={values.approverName}
            error={fields.approverName}
          />
          <Field
            name="approverPosition"
            label="Sa fonction"
            hint="Exemple&nbsp;: directeur de greffe"
            maxLength={100}
            value={values.approverPosition}
            error={fields.approverPosition}
          />
          <Field
            name="approverEmail"
            label="Son e-mail professionnel"
            hint="En @justice.fr ou .gouv.fr"
            type="email"
            maxLength={254}
            value={values.approverEmail}
            error={fields.approverEmail}
          />
          <Box name="agreement" error={fields.agreement} ticked={isTicked(values.agreement)}>
            Accord obtenu
          </Box>
          <h2>Ce que vous souhaitez</h2>
          <Area
            name="localAdmins"
            label="Administrateurs locaux"
            hint="Une personne par ligne, avec son e-mail. Exemple&nbsp;: Sonia Marchetti, sonia.marchetti@justice.fr"
            maxLength={2_000}
            value={values.localAdmins}
            error={fields.localAdmins}
          />
          <Group
            name="tools"
            legend="Outils souhaités"
            hint="Un SPIP peut utiliser les SMS seuls. La sortie d’audience demande le tribunal du même ressort."
          >
            {deploymentTools.map((name) => (
              <Box name={name} key={name} error={fields[name]} ticked={isTicked(values[name])} optional>
                {detailWords[name]}
              </Box>
            ))}
          </Group>
          <Field
            name="wishedDate"
            label="Date souhaitée"
            hint="Exemple&nbsp;: janvier 2027"
            maxLength={60}
            optional
            value={values.wishedDate}
            error={fields.wishedDate}
          />
          <Comments refusal={refusal} />
        </RequestForm>
      </div>
    </Page>
  )
}
