import { identifierKinds, type CanonicalOptions, type TokenKey } from '../persons/index.ts'
import type { Lake } from '../store/index.ts'
import { cellTokens, readingsOf, targetsOf, type HeldCopy } from './align-cells.ts'
import { leastGain, settle, type Evidence } from './align-evidence.ts'
import { evidenceOfRows, type OpenColumn } from './align-rows.ts'
import { evidenceOfValues } from './align-values.ts'
import { distinctFields, inferColumns, saidText, type Basis, type Column, type Meaning } from './columns.ts'
import { headerMeaning } from './header-words.ts'
import { tokenTag } from './tokenise.ts'

/** Rows of the sample that are compared to tell what its columns hold, evenly spread over the first rows. */
const comparedRows = 300
/** Cells taken into the comparison; a table of very many columns is compared in fewer rows. */
const mostCells = 200_000
const fewestRows = 40

/**
 * Column meanings by content (rule P2): the sample's cells, tokened as every column of the copies, are compared with what the copies hold;
 * a header that its values contradict loses, and `basis` says so. Columns that no copy settles keep what `inferColumns` says.
 * Overrides of `map` stand. Only tokens go to the engine, and only counts and tokens come back; at most two queries per copy.
 */
export async function alignColumns(options: {
  readonly columns: readonly string[]
  /** The first rows of the table. */
  readonly rows: readonly { readonly values: readonly string[] }[]
  readonly copies: readonly HeldCopy[]
  readonly lake: Lake
  readonly key: TokenKey
  readonly country?: string
  readonly map?: Readonly<Record<string, string>>
}): Promise<readonly Column[]> {
  const { lake, rows, copies } = options
  const inferred = inferColumns(options)
  const targets = targetsOf(copies)
  if (targets.length === 0 || rows.length === 0) return inferred
  const form: CanonicalOptions = options.country === undefined ? {} : { country: options.country }
  const tokens = cellTokens(options.key, form)
  const count = Math.min(comparedRows, rows.length, Math.max(fewestRows, Math.floor(mostCells / Math.max(1, inferred.length))))
  const looked = Array.from({ length: count }, (_, at) => rows[Math.floor((at * rows.length) / count)]?.values ?? [])
  const open = inferred.flatMap((column, at): OpenColumn[] => {
    if (column.basis?.kind === 'map' || ['secret', 'valid-from', 'valid-to'].includes(column.meaning.kind)) return []
    const cells = looked.map((values) => (values[at] ?? '').trim())
    const values = cells.filter((value) => value !== '')
    return values.length === 0 ? [] : [{ column: at, cells, readings: readingsOf(values, targets, form) }]
  })
  const said = (column: number): string | undefined => saidTag(options.columns[column] ?? '')
  const ordered = copies.toSorted((a, b) => (a.copy.id < b.copy.id ? -1 : 1))
  const leaks = new Set(copies.filter(({ copy }) => copy.kind === 'leak').map(({ copy }) => copy.id))
  const byRows: Evidence[] = []
  for (const held of ordered) byRows.push(...(await evidenceOfRows({ lake, held, columns: open, tokens })))
  const least = leastGain(open.reduce((sum, one) => sum + one.readings.length, 0))
  const found = new Map(settle(byRows, { least, said, leaks }))
  const taken = new Set([...found.values()].map((one) => one.reading.target.tag))
  const left = open
    .filter((one) => !found.has(one.column))
    .map((one) => ({ ...one, readings: one.readings.filter(({ target }) => !taken.has(target.tag)) }))
  const byValues = await evidenceOfValues({ lake, copies: ordered, columns: left, tokens, said })
  for (const [column, one] of settle(byValues, { least: 0, said, leaks })) found.set(column, one)
  const validOf = ({ column, reading }: Evidence): number => {
    const values = open.find((one) => one.column === column)?.cells.filter((cell) => cell !== '') ?? []
    return Math.round((100 * values.filter((value) => tokens.token(reading, value) !== '').length) / Math.max(1, values.length))
  }
  const columns = inferred.map((column, at): Column => {
    const one = found.get(at)
    return one === undefined ? column : { ...column, ...foundAs({ one, name: column.name, said: said(at), valid: validOf(one) }) }
  })
  return distinctFields(columns, new Set(found.keys()))
}

function foundAs(options: {
  readonly one: Evidence
  readonly name: string
  readonly said: string | undefined
  readonly valid: number
}): { meaning: Meaning; basis: Basis } {
  const { one, name, said, valid } = options
  const { reading, by, copy, rows, share, chance } = one
  const { tag, kind } = reading.target
  const header = headerMeaning(name)
  const against = header === undefined || said === tag ? {} : { against: saidText(header) }
  const identifier = identifierKinds.find((known) => known === tag)
  const meaning: Meaning =
    identifier === undefined
      ? {
          kind: 'field',
          field: tag.slice('field:'.length),
          form: kind === 'date' || kind === 'name' || kind === 'place' ? kind : 'code',
          valid,
          ...(reading.order === undefined ? {} : { order: reading.order }),
        }
      : { kind: 'identifier', identifier, valid }
  const percent = (fraction: number): number => Math.round(fraction * 100)
  return { meaning, basis: { kind: 'found', by, copy, rows, share: percent(share), chance: percent(chance), ...against } }
}

function saidTag(name: string): string | undefined {
  const said = headerMeaning(name)
  return said?.kind === 'identifier' || said?.kind === 'field' ? tokenTag({ ...said, valid: 0 }) : undefined
}
