import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { publishedPages, usefulNumbers } from '../../resources/content-page/queries/public.server'
import { languageOf, languages, pathIn } from '../../resources/shared/language'
import { publicHeaders } from '../caching'
import { Alert } from '../components/alert'
import { Numbers } from '../components/content/numbers'
import { Tiles } from '../components/content/tiles'
import { NearestServices } from '../components/nearest-services'
import { Page, pageTitle } from '../components/page'
import { PaperPrevails } from '../components/paper-prevails'
import { ServiceSearch } from '../components/service-search'
import { visit, visitor } from '../door.server'

export const headers = publicHeaders
export const handle = { scripts: true }

export const meta: MetaFunction = () => [
  { title: pageTitle('Accueil') },
  {
    name: 'description',
    content:
      'Vous avez une convocation de la justice\u00a0? Trouvez l’adresse, le téléphone et les papiers à apporter.',
  },
]

/** Where most people go next, in this order. */
const next = [
  '/comprendre-ma-peine',
  '/investir-ma-reinsertion',
  '/questions-frequentes',
  '/facile-a-lire',
  '/numeros-utiles',
]

export async function loader() {
  const [pages, numbers] = await visit(visitor, (ctx) =>
    Promise.all([publishedPages(ctx, {}), usefulNumbers(ctx, {})]),
  )
  const at = (path: string) => pages.find((page) => page.path === path) ?? []
  return {
    pages: next.flatMap(at),
    numbers: numbers.filter(({ number }) => urgent.includes(number)),
    summons: languages.flatMap((language) => at(pathIn(language, '/comprendre-ma-convocation'))),
  }
}

/** The numbers that stand on the first page, of all those of theirs. */
const urgent = ['114', '3114', '115']

export default function Home() {
  const { pages, numbers, summons } = useLoaderData<typeof loader>()
  return (
    <Page
      top={
        <div className="msj-hero">
          <div className="fr-container">
            <div className="msj-hero__inner">
              <h1>Vous avez une convocation&nbsp;?</h1>
              <p className="msj-lead">Trouvez l’adresse, le téléphone et les papiers à apporter.</p>
              <ServiceSearch />
              <NearestServices />
              <p className="msj-small">
                <a href="/preparer-ma-convocation#departements">Choisir dans la liste des départements</a>
              </p>
            </div>
          </div>
        </div>
      }
    >
      <div className="msj-stack">
        <Alert kind="message" title="Vous avez reçu un SMS de «&nbsp;RDV Justice&nbsp;»&nbsp;?">
          <p>
            C’est un rappel de votre rendez-vous. On ne peut pas y répondre. Le premier lien du SMS ouvre la
            page du service&nbsp;: vous y trouvez comment venir et qui appeler. Pour ne plus recevoir de SMS,
            ouvrez le lien «&nbsp;STOP&nbsp;» du message.
          </p>
          {summons.length > 0 && (
            <ul className="msj-inline">
              {summons.map(({ path, shortTitle }) => {
                const language = languageOf(path)
                return (
                  <li key={path}>
                    <a href={path} {...(language !== 'fr' && { lang: language, hrefLang: language })}>
                      {shortTitle}
                    </a>
                  </li>
                )
              })}
            </ul>
          )}
        </Alert>
        <section className="msj-stack-s">
          <h2>Trouver une réponse</h2>
          <Tiles
            of={[
              {
                to: '/contact/je-ne-peux-pas-venir',
                title: 'Je ne peux pas venir',
                about: [{ kind: 'text', text: 'Prévenir mon service avant le rendez-vous.' }],
              },
              ...pages.map(({ path, shortTitle, description }) => ({
                to: path,
                title: shortTitle,
                about: [{ kind: 'text' as const, text: description }],
              })),
            ]}
            level={3}
          />
        </section>
        {numbers.length > 0 && (
          <section className="msj-stack-s">
            <h2>Besoin d’aide tout de suite</h2>
            <Numbers of={numbers} />
          </section>
        )}
        <PaperPrevails />
        <p className="msj-small">
          <a href="/agents/connexion">Vous travaillez dans un service&nbsp;? Espace agents</a>
        </p>
      </div>
    </Page>
  )
}
