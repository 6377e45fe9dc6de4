import type { ReactNode } from 'react'
import type { ContentPageView } from '../../../resources/content-page/queries/public.server'
import { textOf, type Block, type Question, type Section } from '../../../resources/content-page/tree'
import { formatBirth, formatShortDate } from '../../../resources/shared/french'
import { serviceWords } from '../../../resources/public-page/languages'
import { frenchPath, inFrench, languageWords } from '../../../resources/shared/language'
import { Accordion } from '../accordion'
import { Alert } from '../alert'
import { DraftNote } from '../draft-note'
import { Languages } from '../languages'
import { Page } from '../page'
import { PaperPrevails } from '../paper-prevails'
import { Blocks } from './blocks'
import { Inlines } from './inlines'
import { Numbers } from './numbers'
import { Scrolling } from './scrolling'
import { Tiles } from './tiles'

/** Sections from which a page that shows them all says first what it holds. */
const longFrom = 4

/** A page of information: what it says, then what it rests on, what is beside it, whom to call. */
export function ContentPage({
  page,
  draft = false,
  children,
}: {
  page: ContentPageView
  /** Not online yet: seen by who has its link. */
  draft?: boolean
  children?: ReactNode
}) {
  const { title, shortTitle, lead, layout, tree, trail, checkedOn, publishedOn } = page
  const tiles = tilesOf(page)
  const words = serviceWords[page.language]
  return (
    <Page trail={trail.map(({ path, shortTitle: label }) => ({ to: path, label }))} here={shortTitle}>
      <div className="msj-stack msj-content">
        <div className="msj-stack-s">
          {draft && <DraftNote />}
          <Languages path={frenchPath(page.path)} language={page.language} among={page.languages} />
          {words.unofficial && <Alert kind="info" title={words.unofficial} />}
          <h1>{title}</h1>
          <p className="msj-lead">{lead}</p>
        </div>
        {layout === 'plain' && tree.sections.length >= longFrom && (
          <Summary sections={tree.sections} title={languageWords[page.language].onThisPage} />
        )}
        {tree.opening.length > 0 && (
          <div className="msj-stack-s">
            <Blocks of={tree.opening} level={2} />
          </div>
        )}
        {tiles.length > 0 && <Tiles of={tiles} level={2} />}
        {layout === 'accordion' ? (
          <div>
            {tree.sections.map((section) => (
              <Accordion level={2} id={section.id} title={<Inlines of={section.title} />} key={section.id}>
                <Blocks of={section.blocks} level={3} />
                <Parts of={section.parts} />
              </Accordion>
            ))}
          </div>
        ) : (
          tree.sections.map((section) => (
            <section className="msj-stack-s" key={section.id}>
              <h2 id={section.id}>
                <Inlines of={section.title} />
              </h2>
              <Blocks of={section.blocks} level={3} />
              {layout === 'faq' ? <Questions of={section.parts} /> : <Parts of={section.parts} />}
            </section>
          ))
        )}
        <Figures page={page} />
        <Sources page={page} />
        <div className="msj-stack-s">
          <PaperPrevails words={words.paperPrevails} />
          {checkedOn ? (
            <p className="msj-small" {...inFrench(page.language)}>
              Dernière vérification&nbsp;: <time dateTime={checkedOn}>{formatBirth(checkedOn)}</time>.
            </p>
          ) : (
            publishedOn && (
              <p className="msj-small" {...inFrench(page.language)}>
                Dernière mise à jour&nbsp;: <time dateTime={publishedOn}>{formatBirth(publishedOn)}</time>.
              </p>
            )
          )}
        </div>
        <Neighbours page={page} />
        {children}
        <div {...inFrench(page.language)}>
          <HelpStrip page={page} />
        </div>
      </div>
    </Page>
  )
}

/** The pages below, but for those that the text shows itself. */
function tilesOf({ below, tree }: ContentPageView) {
  const all: Block[] = [
    ...tree.opening,
    ...tree.sections.flatMap(({ blocks, parts }) => [...blocks, ...parts.flatMap((part) => part.blocks)]),
  ]
  const shown = new Set(
    all.flatMap((block) => (block.kind === 'cards' ? block.cards.map(({ to }) => to) : [])),
  )
  return below
    .filter(({ path }) => !shown.has(path))
    .map(({ path, shortTitle, description }) => ({
      to: path,
      title: shortTitle,
      about: [{ kind: 'text' as const, text: description }],
    }))
}

function Summary({ sections, title }: { sections: readonly Section[]; title: string }) {
  return (
    <nav className="msj-summary msj-screen" aria-labelledby="sommaire">
      <p className="msj-summary__title" id="sommaire">
        {title}
      </p>
      <ol>
        {sections.map(({ id, title }) => (
          <li key={id}>
            <a href={`#${id}`}>{textOf(title)}</a>
          </li>
        ))}
      </ol>
    </nav>
  )
}

const Parts = ({ of }: { of: readonly Question[] }) =>
  of.map(({ id, title, blocks }) => (
    <div className="msj-stack-s" key={id}>
      <h3 id={id}>
        <Inlines of={title} />
      </h3>
      <Blocks of={blocks} level={4} />
    </div>
  ))

const Questions = ({ of }: { of: readonly Question[] }) => (
  <div>
    {of.map(({ id, title, blocks }) => (
      <Accordion id={id} title={<Inlines of={title} />} key={id}>
        <Blocks of={blocks} level={4} />
      </Accordion>
    ))}
  </div>
)

/** Amounts and durations of the text, each with where it comes from and since when it is so. */
function Figures({ page: { facts, language } }: { page: ContentPageView }) {
  if (facts.length === 0) return null
  return (
    <section className="msj-stack-s" aria-labelledby="en-chiffres" {...inFrench(language)}>
      <h2 id="en-chiffres">En chiffres</h2>
      <Scrolling labelledBy="chiffres">
        <table>
          <caption id="chiffres" className="fr-sr-only">
            Chiffres de cette page, avec leur source
          </caption>
          <thead>
            <tr>
              <th scope="col">Quoi</th>
              <th scope="col">Combien</th>
              <th scope="col">Source</th>
              <th scope="col">À la date du</th>
            </tr>
          </thead>
          <tbody>
            {facts.map(({ key, label, value, source, asOf }) => (
              <tr key={key}>
                <th scope="row">{label}</th>
                <td>{value}</td>
                <td>{source}</td>
                <td>
                  <time dateTime={asOf}>{formatShortDate(asOf)}</time>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
    </section>
  )
}

function Sources({ page: { sources, language } }: { page: ContentPageView }) {
  if (sources.length === 0) return null
  return (
    <section className="msj-stack-s" aria-labelledby="sources" {...inFrench(language)}>
      <h2 id="sources">Sources</h2>
      <ul className="msj-list msj-small">
        {sources.map(({ code, article, asOf }) => (
          <li key={`${code} ${article ?? ''}`}>
            {code}
            {article && `, ${/\d/.test(article) ? 'article\u00a0' : ''}${article}`}, à la date du{' '}
            <time dateTime={asOf}>{formatBirth(asOf)}</time>.
          </li>
        ))}
      </ul>
    </section>
  )
}

function Neighbours({ page: { parent, previous, next, language } }: { page: ContentPageView }) {
  if (!parent || (!previous && !next)) return null
  return (
    <nav className="msj-neighbours msj-screen" aria-label={`Dans «\u00a0${parent.shortTitle}\u00a0»`}>
      {previous && (
        <a href={previous.path} rel="prev">
          <span className="msj-small" {...inFrench(language)}>
            Page précédente
          </span>{' '}
          <b>{previous.shortTitle}</b>
        </a>
      )}
      {next && (
        <a className="msj-neighbours__next" href={next.path} rel="next">
          <span className="msj-small" {...inFrench(language)}>
            Page suivante
          </span>{' '}
          <b>{next.shortTitle}</b>
        </a>
      )}
    </nav>
  )
}

function HelpStrip({ page: { numbers } }: { page: ContentPageView }) {
  if (numbers.length === 0) return null
  return (
    <section className="msj-help msj-stack-s" aria-labelledby="aide">
      <h2 id="aide">Besoin d’aide tout de suite</h2>
      <Numbers of={numbers} />
    </section>
  )
}
