import {
  canonical,
  identifierKinds,
  tokenOf,
  type CanonicalOptions,
  type IdentifierKind,
  type TokenKey,
} from '../persons/index.ts'

/** An identifier column: where its cells stand in a row, and what they are. */
export interface IdentifierAt {
  readonly at: number
  readonly identifier: IdentifierKind
}

/** Which identifier a row goes by when it has several: those that single out one line first. */
const order: readonly IdentifierKind[] = [
  'msisdn',
  'iccid',
  'imsi',
  'contract',
  'cpe-serial',
  'mac',
  'imei',
  'email',
  'national-id',
]

/** Identifier columns in the order in which they name a row. */
export function inKeyOrder<Column extends { readonly identifier: IdentifierKind }>(
  columns: readonly Column[],
): readonly Column[] {
  const rank = (kind: IdentifierKind): number =>
    order.includes(kind) ? order.indexOf(kind) : order.length + identifierKinds.indexOf(kind)
  return columns.toSorted((a, b) => rank(a.identifier) - rank(b.identifier))
}

/**
 * Tokens of a row's identifiers, one per column given and '' where there is none: the first 16 hex digits of the tokens that
 * registered copies are compared by.
 */
export function rowTokens(
  key: TokenKey,
  row: { readonly values: readonly string[] },
  columns: readonly IdentifierAt[],
  options: CanonicalOptions,
): readonly string[] {
  return columns.map(({ at, identifier }) => {
    const form = canonical(identifier, row.values[at] ?? '', options)
    return form === undefined ? '' : shortToken(tokenOf(key, identifier, form))
  })
}

/** The part of an identifier's token that an index keeps. */
export function shortToken(token: string): string {
  return token.slice(0, tokenDigits)
}

/** The key of a row: its first identifier in key order; undefined for a row without one, which is not marked. */
export function rowKeyOf(tokens: readonly string[]): string | undefined {
  return tokens.find((token) => token !== '')
}

const tokenDigits = 16
