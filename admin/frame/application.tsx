import {
  BulkActionRoute,
  PageRoute,
  RecordActionRoute,
  ResourceActionRoute,
  ResourceRoute,
} from 'adminjs-frontend/routes'
import { useEffect, useRef, useState } from 'react'
import { Route, Routes, useLocation, useParams } from 'react-router-dom'
import { Home } from '../home'
import { pages } from '../pages'
import { paths } from '../paths'
import { sessionOverEvent } from '../client/client'
import { NotFoundPage } from './failures'
import { NoticeBox } from './notices'
import { Shortcuts } from './shortcuts'
import { Sidebar } from './sidebar'
import { TopBar } from './top-bar'
import styles from './application.module.css'
import { Alert } from '../ui/alert'

/** The frame of every screen: menu, top bar, notices, then what the address names. */
export function Application() {
  const { pathname } = useLocation()
  const main = useRef<HTMLElement>(null)
  const first = useRef(true)

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
        <NoticeBox />
        <main id="contenu" tabIndex={-1} ref={main}>
          <Routes>
            <Route path="/admin" element={<Home />} />
            <Route path="/admin/resources/:resourceId" element={<ResourceRoute />} />
            <Route
              path="/admin/resources/:resourceId/actions/:actionName"
              element={<ResourceActionRoute />}
            />
            <Route path="/admin/resources/:resourceId/bulk/:actionName" element={<BulkActionRoute />} />
            <Route
              path="/admin/resources/:resourceId/records/:recordId/:actionName"
              element={<RecordActionRoute />}
            />
            <Route path="/admin/pages/:pageName" element={<KnownPage />} />
            <Route path="*" element={<NotFoundPage />} />
          </Routes>
        </main>
      </div>
      <Shortcuts />
    </div>
  )
}

function KnownPage() {
  const { pageName = '' } = useParams()
  return pageName in pages ? <PageRoute /> : <NotFoundPage />
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
