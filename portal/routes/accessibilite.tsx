import { useId } from 'react'
import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { env } from '../../resources/shared/env.server'
import { formatBirth, formatShortDate } from '../../resources/shared/french'
import { accessibilityState, audit, sample, tally, themes, type Criterion } from '../accessibilite'
import { publicHeaders } from '../caching'
import { Accordion } from '../components/accordion'
import { Scrolling } from '../components/content/scrolling'
import { LegalPage } from '../components/legal-page'
import { pageTitle } from '../components/page'

export const headers = publicHeaders

export const meta: MetaFunction = () => [
  { title: pageTitle('Accessibilité') },
  {
    name: 'description',
    content: 'Ce que le site fait pour être accessible, ce qui a été vérifié, et à qui écrire.',
  },
]

export function loader() {
  return {
    ...{ email: env.SUPPORT_EMAIL, address: env.PUBLIC_URL },
    ...{ state: accessibilityState(), audit, counts: tally(), sample, themes },
  }
}

export default function AccessibilityStatement() {
  const { email, address, state, audit, counts, sample, themes } = useLoaderData<typeof loader>()
  return (
    <LegalPage title="Déclaration d’accessibilité">
      <p>
        Mon Suivi Justice s’engage à rendre son site accessible, comme le demande l’article 47 de la loi
        n°&nbsp;2005-102 du 11 février 2005. Cette déclaration s’applique à {address}.
      </p>
      <section>
        <h2>État de conformité</h2>
        <p>
          Le site est <b>{state}</b> avec le référentiel général d’amélioration de l’accessibilité (RGAA),
          version 4.1.2&nbsp;:{' '}
          {audit
            ? `un audit a été fait par ${audit.by} le ${formatBirth(audit.on)}.`
            : 'aucun audit complet n’a encore été fait par une personne formée.'}
        </p>
      </section>
      <section>
        <h2>Résultats des tests</h2>
        <p>
          L’équipe du site a regardé elle-même {counts.tested} des {counts.total} critères du RGAA. Des tests
          automatiques sont refaits à chaque modification. Le reste a été regardé à la main, dans le
          navigateur Chromium&nbsp;: au clavier, à 320 pixels de large, avec un texte agrandi à 200&nbsp;%,
          plus espacé, sans styles, en contraste forcé. Aucun lecteur d’écran n’a été utilisé.
        </p>
        <ul className="msj-list">
          <li>
            {counts.notApplicable} critères sont sans objet ici&nbsp;: il n’y a par exemple aucune vidéo.
          </li>
          <li>
            {counts.conforming} des {counts.applicable} critères applicables et regardés sont conformes
            {counts.rate !== null && (
              <>
                , soit <b>{counts.rate}&nbsp;%</b>
              </>
            )}
            .
          </li>
          <li>{counts.untested} critères n’ont pas été testés. Ils ne comptent pas dans ce taux.</li>
        </ul>
        {!audit && <p>Ces résultats ne remplacent pas un audit.</p>}
        <div>
          {themes.map(({ name, criteria }, rank) => (
            <Accordion title={`${rank + 1}. ${name}`} key={name}>
              <Criteria theme={name} criteria={criteria} />
            </Accordion>
          ))}
        </div>
      </section>
      <section>
        <h2>Contenus non accessibles</h2>
        <h3>Non-conformités</h3>
        {counts.failing.length > 0 ? (
          <ul className="msj-list">
            {counts.failing.map(({ number, look }) => (
              <li key={number}>
                Critère {number}&nbsp;: {look?.note}
              </li>
            ))}
          </ul>
        ) : (
          <p>Aucune n’est connue dans ce qui a été regardé. Un audit en trouvera peut-être.</p>
        )}
        <h3>Dérogations pour charge disproportionnée</h3>
        <p>Aucune.</p>
        <h3>Contenus non soumis à l’obligation d’accessibilité</h3>
        <p>Les autres sites vers lesquels des liens mènent.</p>
      </section>
      <section>
        <h2>Établissement de cette déclaration</h2>
        <p>
          Cette déclaration a été établie le {formatBirth(counts.lastLook)}, par l’équipe du site.
          Technologies&nbsp;: HTML, CSS, SVG. Les pages publiques n’ont pas besoin de JavaScript.
          Outils&nbsp;: Chromium, axe-core, html-validate, Lighthouse.
        </p>
        <p>Pages regardées&nbsp;:</p>
        <ul className="msj-list">
          {sample.map((page) => (
            <li key={page}>{page}</li>
          ))}
        </ul>
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

function Criteria({ theme, criteria }: { theme: string; criteria: readonly Criterion[] }) {
  const id = useId()
  return (
    <Scrolling labelledBy={id}>
      <table>
        <caption className="fr-sr-only" id={id}>
          Critères du thème «&nbsp;{theme}&nbsp;», avec leur résultat
        </caption>
        <thead>
          <tr>
            <th scope="col">Critère</th>
            <th scope="col">Résultat</th>
          </tr>
        </thead>
        <tbody>
          {criteria.map(({ number, title, look }) => (
            <tr key={number}>
              <th scope="row">
                {number}. {title}
              </th>
              <td>{look ? <Seen look={look} /> : 'Non testé.'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  )
}

const words = {
  conforme: 'Conforme',
  'non conforme': 'Non conforme',
  'non applicable': 'Sans objet',
} as const

function Seen({ look: { result, how, on, note } }: { look: NonNullable<Criterion['look']> }) {
  return (
    <>
      <b>{words[result]}</b>, {how === 'by hand' ? 'à la main' : 'test automatique'}, le{' '}
      <time dateTime={on}>{formatShortDate(on)}</time>. {note}
    </>
  )
}
