import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { SpacePage, spaceTitle } from '../components/space-page'
import { personHere } from '../space.server'

export const handle = { scripts: true, space: true }

export function loader({ request, context }: LoaderFunctionArgs) {
  personHere(context, request)
  return null
}

export const meta: MetaFunction = () => [
  { title: spaceTitle('Aide') },
  { name: 'robots', content: 'noindex' },
]

const ways = [
  {
    title: 'Je ne peux pas venir, ou je serai en retard',
    text: 'Appelez le service avant l’heure, et gardez un justificatif. Vous ne pouvez pas annuler ici.',
    to: '/espace/interlocuteurs',
    label: 'Qui appeler',
  },
  {
    title: 'La date ou le lieu n’est pas celui de mon papier',
    text: 'Seule la convocation papier compte\u00a0: suivez-la, et appelez le service.',
    to: '/espace/interlocuteurs',
    label: 'Qui appeler',
  },
  {
    title: 'J’ai changé de numéro ou d’adresse',
    text: 'Dites-le au service qui vous suit\u00a0: lui seul peut le changer.',
    to: '/espace/interlocuteurs',
    label: 'Qui appeler',
  },
  {
    title: 'Je ne comprends pas ma peine ou mes obligations',
    text: 'Chaque peine est expliquée, en mots simples.',
    to: '/comprendre-ma-peine',
    label: 'Comprendre ma peine',
  },
  {
    title: 'Je prépare mon rendez-vous',
    text: 'Les papiers, l’entrée, le déroulement.',
    to: '/preparer-ma-convocation',
    label: 'Préparer ma convocation',
  },
  {
    title: 'J’ai besoin d’un interprète ou d’un aménagement',
    text: 'Dites-le au service, par téléphone, avant le rendez-vous.',
    to: '/espace/interlocuteurs',
    label: 'Qui appeler',
  },
  {
    title: 'Un problème avec ce site',
    text: 'Une page qui ne marche pas, une idée\u00a0: écrivez à l’équipe du site. Elle ne connaît pas votre dossier.',
    to: '/contact',
    label: 'Écrire à l’équipe du site',
  },
]

export default function Help() {
  return (
    <SpacePage>
      <div className="msj-narrow msj-stack">
        <h1>Aide</h1>
        {ways.map(({ title, text, to, label }) => (
          <section className="msj-stack-s" key={title}>
            <h2>{title}</h2>
            <p>
              {text} <a href={to}>{label}</a>
            </p>
          </section>
        ))}
      </div>
    </SpacePage>
  )
}
