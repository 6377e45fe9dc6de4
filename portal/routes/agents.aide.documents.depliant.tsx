import type { MetaFunction } from '@remix-run/node'
import { publicHeaders } from '../caching'
import { pageTitle } from '../components/page'
import { Sheet } from '../components/sheet'

export const headers = publicHeaders

export const meta: MetaFunction = () => [
  { title: pageTitle('Dépliant\u00a0: ma convocation et les SMS') },
  {
    name: 'description',
    content: 'Une feuille à remettre\u00a0: à quoi servent les SMS, STOP, que faire si je ne peux pas venir.',
  },
]

export default function Leaflet() {
  return (
    <Sheet here="Dépliant&nbsp;: ma convocation et les SMS">
      <h1>Ma convocation et les SMS</h1>
      <p className="msj-sheet__strong">
        Je garde ma convocation papier. Elle seule a une valeur juridique. Je viens, même si je n’ai pas reçu
        de SMS.
      </p>
      <section>
        <h2>À quoi servent les SMS&nbsp;?</h2>
        <ul className="msj-list">
          <li>Un premier SMS me donne souvent le jour, l’heure et le lieu.</li>
          <li>Un second SMS me le rappelle avant la date, le plus souvent la veille.</li>
          <li>Si la date change ou est annulée, un SMS peut me le dire.</li>
          <li>
            Le SMS vient de «&nbsp;RDV Justice&nbsp;». Il ne demande jamais d’argent ni de mot de passe.
          </li>
          <li>
            Le lien du SMS ouvre la page du service&nbsp;: adresse, horaires, trajet, papiers à apporter.
          </li>
        </ul>
      </section>
      <section>
        <h2>Je ne peux pas venir</h2>
        <ol className="msj-list">
          <li>
            J’appelle le service, le plus tôt possible. Son numéro est sur la convocation et dans le SMS.
          </li>
          <li>J’explique pourquoi et je demande une autre date.</li>
          <li>Je garde un justificatif&nbsp;: certificat médical, attestation de l’employeur.</li>
        </ol>
        <p>Je ne réponds pas au SMS&nbsp;: personne ne lirait ma réponse.</p>
      </section>
      <section>
        <h2>Mon numéro change</h2>
        <p>Je le dis à mon conseiller ou à l’accueil. Sinon, je ne recevrai plus de rappel.</p>
      </section>
      <section>
        <h2>Je ne veux plus de SMS</h2>
        <p>
          Je touche le lien STOP à la fin d’un SMS, puis «&nbsp;Ne plus recevoir de SMS&nbsp;». Ou je le dis à
          un agent. <b>Je dois quand même venir à mes convocations.</b> Je peux demander de nouveau les SMS à
          un agent.
        </p>
      </section>
      <section aria-label="À remplir">
        {['Mon service', 'Son téléphone', 'Mon conseiller'].map((label) => (
          <p className="msj-sheet__line" key={label}>
            {label}&nbsp;:
          </p>
        ))}
      </section>
    </Sheet>
  )
}
