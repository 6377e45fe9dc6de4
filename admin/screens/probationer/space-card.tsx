import { messageStateWords } from '../../../resources/message/fr'
import {
  spaceRefusals,
  spaceStateWords,
  whoInvites,
  whoResets,
} from '../../../resources/probationer-space/fr'
import { probationerRefusals } from '../../../resources/probationer/fr'
import type { CivilDate } from '../../../resources/shared/civil-time'
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
  const { word, tone } = space.overSince
    ? ({ word: 'Invitation expirée', tone: 'warn' } as const)
    : spaceStateWords[space.state]
  const sentence = sentenceOf(space)
  const hint = hintOf(space, actions)
  const invite = async () => {
    const done = await run(id, {})
    if (done.ok) notify({ tone: 'ok', title: done.notice })
  }
  const links = [
    ['handInvitationOver', space.isSameSheet ? 'Imprimer une autre feuille' : 'Inviter sur papier'],
    ['resetSpaceAccess', 'Réinitialiser l’accès'],
    ['revokeSpace', 'Fermer l’accès'],
  ] as const
  const shown = links.filter(([name]) => actions.includes(name))
  return (
    <Card title="Espace personnel" aside={<Tag tone={tone}>{word}</Tag>}>
      {failure && <RefusalNote refusal={failure} />}
      {sentence && <p>{sentence}</p>}
      {space.isShut && <p className="hint">Fermé un quart d’heure après plusieurs mots de passe faux.</p>}
      {actions.includes('inviteToSpace') && (
        <div>
          <Button icon="message" busy={busy} onClick={() => void invite()}>
            {space.state === 'invited' ? 'Relancer l’invitation' : 'Inviter à son espace'}
          </Button>
        </div>
      )}
      {hint && <p className="hint">{hint}</p>}
      {shown.length > 0 && (
        <div className="cluster">
          {shown.map(([name, label]) => (
            <ButtonLink key={name} to={paths.recordAction('Probationer', id, name)} look="quiet">
              {label}
            </ButtonLink>
          ))}
        </div>
      )}
    </Card>
  )
}

/** What the tag does not say. */
function sentenceOf({ state, ...space }: Person['space']): string | null {
  const on = (date: CivilDate | null) => (date ? ` le ${formatBirth(date)}` : '')
  const became = space.sms ? ` SMS\u00a0: ${messageStateWords(space.sms).word.toLowerCase()}.` : ''
  const end = space.overSince
    ? ` Son lien n’ouvre plus rien depuis le ${formatBirth(space.overSince)}.`
    : ' Espace pas encore créé.'
  switch (state) {
    case 'open':
      return `Créé par la personne${on(space.acceptedOn)}.`
    case 'revoked':
      return `Par un agent${on(space.revokedOn)}.`
    case 'reinvited':
      return `${space.isOnPaper ? 'Remise de nouveau sur papier' : 'Relancé'}${on(space.invitedOn)}.${became}${end}`
    case 'invited':
      return `${space.isOnPaper ? 'Remise sur papier' : 'Envoyée par SMS'}${on(space.invitedOn)}.${became}${end}`
    case 'never':
      if (space.sms) return `La dernière invitation n’est pas arrivée.${became}`
      return space.resetOn ? `Accès rouvert${on(space.resetOn)}\u00a0: la personne est à inviter.` : null
  }
}

/** What may be done now, or why it may not and who could. */
function hintOf(space: Person['space'], actions: readonly string[]): string | null {
  const { state, whyNotInvited: why } = space
  if (state === 'open') return null
  const reset = actions.includes('resetSpaceAccess') ? null : whoResets
  if (state === 'revoked') return reset
  if (actions.includes('inviteToSpace')) return state === 'invited' ? 'Une seule relance est possible.' : null
  if (why === 'space.not_enabled' || space.mayInvite) {
    if (space.isSameSheet)
      return 'Feuille mal imprimée ou perdue\u00a0? Une autre la remplace, pendant un jour.'
    return [why && refusals[why], why === 'space.no_invitation_left' && reset].filter(Boolean).join(' ')
  }
  return whoInvites
}
