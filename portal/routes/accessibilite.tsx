import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { env } from '../../resources/shared/env.server'
import { publicHeaders } from '../caching'
import { accessibilityState } from '../components/accessibility'
import { LegalPage } from '../components/legal-page'
import { pageTitle } from '../components/page'

export const headers = publicHeaders

export const meta: MetaFunction = () => [{ title: pageTitle('Accessibilité') }]

export function loader() {
  return { email: env.SUPPORT_EMAIL, address: env.PUBLIC_URL }
}

export default function AccessibilityStatement() {
  const { email, address } = useLoaderData<typeof loader>()
  return (
    <LegalPage title="Déclaration d’accessibilité">
      <p>
        Mon Suivi Justice s’engage à rendre son site accessible, comme le demande l’article 47 de la loi
        n°&nbsp;2005-102 du 11 février 2005. Cette déclaration s’applique à {address}.
      </p>
      <section>
        <h2>État de conformité</h2>
        <p>
          Le site est <b>{accessibilityState}</b> avec le référentiel général d’amélioration de
          l’accessibilité (RGAA), version 4.1.2&nbsp;: aucun audit n’a encore été fait.
        </p>
      </section>
      <section>
        <h2>Résultats des tests</h2>
        <p>
          À chaque modification, un outil automatique (axe) contrôle les pages à 320 pixels de large en clair
          et à 1280 pixels en sombre. Un test vérifie aussi que rien ne dépasse de l’écran à 320, 768 et 1280
          pixels, et que les pages disent la même chose sans JavaScript. Il n’y a pas d’erreur. Un outil ne
          voit qu’une partie des défauts&nbsp;: ces résultats ne remplacent pas un audit.
        </p>
      </section>
      <section>
        <h2>Contenus non accessibles</h2>
        <p>Ils seront listés après l’audit.</p>
      </section>
      <section>
        <h2>Établissement de cette déclaration</h2>
        <p>
          Technologies&nbsp;: HTML, CSS, SVG. Les pages publiques n’ont pas besoin de JavaScript. Outil&nbsp;:
          axe-core, dans Chromium. Pages contrôlées&nbsp;: accueil, recherche, département, service ouvert et
          fermé, arrêt des SMS avant et après, connexion des agents, mot de passe oublié, choix du mot de
          passe, charte, pages légales, pages d’erreur.
        </p>
      </section>
      <section>
        <h2>Retour d’information et contact</h2>
        <p>
          Une page vous bloque&nbsp;? <a href="/contact/ecrire">Écrivez-nous par le formulaire</a> ou à{' '}
          <a href={`mailto:${email}`}>{email}</a>&nbsp;: nous vous répondons sous une semaine et vous donnons
          l’information d’une autre façon.
        </p>
      </section>
      <section>
        <h2>Voies de recours</h2>
        <p>Vous n’avez pas eu de réponse satisfaisante&nbsp;? Vous pouvez&nbsp;:</p>
        <ul className="msj-list">
          <li>
            écrire au Défenseur des droits avec{' '}
            <a href="https://formulaire.defenseurdesdroits.fr">son formulaire</a>&nbsp;;
          </li>
          <li>
            rencontrer{' '}
            <a href="https://www.defenseurdesdroits.fr/saisir/delegues">un délégué du Défenseur des droits</a>{' '}
            près de chez vous&nbsp;;
          </li>
          <li>
            lui écrire sans timbre&nbsp;: Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07.
          </li>
        </ul>
      </section>
    </LegalPage>
  )
}
