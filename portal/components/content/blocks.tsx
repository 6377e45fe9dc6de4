import { useLocation } from '@remix-run/react'
import { useId } from 'react'
import type { Block, CalloutTone } from '../../../resources/content-page/tree'
import { languageOf, languageWords } from '../../../resources/shared/language'
import { Icon, type IconName } from '../icon'
import { Inlines } from './inlines'
import { Numbers } from './numbers'
import { Scrolling } from './scrolling'
import { Tiles } from './tiles'

export type Level = 2 | 3 | 4

/** Blocks one after the other; `level` is that of a heading that one of them needs. */
export function Blocks({ of, level }: { of: readonly Block[]; level: Level }) {
  return of.map((block, rank) => <OneBlock block={block} level={level} key={rank} />)
}

function OneBlock({ block, level }: { block: Block; level: Level }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p>
          <Inlines of={block.children} />
        </p>
      )
    case 'list':
      return <List block={block} level={level} />
    case 'quote':
      return (
        <blockquote className="msj-quote">
          <Blocks of={block.blocks} level={level} />
        </blockquote>
      )
    case 'table':
      return <Table block={block} />
    case 'figure':
      return (
        <figure className="msj-shot">
          <img
            className="msj-image"
            src={block.src}
            alt={block.alt}
            width={block.width}
            height={block.height}
            loading="lazy"
            decoding="async"
          />
          <figcaption className="msj-small msj-screen">
            <a href={block.src}>
              Voir l’image en grand<span className="fr-sr-only">&nbsp;: {block.alt}</span>
            </a>
          </figcaption>
        </figure>
      )
    case 'callout':
      return <Callout block={block} level={level} />
    case 'writtenAndMeaning':
      return (
        <div className="msj-pair">
          <div className="msj-pair__written">
            <p className="msj-pair__title">Ce qui est écrit</p>
            <Blocks of={block.written} level={level} />
          </div>
          <div className="msj-pair__meaning">
            <p className="msj-pair__title">Ce que ça veut dire</p>
            <Blocks of={block.meaning} level={level} />
          </div>
        </div>
      )
    case 'steps':
      return (
        <ol className="msj-steps">
          {block.steps.map((step, rank) => (
            <li key={rank}>
              <div className="msj-steps__step">
                <Blocks of={step} level={level} />
              </div>
            </li>
          ))}
        </ol>
      )
    case 'numbers':
      return <Numbers of={block.numbers} />
    case 'cards':
      return <Tiles of={block.cards} level={level} />
    case 'document':
      return <Document block={block} />
  }
}

type BlockOf<Kind extends Block['kind']> = Extract<Block, { kind: Kind }>

function List({ block: { ordered, start, items }, level }: { block: BlockOf<'list'>; level: Level }) {
  const lines = items.map((item, rank) => {
    const [only] = item
    return (
      <li key={rank}>
        {item.length === 1 && only?.kind === 'paragraph' ? (
          <Inlines of={only.children} />
        ) : (
          <Blocks of={item} level={level} />
        )}
      </li>
    )
  })
  return ordered ? (
    <ol className="msj-list" start={start === 1 ? undefined : start}>
      {lines}
    </ol>
  ) : (
    <ul className="msj-list">{lines}</ul>
  )
}

const callouts = {
  good: { word: 'good', icon: 'success' },
  warning: { word: 'warning', icon: 'warning' },
  highlight: { word: 'keep', icon: 'info' },
} as const satisfies Record<CalloutTone, { word: string; icon: IconName }>

function Callout({ block: { tone, blocks }, level }: { block: BlockOf<'callout'>; level: Level }) {
  const { word, icon } = callouts[tone]
  const words = languageWords[languageOf(useLocation().pathname)]
  return (
    <div className={`fr-callout msj-callout--${tone}`}>
      <p className="msj-callout__title">
        <Icon name={icon} />
        {words[word]}
      </p>
      <Blocks of={blocks} level={level} />
    </div>
  )
}

function Table({ block: { caption, named, head, rows } }: { block: BlockOf<'table'> }) {
  const id = useId()
  return (
    <Scrolling labelledBy={id}>
      <table>
        <caption id={id} className={named ? undefined : 'fr-sr-only'}>
          {/* Named after the section it is in, it is not heard as that section again. */}
          {!named && 'Tableau'}
          {!named && caption.length > 0 && '\u00a0: '}
          <Inlines of={caption} />
        </caption>
        <thead>
          <tr>
            {head.map((cell, column) =>
              cell.length > 0 ? (
                <th scope="col" key={column}>
                  <Inlines of={cell} />
                </th>
              ) : (
                <td key={column} />
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(([first = [], ...rest], rank) => (
            <tr key={rank}>
              <th scope="row">
                <Inlines of={first} />
              </th>
              {rest.map((cell, column) => (
                <td key={column}>{cell.length > 0 ? <Inlines of={cell} /> : 'Sans objet'}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  )
}

const languages: Readonly<Record<string, string>> = {
  fr: 'en français',
  en: 'en anglais',
  ar: 'en arabe',
}

function Document({ block: { to, title, format, size, language, about } }: { block: BlockOf<'document'> }) {
  const told = [size ? `${format} – ${size}` : format, languages[language] ?? language].join(', ')
  return (
    <p className="msj-document">
      <Icon name="paper" />
      <span>
        <a href={to} hrefLang={language}>
          Télécharger {title} ({told})
        </a>
        {about.length > 0 && (
          <span className="msj-document__about">
            <Inlines of={about} />
          </span>
        )}
      </span>
    </p>
  )
}
