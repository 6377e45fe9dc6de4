import { useAction } from '../client/action'
import type { ResultOf } from '../client/client'
import { useQuery } from '../client/query'
import type { Lookups } from '../lookups'
import { Alert } from '../ui/alert'
import { Button } from '../ui/button'
import { ErrorText } from '../ui/error-text'

/** What the central team tells agents, at the top of every page until they have understood it. */
export function Announcements() {
  const { data } = useQuery('unreadAnnouncements', {}, { live: true })
  if (!data || data.length === 0) return null
  return (
    <div className="strip stack">
      {data.map((announcement) => (
        <Announcement key={announcement.id} announcement={announcement} />
      ))}
    </div>
  )
}

const looks = {
  info: { tone: 'info', word: 'Information' },
  success: { tone: 'ok', word: 'Succès' },
  error: { tone: 'bad', word: 'Incident' },
} as const

function Announcement({
  announcement: { id, body, kind },
}: {
  announcement: ResultOf<Lookups['unreadAnnouncements']>[number]
}) {
  const { busy, failure, run } = useAction('Announcement', 'markRead')
  const { tone, word } = looks[kind]
  const read = async () => {
    const answer = await run(id, {})
    if (!answer.ok) return
    // The button goes with what was read; a title may yet be drawn anew with what its page reads.
    document.querySelector<HTMLElement>('main')?.focus()
  }
  return (
    <Alert tone={tone}>
      <div className="cluster">
        <p>
          <b>{word}.</b> {body}
        </p>
        <Button look="quiet" busy={busy} onClick={() => void read()}>
          J’ai compris
        </Button>
      </div>
      {failure && <ErrorText announce>{failure.message}</ErrorText>}
    </Alert>
  )
}
