import { UserError, type Fault } from '../base/index.ts'
import type { Row, TableReader } from '../formats/index.ts'
import type { IdentifierKind } from '../persons/index.ts'
import { allowedIn, checkAllowance, kindsFor, type Allowance } from './allowance.ts'
import type { MarksKey } from './marks-key.ts'
import { allowedMask } from './mark-cell.ts'
import { rolesOf, type Role } from './roles.ts'
import { inKeyOrder } from './row-key.ts'
import type { MarkGroup, TextForm } from './site.ts'
import { codeSpellings, dateSpellings, drawSpelling, type CodeSpelling, type DateSpelling } from './spelling.ts'

/** A column that is marked row by row. */
export interface MarkedColumn {
  readonly name: string
  readonly form: TextForm
  /** Kinds of sites allowed, as names and as a mask over `siteKinds`. */
  readonly kinds: readonly string[]
  readonly mask: number
}

/** Everything an extract's bytes follow from, but its rows and the key. */
export interface ExtractPlan {
  readonly extract: string
  readonly holder: string
  readonly pool?: string
  /** Share of the sites that is used, above 0 and at most 1. */
  readonly density: number
  readonly country?: string
  /** Columns handed out, in order, with where they stand in a row of the source. */
  readonly columns: readonly {
    readonly name: string
    readonly at: number
    readonly role: Role
    readonly allowed: readonly MarkGroup[]
  }[]
  /** In key order. `at` is the place in a row of the source. */
  readonly identifiers: readonly { readonly name: string; readonly at: number; readonly identifier: IdentifierKind }[]
  readonly marked: readonly (MarkedColumn & { readonly at: number })[]
  readonly dates?: { readonly columns: readonly string[]; readonly spelling: DateSpelling }
  readonly codes?: { readonly columns: readonly string[]; readonly spelling: CodeSpelling }
  /** Rows of the source. */
  readonly rows: number
  /** The first rows: what canary rows are filled from. */
  readonly head: readonly Row[]
  readonly faults: readonly Fault[]
  readonly faultCount: number
}

/** Half of the sites: a handful of rows still tells, and half of the cells stay as they were. */
const defaultDensity = 0.5
const headRows = 2_000
const faultsKept = 100

/** Reads the source once: what its columns are, how many rows it has, and what of it may be marked. */
export async function planExtract(options: {
  readonly table: TableReader
  readonly key: MarksKey
  readonly extract: string
  readonly holder: string
  readonly allowance: Allowance
  readonly pool?: string
  readonly density?: number
  readonly country?: string
  readonly meanings?: Readonly<Record<string, string>>
  /** Columns handed out; all of the source when absent. */
  readonly fields?: readonly string[]
}): Promise<ExtractPlan> {
  const { table, key, extract, holder, allowance, pool, country, meanings, fields } = options
  const head: Row[] = []
  const faults: Fault[] = []
  let rows = 0
  let faultCount = 0
  for await (const batch of table.rows) {
    rows += batch.records.length
    for (const row of batch.records) if (head.length < headRows) head.push(row)
    faultCount += batch.faults.length
    for (const one of batch.faults) if (faults.length < faultsKept) faults.push(one)
  }
  const roles = rolesOf({
    columns: table.columns,
    rows: head,
    ...(meanings === undefined ? {} : { meanings }),
    ...(country === undefined ? {} : { country }),
  })
  const columns = (fields ?? table.columns).map((name) => {
    const at = table.columns.indexOf(name)
    const role = roles[at]
    if (role === undefined)
      throw new UserError({
        code: 'extract-field-unknown',
        message: `the source has no column ${JSON.stringify(name)}`,
        hint: `columns of the source: ${table.columns.join(', ')}`,
        exitCode: 2,
      })
    return { name, at, role, allowed: allowedIn(allowance, name) }
  })
  checkAllowance(
    allowance,
    columns.map((column) => column.name),
  )
  const identifiers = columns.flatMap(({ name, at, role }) =>
    role.kind === 'identifier' ? [{ name, at, identifier: role.identifier }] : [],
  )
  const marked = columns.flatMap(({ name, at, role, allowed }) => {
    const kinds = kindsFor(role, allowed)
    if (role.kind !== 'text' || kinds.length === 0 || identifiers.length === 0) return []
    return [{ name, at, form: role.form, kinds, mask: allowedMask(role.form, kinds) }]
  })
  const named = (kind: 'date' | 'code', group: MarkGroup): readonly string[] =>
    columns.flatMap((column) => (column.role.kind === kind && column.allowed.includes(group) ? [column.name] : []))
  const dates = named('date', 'dates')
  const codes = named('code', 'codes')
  const of = { holder, extract }
  return {
    extract,
    holder,
    ...(pool === undefined ? {} : { pool }),
    density: options.density ?? defaultDensity,
    ...(country === undefined ? {} : { country }),
    columns,
    identifiers: inKeyOrder(identifiers),
    marked,
    ...(dates.length === 0 ? {} : { dates: { columns: dates, spelling: drawSpelling(key, of, dateSpellings) } }),
    ...(codes.length === 0 ? {} : { codes: { columns: codes, spelling: drawSpelling(key, of, codeSpellings) } }),
    rows,
    head,
    faults,
    faultCount,
  }
}
