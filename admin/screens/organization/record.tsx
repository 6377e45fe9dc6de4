import { Fragment } from 'react'
import { Link, useParams } from 'react-router-dom'
import { customColumnWords } from '../../../resources/custom-column/fr'
import { departmentLabel } from '../../../resources/city/departments'
import { organizationKindWords, timeZoneWords } from '../../../resources/organization/fr'
import { agentName, formatShortDate } from '../../../resources/shared/french'
import { formatPhone } from '../../../resources/shared/phone'
import { useRecord, useResource } from '../../client/action'
import { useAgent } from '../../client/agent'
import { ActionButtons } from '../../forms/action-buttons'
import { EmptyPage, StaleNote } from '../../frame/failures'
import { SupportLink } from '../../frame/support'
import { paths } from '../../paths'
import { Card } from '../../ui/card'
import { DescriptionList } from '../../ui/description-list'
import { FormattedText } from '../../ui/guidance'
import { Page } from '../../ui/page'
import { Tag } from '../../ui/tag'

const yesNo = (is: boolean) => (is ? 'oui' : 'non')
const typeWords: Readonly<Record<string, string>> = customColumnWords.typeCodes

/** A service: where it is reached, who administers it, whom it works with. */
export function OrganizationRecord() {
  const { recordId = '' } = useParams()
  const { data: opened, failure, reload } = useRecord('Organization', recordId)
  const resource = useResource('Organization')
  const isCentral = useAgent().role === 'central_admin'
  const crumbs = isCentral ? [{ label: 'Services', href: paths.resource('Organization') }] : []
  if (!opened || !resource)
    return <EmptyPage title="Service" crumbs={crumbs} what="ce service" failure={failure} onRetry={reload} />
  const { data, record } = opened
  return (
    <Page
      title={data.name}
      windowTitle={data.isOwn ? 'Mon service' : `Service ${recordId}`}
      crumbs={crumbs}
      tag={
        <Tag tone={data.openedAt ? 'ok' : 'off'}>
          {data.openedAt ? `Ouvert depuis le ${formatShortDate(data.openedAt)}` : 'Pas encore ouvert'}
        </Tag>
      }
      actions={<ActionButtons resource={resource} recordId={recordId} names={record?.actions ?? []} />}
    >
      <StaleNote failure={failure} onRetry={reload} />
      <Card title="Administrateurs locaux">
        {data.localAdmins.length === 0 ? (
          <p>
            Ce service n’en a pas encore&nbsp;: <SupportLink>écrivez au support</SupportLink>.
          </p>
        ) : (
          <p>
            {data.localAdmins.map((admin, rank) => (
              <Fragment key={admin.id}>
                {rank > 0 && ', '}
                <b>{agentName(admin)}</b>
                {admin.elsewhere && ` (${admin.elsewhere})`}
              </Fragment>
            ))}
          </p>
        )}
      </Card>
      <Card title="Le service">
        <DescriptionList
          pairs={[
            ['Nature', organizationKindWords[data.kind]],
            ['Département', departmentLabel(data.departmentCode)],
            ['Fuseau horaire', timeZoneWords[data.timeZone] ?? data.timeZone],
            ['Siège', data.headquarters],
            ['Standard', data.switchboardPhone ? formatPhone(data.switchboardPhone) : 'non renseigné'],
            ['Adresse e-mail', data.sharedMailbox ?? 'non renseignée'],
            [
              data.kind === 'court' ? 'SPIP du ressort' : 'Tribunaux du ressort',
              data.linked.length === 0
                ? 'aucun'
                : data.linked.map(({ id, name }, rank) => (
                    <Fragment key={id}>
                      {rank > 0 && ', '}
                      {isCentral ? <Link to={paths.record('Organization', id)}>{name}</Link> : name}
                    </Fragment>
                  )),
            ],
            ['Interressort', data.kind === 'court' ? yesNo(data.interJurisdiction) : null],
            ['Espace en ligne des probationnaires', yesNo(data.probationerSpaceEnabled)],
            ['Invitations sur papier', data.probationerSpaceEnabled ? yesNo(data.spaceOnPaper) : null],
          ]}
        />
      </Card>
      {data.agendaGuidance && (
        <Card title="Répartition des cabinets">
          <FormattedText text={data.agendaGuidance} />
        </Card>
      )}
      {data.customColumns.length > 0 && (
        <Card title="Colonnes des sorties d’audience">
          <DescriptionList
            pairs={data.customColumns.map(({ name, dataType, moment, typeCodes }) => [
              name,
              [
                customColumnWords.dataType[dataType],
                customColumnWords.moment[moment],
                ...typeCodes.map((code) => typeWords[code] ?? code),
              ].join(', '),
            ])}
          />
        </Card>
      )}
    </Page>
  )
}
