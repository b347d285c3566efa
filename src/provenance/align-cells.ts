import { canonical, tokenOf, type CanonicalKind, type CanonicalOptions, type TokenKey } from '../persons/index.ts'
import { canonicalOptions, type DateOrder } from './columns.ts'
import type { Copy } from './copy.ts'
import { tokenColumns, tokenTag } from './tokenise.ts'

/** A copy whose tokens are in the lake. */
export interface HeldCopy {
  readonly copy: Copy
  readonly loadId: string
}

/** What a column of a copy holds; a sample column may be found to hold the same. */
export interface Target {
  readonly tag: string
  readonly kind: CanonicalKind
  readonly array: 'ids' | 'fields'
  /** Position in that array, from 0, by copy id. */
  readonly at: ReadonlyMap<string, number>
}

/** A way of reading a sample column: as a target, dates in one of two orders. */
export interface Reading {
  readonly target: Target
  readonly order?: DateOrder
}

/** Values looked at to see whether a column can be read as a kind at all. */
const tasted = 24

/** All that the copies' columns hold, each tag and form once. */
export function targetsOf(copies: readonly HeldCopy[]): readonly Target[] {
  const found = new Map<string, { tag: string; kind: CanonicalKind; array: Target['array']; at: Map<string, number> }>()
  for (const { copy } of copies) {
    const { ids, fields } = tokenColumns(copy.columns)
    const all = [
      ...ids.map(({ meaning }, at) => ({ tag: tokenTag(meaning), kind: meaning.identifier, array: 'ids' as const, at })),
      ...fields.map(({ meaning }, at) => ({ tag: tokenTag(meaning), kind: meaning.form, array: 'fields' as const, at })),
    ]
    for (const { tag, kind, array, at } of all) {
      const key = `${tag} ${kind}`
      const target = found.get(key) ?? { tag, kind, array, at: new Map<string, number>() }
      if (!target.at.has(copy.id)) target.at.set(copy.id, at)
      found.set(key, target)
    }
  }
  return [...found.values()].toSorted((a, b) => (a.tag < b.tag ? -1 : a.tag > b.tag ? 1 : a.kind < b.kind ? -1 : 1))
}

/** Turns cells into tokens under a reading; every canonical form and token is computed once. */
export interface CellTokens {
  /** '' where the value has no such form. */
  token(reading: Reading, value: string): string
}

/** Tokens under a key and a country's forms. */
export function cellTokens(key: TokenKey, options: CanonicalOptions): CellTokens {
  const forms = new Map<string, Map<string, string>>()
  const tokens = new Map<string, Map<string, string>>()
  const within = (map: Map<string, Map<string, string>>, name: string): Map<string, string> => {
    const inner = map.get(name) ?? new Map<string, string>()
    map.set(name, inner)
    return inner
  }
  return {
    token({ target, order }, value) {
      const known = within(forms, `${target.kind} ${order ?? ''}`)
      const form = known.get(value) ?? canonical(target.kind, value, optionsOf(target.kind, order, options)) ?? ''
      known.set(value, form)
      if (form === '') return ''
      const held = within(tokens, target.tag)
      const token = held.get(form) ?? tokenOf(key, target.tag, form)
      held.set(form, token)
      return token
    },
  }
}

function optionsOf(kind: CanonicalKind, order: DateOrder | undefined, options: CanonicalOptions): CanonicalOptions {
  return kind === 'date'
    ? canonicalOptions({ kind: 'field', field: '', form: 'date', valid: 0, ...(order === undefined ? {} : { order }) }, options)
    : options
}

/** The ways in which a column with these values can be read: those under which at least half of the first values have a form. */
export function readingsOf(values: readonly string[], targets: readonly Target[], options: CanonicalOptions): readonly Reading[] {
  const some = values.slice(0, tasted)
  if (some.length === 0) return []
  const fits = new Map<string, boolean>()
  const fit = (kind: CanonicalKind, order?: DateOrder): boolean => {
    const name = `${kind} ${order ?? ''}`
    const known = fits.get(name)
    if (known !== undefined) return known
    const valid = some.filter((value) =>
      kind === 'name' || kind === 'place'
        ? /\p{L}/u.test(value)
        : canonical(kind, value, optionsOf(kind, order, options)) !== undefined,
    ).length
    fits.set(name, valid * 2 >= some.length)
    return valid * 2 >= some.length
  }
  // Only dates with separators and the year last are written in two orders.
  const ambiguous = some.some((value) => /^\s*[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4}/.test(value))
  const other: DateOrder = options.country === 'US' ? 'day-first' : 'month-first'
  return targets.flatMap((target): Reading[] => [
    ...(fit(target.kind) ? [{ target }] : []),
    ...(target.kind === 'date' && ambiguous && fit('date', other) ? [{ target, order: other }] : []),
  ])
}
