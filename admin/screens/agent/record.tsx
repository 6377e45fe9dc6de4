import { useState } from 'react'
import { useParams } from 'react-router-dom'
import { accountStateWords, roleNames } from '../../../resources/agent/fr'
import { formatDay, formatHour, fullName } from '../../../resources/shared/french'
import { formatPhone } from '../../../resources/shared/phone'
import { send } from '../../client/client'
import { useQuery } from '../../client/query'
import { EmptyPage, StaleNote } from '../../frame/failures'
import { Alert } from '../../ui/alert'
import { Button } from '../../ui/button'
import { Card } from '../../ui/card'
import { DescriptionList } from '../../ui/description-list'
import { Page } from '../../ui/page'
import { Tag } from '../../ui/tag'
import { paths } from '../../paths'
import { NoticeAlert, useNotice } from '../appointment/outcome'

const moment = (at: { date: string; time: string } | null) =>
  at && `${formatDay(at.date)} à ${formatHour(at.time)}`

/** The account of an agent: who they are, whether they can sign in, and what helps them to. */
export function AgentRecord() {
  const { recordId } = useParams()
  const { data, failure, reload } = useQuery('agentRecord', { agentId: Number(recordId) || 0 })
  const [busy, setBusy] = useState(false)
  const [said, say, refuse] = useNotice()

  const crumbs = [{ label: 'Agents', href: paths.agents }]
  if (!data)
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

  const act = async (name: 'unlockAgent' | 'resendInvitation', sentence: string) => {
    setBusy(true)
    const answer = await send(name, { agentId: data.id })
    setBusy(false)
    if (answer.ok) say(sentence)
    else refuse(answer.message)
    reload()
  }
  const { word, tone } = accountStateWords[data.state]
  return (
    <Page
      title={fullName(data)}
      windowTitle="Agent"
      crumbs={crumbs}
      tag={
        <Tag tone={tone} {...(data.locked && { icon: 'lock' as const })}>
          {word}
        </Tag>
      }
      lede={`${roleNames[data.role]}, ${data.organization}${data.isMe ? ' (vous)' : ''}`}
    >
      <StaleNote failure={failure} onRetry={reload} />
      <NoticeAlert said={said} onUndone={say} />
      {data.locked && (
        <Alert tone="bad" icon="lock" title={`Compte bloqué depuis le ${moment(data.locked)}`}>
          <p>
            Trois mots de passe faux l’ont bloqué. Il se débloquera seul le {moment(data.unlocksBy)}, ou dès
            que l’agent choisit un nouveau mot de passe.
          </p>
          {data.mayUnlock && (
            <div className="cluster">
              <Button
                look="main"
                busy={busy}
                onClick={() =>
                  void act(
                    'unlockAgent',
                    `${fullName(data)}\u00a0: compte débloqué, l’agent peut se connecter`,
                  )
                }
              >
                Débloquer le compte
              </Button>
            </div>
          )}
        </Alert>
      )}
      {!data.accepted && (
        <Alert tone="info" icon="mail" title="L’agent n’a pas encore choisi son mot de passe">
          <p>
            {data.invited
              ? `Invitation envoyée le ${moment(data.invited)} à ${data.email}. Son lien sert une fois, pendant 30 jours.`
              : 'Aucune invitation ne lui a encore été envoyée.'}
          </p>
          {data.mayResendInvitation && (
            <div className="cluster">
              <Button
                look="main"
                icon="mail"
                busy={busy}
                onClick={() =>
                  void act('resendInvitation', `${fullName(data)}\u00a0: invitation envoyée de nouveau`)
                }
              >
                Renvoyer l’invitation
              </Button>
            </div>
          )}
        </Alert>
      )}
      <Card title="Compte">
        <DescriptionList
          pairs={[
            ['Fonction', roleNames[data.role]],
            ['Service', data.organization],
            ['Adresse e-mail', data.email],
            ['Téléphone', data.phone ? formatPhone(data.phone) : 'non renseigné'],
            ['Invitation', moment(data.invited)],
            ['Mot de passe', data.accepted ? 'choisi' : 'pas encore choisi'],
            ['Dernière connexion', moment(data.lastSignIn) ?? 'jamais'],
          ]}
        />
      </Card>
    </Page>
  )
}
