import { UserError, type Canonical } from '../base/index.ts'
import { appendCustody, type Signer } from '../evidence/index.ts'
import type { CaseStore } from './case-store.ts'

/** Throws a `UserError` for a case at counsel's direction: nothing but its privilege log leaves it. */
export function mayLeave(store: CaseStore): void {
  const { track } = store.info()
  if (track === undefined) return
  throw new UserError({
    code: 'counsel-track',
    message: `the case "${store.id}" is kept at counsel's direction: no document leaves it`,
    hint: `export from the ordinary case "${track.of}"; "breachline counsel log ${store.id}" writes the privilege log`,
  })
}

/** Records in the chain of custody that something left the case; what was made for it is given to others only after that. Throws as `mayLeave`. */
export function recordExported(
  store: CaseStore,
  options: { readonly by: Signer; readonly at: string; readonly detail: { readonly [key: string]: Canonical | undefined } },
): void {
  mayLeave(store)
  const { by, at, detail } = options
  store.db.transaction(() => appendCustody(store.db, { at, act: 'exported', by: [by], detail }))
}
