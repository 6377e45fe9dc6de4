import { Suspense, useEffect, useRef, useState } from 'react'
import { Route, Routes, useLocation } from 'react-router-dom'
import { paths } from '../paths'
import { sessionOverEvent } from '../client/client'
import { useNewDay } from '../client/query'
import { Announcements } from './announcements'
import { ErrorBoundary, NotFoundPage } from './failures'
import { NoticeProvider } from './notice'
import { Home } from './registry'
import { ActionPage, ListPage, RecordPage } from './routes'
import { Shortcuts } from './shortcuts'
import { Sidebar } from './sidebar'
import { TopBar } from './top-bar'
import styles from './application.module.css'
import { Alert } from '../ui/alert'
import { Loading } from '../ui/loading'

/** The frame of every screen: menu, top bar, notices, then what the address names. */
export function Application() {
  const { pathname } = useLocation()
  const main = useRef<HTMLElement>(null)
  const first = useRef(true)
  useNewDay()

  useEffect(() => {
    // A new page is read from its start; the first one keeps the focus the browser gave.
    if (first.current) first.current = false
    else if (!main.current?.contains(document.activeElement)) main.current?.focus()
  }, [pathname])

  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#contenu">
        Aller au contenu
      </a>
      <Sidebar />
      <div>
        <TopBar />
        <SessionOver />
        <Announcements />
        <main id="contenu" tabIndex={-1} ref={main}>
          <NoticeProvider>
            <ErrorBoundary key={pathname}>
              <Suspense fallback={<Loading what="page" lines={10} />}>
                <Routes>
                  <Route path="/admin" element={<Home />} />
                  <Route path="/admin/resources/:resourceId" element={<ListPage />} />
                  <Route
                    path="/admin/resources/:resourceId/actions/:actionName"
                    element={<ActionPage kind="resource" />}
                  />
                  <Route
                    path="/admin/resources/:resourceId/bulk/:actionName"
                    element={<ActionPage kind="bulk" />}
                  />
                  <Route
                    path="/admin/resources/:resourceId/records/:recordId/show"
                    element={<RecordPage />}
                  />
                  <Route
                    path="/admin/resources/:resourceId/records/:recordId/:actionName"
                    element={<ActionPage kind="record" />}
                  />
                  <Route path="*" element={<NotFoundPage />} />
                </Routes>
              </Suspense>
            </ErrorBoundary>
          </NoticeProvider>
        </main>
      </div>
      <Shortcuts />
    </div>
  )
}

/** The session ended while something was being done: what was typed is kept, the way back is shown. */
function SessionOver() {
  const [over, setOver] = useState(false)
  const { pathname, search } = useLocation()
  useEffect(() => {
    const onOver = () => setOver(true)
    window.addEventListener(sessionOverEvent, onOver)
    return () => window.removeEventListener(sessionOverEvent, onOver)
  }, [])
  if (!over) return null
  return (
    <div className="strip">
      <Alert tone="warn" announce="alert" title="Votre session est terminée">
        <p>
          Ce que vous avez saisi est gardé.{' '}
          <a href={paths.signIn(pathname + search)}>Se connecter à nouveau</a>, vous reviendrez sur cette
          page.
        </p>
      </Alert>
    </div>
  )
}
