import { useEffect } from 'react'
import { useDispatch, useSelector } from 'react-redux'
import { Alert } from '../ui/alert'
import { Button } from '../ui/button'

interface Notice {
  id: string
  message: string
  type?: 'success' | 'error' | 'info' | 'warning'
}

interface FrenchState {
  locale: { translations: { fr: { messages: Readonly<Record<string, string>> } } }
}

const tones = { success: 'ok', error: 'bad', info: 'info', warning: 'warn' } as const

/** What AdminJS has to say after an act: stays until read when it is a refusal. */
export function NoticeBox() {
  const notices = useSelector((state: { notices: Notice[] }) => state.notices)
  const dispatch = useDispatch()
  const drop = (noticeId: string) => dispatch({ type: 'DROP_NOTICE', data: { noticeId } })
  if (notices.length === 0) return null
  return (
    <div className="strip">
      {notices.map((notice) => (
        <NoticeLine key={notice.id} notice={notice} onDrop={() => drop(notice.id)} />
      ))}
    </div>
  )
}

function NoticeLine({ notice, onDrop }: { notice: Notice; onDrop: () => void }) {
  const words = useSelector((state: FrenchState) => state.locale.translations.fr.messages)
  const failed = notice.type === 'error'
  useEffect(() => {
    if (failed) return
    const timer = setTimeout(onDrop, 8_000)
    return () => clearTimeout(timer)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- one timer a notice, whatever is drawn again
  }, [notice.id])
  return (
    <Alert tone={tones[notice.type ?? 'info']} announce={failed ? 'alert' : 'status'}>
      <div className="cluster">
        <p>{words[notice.message] ?? notice.message}</p>
        <span className="push">
          <Button look="quiet" onClick={onDrop}>
            Fermer
          </Button>
        </span>
      </div>
    </Alert>
  )
}
