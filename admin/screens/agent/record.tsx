import { useParams } from 'react-router-dom'
import { accountStateWords, roleNames } from '../../../resources/agent/fr'
import { count, formatDay, formatHour, fullName } from '../../../resources/shared/french'
import { formatPhone } from '../../../resources/shared/phone'
import { useRecord, useResource, type ActionName } from '../../client/action'
import { ActButton, ActionButtons } from '../../forms/action-buttons'
import { EmptyPage, StaleNote } from '../../frame/failures'
import { Alert } from '../../ui/alert'
import { Card } from '../../ui/card'
import { DescriptionList } from '../../ui/description-list'
import { Page } from '../../ui/page'
import { Tag } from '../../ui/tag'
import { paths } from '../../paths'

const moment = (at: { date: string; time: string } | null) =>
  at && `${formatDay(at.date)} à ${formatHour(at.time)}`

/** The account of an agent: who they are, whether they can sign in, and what helps them to. */
export function AgentRecord() {
  const { recordId = '' } = useParams()
  const { data: opened, failure, reload } = useRecord('Agent', recordId)
  const resource = useResource('Agent')
  const crumbs = [{ label: 'Agents', href: paths.agents }]
  if (!opened || !resource)
    return (
      <EmptyPage
        title="Agent"
        crumbs={crumbs}
        what="ce compte"
        lines={6}
        failure={failure}
        onRetry={reload}
      />
    )
  const { data, record } = opened
  const actions = record?.actions ?? []
  const button = (name: ActionName<'Agent'>) =>
    actions.includes(name) && (
      <div className="cluster">
        <ActButton resource={resource} name={name} target={recordId} />
      </div>
    )
  const { word, tone } = accountStateWords[data.state]
  return (
    <Page
      title={fullName(data)}
      windowTitle={`Agent ${recordId}`}
      crumbs={crumbs}
      tag={
        <Tag tone={tone} {...(data.locked && { icon: 'lock' as const })}>
          {word}
        </Tag>
      }
      actions={<ActionButtons resource={resource} recordId={recordId} names={actions} />}
      lede={`${roleNames[data.role]}, ${data.organization}${data.isMe ? ' (vous)' : ''}`}
    >
      <StaleNote failure={failure} onRetry={reload} />
      {data.locked && (
        <Alert tone="bad" icon="lock" title={`Compte bloqué depuis le ${moment(data.locked)}`}>
          <p>
            Trois mots de passe faux l’ont bloqué. Il se débloquera seul le {moment(data.unlocksBy)}, ou dès
            que l’agent choisit un nouveau mot de passe.
          </p>
          {button('unlock')}
        </Alert>
      )}
      {data.deleted && (
        <Alert tone="warn" title={`Compte supprimé le ${moment(data.deleted)}`}>
          <p>
            L’agent ne peut plus se connecter. Son nom et sa fonction restent dans les traces, un an après la
            dernière, puis partent.
          </p>
          {button('reactivate')}
        </Alert>
      )}
      {!data.accepted && !data.deleted && (
        <Alert tone="info" icon="mail" title="L’agent n’a pas encore choisi son mot de passe">
          <p>
            {data.invited
              ? `Invitation envoyée le ${moment(data.invited)} à ${data.email}. Son lien sert une fois, pendant 30 jours.`
              : 'Aucune invitation ne lui a encore été envoyée.'}
          </p>
          {button('resendInvitation')}
        </Alert>
      )}
      <Card title="Compte">
        <DescriptionList
          pairs={[
            ['Fonction', roleNames[data.role]],
            ['Service', data.organization],
            ['Siège', data.headquarters],
            ['Adresse e-mail', data.email],
            ['Téléphone', data.phone ? formatPhone(data.phone) : 'non renseigné'],
            ['Référent de', data.persons === null ? null : count(data.persons, 'personne', 'personnes')],
            ['Invitation', moment(data.invited)],
            ['Mot de passe', data.accepted ? 'choisi' : 'pas encore choisi'],
            ['Dernière connexion', moment(data.lastSignIn) ?? 'jamais'],
          ]}
        />
      </Card>
    </Page>
  )
}
