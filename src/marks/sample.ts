import { limits, type Fault } from '../base/index.ts'
import type { Row, TableReader } from '../formats/index.ts'
import { canonical, tokenOf, type IdentifierKind, type TokenKey } from '../persons/index.ts'
import type { SampleRow } from './align.ts'

/** A sample as its marks are read: at most `limits.sampleRows` rows, the rest counted. */
export interface MarkSample {
  readonly rows: readonly SampleRow[]
  readonly columns: readonly string[]
  readonly rowCount: number
  readonly faults: readonly Fault[]
}

const headRows = 500

/** Reads a sample. Every column is tried as every kind of identifier the extracts have: headers may be missing or lie. */
export async function readSample(options: {
  readonly table: TableReader
  readonly identifiers: readonly IdentifierKind[]
  readonly tokens: TokenKey
  readonly country?: string
}): Promise<MarkSample> {
  const { table, identifiers, tokens, country } = options
  const read: Row[] = []
  const faults: Fault[] = []
  let rowCount = 0
  for await (const batch of table.rows) {
    rowCount += batch.records.length
    for (const row of batch.records) if (read.length < limits.sampleRows) read.push(row)
    for (const one of batch.faults) if (faults.length < limits.faultsKept) faults.push(one)
  }
  const form = country === undefined ? {} : { country }
  const head = read.slice(0, headRows)
  const columns = table.columns.flatMap((_, at) => {
    const values = head.map((row) => row.values[at] ?? '').filter((value) => value.trim() !== '')
    return [...new Set(identifiers)].flatMap((identifier) => {
      const valid = values.filter((value) => canonical(identifier, value, form) !== undefined).length
      return valid > 0 && valid * 2 >= values.length ? [{ at, identifier }] : []
    })
  })
  const rows = read.map(({ values }): SampleRow => {
    const found = columns.flatMap(({ at, identifier }) => {
      const text = canonical(identifier, values[at] ?? '', form)
      return text === undefined ? [] : [tokenOf(tokens, identifier, text)]
    })
    return { tokens: found, cells: values }
  })
  return { rows, columns: table.columns, rowCount, faults }
}
