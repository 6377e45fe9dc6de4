/** After a refusal: the cursor goes to the first field that has an error. */
export function focusFirstError(container: HTMLElement | null): void {
  focusNext(() => container?.querySelector('[aria-invalid="true"], [data-invalid] input'))
}

/** Brings the focus to what the render that follows an answer draws: at the next frame, or some `frames` later. */
export function focusNext(find: () => HTMLElement | null | undefined, frames = 30): void {
  let looked = 0
  const look = () => {
    const next = find()
    if (next) next.focus()
    else if (looked++ < frames) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

/** After an act whose button goes with it, once the page is read again: the focus that fell to the body goes to the page. */
export const keepFocus = (): void =>
  focusNext(
    () => (document.activeElement === document.body ? document.querySelector<HTMLElement>('main') : null),
    60,
  )

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
