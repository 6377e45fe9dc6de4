import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData } from '@remix-run/react'
import { fileWords, type FileLine } from '../../resources/probationer/file-words'
import { takeOwnFile } from '../../resources/probationer-space/commands/export.server'
import { formatDay, formatHour } from '../../resources/shared/french'
import { ErrorSummary, PasswordField } from '../components/form'
import { SpacePage, spaceTitle } from '../components/space-page'
import { act } from '../door.server'
import { personHere } from '../space.server'

export const handle = { scripts: true, space: true }

export function loader({ request, context }: LoaderFunctionArgs) {
  personHere(context, request)
  return { refused: context.refused ?? false }
}

export async function action({ request, context }: ActionFunctionArgs) {
  const person = personHere(context, request)
  const outcome = await act(request, person, takeOwnFile, ({ presentPassword = '' }) => ({ presentPassword }))
  context.refused = !outcome.done
  if (!outcome.done)
    return data({ refusal: outcome.answer.data, file: null }, outcome.answer.init?.status ?? 400)
  return data({ refusal: null, file: outcome.result })
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: spaceTitle(...(data?.refused ? ['Erreur'] : []), 'Mes données') },
  { name: 'robots', content: 'noindex' },
]

export default function OwnData() {
  const answer = useActionData<typeof action>()
  const refusal = answer?.refusal
  const file = answer?.file
  return (
    <SpacePage>
      <div className="msj-narrow msj-stack">
        <h1>Mes données</h1>
        {file ? (
          <>
            <p>
              Tout ce que Mon Suivi Justice a enregistré sur vous, {formatDay(file.madeOn)} à{' '}
              {formatHour(file.madeAt)}.
            </p>
            <p className="msj-screen">
              <a
                className="fr-btn"
                download="mes-donnees.json"
                href={`data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify(file, null, 2))}`}
              >
                Télécharger le fichier
              </a>
            </p>
            {file.chapters.map(
              ({ title, lines }) =>
                lines.length > 0 && (
                  <section className="msj-stack-s" key={title}>
                    <h2>{title}</h2>
                    <ul className="msj-held">
                      {lines.map((line, rank) => (
                        <li key={rank}>
                          <Held line={line} />
                        </li>
                      ))}
                    </ul>
                  </section>
                ),
            )}
          </>
        ) : (
          <>
            {refusal && <ErrorSummary fields={refusal.fields} message={refusal.message} />}
            <p>
              Tapez votre mot de passe&nbsp;: personne d’autre ne doit les lire, même si votre téléphone reste
              ouvert.
            </p>
            <form className="msj-stack" method="post" noValidate>
              <PasswordField
                name="presentPassword"
                label="Mot de passe"
                autoComplete="current-password"
                error={refusal?.fields.presentPassword}
              />
              <div className="fr-btns-group">
                <button className="fr-btn" type="submit">
                  Voir mes données
                </button>
                <a className="fr-btn fr-btn--tertiary" href="/espace/compte">
                  Renoncer
                </a>
              </div>
            </form>
          </>
        )}
      </div>
    </SpacePage>
  )
}

/** One thing that is held, under its day when it has one. */
function Held({ line }: { line: FileLine }) {
  const { title, pairs } = fileWords(line)
  return (
    <>
      {title && (
        <p>
          <b>{title}</b>
        </p>
      )}
      {pairs.length > 0 && (
        <dl className="msj-pairs">
          {pairs.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="msj-lines">{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  )
}
