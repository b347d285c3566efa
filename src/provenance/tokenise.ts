import { canonicalSql, partTokensSql, tokenSql, type CanonicalOptions } from '../persons/index.ts'
import { canonicalOptions, type Column, type Meaning } from './columns.ts'
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

/** What turns raw rows (`n`, `c0`, `c4`, …) into rows of `holdings` and `sample_rows`; expressions by target column. */
export interface TokenPlan {
  /** Positions of the columns that are needed, in the order of `raw` after `n`. */
  readonly at: readonly number[]
  readonly raw: Readonly<Record<string, string>>
  /** Canonical forms (`f0`, `f4`, …) by name. */
  readonly derived: Readonly<Record<string, string>>
  /** Tokens and parts (`t3`, `p3`, …) of columns whose values repeat, by raw column. */
  readonly repeating: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly ids: string
  readonly fields: string
  readonly parts: string
  readonly validFrom: string
  readonly validTo: string
}

/** The plan for a table's columns; `rows` are its first ones, which tell where values repeat. */
export function tokenPlan(
  columns: readonly Column[],
  rows: readonly { readonly values: readonly string[] }[],
  options: CanonicalOptions,
): TokenPlan {
  const { ids, fields } = tokenColumns(columns)
  const [from, to] = (['valid-from', 'valid-to'] as const).map((kind) =>
    columns.findIndex(({ meaning }) => meaning.kind === kind),
  )
  const days = [from ?? -1, to ?? -1].filter((at) => at >= 0)
  const repeated = fields.filter(
    ({ at }) => rows.length > 100 && new Set(rows.map((row) => row.values[at])).size * 2 < rows.length,
  )
  const tokened = [
    ...ids.map(({ at, meaning }) => ({ at, kind: meaning.identifier, options })),
    ...fields
      .filter((field) => !repeated.includes(field))
      .map(({ at, meaning }) => ({ at, kind: meaning.form, options: canonicalOptions(meaning, options) })),
    ...days.map((at) => ({ at, kind: 'date' as const, options })),
  ]
  const at = [...ids, ...fields].map((column) => column.at).concat(days)
  const token = ({ meaning }: (typeof ids)[number] | (typeof fields)[number], form: string): string =>
    tokenSql(tokenTag(meaning), form)
  const parts = ({ meaning }: (typeof fields)[number], form: string): string =>
    partTokensSql(tokenTag(meaning), meaning.form, form)
  return {
    at,
    raw: Object.fromEntries([['n', 'UInt32'], ...at.map((index) => [`c${index}`, 'String'])]) as Record<string, string>,
    derived: Object.fromEntries(tokened.map(({ at, kind, options: form }) => [`f${at}`, canonicalSql(kind, `c${at}`, form)])),
    repeating: Object.fromEntries(
      repeated.map((field) => {
        const form = canonicalSql(field.meaning.form, `c${field.at}`, canonicalOptions(field.meaning, options))
        return [`c${field.at}`, { [`t${field.at}`]: token(field, form), [`p${field.at}`]: parts(field, form) }]
      }),
    ),
    ids: arraySql(
      ids.map((id) => token(id, `f${id.at}`)),
      'FixedString(16)',
    ),
    fields: arraySql(
      fields.map((field) => (repeated.includes(field) ? `t${field.at}` : token(field, `f${field.at}`))),
      'FixedString(16)',
    ),
    parts: arraySql(
      fields.map((field) => (repeated.includes(field) ? `p${field.at}` : parts(field, `f${field.at}`))),
      'Array(FixedString(8))',
    ),
    validFrom: from === undefined || from < 0 ? `toInt32(${ever.from})` : daySql(`f${from}`, ever.from),
    validTo: to === undefined || to < 0 ? `toInt32(${ever.to})` : daySql(`f${to}`, ever.to),
  }
}

/** The cells of a row that a plan needs, in the order of its raw columns. */
export function rawCells(
  row: { readonly n: number; readonly values: readonly string[] },
  at: readonly number[],
): readonly unknown[] {
  const cells: unknown[] = [row.n]
  for (const index of at) cells.push(row.values[index] ?? '')
  return cells
}

function arraySql(expressions: readonly string[], type: string): string {
  return `CAST([${expressions.join(', ')}], 'Array(${type})')`
}

function daySql(form: string, otherwise: number): string {
  return `ifNull(toInt32(toDate32OrNull(${form})), toInt32(${otherwise}))`
}
