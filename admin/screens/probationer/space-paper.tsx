import { Fragment, useState } from 'react'
import { useParams } from 'react-router-dom'
import type { InvitationPaper } from '../../../resources/probationer-space/commands/invite.server'
import { civilOf } from '../../../resources/shared/civil-time'
import { formatDay, fullName } from '../../../resources/shared/french'
import { formatPhone } from '../../../resources/shared/phone'
import { useAction } from '../../client/action'
import { useAgent } from '../../client/agent'
import { RefusalNote } from '../../forms/form-parts'
import { paths } from '../../paths'
import { Button, ButtonLink } from '../../ui/button'
import { Card } from '../../ui/card'
import { Page } from '../../ui/page'
import letter from '../summons.module.css'
import styles from './space-paper.module.css'
import { recordCrumbs } from './crumbs'

/** The invitation to the space on paper: prepared, printed, handed over. Its address is on no screen again. */
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
            l’espace. Une fois cette page fermée, elle ne se retrouve plus&nbsp;: le même jour, une autre se
            prépare, qui la remplace et compte pour la même invitation.
          </p>
        </Card>
      )}
    </Page>
  )
}

/** What is typed by hand stands in groups, which are only drawn: what is copied has no space. */
function Address({ address }: { address: string }) {
  const start = address.lastIndexOf('/') + 1
  const groups = address.slice(start).match(/.{1,4}/g) ?? []
  return (
    <p className={styles.address}>
      {address.slice(0, start)}
      <wbr />
      {groups.map((group, rank) => (
        <Fragment key={rank}>
          <span className={styles.group}>{group}</span>
          <wbr />
        </Fragment>
      ))}
    </p>
  )
}

function Sheet({ paper: { address, code, person, service, until } }: { paper: InvitationPaper }) {
  const today = civilOf(new Date(), useAgent().organization.timeZone).date
  return (
    <article className={letter.sheet} aria-label="Invitation">
      <header className={letter.letterhead}>
        <div>
          <b>{service.name}</b>
          {service.phone && <p>{formatPhone(service.phone)}</p>}
        </div>
        <p>
          Mon Suivi Justice
          <br />
          Remis le {formatDay(today)}
        </p>
      </header>
      <p className={letter.recipient}>{fullName(person)}</p>
      <h2 className={styles.title}>Votre espace personnel</h2>
      <p>
        Sur internet, vous y voyez vos rendez-vous et les personnes qui vous suivent. Il est facultatif et
        gratuit.
      </p>
      <section className={styles.opening}>
        <svg
          viewBox={`-2 -2 ${code.size + 4} ${code.size + 4}`}
          role="img"
          aria-label="Code à photographier, qui mène à la même adresse"
        >
          <rect x="-2" y="-2" width={code.size + 4} height={code.size + 4} fill="#fff" />
          <path d={code.path} />
        </svg>
        <div>
          <p>
            <b>Photographiez ce code</b> avec votre téléphone, ou <b>tapez cette adresse</b>, sans
            espace&nbsp;:
          </p>
          <Address address={address} />
        </div>
      </section>
      <section>
        <h3>Ensuite</h3>
        <ol className={styles.steps}>
          <li>Choisissez un mot de passe, que personne d’autre ne connaît.</li>
          <li>Pour revenir, tapez votre numéro de portable et ce mot de passe.</li>
        </ol>
      </section>
      <p className={letter.warning}>
        Cette feuille sert <b>une seule fois</b>, avant le <b>{formatDay(until)}</b>. Ne la donnez à personne.
      </p>
      <footer>
        Une question, ou la feuille est perdue&nbsp;? Appelez {service.name}
        {service.phone && ` au ${formatPhone(service.phone)}`}.
      </footer>
    </article>
  )
}
