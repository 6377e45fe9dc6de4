import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { env } from '../../resources/shared/env.server'
import { publicHeaders } from '../caching'
import { LegalPage } from '../components/legal-page'
import { pageTitle } from '../components/page'

export const headers = publicHeaders

export const meta: MetaFunction = () => [{ title: pageTitle('Données personnelles') }]

export function loader() {
  return { email: env.SUPPORT_EMAIL }
}

export default function PersonalData() {
  const { email } = useLoaderData<typeof loader>()
  return (
    <LegalPage title="Données personnelles">
      <section>
        <h2>À quoi servent vos données</h2>
        <p>
          À fixer vos rendez-vous avec la justice, à vous les rappeler par SMS et à savoir si vous y étiez.
          Elles ne servent ni à vous noter, ni à décider à votre place&nbsp;: il n’y a pas de profilage.
        </p>
        <p>
          Le traitement relève de la directive «&nbsp;Police-Justice&nbsp;» et du titre III de la loi
          Informatique et Libertés.
        </p>
      </section>
      <section>
        <h2>Quelles données</h2>
        <ul className="msj-list">
          <li>Nom, prénom, date de naissance, numéro de dossier.</li>
          <li>Numéro de portable, s’il a été donné.</li>
          <li>Dates, lieux et types de rendez-vous&nbsp;; présence ou absence.</li>
          <li>SMS envoyés et leur arrivée.</li>
        </ul>
      </section>
      <section>
        <h2>Qui les voit</h2>
        <p>
          Les agents du tribunal et du service de probation qui vous suivent. Chaque lecture de votre dossier
          est notée. L’hébergeur et l’opérateur de SMS les traitent pour nous.
        </p>
      </section>
      <section>
        <h2>Combien de temps</h2>
        <p>Pendant votre suivi. Ensuite&nbsp;:</p>
        <ul className="msj-list">
          <li>
            un dossier est archivé quand le service l’archive, ou de lui-même après un an sans rendez-vous ni
            changement de service&nbsp;: plus aucun SMS ne part&nbsp;;
          </li>
          <li>
            six mois après, il est effacé&nbsp;: identité, numéro, rendez-vous, SMS, historique. Rien ne le
            ramène&nbsp;;
          </li>
          <li>
            un service peut aussi l’effacer avant. La limitation que vous avez obtenue suspend l’effacement
            automatique.
          </li>
        </ul>
        <p>
          Restent des nombres pour les statistiques&nbsp;: combien de rendez-vous, par service, lieu, type,
          mois et agent référent, honorés ou manqués, avec ou sans rappel. Ni nom, ni numéro, ni jour&nbsp;:
          rien ne dit de qui. La trace des lectures et des changements est effacée au bout d’un an&nbsp;; elle
          ne nomme plus personne dès que le dossier est effacé.
        </p>
      </section>
      <section>
        <h2>Vos droits</h2>
        <p>
          Vous pouvez demander à voir vos données, à les faire corriger, effacer ou limiter&nbsp;:
          adressez-vous au service qui vous convoque, ou écrivez à <a href={`mailto:${email}`}>{email}</a>.
          Vous ne pouvez pas vous opposer au traitement, mais vous pouvez refuser les SMS&nbsp;: ouvrez le
          lien «&nbsp;STOP&nbsp;» d’un message, ou dites-le à votre conseiller.
        </p>
        <p>
          Si la réponse ne vous convient pas, vous pouvez écrire à la{' '}
          <a href="https://www.cnil.fr/fr/plaintes">CNIL</a>.
        </p>
      </section>
      <section>
        <h2>Sur ce site</h2>
        <p>
          Les pages publiques ne déposent aucun cookie et ne mesurent pas votre visite. Aucun autre site n’est
          appelé. Les recherches ne sont pas gardées.
        </p>
      </section>
    </LegalPage>
  )
}
