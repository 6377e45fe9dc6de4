import { distanceWords, nearest, type Point } from '../../resources/public-page/nearest'
import type { PublicService } from '../../resources/public-page/schema'

const shown = 5

/**
 * The services nearest to whoever presses the button. Measured here, in the browser: where somebody is leaves it
 * neither in an address nor in a request.
 */
export function offerNearest(offer: HTMLElement): void {
  const button = offer.querySelector('button')
  const status = offer.querySelector<HTMLElement>('[role="status"]')
  const list = offer.querySelector('ul')
  const { looking = '', refused = '', failed = '', unread = '', none = '', found = '' } = offer.dataset
  if (!button || !status || !list) return

  const look = async (): Promise<string> => {
    let here: Point
    try {
      here = await position()
    } catch (error) {
      const denied = error instanceof GeolocationPositionError && error.code === error.PERMISSION_DENIED
      return denied ? refused : failed
    }
    // Our own answer, of the same release.
    const services = await fetch('/api/public/services.json')
      .then((answer) => (answer.ok ? (answer.json() as Promise<PublicService[]>) : null))
      .catch(() => null)
    if (!services) return unread
    const around = nearest(services, here, shown)
    list.replaceChildren(
      ...around.map(({ service, kilometres, of }) => drawn(service, distanceWords(kilometres, of))),
    )
    return around.length > 0 ? found : none
  }

  button.addEventListener('click', () => {
    // Pressed again while it looks, it looks once.
    if (button.getAttribute('aria-disabled')) return
    button.setAttribute('aria-disabled', 'true')
    status.textContent = looking
    list.replaceChildren()
    void look().then((words) => {
      status.textContent = words
      button.removeAttribute('aria-disabled')
    })
  })
}

const position = () =>
  new Promise<Point>((resolve, reject) => {
    navigator.geolocation.getCurrentPosition(({ coords }) => resolve(coords), reject, {
      timeout: 15_000,
      maximumAge: 600_000,
    })
  })

/** As the cards of a search are drawn. */
function drawn({ title, kindName, cityName, page }: PublicService, distance: string): HTMLElement {
  const link = made('a', '', title)
  link.setAttribute('href', new URL(page).pathname)
  const card = made('li', 'fr-card')
  card.append(
    made('h2', 'fr-card__title', link),
    made('p', 'fr-card__desc', [kindName, cityName, distance].filter(Boolean).join(' · ')),
  )
  return card
}

function made(tag: string, className: string, content: string | HTMLElement = ''): HTMLElement {
  const element = document.createElement(tag)
  if (className) element.className = className
  element.append(content)
  return element
}
