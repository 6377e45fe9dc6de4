import { offerNearest } from './scripts/nearest'
import { leaveFast, watchSession } from './scripts/session'
import { offerToShow } from './scripts/show-password'

// What a browser adds to pages that work without it. Loaded by the routes that say `handle = { scripts: true }`.
for (const label of document.querySelectorAll<HTMLElement>('[data-shows]')) offerToShow(label)
for (const offer of document.querySelectorAll<HTMLElement>('[data-nearest]')) offerNearest(offer)
for (const button of document.querySelectorAll<HTMLElement>('[data-print]'))
  button.addEventListener('click', () => window.print())
for (const dialog of document.querySelectorAll<HTMLDialogElement>('[data-session]')) watchSession(dialog)
for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-leave-fast]')) leaveFast(link)
