import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { spaceIdle } from '../../resources/probationer-space/rules'
import { minute } from '../../resources/shared/duration'
import { env } from '../../resources/shared/env.server'
import { publicHeaders } from '../caching'
import { LegalPage } from '../components/legal-page'
import { pageTitle } from '../components/page'

export const headers = publicHeaders

export const meta: MetaFunction = () => [
  { title: pageTitle('Données personnelles') },
  { name: 'description', content: 'Ce que Mon Suivi Justice sait de vous, combien de temps, et vos droits.' },
]

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
          <li>Nom, prénom, date de naissance, numéro de dossier (APPI).</li>
          <li>Numéro de portable, s’il a été donné&nbsp;; votre refus des SMS.</li>
          <li>
            Parfois la commune, ou «&nbsp;sans domicile fixe&nbsp;», ou «&nbsp;habite à l’étranger&nbsp;».
          </li>
          <li>
            Les services qui vous suivent, votre agent référent, les changements de service
            (dessaisissements), et, s’il y a lieu, le suivi par le juge antiterroriste.
          </li>
          <li>
            Dates, lieux et types de rendez-vous, parfois le numéro de parquet et des remarques du
            service&nbsp;; présence ou absence.
          </li>
          <li>SMS envoyés et leur arrivée.</li>
          <li>Les demandes que vous faites sur vos données, et les réponses.</li>
          <li>L’historique du dossier&nbsp;: qui l’a changé, quand, et quoi.</li>
        </ul>
      </section>
      <section>
        <h2>Qui les voit</h2>
        <ul className="msj-list">
          <li>
            Les agents du tribunal et du service de probation qui vous suivent, et ceux des services qui leur
            sont liés.
          </li>
          <li>L’équipe nationale de Mon Suivi Justice&nbsp;: elle peut ouvrir tous les dossiers.</li>
          <li>
            Le bureau de l’exécution des peines de certains tribunaux&nbsp;: il peut chercher une personne
            hors de son ressort, par son identité exacte ou son numéro de dossier, pour la convoquer.
          </li>
          <li>
            Un autre service qui enregistre une personne de même identité, de même numéro de portable ou de
            même numéro de dossier&nbsp;: il voit l’initiale du nom, le prénom, l’année de naissance et les
            services qui vous suivent, avec leur téléphone. Rien d’autre.
          </li>
        </ul>
        <p>
          Chaque lecture de votre dossier est notée. L’hébergeur et l’opérateur de SMS traitent ces données
          pour nous.
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
        <h2>Si vous créez votre espace</h2>
        <p>«&nbsp;Mon espace&nbsp;» est facultatif. Si vous le créez, ce site garde aussi&nbsp;:</p>
        <ul className="msj-list">
          <li>
            une empreinte de votre mot de passe&nbsp;: elle permet de le vérifier, pas de le lire&nbsp;;
          </li>
          <li>
            le jour de votre dernière connexion, pour ne pas ouvrir l’espace d’un numéro abandonné&nbsp;;
          </li>
          <li>
            les appareils connectés en ce moment&nbsp;: chacun est oublié quand vous vous déconnectez, ou
            après {spaceIdle / minute} minutes sans activité&nbsp;;
          </li>
          <li>un cookie, sur votre appareil, seulement dans l’espace et le temps de la connexion.</li>
        </ul>
        <p>
          L’espace s’ouvre avec votre numéro de portable. Votre service sait que l’espace est créé, et quand.
          Personne au service ne voit quand vous venez, ni ce que vous lisez. Tout cela est effacé avec votre
          dossier. La trace des connexions et des essais est gardée douze mois, pour la sécurité.
        </p>
        <p>Dans l’espace, vous pouvez lire et télécharger toutes vos données.</p>
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
        <h2>Si vous nous écrivez</h2>
        <p>
          Ce que vous écrivez par un formulaire de ce site sert à vous répondre. Le message «&nbsp;Je ne peux
          pas venir&nbsp;» est lu par le service que vous avez choisi, et par personne d’autre&nbsp;: ce site
          l’efface au bout de sept jours. Les autres messages sont lus par l’équipe nationale et effacés au
          bout de douze mois.
        </p>
      </section>
      <section>
        <h2>Sur ce site</h2>
        <p>
          Les pages publiques ne déposent aucun cookie et ne mesurent pas votre visite. Aucun autre site n’est
          appelé. Les recherches ne sont pas gardées. Si vous utilisez votre position pour trouver un service,
          elle reste dans votre appareil.
        </p>
      </section>
    </LegalPage>
  )
}
