import { UserError } from '../base/index.ts'
import { attributeKinds, canonical, isIdentifierKind, type AttributeKind, type IdentifierKind } from '../persons/index.ts'
import { headerMeaning, slug } from './header-words.ts'

/** What a column holds. `valid`: share of its non-empty values (per cent of those looked at) that have the form. */
export type Meaning =
  | { readonly kind: 'identifier'; readonly identifier: IdentifierKind; readonly valid: number }
  | { readonly kind: 'field'; readonly field: string; readonly form: AttributeKind; readonly valid: number }
  | { readonly kind: 'valid-from' }
  | { readonly kind: 'valid-to' }
  /** A password or an address of a login page: never tokenised; tells a list of stolen logins. */
  | { readonly kind: 'secret' }
  | { readonly kind: 'ignored' }

export interface Column {
  readonly name: string
  readonly meaning: Meaning
}

/** The kinds tried on values whose header says nothing, the strictest first. */
const tellingKinds = ['imei', 'iccid', 'email', 'imsi', 'national-id', 'mac', 'msisdn'] as const

/**
 * Column meanings from headers and the first rows (rule P2). `map` overrides by column name, in the text form of `meaningText`:
 * an identifier kind, `FORM:FIELD` (`code:plan`), `valid-from`, `valid-to`, `secret` or `ignored`.
 */
export function inferColumns(options: {
  readonly columns: readonly string[]
  readonly rows: readonly { readonly values: readonly string[] }[]
  readonly country?: string
  readonly map?: Readonly<Record<string, string>>
}): readonly Column[] {
  const { columns, rows, country, map = {} } = options
  for (const name of Object.keys(map)) if (!columns.includes(name)) throw unknownColumn(name, columns)
  const taken = new Set<string>()
  return columns.map((name, at): Column => {
    const values = rows.map((row) => row.values[at] ?? '').filter((value) => value.trim() !== '')
    const share = (kind: IdentifierKind | AttributeKind): number =>
      values.length === 0
        ? 0
        : (100 *
            values.filter((value) => canonical(kind, value, country === undefined ? {} : { country }) !== undefined).length) /
          values.length
    const mapped = Object.hasOwn(map, name) ? map[name] : undefined
    const meaning = mapped === undefined ? inferred({ name, values, share }) : parseMeaning(name, mapped, share)
    // A second column of the same field gets its own name, so that every field of a copy stands once.
    if (meaning.kind !== 'field') return { name, meaning }
    const field = taken.has(meaning.field) ? `${meaning.field}-${at + 1}` : meaning.field
    taken.add(field)
    return { name, meaning: { ...meaning, field } }
  })
}

function inferred(column: {
  readonly name: string
  readonly values: readonly string[]
  readonly share: (kind: IdentifierKind | AttributeKind) => number
}): Meaning {
  const { name, values, share } = column
  const said = headerMeaning(name)
  if (said !== undefined && said.kind !== 'identifier' && said.kind !== 'field') return said
  if (said?.kind === 'identifier') {
    // A false check digit is evidence, so a column called IMEI or ICCID stays one.
    const checked = said.identifier === 'imei' || said.identifier === 'iccid'
    const valid = share(said.identifier)
    if (valid >= 50 || checked || values.length === 0) return { ...said, valid: Math.round(valid) }
  }
  if (said?.kind === 'field') {
    const valid = share(said.form)
    if (valid >= 50 || values.length === 0) return { ...said, valid: Math.round(valid) }
    return { kind: 'field', field: said.field, form: 'code', valid: 100 }
  }
  if (values.length === 0) return { kind: 'ignored' }
  const field = slug(name).replaceAll('_', '-') || 'column'
  if (share('date') >= 95) return { kind: 'field', field, form: 'date', valid: Math.round(share('date')) }
  const distinct = new Set(values).size
  // Under a name of its own, a number that nobody would dial is an amount or a key, not a phone number.
  const dialled = /^c[0-9]+$/.test(name) || values.every((value) => /^[' ]{0,2}[+0]/.test(value))
  // Twelve digits alone are a document's number sooner than a hardware address.
  const hexadecimal = values.some((value) => /[a-f:-]/i.test(value))
  const fits = (kind: (typeof tellingKinds)[number]): boolean =>
    (kind !== 'msisdn' || dialled) && (kind !== 'mac' || hexadecimal) && share(kind) >= 95
  const telling = tellingKinds.find((kind) => distinct * 2 > values.length && fits(kind))
  if (telling !== undefined) return { kind: 'identifier', identifier: telling, valid: Math.round(share(telling)) }
  return { kind: 'field', field, form: 'code', valid: Math.round(share('code')) }
}

/** A meaning as text, the form that `map` takes. */
export function meaningText(meaning: Meaning): string {
  switch (meaning.kind) {
    case 'identifier':
      return meaning.identifier
    case 'field':
      return `${meaning.form}:${meaning.field}`
    case 'valid-from':
    case 'valid-to':
    case 'secret':
    case 'ignored':
      return meaning.kind
  }
}

function parseMeaning(name: string, text: string, share: (kind: IdentifierKind | AttributeKind) => number): Meaning {
  if (text === 'valid-from' || text === 'valid-to' || text === 'secret' || text === 'ignored') return { kind: text }
  if (isIdentifierKind(text)) return { kind: 'identifier', identifier: text, valid: Math.round(share(text)) }
  const [form, field = ''] = text.split(':')
  const known = attributeKinds.find((kind) => kind === form)
  if (known !== undefined && /^[a-z][a-z0-9-]{0,60}$/.test(field))
    return { kind: 'field', field, form: known, valid: Math.round(share(known)) }
  throw new UserError({
    code: 'column-meaning-unknown',
    message: `the column map gives column ${JSON.stringify(name)} a meaning that is not known`,
    hint: 'use an identifier kind (msisdn, imsi, imei, iccid, national-id, email, contract, cpe-serial, mac), FORM:FIELD such as code:plan (forms: date, name, place, code), valid-from, valid-to, secret or ignored',
  })
}

function unknownColumn(name: string, columns: readonly string[]): UserError {
  return new UserError({
    code: 'column-unknown',
    message: `the column map names ${JSON.stringify(name)}, which the table does not have`,
    hint: `columns of the table: ${columns.join(', ')}`,
  })
}
