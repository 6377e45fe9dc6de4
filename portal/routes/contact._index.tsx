import { redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { publicHeaders } from '../caching'
import { cut } from '../../resources/shared/cut'
import { Page, pageTitle } from '../components/page'
import { ServiceSearch } from '../components/service-search'

export const headers = publicHeaders

/** `?page=…`: the way from the foot of a page, straight to the form about it. */
export function loader({ request }: LoaderFunctionArgs) {
  const page = new URL(request.url).searchParams.get('page')
  return page === null ? null : redirect(`/contact/ecrire?page=${encodeURIComponent(cut(page, 200))}`, 302)
}

export const meta: MetaFunction = () => [
  { title: pageTitle('Contact') },
  {
    name: 'description',
    content: 'À qui vous adresser\u00a0: le service qui vous convoque, votre CPIP, ou l’équipe de ce site.',
  },
]

export default function Contact() {
  return (
    <Page here="Contact">
      <div className="msj-stack msj-prose">
        <div className="msj-stack-s">
          <h1>Contact</h1>
          <p className="msj-lead">Choisissez ce qui vous amène&nbsp;: chaque question a son interlocuteur.</p>
        </div>
        <section className="msj-stack-s">
          <h2>Je ne peux pas venir à ma convocation</h2>
          <p>
            Prévenez <b>le service qui vous convoque</b>, avant le rendez-vous. L’équipe de ce site ne peut ni
            changer ni annuler une convocation.
          </p>
          <p>
            <a className="fr-btn" href="/contact/je-ne-peux-pas-venir">
              Prévenir mon service
            </a>
          </p>
        </section>
        <section className="msj-stack-s">
          <h2>J’ai une question sur ma peine ou mes obligations</h2>
          <p>
            Votre conseiller (CPIP) ou le service de l’application des peines vous répond. Leurs coordonnées
            sont sur la page de votre service et sur votre convocation.
          </p>
          <ServiceSearch />
        </section>
        <section className="msj-stack-s">
          <h2>Ce site a une erreur, ou je n’arrive pas à le lire</h2>
          <p>Écrivez à l’équipe du site. Elle ne connaît pas votre dossier.</p>
          <p>
            <a className="fr-btn fr-btn--secondary" href="/contact/ecrire">
              Écrire à l’équipe du site
            </a>
          </p>
        </section>
        <section className="msj-stack-s">
          <h2>Je travaille dans un SPIP ou un tribunal</h2>
          <ul className="msj-list">
            <li>
              <a href="/agents/deployer">Demander Mon Suivi Justice pour mon service</a>
            </li>
            <li>
              <a href="/agents/formation">Demander un rendez-vous de formation</a>
            </li>
          </ul>
        </section>
      </div>
    </Page>
  )
}
