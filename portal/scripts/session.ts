/** Two minutes before a session ends, whoever is there says so, or leaves (RGAA 13.1). As often as they like. */
const warnedAfter = 18 * 60_000
const overAfter = 20 * 60_000

export function watchSession(dialog: HTMLDialogElement): void {
  const [stay, leave] = ['stay', 'leave'].map((name) =>
    dialog.querySelector<HTMLButtonElement>(`[data-${name}]`),
  )
  let from = Date.now()

  const signOut = async () => {
    await fetch('/espace/deconnexion', { method: 'POST', redirect: 'manual' }).catch(() => null)
    location.replace('/espace/connexion?fini')
  }
  const prolong = async () => {
    const answer = await fetch('/espace/prolonger', { method: 'POST' }).catch(() => null)
    if (answer?.status !== 204) return location.replace('/espace/connexion?fini')
    from = Date.now()
    dialog.close()
  }

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
    if (idle >= overAfter) void signOut()
    else if (idle >= warnedAfter && !dialog.open) dialog.showModal()
  }, 5_000)
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
