import { useMemo, useSyncExternalStore } from 'react'
import { readAddress, writeAddress, type Address, type QueryName } from './address.ts'

const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  addEventListener('popstate', listener)
  return () => {
    listeners.delete(listener)
    removeEventListener('popstate', listener)
  }
}

/** The address the window is at; re-renders when it changes. */
export function useAddress(): Address {
  const url = useSyncExternalStore(subscribe, () => location.pathname + location.search)
  return useMemo(() => readAddress(location.pathname, url.slice(location.pathname.length)), [url])
}

/** Goes to an address; `replace` for changes that are no step back (typing in a filter, dragging a range). */
export function go(address: Address, how: { readonly replace?: boolean } = {}): void {
  const url = writeAddress(address)
  if (url === location.pathname + location.search) return
  if (how.replace === true) history.replaceState(null, '', url)
  else history.pushState(null, '', url)
  for (const listener of listeners) listener()
}

/** Changes some of the query of the present address; `undefined` takes a name out. */
export function amend(
  change: Readonly<Partial<Record<QueryName, string | undefined>>>,
  how: { readonly replace?: boolean } = {},
): void {
  const here = readAddress(location.pathname, location.search)
  const query: Partial<Record<QueryName, string>> = { ...here.query }
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined || value === '') delete query[name as QueryName]
    else query[name as QueryName] = value
  }
  go({ ...here, query }, how)
}
