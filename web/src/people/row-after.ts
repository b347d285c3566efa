/**
 * Remembers the row after a finding's, so that ruling on many needs no mouse: the function given back goes there once the
 * page is written anew, or to the ruled row itself where it was the last.
 */
export function rowAfter(finding: string): () => void {
  const ids = [...document.querySelectorAll<HTMLElement>('main [data-finding]')].map((one) => one.dataset['finding'] ?? '')
  const next = ids[ids.indexOf(finding) + 1]
  return () => {
    for (const id of [next, finding]) {
      const row =
        id === undefined
          ? null
          : document.querySelector(`main [data-finding="${CSS.escape(id)}"]`)?.closest<HTMLElement>('[data-row]')
      if (row === null || row === undefined) continue
      row.focus({ preventScroll: true })
      row.scrollIntoView({ block: 'nearest' })
      return
    }
  }
}
