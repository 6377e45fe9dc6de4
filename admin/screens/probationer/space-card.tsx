import { messageStateWords } from '../../../resources/message/fr'
import { spaceRefusals, spaceStateWords } from '../../../resources/probationer-space/fr'
import { probationerRefusals } from '../../../resources/probationer/fr'
import { formatBirth } from '../../../resources/shared/french'
import { useAction, type RecordData } from '../../client/action'
import { RefusalNote } from '../../forms/form-parts'
import { useNotify } from '../../frame/notice'
import { paths } from '../../paths'
import { Button, ButtonLink } from '../../ui/button'
import { Card } from '../../ui/card'
import { Tag } from '../../ui/tag'

type Person = Pick<RecordData<'Probationer'>, 'id' | 'space'>

const refusals: Readonly<Record<string, string>> = { ...spaceRefusals, ...probationerRefusals }

/** Where the person's own space stands, and what may be done of it. Whether they use it is nobody's business. */
export function SpaceCard({
  person: { id, space },
  actions,
}: {
  person: Person
  actions: readonly string[]
}) {
  const { run, busy, failure } = useAction('Probationer', 'inviteToSpace')
  const notify = useNotify()
  const { word, tone } = spaceStateWords[space.state]
  const sentence = sentenceOf(space)
  const mayInvite = actions.includes('inviteToSpace')
  const invite = async () => {
    const done = await run(id, {})
    if (done.ok) notify({ tone: 'ok', title: done.notice })
  }
  const links = [
    ['handInvitationOver', 'Inviter sur papier'],
    ['resetSpaceAccess', 'Réinitialiser l’accès'],
    ['revokeSpace', 'Fermer l’accès'],
  ] as const
  return (
    <Card title="Espace personnel" aside={<Tag tone={tone}>{word}</Tag>}>
      {failure && <RefusalNote refusal={failure} />}
      {sentence && <p>{sentence}</p>}
      {space.isShut && <p className="hint">Fermé un quart d’heure après plusieurs mots de passe faux.</p>}
      {mayInvite && (
        <div>
          <Button icon="message" busy={busy} onClick={() => void invite()}>
            {space.state === 'invited' ? 'Relancer l’invitation' : 'Inviter à son espace'}
          </Button>
        </div>
      )}
      {mayInvite && space.state === 'invited' && <p className="hint">Une seule relance est possible.</p>}
      {!mayInvite && space.state !== 'open' && space.whyNotInvited && (
        <p className="hint">{refusals[space.whyNotInvited]}</p>
      )}
      <div className="cluster">
        {links.map(
          ([name, label]) =>
            actions.includes(name) && (
              <ButtonLink key={name} to={paths.recordAction('Probationer', id, name)} look="quiet">
                {label}
              </ButtonLink>
            ),
        )}
      </div>
    </Card>
  )
}

/** What the tag does not say. */
function sentenceOf({ state, invitedOn, acceptedOn, sms }: Person['space']): string | null {
  const became = sms ? ` SMS\u00a0: ${messageStateWords(sms).word.toLowerCase()}.` : ''
  switch (state) {
    case 'open':
      return acceptedOn ? `Créé par la personne le ${formatBirth(acceptedOn)}.` : 'Créé par la personne.'
    case 'revoked':
      return 'L’accès a été fermé par un agent.'
    case 'reinvited':
      return `${invitedOn ? `Relancé le ${formatBirth(invitedOn)}.` : 'Relancé.'}${became} Espace pas encore créé.`
    case 'invited':
      return `${invitedOn ? `Invité le ${formatBirth(invitedOn)}.` : 'Invité.'}${became} Espace pas encore créé.`
    case 'never':
      return sms ? `La dernière invitation n’est pas arrivée.${became}` : null
  }
}
