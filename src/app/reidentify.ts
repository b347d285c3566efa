import { limits } from '../base/index.ts'
import { openRecords, readPgAudit } from '../formats/index.ts'
import type { LookupReview, WatchedSubscriber } from '../lookups/index.ts'
import { canonical, identifierKinds, tokenOf, type TokenKey } from '../persons/index.ts'
import type { Item } from './items.ts'
import { recordFormat } from './record-format.ts'

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
  for (const item of items) {
    const cited = citedRecords(review, item)
    if (cited.size === 0) continue
    for await (const texts of recordTexts(item)) if (cited.has(texts.n)) for (const text of texts.pieces) tryText(text)
  }
  return {
    ...review,
    watched: review.watched.map((one) => {
      const value = values.get(one.subscriber)
      return value === undefined ? one : { ...one, value }
    }),
  }
}

function citedRecords(review: LookupReview, item: Item): ReadonlySet<number> {
  const numbers = new Set<number>()
  for (const { cites } of review.watched)
    for (const cite of cites) {
      if (cite.kind !== 'exhibit' || cite.sha256 !== item.sha256) continue
      if ('n' in cite.at) for (const n of [cite.at.n].flat()) numbers.add(n)
      else if (cite.at.kind === 'range')
        for (let n = cite.at.from; n <= Math.min(cite.at.to, cite.at.from + limits.citesPerSentence); n += 1) numbers.add(n)
    }
  return numbers
}

async function* recordTexts(item: Item): AsyncGenerator<{ n: number; pieces: readonly string[] }> {
  if (item.identified.kind === 'pgaudit') {
    const prefix = item.rule.log_line_prefix
    for await (const { records } of readPgAudit(item.source, prefix === undefined ? {} : { prefix }))
      for (const record of records) {
        const parameters = record.parameters === 'not-logged' ? [] : record.parameters
        yield { n: record.n, pieces: [...parameters, ...record.statement.split(/[^0-9A-Za-z@.+_-]+/)] }
      }
    return
  }
  const table = await openRecords(item.source, recordFormat(item))
  for await (const { records } of table.rows) for (const row of records) yield { n: row.n, pieces: row.values }
}
