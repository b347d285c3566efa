import type { ReactElement } from 'react'
import { amend, useAddress } from '../address/use-address.ts'

/** A filter on the rows of the page; its text is the `q` of the URL. `/` goes to it. */
export function FilterBox(props: { readonly what: string }): ReactElement {
  const { query } = useAddress()
  return (
    <label className="filter">
      <span>Filter {props.what}</span>
      <input
        type="search"
        data-filter=""
        value={query.q ?? ''}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => amend({ q: event.target.value }, { replace: true })}
      />
    </label>
  )
}

/** True when every word of the filter stands in one of the texts, in any case. */
export function fits(filter: string | undefined, ...texts: readonly (string | undefined)[]): boolean {
  const words = (filter ?? '').toLowerCase().split(/\s+/)
  const all = texts.join(' ').toLowerCase()
  return words.every((word) => all.includes(word))
}
