import { useEffect, useRef, useState } from 'react'
import { Link, useLocation } from 'react-router-dom'
import { mostFound } from '../../resources/probationer/rules'
import { count, formatBirth, formatDay, formatHour, fullName } from '../../resources/shared/french'
import { paths } from '../paths'
import type { ResultOf } from '../client/client'
import { useQuery } from '../client/query'
import type { Lookups } from '../lookups'
import { ButtonLink } from '../ui/button'
import { Icon } from '../ui/icon'
import { Loading } from '../ui/loading'
import { usePopup } from '../ui/use-popup'
import styles from './person-search.module.css'

const shortestSearch = 2

const onlyFirst = `Les ${mostFound} premières\u00a0: précisez le nom, la naissance ou le numéro pour en trouver d’autres.`

/** Beside the name of somebody found: who follows them, and when they are next expected. */
export const factsOf = ({
  organizations,
  archived,
  nextAppointment: next,
}: ResultOf<Lookups['searchProbationers']>[number]): string =>
  [
    organizations.join(', '),
    archived && 'archivée',
    next ? `${next.label}, ${formatDay(next.date)} à ${formatHour(next.time)}` : 'aucune convocation à venir',
  ]
    .filter(Boolean)
    .join(' · ')

/** One field for a name (accents and small mistakes forgiven), a phone, a birth date, an APPI number. */
export function PersonSearch() {
  const [text, setText] = useState('')
  const place = useRef<HTMLFormElement>(null)
  const [open, setOpen] = usePopup(place)
  const { pathname, search } = useLocation()
  const wanted = text.trim().length >= shortestSearch ? { text: text.trim() } : null
  const { data, failure, loading } = useQuery('searchProbationers', wanted, { delay: 150 })

  useEffect(() => setOpen(false), [pathname, search, setOpen])
  useEffect(() => {
    const form = place.current
    const onKeyDown = ({ key }: KeyboardEvent) => {
      if (key !== 'ArrowDown' && key !== 'ArrowUp') return
      const stops = [...(form?.querySelectorAll<HTMLElement>('input, [data-found]') ?? [])]
      const at = stops.findIndex(
        (stop) =>
          stop === document.activeElement || stop.closest('li')?.contains(document.activeElement) === true,
      )
      stops[at + (key === 'ArrowDown' ? 1 : -1)]?.focus()
    }
    form?.addEventListener('keydown', onKeyDown)
    return () => form?.removeEventListener('keydown', onKeyDown)
  }, [])

  return (
    <form
      className={styles.search}
      role="search"
      ref={place}
      onSubmit={(event) => {
        event.preventDefault()
        place.current?.querySelector<HTMLElement>('[data-found]')?.focus()
      }}
    >
      <label className="visually-hidden" htmlFor="chercher">
        Rechercher une personne
      </label>
      <Icon name="search" />
      <input
        id="chercher"
        type="search"
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        placeholder="Nom, téléphone, naissance ou n° APPI"
        aria-keyshortcuts="Control+K"
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setOpen(true)
        }}
        onClick={() => setOpen(true)}
      />
      <kbd aria-hidden="true">Ctrl K</kbd>
      <span className="visually-hidden" role="status">
        {open &&
          wanted &&
          data &&
          !loading &&
          (data.length === 0
            ? 'Aucune personne trouvée.'
            : data.length < mostFound
              ? `${count(data.length, 'personne trouvée', 'personnes trouvées')}.`
              : onlyFirst)}
      </span>
      {open && wanted && failure?.status !== 401 && (
        <div className={styles.results}>
          {failure && <p>{failure.message}</p>}
          {!failure && !data && <Loading what="recherche" lines={2} />}
          {!failure && data?.length === 0 && !loading && (
            <p>
              Aucune fiche trouvée dans votre ressort.{' '}
              <Link to={paths.registerAndConvoke}>Enregistrer et convoquer</Link>
            </p>
          )}
          {!failure && data && data.length > 0 && (
            <ul aria-label="Personnes trouvées">
              {data.map((person) => (
                <li key={person.id}>
                  <Link className={styles.found} data-found="" to={paths.probationer(person.id)}>
                    <b>{fullName(person)}</b>
                    {person.dateOfBirth && <>, {formatBirth(person.dateOfBirth)}</>}
                    <span className="subline">{factsOf(person)}</span>
                  </Link>
                  {person.mayBook && (
                    <ButtonLink to={paths.convoke(person.id)} aria-label={`Convoquer ${fullName(person)}`}>
                      Convoquer
                    </ButtonLink>
                  )}
                </li>
              ))}
            </ul>
          )}
          {!failure && data?.length === mostFound && <p className="hint">{onlyFirst}</p>}
        </div>
      )}
    </form>
  )
}
