import { useEffect, useRef, useState } from 'react'
import { Link } from 'react-router-dom'
import type { CivilDate } from '../../../resources/shared/civil-time'
import { count, formatDay, formatHour } from '../../../resources/shared/french'
import { useResource } from '../../client/action'
import type { ResultOf } from '../../client/client'
import { useQuery } from '../../client/query'
import { ActButton } from '../../forms/action-buttons'
import { FailureNote } from '../../frame/failures'
import type { Lookups } from '../../lookups'
import { paths } from '../../paths'
import { Button, ButtonLink } from '../../ui/button'
import { Card } from '../../ui/card'
import { Tag } from '../../ui/tag'
import styles from './calendar.module.css'

type DaySlot = ResultOf<Lookups['slotsOfDay']>[number]

const isTickable = ({ mayClose, mayReopen, mayDelete }: DaySlot) => mayClose || mayReopen || mayDelete

/** One day of an agenda: each slot, what may be done of those that are ticked, and of the day. */
export function DayPanel({
  agendaId,
  typeCode,
  day,
  past,
  toOpen,
  toClose,
  onClose,
}: {
  agendaId: string
  typeCode: string
  day: { date: CivilDate; holiday: string | null; closed: string | null }
  past: boolean
  toOpen: string
  toClose: string
  onClose: () => void
}) {
  const { date } = day
  const panel = useRef<HTMLDivElement>(null)
  // Opened by a key or a finger: what it shows is read next, and is on the screen.
  useEffect(() => {
    panel.current?.focus({ preventScroll: true })
    panel.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  const close = useRef(onClose)
  close.current = onClose
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && panel.current?.contains(document.activeElement)) close.current()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
  const {
    data: slots,
    failure,
    reload,
  } = useQuery('slotsOfDay', { agendaId, typeCode, date }, { live: true })
  const resource = useResource('Slot')
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set())
  /** Those of an hour that is past are not. */
  const tickable = slots?.filter(isTickable) ?? []
  const chosen = slots?.filter(({ id }) => ticked.has(id)) ?? []
  const ids = chosen.map(({ id }) => String(id))
  const all = (may: (slot: DaySlot) => boolean) => chosen.length > 0 && chosen.every(may)
  const clear = () => {
    setTicked(new Set())
    reload()
    // The button that was pressed is gone with the ticks.
    panel.current?.focus({ preventScroll: true })
  }
  return (
    <div ref={panel} tabIndex={-1} className={styles.panel}>
      <Card
        title={formatDay(date)}
        aside={<Button look="quiet" icon="cross" aria-label="Fermer ce panneau" onClick={onClose} />}
        footer={
          !past && (
            <div className="cluster">
              {!day.holiday && (
                <ButtonLink to={toOpen} icon="plus">
                  Ouvrir des créneaux
                </ButtonLink>
              )}
              {day.closed === null && (
                <ButtonLink to={toClose} icon="lock">
                  Fermer ce jour
                </ButtonLink>
              )}
            </div>
          )
        }
      >
        {day.holiday && <p>{day.holiday}, férié&nbsp;: personne n’est reçu.</p>}
        {day.closed !== null && (
          <p>
            Jour fermé{day.closed && `\u00a0: ${day.closed}`}.{' '}
            <Link to={paths.resource('Closure')}>Voir les fermetures</Link>
          </p>
        )}
        {failure && !slots && (
          <FailureNote what="Les créneaux du jour n’ont pas pu être lus" failure={failure} onRetry={reload} />
        )}
        {slots?.length === 0 && !day.holiday && <p className="hint">Aucun créneau ce jour.</p>}
        {slots && slots.length > 0 && (
          <>
            {tickable.length > 1 && (
              <Button
                onClick={() =>
                  setTicked(
                    ticked.size === tickable.length ? new Set() : new Set(tickable.map(({ id }) => id)),
                  )
                }
              >
                {ticked.size === tickable.length ? 'Tout décocher' : 'Tout cocher'}
              </Button>
            )}
            <ul className={styles.slots} aria-label={`Créneaux du ${formatDay(date)}`}>
              {slots.map((slot) => (
                <li key={slot.id}>
                  <label>
                    <input
                      type="checkbox"
                      disabled={!isTickable(slot)}
                      checked={ticked.has(slot.id)}
                      onChange={() =>
                        setTicked((before) => {
                          const next = new Set(before)
                          if (!next.delete(slot.id)) next.add(slot.id)
                          return next
                        })
                      }
                    />{' '}
                    <b>{formatHour(slot.time)}</b> {slot.typeLabel}
                  </label>
                  <span>
                    {slot.isOpen
                      ? `${Math.max(slot.capacity - slot.seatsTaken, 0)} / ${slot.capacity}`
                      : count(slot.seatsTaken, 'personne')}
                  </span>
                  {!slot.isOpen && (
                    <Tag tone="off" icon="lock">
                      Fermé
                    </Tag>
                  )}
                  {slot.mayEdit && (
                    <Link
                      to={paths.recordAction('Slot', slot.id, 'edit')}
                      aria-label={`Changer les places de ${formatHour(slot.time)}`}
                    >
                      Places
                    </Link>
                  )}
                </li>
              ))}
            </ul>
            {resource && (
              <div className="cluster" role="group" aria-label="Créneaux cochés">
                {all(({ mayClose }) => mayClose) && (
                  <ActButton resource={resource} name="close" target={ids} onDone={clear} />
                )}
                {all(({ mayReopen }) => mayReopen) && (
                  <ActButton resource={resource} name="reopen" target={ids} onDone={clear} />
                )}
                {all(({ mayDelete }) => mayDelete) && (
                  <ButtonLink to={paths.bulkAction('Slot', ids, 'delete')} look="danger">
                    Supprimer
                  </ButtonLink>
                )}
              </div>
            )}
          </>
        )}
      </Card>
    </div>
  )
}
