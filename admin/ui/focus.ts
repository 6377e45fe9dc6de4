/** After a refusal: the cursor goes to the first field that has an error. */
export function focusFirstError(container: HTMLElement | null): void {
  focusNext(() => container?.querySelector('[aria-invalid="true"], [data-invalid] input'))
}

/** Brings the focus to what the render that follows an answer draws: at the next frame, or a few later. */
export function focusNext(find: () => HTMLElement | null | undefined): void {
  let frames = 0
  const look = () => {
    const next = find()
    if (next) next.focus()
    else if (frames++ < 30) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

/** After an act whose button goes with it: the focus that fell to the body goes to the page. */
export function keepFocus(): void {
  let frames = 0
  const look = () => {
    if (document.activeElement === document.body) document.querySelector<HTMLElement>('main')?.focus()
    else if (frames++ < 60) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

/**
 * After a row is dealt with: the next one that waits for the same act, so that the keyboard goes on; after
 * the last one, its table. The buttons that were pressed are about to go.
 */
export function focusNextRow(within: HTMLElement | null): void {
  let row = within?.closest('tr')?.nextElementSibling
  while (row) {
    const button = row.querySelector<HTMLElement>('button[data-key]')
    if (button) return button.focus()
    row = row.nextElementSibling
  }
  const rest = within?.closest<HTMLElement>('[data-lines]') ?? document.querySelector<HTMLElement>('h1')
  rest?.focus()
}
