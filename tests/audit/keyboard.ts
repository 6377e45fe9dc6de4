import type { Page } from 'playwright-core'

/** How much a look at the keyboard asks of each stop. */
interface Stop {
  name: string
  reached: boolean
  changed: boolean
  onScreen: boolean
}

/**
 * Walks through the page by Tab: each thing that acts is met once, in the order of the page, on the screen, and shows
 * that it has the focus.
 */
export async function keyboardFaults(page: Page): Promise<string[]> {
  const stops = await page.evaluate(() => {
    const acting = [
      ...document.querySelectorAll<HTMLElement>(
        'a[href], button, input, select, textarea, summary, [tabindex]',
      ),
    ].filter(
      (one) =>
        one.tabIndex >= 0 && !one.matches(':disabled') && one.checkVisibility({ visibilityProperty: true }),
    )
    // Of radio buttons of one name, Tab meets the chosen one, or the first.
    const radios = (one: HTMLElement) =>
      acting.filter(
        (other): other is HTMLInputElement =>
          other instanceof HTMLInputElement &&
          other.type === 'radio' &&
          other.name === one.getAttribute('name'),
      )
    const met = acting.filter((one) => {
      if (!(one instanceof HTMLInputElement) || one.type !== 'radio') return true
      const group = radios(one)
      return one === (group.find(({ checked }) => checked) ?? group[0])
    })
    const look = (one: HTMLElement) =>
      [one, one.parentElement, one.parentElement?.parentElement]
        .map((element) => {
          if (!element) return ''
          const { boxShadow, outlineStyle, outlineWidth, outlineColor, borderColor, backgroundColor } =
            getComputedStyle(element)
          // A transparent outline is for forced colours; here it shows nothing.
          const outline =
            outlineStyle === 'none' || /, 0\)$/.test(outlineColor) ? '' : outlineWidth + outlineColor
          return [boxShadow, outline, borderColor, backgroundColor].join()
        })
        .join('|')
    const before = met.map(look)
    Object.assign(window, {
      atStop(rank: number): Stop {
        const wanted = met[rank]
        const focused = document.activeElement
        const { top, bottom } = focused?.getBoundingClientRect() ?? { top: -1, bottom: -1 }
        return {
          name: wanted?.outerHTML.slice(0, 120) ?? '',
          reached: focused === wanted,
          changed: wanted !== undefined && look(wanted) !== before[rank],
          onScreen: bottom > 0 && top < innerHeight,
        }
      },
    })
    met[0]?.focus()
    return met.length
  })
  const faults: string[] = []
  for (let rank = 0; rank < stops; rank++) {
    if (rank > 0) await page.keyboard.press('Tab')
    const { name, reached, changed, onScreen } = await page.evaluate(
      (at) => (window as unknown as { atStop: (rank: number) => Stop }).atStop(at),
      rank,
    )
    if (!reached) return [...faults, `keyboard: Tab does not reach ${name}`]
    if (!changed) faults.push(`keyboard: no sign of the focus on ${name}`)
    if (!onScreen) faults.push(`keyboard: out of the screen, ${name}`)
  }
  return faults
}
