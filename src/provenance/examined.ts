import type { Frequencies } from './frequency.ts'
import type { Sample, SampleRow } from './sample.ts'

/** The rows of a sample that are weighed: each distinct row once, in an order that does not depend on the file (rule P1). */
export interface Examined {
  readonly rows: readonly SampleRow[]
  /** Rows left out because an identical one is weighed. */
  readonly repeated: number
  /** Weighed cells by tag: log u of the value in each row, NaN where the row has none (rule P6). By position in `rows`. */
  readonly cells: ReadonlyMap<string, Float64Array>
  /** Share of the rows that have a value, by tag. */
  readonly filled: ReadonlyMap<string, number>
  /** log P(row | invented): every weighed cell drawn by its frequency, or empty as often as in the sample (rule P6). */
  readonly invented: Float64Array
  /** Weighed identifiers a row carries. */
  readonly identifiers: Uint8Array
}

/** The distinct rows of a sample in the order of their tokens. */
export function distinctRows(sample: Sample): readonly SampleRow[] {
  const seen = new Map<string, SampleRow>()
  for (const row of sample.rows) {
    const text = `${row.ids.join(',')};${row.fields.join(',')}`
    const known = seen.get(text)
    if (known === undefined || row.n < known.n) seen.set(text, row)
  }
  return [...seen].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}

/** Looks up what each cell would cost if it were drawn by chance; tags in `setAside` and tags no copy holds are left out. */
export function examine(options: {
  readonly sample: Sample
  readonly rows: readonly SampleRow[]
  readonly frequencies: Frequencies
  readonly setAside: readonly string[]
}): Examined {
  const { sample, rows, frequencies, setAside } = options
  const cells = new Map<string, Float64Array>()
  const filledShares = new Map<string, number>()
  const invented = new Float64Array(rows.length)
  const identifiers = new Uint8Array(rows.length)
  const add = (tag: string, at: number, array: 'ids' | 'fields'): void => {
    const frequency = frequencies.get(tag)
    if (frequency === undefined || setAside.includes(tag) || cells.has(tag)) return
    const logs = new Float64Array(rows.length).fill(Number.NaN)
    for (const [position, row] of rows.entries()) {
      const token = row[array][at] ?? ''
      if (token === '') continue
      const log = frequency.of.get(token) ?? frequency.floor
      logs[position] = log
      invented[position] = (invented[position] ?? 0) + log
      if (array === 'ids') identifiers[position] = (identifiers[position] ?? 0) + 1
    }
    // A row made up leaves a cell empty as often as the sample as a whole does.
    const filled = logs.filter((log) => !Number.isNaN(log)).length
    const share = (filled + 0.5) / (rows.length + 1)
    for (const [position, log] of logs.entries())
      invented[position] = (invented[position] ?? 0) + Math.log(Number.isNaN(log) ? 1 - share : share)
    cells.set(tag, logs)
    filledShares.set(tag, share)
  }
  for (const [at, tag] of sample.idTags.entries()) add(tag, at, 'ids')
  for (const [at, tag] of sample.fieldTags.entries()) add(tag, at, 'fields')
  return { rows, repeated: sample.rows.length - rows.length, cells, filled: filledShares, invented, identifiers }
}
