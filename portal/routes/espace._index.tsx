import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { spaceHome } from '../../resources/probationer-space/queries/mine.server'
import { count } from '../../resources/shared/french'
import { env } from '../../resources/shared/env.server'
import { Alert } from '../components/alert'
import { capitalDays, OwnList, OwnTime, pathOf, WhatToKnow } from '../components/own-appointment'
import { ContactCard } from '../components/own-contacts'
import { Focused } from '../components/form'
import { SpacePage, spaceTitle } from '../components/space-page'
import { visit } from '../door.server'
import { personHere } from '../space.server'

export const handle = { scripts: true, space: true }

export async function loader({ request, context }: LoaderFunctionArgs) {
  const home = await visit(personHere(context, request), (ctx) => spaceHome(ctx, {}))
  const isNew = new URL(request.url).searchParams.has('cree')
  return { ...home, address: isNew ? new URL(env.PUBLIC_URL).host : null }
}

export const meta: MetaFunction = () => [
  { title: spaceTitle('Mes rendez-vous') },
  { name: 'robots', content: 'noindex' },
]

export default function Home() {
  const { address, toCome, off, past, firstName, isOver, isReferentNew, refusesSms, ...contacts } =
    useLoaderData<typeof loader>()
  const [next, ...others] = toCome
  return (
    <SpacePage>
      {address && (
        <div className="msj-after">
          <Focused>
            <Alert kind="success" title="Votre espace est créé" live>
              <p>
                Pour revenir&nbsp;: ouvrez <b>{address}</b>, puis «&nbsp;Mon espace&nbsp;». Tapez votre numéro
                de portable et votre mot de passe.
              </p>
            </Alert>
          </Focused>
        </div>
      )}
      <div className="msj-two">
        <div className="msj-stack">
          <div className="msj-stack-s">
            <h1>Bonjour {firstName}</h1>
            <p className="msj-lead">
              {toCome.length === 0
                ? 'Vous n’avez pas de rendez-vous à venir.'
                : `Vous avez ${count(toCome.length, 'rendez-vous', 'rendez-vous')} à venir.`}
            </p>
          </div>
          {isOver && (
            <Alert kind="info" title="Votre suivi est terminé">
              <p>Vos rendez-vous passés restent ici jusqu’à l’effacement de vos données.</p>
            </Alert>
          )}
          {next && (
            <article className="msj-next" aria-labelledby="next">
              <header>
                <p>
                  <span className="msj-tag msj-tag--info">{capitalDays(next)}</span>
                </p>
                <h2 id="next">
                  <a href={pathOf(next)}>
                    <OwnTime appointment={next} tall />
                  </a>
                </h2>
                <p>
                  {next.title}
                  <br />
                  {next.service}
                </p>
              </header>
              <div className="msj-stack-s">
                <WhatToKnow appointment={next} />
              </div>
            </article>
          )}
          {others.length > 0 && (
            <section className="msj-stack-s">
              <h2>Ensuite</h2>
              <OwnList list={others} />
            </section>
          )}
          {off.length > 0 && (
            <section className="msj-stack-s">
              <h2>Annulés</h2>
              <p>Ne venez pas à ces dates.</p>
              <OwnList list={off} />
            </section>
          )}
          {past.length > 0 && (
            <section className="msj-stack-s">
              <h2>Passés</h2>
              <OwnList list={past} />
            </section>
          )}
          <p>
            <a href="/espace/convocations">Voir tous mes rendez-vous</a>
          </p>
        </div>
        <aside className="msj-stack" aria-label="Mes interlocuteurs">
          {isReferentNew && contacts.referent && (
            <Alert kind="info" title="Votre interlocuteur a changé">
              <p>C’est maintenant {contacts.referent.name}.</p>
            </Alert>
          )}
          <ContactCard {...contacts} isOver={isOver} />
          {refusesSms && (
            <p className="msj-small">
              Vous ne recevez pas de SMS. <a href="/espace/compte">Changer ce choix</a>
            </p>
          )}
          <p>
            <a href="/espace/sms">Mes SMS</a>
          </p>
        </aside>
      </div>
    </SpacePage>
  )
}
