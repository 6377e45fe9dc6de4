import type { ReactNode } from 'react'
import { Icon, type IconName } from '../../ui/icon'
import type { Tone } from '../../ui/tone'
import styles from './timeline.module.css'

/** What happened, newest first. */
export function Timeline({
  events,
}: {
  events: readonly { key: number; id: string; icon: IconName; tone?: Tone; content: ReactNode }[]
}) {
  return (
    <ol className={styles.timeline}>
      {events.map((event) => (
        <li key={event.key} id={event.id} tabIndex={-1}>
          <span className={styles.bullet} data-tone={event.tone ?? 'off'}>
            <Icon name={event.icon} />
          </span>
          <div>{event.content}</div>
        </li>
      ))}
    </ol>
  )
}
