import { minute, second } from '../../resources/shared/duration'

/** Before a session ends, whoever is there says so, or leaves (RGAA 13.1). As often as they like. */
export const warnedBefore = 2 * minute

export function watchSession(dialog: HTMLDialogElement): void {
  const [stay, leave] = ['stay', 'leave'].map((name) =>
    dialog.querySelector<HTMLButtonElement>(`[data-${name}]`),
  )
  // The session is one for all the pages of a browser: each tells the others when it has asked something.
  const pages = new BroadcastChannel('espace')
  const endsAfter = Number(dialog.dataset.session)
  let from = Date.now()

  const seenAt = (instant: number) => {
    from = Math.max(from, instant)
    dialog.close()
  }
  const seen = () => {
    seenAt(Date.now())
    pages.postMessage(from)
  }
  // This page may be forgotten, or have slept: it ends nothing, and goes where the server says.
  const moveOn = () => {
    location.replace(`/espace/connexion?fini&retour=${encodeURIComponent(location.pathname)}`)
  }
  const prolong = async () => {
    const answer = await fetch('/espace/prolonger', { method: 'POST' }).catch(() => null)
    if (answer?.status === 204) seen()
    else moveOn()
  }
  const signOut = async () => {
    await fetch('/espace/deconnexion', { method: 'POST', redirect: 'manual' }).catch(() => null)
    location.replace('/espace/connexion?deconnexion')
  }

  seen()
  pages.addEventListener('message', ({ data }: MessageEvent<number>) => seenAt(data))
  stay?.addEventListener('click', () => void prolong())
  leave?.addEventListener('click', () => void signOut())
  // Escape is an answer: somebody is there.
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault()
    void prolong()
  })
  // Looked at by the clock: a phone that slept counts nothing.
  setInterval(() => {
    const idle = Date.now() - from
    if (idle >= endsAfter) moveOn()
    else if (idle >= endsAfter - warnedBefore && !dialog.open) dialog.showModal()
  }, 5 * second)
}

/** Away at once, and no way back: somebody looks over the shoulder. */
export function leaveFast(link: HTMLAnchorElement): void {
  link.addEventListener('click', (event) => {
    event.preventDefault()
    void fetch('/espace/deconnexion', { method: 'POST', redirect: 'manual', keepalive: true }).catch(
      () => null,
    )
    location.replace(link.href)
  })
}
