import { offerNearest } from './scripts/nearest'
import { offerToShow } from './scripts/show-password'

// What a browser adds to pages that work without it. Loaded by the routes that say `handle = { scripts: true }`.
for (const label of document.querySelectorAll<HTMLElement>('[data-shows]')) offerToShow(label)
for (const offer of document.querySelectorAll<HTMLElement>('[data-nearest]')) offerNearest(offer)
