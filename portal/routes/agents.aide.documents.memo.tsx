import type { MetaFunction } from '@remix-run/node'
import { publicHeaders } from '../caching'
import { pageTitle } from '../components/page'
import { Sheet } from '../components/sheet'

export const headers = publicHeaders

export const meta: MetaFunction = () => [
  { title: pageTitle('Mémo\u00a0: convoquer en 45 secondes') },
  {
    name: 'description',
    content: 'Une feuille A4 pour les agents\u00a0: enregistrer et convoquer, touche à touche.',
  },
]

const keys = [
  ['Alt N', 'enregistrer et convoquer'],
  ['Ctrl K', 'rechercher une personne'],
  ['Alt C', 'convoquer la personne affichée'],
  ['Alt J', 'feuille du jour'],
  ['Tab', 'champ suivant'],
  ['Ctrl Entrée', 'valider'],
] as const

const steps = [
  ['Alt N.', 'Nom, prénom, naissance (12041991), portable.'],
  ['Une ressemblance s’affiche\u00a0?', 'Lisez-la\u00a0: c’est peut-être sa fiche.'],
  ['Type, lieu, date, heure.', '3/3, mardi, 1430\u00a0: l’application comprend.'],
  ['Les SMS.', 'Prévenir maintenant, puis rappeler. Le texte affiché est celui qui part.'],
  ['Ctrl Entrée.', 'La convocation est enregistrée.'],
  ['Imprimer la convocation.', 'Remettez le papier.'],
] as const

export default function Memo() {
  return (
    <Sheet here="Mémo&nbsp;: convoquer en 45 secondes">
      <h1>Convoquer en 45 secondes</h1>
      <p className="msj-lead">Une personne nouvelle, de son nom à son SMS, sans quitter le clavier.</p>
      <ol className="msj-steps">
        {steps.map(([what, how]) => (
          <li key={what}>
            <p className="msj-steps__step">
              <span>
                <b>{what}</b> {how}
              </span>
            </p>
          </li>
        ))}
      </ol>
      <p className="msj-sheet__strong">Seule la convocation papier a une valeur juridique.</p>
      <section>
        <h2>Les touches</h2>
        <dl className="msj-sheet__keys">
          {keys.map(([key, act]) => (
            <div key={key}>
              <dt>{key}</dt>
              <dd>{act}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section>
        <h2>Ensuite</h2>
        <ul className="msj-list">
          <li>Après l’heure, dites si la personne est venue&nbsp;: honorée, manquée, excusée.</li>
          <li>Chaque matin, ouvrez «&nbsp;SMS à vérifier&nbsp;» et appelez qui n’a rien reçu.</li>
          <li>Une question&nbsp;? Le lien «&nbsp;Aide&nbsp;», en haut de chaque écran.</li>
        </ul>
      </section>
    </Sheet>
  )
}
