/** Lets one read the password that is typed in the field named by this label's `data-shows`. */
export function offerToShow(label: HTMLElement): void {
  const field = document.querySelector<HTMLInputElement>(`#${label.dataset.shows}`)
  const box = label.querySelector('input')
  if (!field || !box) return
  const show = () => (field.type = box.checked ? 'text' : 'password')
  box.addEventListener('change', show)
  // Back from another page, the browser ticks again what was ticked.
  show()
}
