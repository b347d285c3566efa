import type { Cite } from '../evidence/index.ts'
import { accountPseudonym, type LookupReview, type WatchedSubscriber } from '../lookups/index.ts'
import { canonical, identifierKinds, tokenOf, type TokenKey } from '../persons/index.ts'
import { citedTexts } from './cited-texts.ts'
import type { Item } from './items.ts'

/** A review whose watched persons carry their identifier as the system holds it. */
export type ReidentifiedReview = Omit<LookupReview, 'watched'> & {
  readonly watched: readonly (WatchedSubscriber & { readonly value?: string })[]
}

/**
 * The identifiers behind the tokens of the watched, read from the very records that are cited: the lake holds none. The caller has
 * recorded the purpose. `value` is canonical (E.164 digits for telephone numbers), and absent where no cited record gives it.
 */
export async function reidentified(options: {
  readonly review: LookupReview
  readonly items: readonly Item[]
  readonly key: TokenKey
  readonly country: string
}): Promise<ReidentifiedReview> {
  const { review, items, key, country } = options
  const wanted = new Set(review.watched.map((one) => one.subscriber))
  const values = new Map<string, string>()
  const tried = new Set<string>()
  const tryText = (text: string): void => {
    if (tried.has(text)) return
    tried.add(text)
    for (const kind of identifierKinds) {
      const known = canonical(kind, text, country === '' ? {} : { country })
      if (known === undefined) continue
      const token = tokenOf(key, kind, known)
      if (wanted.has(token)) values.set(token, known)
    }
  }
  const cites = review.watched.flatMap((one) => one.cites)
  for await (const pieces of citedTexts(items, cites)) for (const text of pieces) tryText(text)
  return {
    ...review,
    watched: review.watched.map((one) => {
      const value = values.get(one.subscriber)
      return value === undefined ? one : { ...one, value }
    }),
  }
}

/** The logins behind pseudonyms of accounts, read from the records that are cited; the caller has recorded the purpose. One that no cited record gives is absent. */
export async function loginsBehind(options: {
  readonly accounts: readonly string[]
  readonly cites: readonly Cite[]
  readonly items: readonly Item[]
  readonly key: TokenKey
}): Promise<ReadonlyMap<string, string>> {
  const wanted = new Set(options.accounts)
  const logins = new Map<string, string>()
  const tried = new Set<string>()
  for await (const pieces of citedTexts(options.items, options.cites))
    for (const piece of pieces) {
      const login = piece.trim().toLowerCase()
      if (tried.has(login)) continue
      tried.add(login)
      const account = accountPseudonym(options.key, login)
      if (wanted.has(account)) logins.set(account, login)
    }
  return logins
}
