import { UserError } from '../base/index.ts'
import {
  attributeKinds,
  canonical,
  identifierKinds,
  isIdentifierKind,
  type AttributeKind,
  type CanonicalOptions,
  type IdentifierKind,
} from '../persons/index.ts'
import { headerMeaning, slug, type HeaderMeaning } from './header-words.ts'

/** How the day and the month of a date are written, where that is not the country's way. */
export type DateOrder = 'day-first' | 'month-first'

/** What a column holds. `valid`: share of its non-empty values (per cent of those looked at) that have the form. */
export type Meaning =
  | { readonly kind: 'identifier'; readonly identifier: IdentifierKind; readonly valid: number }
  | {
      readonly kind: 'field'
      readonly field: string
      readonly form: AttributeKind
      readonly valid: number
      readonly order?: DateOrder
    }
  | { readonly kind: 'valid-from' }
  | { readonly kind: 'valid-to' }
  /** A password or an address of a login page: never tokenised; tells a list of stolen logins. */
  | { readonly kind: 'secret' }
  | { readonly kind: 'ignored' }

/**
 * Why a column has its meaning. `said`: by its header. `form`: by check digits, number plans and shapes of its values. `named`: nothing told,
 * it compares with columns of its own name. `map`: by a person. `found`: by its values, held by a copy: `share` of the `rows`
 * looked at agree where `chance` would make so many (per cent); `by` rows that meet the copy's rows, or by the values alone.
 * `against`: what the header said and the values contradict.
 */
export type Basis =
  | { readonly kind: 'said' | 'map' }
  | { readonly kind: 'form' | 'named'; readonly against?: string }
  | {
      readonly kind: 'found'
      readonly by: 'rows' | 'values'
      readonly copy: string
      readonly rows: number
      readonly share: number
      readonly chance: number
      readonly against?: string
    }

export interface Column {
  readonly name: string
  readonly meaning: Meaning
  readonly basis?: Basis
  /** Per cent of the values that a spreadsheet has rounded to a power of ten (`6.01235E+10`): what they were is lost. */
  readonly rounded?: number
}

/** The kinds tried on values whose header says nothing, the strictest first. */
const tellingKinds = ['imei', 'iccid', 'email', 'ip', 'imsi', 'national-id', 'mac', 'cpe-serial', 'msisdn'] as const
/** Values looked at of a whole table; a table of very many columns is looked at in fewer rows. */
const mostCells = 400_000
const fewestRows = 50

const powerOfTen = /^ ?[0-9](?:[.,][0-9]{1,15})?[Ee]\+?[0-9]{1,2} ?$/

/** A column's values on their way to a meaning. */
interface Cells {
  readonly name: string
  /** Non-empty values. */
  readonly values: readonly string[]
  /** Per cent of the values that have the form; `least`: below that share the answer is 0, found early. */
  readonly share: (kind: IdentifierKind | AttributeKind, order?: DateOrder, least?: number) => number
  readonly usualOrder: DateOrder
}

/**
 * Column meanings from headers and the first rows (rule P2). `map` overrides by column name, in the text form of `meaningText`:
 * an identifier kind, `FORM:FIELD` (`code:plan`; `mdy-date:joined` where the month stands first), `valid-from`, `valid-to`, `secret` or `ignored`.
 */
export function inferColumns(options: {
  readonly columns: readonly string[]
  readonly rows: readonly { readonly values: readonly string[] }[]
  readonly country?: string
  readonly map?: Readonly<Record<string, string>>
}): readonly Column[] {
  const { columns, country, map = {} } = options
  for (const name of Object.keys(map)) if (!columns.includes(name)) throw unknownColumn(name, columns)
  const rows = options.rows.slice(0, Math.max(fewestRows, Math.floor(mostCells / Math.max(1, columns.length))))
  const form: CanonicalOptions = country === undefined ? {} : { country }
  return distinctFields(
    columns.map((name, at): Column => {
      const values = rows.map((row) => row.values[at] ?? '').filter((value) => value.trim() !== '')
      const cells: Cells = {
        name,
        values,
        share: (kind, order, least = 0) => shareOf(values, kind, inOrder(form, order), least),
        usualOrder: country === 'US' ? 'month-first' : 'day-first',
      }
      const mapped = Object.hasOwn(map, name) ? map[name] : undefined
      const rounded = Math.round((100 * values.filter((value) => powerOfTen.test(value)).length) / Math.max(1, values.length))
      const lost = rounded === 0 ? {} : { rounded }
      if (mapped !== undefined) return { name, meaning: parseMeaning(mapped, cells), basis: { kind: 'map' }, ...lost }
      return { name, ...inferred(cells), ...lost }
    }),
  )
}

/** Columns in which every field stands once: a further column of a field gets a name of its own. `first`: columns that keep theirs. */
export function distinctFields(columns: readonly Column[], first: ReadonlySet<number> = new Set()): readonly Column[] {
  const taken = new Set<string>()
  const result: Column[] = [...columns]
  const order = [...columns.keys()].toSorted((a, b) => Number(first.has(b)) - Number(first.has(a)) || a - b)
  for (const at of order) {
    const column = columns[at]
    if (column?.meaning.kind !== 'field') continue
    const { meaning } = column
    const field = taken.has(meaning.field) ? `${meaning.field}-${at + 1}` : meaning.field
    taken.add(field)
    if (field !== meaning.field) result[at] = { ...column, meaning: { ...meaning, field } }
  }
  return result
}

/** Options under which a column's values have their canonical form. */
export function canonicalOptions(meaning: Meaning, options: CanonicalOptions): CanonicalOptions {
  return inOrder(options, meaning.kind === 'field' ? meaning.order : undefined)
}

// The order of day and month is the one thing in which a country's dates differ (persons, D1).
function inOrder(options: CanonicalOptions, order: DateOrder | undefined): CanonicalOptions {
  if (order === undefined) return options
  return order === 'month-first' ? { country: 'US' } : {}
}

function shareOf(
  values: readonly string[],
  kind: IdentifierKind | AttributeKind,
  options: CanonicalOptions,
  least: number,
): number {
  if (values.length === 0) return 0
  const mostWrong = values.length * (1 - least / 100)
  let wrong = 0
  for (const value of values) {
    if (canonical(kind, value, options) !== undefined) continue
    wrong += 1
    if (wrong > mostWrong) return 0
  }
  return (100 * (values.length - wrong)) / values.length
}

function inferred(cells: Cells): { readonly meaning: Meaning; readonly basis: Basis } {
  const { name, values, share } = cells
  const said = headerMeaning(name)
  if (said?.kind === 'valid-to') return { meaning: said, basis: { kind: 'said' } }
  if (said?.kind === 'valid-from' && (values.length === 0 || share('date') >= 50))
    return { meaning: said, basis: { kind: 'said' } }
  // Only identifiers beyond doubt show that a column of passwords is none.
  if (said?.kind === 'secret' && !tellingKinds.some((kind) => tells(kind, cells)))
    return { meaning: said, basis: { kind: 'said' } }
  if (said?.kind === 'identifier') {
    // A false check digit is evidence, so a column called IMEI or ICCID stays one.
    const checked = said.identifier === 'imei' || said.identifier === 'iccid'
    const valid = share(said.identifier)
    const shaped = valid >= 50 || (checked && values.some((value) => /[0-9]{6}/.test(value)))
    if (shaped || values.length === 0) return { meaning: { ...said, valid: Math.round(valid) }, basis: { kind: 'said' } }
  }
  if (said?.kind === 'field') {
    const dated = said.form === 'date' ? dates(said.field, cells, 50) : undefined
    if (dated !== undefined) return { meaning: dated, basis: { kind: 'said' } }
    const valid = share(said.form)
    if (valid >= 50 || values.length === 0) return { meaning: { ...said, valid: Math.round(valid) }, basis: { kind: 'said' } }
  }
  const against = said === undefined ? {} : { against: saidText(said) }
  if (values.length === 0) return { meaning: { kind: 'ignored' }, basis: { kind: 'named' } }
  const field =
    said?.kind === 'field'
      ? said.field
      : slug(name)
          .replaceAll('_', '-')
          .replace(/^[^a-z]+/, '') || 'column'
  const dated = dates(field, cells, 95)
  if (dated !== undefined) return { meaning: dated, basis: { kind: 'form', ...against } }
  const telling = tellingKinds.find((kind) => tells(kind, cells))
  if (telling !== undefined) {
    return {
      meaning: { kind: 'identifier', identifier: telling, valid: Math.round(share(telling)) },
      basis: { kind: 'form', ...against },
    }
  }
  return {
    meaning: { kind: 'field', field, form: 'code', valid: Math.round(share('code')) },
    basis: { kind: 'named', ...against },
  }
}

/** What a header says, in the form of `meaningText`. */
export function saidText(said: HeaderMeaning): string {
  return meaningText(said.kind === 'identifier' || said.kind === 'field' ? { ...said, valid: 0 } : said)
}

/** Dates in the order that more of the values have; the country's way when both fit alike. */
function dates(field: string, { values, share, usualOrder }: Cells, least: number): Meaning | undefined {
  if (values.length === 0) return undefined
  const usual = share('date', undefined, least)
  const other: DateOrder = usualOrder === 'day-first' ? 'month-first' : 'day-first'
  const turned = usual >= 99.9 ? 0 : share('date', other, Math.max(least, 95))
  if (turned > usual) return { kind: 'field', field, form: 'date', valid: Math.round(turned), order: other }
  return usual >= least && usual > 0 ? { kind: 'field', field, form: 'date', valid: Math.round(usual) } : undefined
}

/** Do the values alone show that they are of the kind? Nearly all have its form, and they are mostly distinct. */
function tells(kind: (typeof tellingKinds)[number], { name, values, share }: Cells): boolean {
  if (share(kind, undefined, 95) < 95) return false
  const distinct = new Set(values).size * 2 > values.length
  switch (kind) {
    case 'msisdn':
      // Under a name of its own, a number that nobody would dial is an amount or a key, not a phone number.
      return distinct && (/^c[0-9]+$/.test(name) || values.every((value) => /^[' ]{0,2}[+0]/.test(value)))
    case 'mac':
      // Twelve digits alone are a document's number sooner than a hardware address.
      return distinct && values.some((value) => /[a-f:-]/i.test(value))
    case 'cpe-serial':
      // The serial number of an optical terminal (ITU-T G.984.3): four letters of the maker, then eight hexadecimal digits.
      return distinct && values.every((value) => /^ ?[A-Z]{4}-?(?=[0-9A-F]{0,7}[0-9])[0-9A-F]{8} ?$/i.test(value))
    case 'ip':
      // Subscribers share addresses: they need not be distinct. A version number is no address.
      return values.every((value) => /[0-9a-f][.:][0-9a-f:]{0,40}[.:]/i.test(value))
    default:
      return distinct
  }
}

/** A meaning as text, the form that `map` takes. */
export function meaningText(meaning: Meaning): string {
  switch (meaning.kind) {
    case 'identifier':
      return meaning.identifier
    case 'field':
      return `${meaning.order === undefined ? '' : orderWords[meaning.order]}${meaning.form}:${meaning.field}`
    case 'valid-from':
    case 'valid-to':
    case 'secret':
    case 'ignored':
      return meaning.kind
  }
}

const orderWords: Readonly<Record<DateOrder, string>> = { 'day-first': 'dmy-', 'month-first': 'mdy-' }

function parseMeaning(text: string, { name, share, usualOrder }: Cells): Meaning {
  if (text === 'valid-from' || text === 'valid-to' || text === 'secret' || text === 'ignored') return { kind: text }
  if (isIdentifierKind(text)) return { kind: 'identifier', identifier: text, valid: Math.round(share(text)) }
  const [form, field = ''] = text.replace(/^(?:dmy|mdy)-(?=date:)/, '').split(':')
  const known = attributeKinds.find((kind) => kind === form)
  if (known !== undefined && /^[a-z][a-z0-9-]{0,60}$/.test(field)) {
    const wanted = text.startsWith('mdy-') ? 'month-first' : text.startsWith('dmy-') ? 'day-first' : undefined
    const order = wanted === undefined || wanted === usualOrder ? undefined : wanted
    const valid = Math.round(share(known, order))
    return { kind: 'field', field, form: known, valid, ...(order === undefined ? {} : { order }) }
  }
  throw new UserError({
    code: 'column-meaning-unknown',
    message: `the column map gives column ${JSON.stringify(name)} a meaning that is not known`,
    hint: `use an identifier kind (${identifierKinds.join(', ')}), FORM:FIELD such as code:plan (forms: date, name, place, code; mdy-date and dmy-date where month or day stand first), valid-from, valid-to, secret or ignored`,
  })
}

function unknownColumn(name: string, columns: readonly string[]): UserError {
  return new UserError({
    code: 'column-unknown',
    message: `the column map names ${JSON.stringify(name)}, which the table does not have`,
    hint: `columns of the table: ${columns.slice(0, 100).join(', ')}`,
  })
}
