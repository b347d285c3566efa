import { canonicalSql, tokenSql, type CanonicalOptions } from '../persons/index.ts'
import type { Column, Meaning } from './columns.ts'
import { ever } from './holdings.ts'

/** Tag of an identifier's or a field's tokens: the same word in every copy and sample. */
export function tokenTag(meaning: Extract<Meaning, { kind: 'identifier' | 'field' }>): string {
  return meaning.kind === 'identifier' ? meaning.identifier : `field:${meaning.field}`
}

/** Positions of the columns that are tokenised, in the order of the token arrays. */
export function tokenColumns(columns: readonly Column[]): {
  readonly ids: readonly { readonly at: number; readonly meaning: Extract<Meaning, { kind: 'identifier' }> }[]
  readonly fields: readonly { readonly at: number; readonly meaning: Extract<Meaning, { kind: 'field' }> }[]
} {
  return {
    ids: columns.flatMap(({ meaning }, at) => (meaning.kind === 'identifier' ? [{ at, meaning }] : [])),
    fields: columns.flatMap(({ meaning }, at) => (meaning.kind === 'field' ? [{ at, meaning }] : [])),
  }
}

/** Raw columns (`n`, `c0`, `c4`, …) and the expressions that turn them into a row of `holdings`. */
export function holdingsSelect(
  columns: readonly Column[],
  options: CanonicalOptions,
): { readonly at: readonly number[]; readonly raw: Readonly<Record<string, string>>; readonly select: readonly string[] } {
  const { ids, fields } = tokenColumns(columns)
  const from = columns.findIndex(({ meaning }) => meaning.kind === 'valid-from')
  const to = columns.findIndex(({ meaning }) => meaning.kind === 'valid-to')
  const at = [...ids, ...fields].map((column) => column.at).concat([from, to].filter((index) => index >= 0))
  const idTokens = ids.map(({ at, meaning }) => tokenSql(tokenTag(meaning), canonicalSql(meaning.identifier, `c${at}`, options)))
  const fieldTokens = fields.map(({ at, meaning }) => tokenSql(tokenTag(meaning), canonicalSql(meaning.form, `c${at}`, options)))
  return {
    at,
    raw: Object.fromEntries([['n', 'UInt32'], ...at.map((index) => [`c${index}`, 'String'])]) as Record<string, string>,
    select: [
      'n',
      tokens(idTokens),
      tokens(fieldTokens),
      from < 0 ? `toInt32(${ever.from})` : daySql(`c${from}`, ever.from, options),
      to < 0 ? `toInt32(${ever.to})` : daySql(`c${to}`, ever.to, options),
    ],
  }
}

function tokens(expressions: readonly string[]): string {
  return `CAST([${expressions.join(', ')}], 'Array(FixedString(16))')`
}

function daySql(column: string, otherwise: number, options: CanonicalOptions): string {
  const day = `toDate32OrNull(${canonicalSql('date', column, options)})`
  return `ifNull(toInt32(${day}), toInt32(${otherwise}))`
}
