import { canonical, type CanonicalOptions } from '../persons/index.ts'
import type { Column } from './columns.ts'
import { tableSize } from './table-size.ts'
import type { TableSize } from './verdict.ts'

/** What raw rows show that tokens do not; counts only, no value is kept (rule P21). */
export interface SampleSigns {
  /** Rows with a national identity number of Malaysia and a date of birth, and those in which the two say the same day. */
  readonly births: { readonly rows: number; readonly same: number }
  /** Spearman's rank correlation of contract number and day of activation; rows it rests on. */
  readonly sequence: { readonly rows: number; readonly rank: number }
  /** Cells looked at and empty ones. */
  readonly cells: number
  readonly empty: number
  /** The table that contract numbers were drawn from, when they are plain numbers and look like draws from a sequence. */
  readonly table?: TableSize
}

/** Rows looked at. */
const mostRows = 20_000

/** Collects the signs row by row; `finish` gives the counts. */
export class SignReader {
  readonly #options: CanonicalOptions
  readonly #nationalId: number
  readonly #birth: number
  readonly #contract: number
  readonly #activated: number
  readonly #pairs: { number: number; day: number }[] = []
  readonly #numbers = new Set<number>()
  #rows = 0
  #births = 0
  #same = 0
  #cells = 0
  #empty = 0

  constructor(columns: readonly Column[], options: CanonicalOptions) {
    this.#options = options
    const at = (test: (column: Column) => boolean): number => columns.findIndex(test)
    const isId = (kind: string) => (column: Column) => column.meaning.kind === 'identifier' && column.meaning.identifier === kind
    const isField = (field: string) => (column: Column) => column.meaning.kind === 'field' && column.meaning.field === field
    this.#nationalId = options.country === 'MY' ? at(isId('national-id')) : -1
    this.#birth = at(isField('date-of-birth'))
    this.#contract = at(isId('contract'))
    this.#activated = at(isField('activated'))
  }

  /** Looks at one row of raw values. */
  add(values: readonly string[]): void {
    if (this.#rows >= mostRows) return
    this.#rows += 1
    this.#cells += values.length
    for (const value of values) if (value.trim() === '') this.#empty += 1
    const id = this.#form('national-id', values[this.#nationalId])
    const birth = this.#form('date', values[this.#birth])
    if (id !== undefined && birth !== undefined) {
      this.#births += 1
      if (birth.slice(2).replaceAll('-', '') === id.slice(0, 6)) this.#same += 1
    }
    const contract = this.#form('contract', values[this.#contract])
    if (contract !== undefined && /^[0-9]{4,12}$/.test(contract)) {
      const number = Number(contract)
      this.#numbers.add(number)
      const activated = this.#form('date', values[this.#activated])
      if (activated !== undefined) this.#pairs.push({ number, day: Date.parse(activated) / 86_400_000 })
    }
  }

  finish(): SampleSigns {
    const table = tableSize(this.#numbers)
    return {
      births: { rows: this.#births, same: this.#same },
      sequence: { rows: this.#pairs.length, rank: spearman(this.#pairs) },
      cells: this.#cells,
      empty: this.#empty,
      ...(table === undefined ? {} : { table }),
    }
  }

  #form(kind: 'national-id' | 'date' | 'contract', raw: string | undefined): string | undefined {
    return raw === undefined ? undefined : canonical(kind, raw, this.#options)
  }
}

/** Spearman's rank correlation; 0 below three pairs. Ties share their mean rank. */
function spearman(pairs: readonly { readonly number: number; readonly day: number }[]): number {
  if (pairs.length < 3) return 0
  const a = ranks(pairs.map((pair) => pair.number))
  const b = ranks(pairs.map((pair) => pair.day))
  const mean = (pairs.length + 1) / 2
  let product = 0
  let squareA = 0
  let squareB = 0
  for (const [at, rank] of a.entries()) {
    product += (rank - mean) * ((b[at] ?? 0) - mean)
    squareA += (rank - mean) ** 2
    squareB += ((b[at] ?? 0) - mean) ** 2
  }
  return squareA === 0 || squareB === 0 ? 0 : product / Math.sqrt(squareA * squareB)
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((value, at) => ({ value, at })).toSorted((x, y) => x.value - y.value)
  const result = Array.from({ length: values.length }, () => 0)
  let start = 0
  while (start < order.length) {
    let end = start
    while (end + 1 < order.length && order[end + 1]?.value === order[start]?.value) end += 1
    for (let at = start; at <= end; at += 1) result[order[at]?.at ?? 0] = (start + end) / 2 + 1
    start = end + 1
  }
  return result
}
