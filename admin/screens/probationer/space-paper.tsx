import { useState } from 'react'
import { useParams } from 'react-router-dom'
import type { InvitationPaper } from '../../../resources/probationer-space/commands/invite.server'
import { formatDay, fullName } from '../../../resources/shared/french'
import { useAction } from '../../client/action'
import { RefusalNote } from '../../forms/form-parts'
import { paths } from '../../paths'
import { Button, ButtonLink } from '../../ui/button'
import { Card } from '../../ui/card'
import { Page } from '../../ui/page'
import styles from './space-paper.module.css'
import { recordCrumbs } from './crumbs'

/** The invitation to the space on paper: prepared once, printed, handed over. Its address is on no screen again. */
export function SpacePaper() {
  const { recordId = '' } = useParams()
  const { run, busy, failure } = useAction('Probationer', 'handInvitationOver')
  const [paper, setPaper] = useState<InvitationPaper | null>(null)
  const prepare = async () => {
    const done = await run(recordId, {})
    if (done.ok) setPaper(done.result)
  }
  return (
    <Page
      title="Inviter sur papier"
      windowTitle={`Invitation sur papier, fiche ${recordId}`}
      crumbs={recordCrumbs(Number(recordId))}
      lede="Pour une personne qui ne reçoit pas de SMS. L’invitation compte comme celles envoyées par SMS."
      {...(paper && {
        actions: (
          <>
            <Button look="main" icon="print" data-key="main" onClick={() => window.print()}>
              Imprimer
            </Button>
            <ButtonLink to={paths.probationer(Number(recordId))}>Retour à la fiche</ButtonLink>
          </>
        ),
      })}
    >
      {failure && <RefusalNote refusal={failure} />}
      {paper ? (
        <Sheet paper={paper} />
      ) : (
        <Card
          title="Une feuille, pour elle seule"
          footer={
            <div className="cluster">
              <Button look="main" busy={busy} data-key="main" onClick={() => void prepare()}>
                Préparer l’invitation
              </Button>
              <ButtonLink to={paths.probationer(Number(recordId))}>Renoncer</ButtonLink>
            </div>
          }
        >
          <p>
            Imprimez-la devant la personne, et remettez-la en main propre&nbsp;: qui la lit peut ouvrir
            l’espace. Une fois cette page fermée, elle ne se retrouve plus.
          </p>
        </Card>
      )}
    </Page>
  )
}

function Sheet({ paper: { address, code, person, until } }: { paper: InvitationPaper }) {
  return (
    <article className={styles.sheet}>
      <p>
        <b>Mon Suivi Justice</b>
      </p>
      <p>{fullName(person)}</p>
      <h2>Votre espace personnel</h2>
      <p>Vous y voyez vos rendez-vous et les personnes qui vous suivent. Il est facultatif.</p>
      <div className={styles.opening}>
        <svg
          viewBox={`-2 -2 ${code.size + 4} ${code.size + 4}`}
          width="160"
          height="160"
          role="img"
          aria-label="Code à photographier, qui mène à la même adresse"
        >
          <rect x="-2" y="-2" width={code.size + 4} height={code.size + 4} fill="#fff" />
          <path d={code.path} />
        </svg>
        <div>
          <p>Photographiez ce code avec votre téléphone, ou tapez cette adresse&nbsp;:</p>
          <p className={styles.address}>{address}</p>
        </div>
      </div>
      <p>
        Valable jusqu’au <b>{formatDay(until)}</b>, une seule fois. Vous choisirez un mot de passe, puis vous
        entrerez avec votre numéro de portable.
      </p>
      <p>Ne donnez cette feuille à personne.</p>
    </article>
  )
}
