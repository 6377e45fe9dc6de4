import type { MetaDescriptor } from '@remix-run/node'
import { stopWords, type StopWords } from '../../resources/probationer/stop-words'
import type { Language } from '../../resources/shared/language'
import { Alert } from './alert'
import { Focused } from './form'
import { Languages } from './languages'
import { Page, pageTitle } from './page'
import { PaperPrevails } from './paper-prevails'

interface Props {
  maskedPhone: string | null
  smsOptOut: boolean
  language: Language
  /** Its address in French. */
  path: string
}

export function stopMeta({ language, smsOptOut }: Pick<Props, 'language' | 'smsOptOut'>): MetaDescriptor[] {
  const { title, done } = stopWords[language]
  return [
    { title: smsOptOut ? pageTitle(done.title.replace(/[.،].*$/, ''), title) : pageTitle(title) },
    { name: 'robots', content: 'noindex' },
  ]
}

/** Ends SMS by a button of its own: whoever only opens the link, as previews of messages do, changes nothing. */
export function StopPage({ maskedPhone, smsOptOut, language, path }: Props) {
  const words = stopWords[language]
  return (
    <Page>
      <div className="msj-narrow msj-stack">
        <Languages path={path} language={language} />
        {words.unofficial && <Alert kind="info" title={words.unofficial} />}
        <h1>{words.title}</h1>
        {smsOptOut ? <Done words={words} /> : <Question words={words} maskedPhone={maskedPhone} />}
        <PaperPrevails words={words.paperPrevails} />
      </div>
    </Page>
  )
}

function Question({ words, maskedPhone }: { words: StopWords; maskedPhone: string | null }) {
  return (
    <>
      {maskedPhone && (
        <p>
          {words.number}{' '}
          <b className="msj-nowrap" dir="ltr">
            {maskedPhone}
          </b>
          .
        </p>
      )}
      <Alert kind="warning" title={words.warning.title}>
        <p>{words.warning.text}</p>
      </Alert>
      <ul className="msj-list">
        {words.effects.map((effect) => (
          <li key={effect}>{effect}</li>
        ))}
      </ul>
      <form method="post" className="fr-btns-group msj-column">
        <button className="fr-btn" type="submit">
          {words.stop}
        </button>{' '}
        <a className="fr-btn fr-btn--tertiary" href="/">
          {words.leave}
        </a>
      </form>
    </>
  )
}

function Done({ words: { done } }: { words: StopWords }) {
  return (
    <>
      <Focused>
        <Alert kind="success" title={done.title} live>
          <p>{done.text}</p>
        </Alert>
      </Focused>
      <p>{done.after}</p>
    </>
  )
}
