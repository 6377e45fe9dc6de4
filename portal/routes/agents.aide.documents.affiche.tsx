import type { MetaFunction } from '@remix-run/node'
import { publicHeaders } from '../caching'
import { Icon, type IconName } from '../components/icon'
import { pageTitle } from '../components/page'
import { Sheet } from '../components/sheet'

export const headers = publicHeaders

export const meta: MetaFunction = () => [
  { title: pageTitle('Affiche pour la salle d’attente') },
  { name: 'description', content: 'Une affiche A4 sur les SMS de rappel, pour l’accueil d’un service.' },
]

const lines: readonly { icon: IconName; title: string; text: string }[] = [
  {
    icon: 'message',
    title: 'Un SMS vous rappelle votre rendez-vous',
    text: 'Il vient de «\u00a0RDV Justice\u00a0». Il dit le jour, l’heure et le lieu.',
  },
  {
    icon: 'phone',
    title: 'Votre numéro a changé\u00a0?',
    text: 'Dites-le aujourd’hui à l’accueil ou à votre conseiller.',
  },
  {
    icon: 'clock',
    title: 'Vous ne pouvez pas venir\u00a0?',
    text: 'Appelez le service avant la date. Le numéro est sur votre convocation.',
  },
]

export default function Poster() {
  return (
    <Sheet here="Affiche pour la salle d’attente">
      <div className="msj-poster">
        <h1>Vous avez un téléphone&nbsp;? Vous recevrez un SMS.</h1>
        <ul>
          {lines.map(({ icon, title, text }) => (
            <li key={title}>
              <Icon name={icon} />
              <div>
                <h2>{title}</h2>
                <p>{text}</p>
              </div>
            </li>
          ))}
        </ul>
        <p className="msj-sheet__strong">
          Gardez votre convocation papier. Elle seule a une valeur juridique&nbsp;: venez, même sans SMS.
        </p>
        <p>Vous ne voulez pas de SMS&nbsp;? Dites-le à un agent, ou touchez le lien STOP d’un SMS.</p>
      </div>
    </Sheet>
  )
}
