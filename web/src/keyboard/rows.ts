/** Moves the focus to the next or previous row of the page. */
export function moveRow(from: HTMLElement, step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('main [data-row]')]
  const here = from.closest<HTMLElement>('[data-row]')
  const at = here === null ? -1 : rows.indexOf(here)
  const wanted = at < 0 ? (step === 1 ? 0 : rows.length - 1) : at + step
  const row = rows[Math.min(rows.length - 1, Math.max(0, wanted))]
  row?.focus({ preventScroll: true })
  row?.scrollIntoView({ block: 'nearest' })
}

/** Presses the first button of a kind in the focused row; Enter on a button or link stays that button's. */
export function onRow(target: HTMLElement, selector: string, event: KeyboardEvent): void {
  const row = target.closest<HTMLElement>('[data-row]')
  if (row === null || (event.key === 'Enter' && target !== row)) return
  const button = row.querySelector<HTMLElement>(selector)
  if (button === null) return
  event.preventDefault()
  button.click()
}
