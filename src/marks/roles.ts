import { UserError } from '../base/index.ts'
import { attributeKinds, canonical, isIdentifierKind, type CanonicalOptions, type IdentifierKind } from '../persons/index.ts'
import type { TextForm } from './site.ts'

/** What an export may do with a column. Identifiers and `other` columns are never touched; codes and dates keep one spelling. */
export type Role =
  | { readonly kind: 'identifier'; readonly identifier: IdentifierKind }
  | { readonly kind: 'text'; readonly form: TextForm }
  | { readonly kind: 'date' }
  | { readonly kind: 'code' }
  | { readonly kind: 'other' }

const telling = ['imei', 'iccid', 'email', 'imsi', 'national-id', 'mac', 'msisdn'] as const

/**
 * The role of every column by its first rows. `meanings` (the text form of a column map, by column name) goes before what values
 * show; it may say `text` for free text that nothing is compared with. When in doubt a column is left alone.
 */
export function rolesOf(options: {
  readonly columns: readonly string[]
  readonly rows: readonly { readonly values: readonly string[] }[]
  readonly meanings?: Readonly<Record<string, string>>
  readonly country?: string
}): readonly Role[] {
  const { columns, rows, meanings = {}, country } = options
  for (const name of Object.keys(meanings))
    if (!columns.includes(name))
      throw new UserError({
        code: 'column-unknown',
        message: `the column map names ${JSON.stringify(name)}, which the table does not have`,
        hint: `columns of the table: ${columns.join(', ')}`,
      })
  return columns.map((name, at) => {
    const values = rows.map((row) => row.values[at] ?? '').filter((value) => value.trim() !== '')
    const said = Object.hasOwn(meanings, name) ? meanings[name] : undefined
    return (said === undefined ? undefined : roleFromMeaning(said, values)) ?? roleFromValues(name, values, given(country))
  })
}

/** Columns of few values are codes: one spelling for the whole extract, however much they read like text. */
function isCodeLike(values: readonly string[]): boolean {
  return new Set(values).size * 5 < values.length
}

function roleFromMeaning(meaning: string, values: readonly string[]): Role | undefined {
  if (isIdentifierKind(meaning)) return { kind: 'identifier', identifier: meaning }
  if (meaning === 'text') return { kind: 'text', form: 'text' }
  const form = attributeKinds.find((one) => meaning === one || meaning.startsWith(`${one}:`))
  switch (form) {
    case undefined:
      return { kind: 'other' }
    case 'date':
      return { kind: 'date' }
    case 'code':
      return isCodeLike(values) || !hasWords(values) ? { kind: 'code' } : { kind: 'text', form }
    case 'name':
    case 'place':
      return isCodeLike(values) ? { kind: 'code' } : { kind: 'text', form }
  }
}

function roleFromValues(name: string, values: readonly string[], options: CanonicalOptions): Role {
  if (values.length === 0) return { kind: 'other' }
  const fits = (kind: (typeof telling)[number] | 'date'): boolean =>
    values.filter((value) => canonical(kind, value, options) !== undefined).length * 20 >= values.length * 19
  if (fits('date')) return { kind: 'date' }
  // Without a country's plan, anything with a digit could be a document's number.
  const tried = telling.filter((kind) => kind !== 'national-id' || options.country === 'MY')
  const identifier = new Set(values).size * 2 > values.length ? tried.find((kind) => fits(kind)) : undefined
  if (identifier !== undefined) return { kind: 'identifier', identifier }
  if (isCodeLike(values)) return { kind: 'code' }
  if (!hasWords(values)) return { kind: 'other' }
  const word = name.toLowerCase()
  if (/name|nama|recipient|penerima/.test(word)) return { kind: 'text', form: 'name' }
  if (/addr|alamat|street|jalan/.test(word)) return { kind: 'text', form: 'place' }
  return { kind: 'text', form: 'code' }
}

/** Most values have two words with letters. */
function hasWords(values: readonly string[]): boolean {
  return values.filter((value) => /\p{L}\S{0,200}\s+\S/u.test(value)).length * 2 > values.length
}

function given(country: string | undefined): CanonicalOptions {
  return country === undefined ? {} : { country }
}
