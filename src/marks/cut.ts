import type { Row, TableReader } from '../formats/index.ts'
import type { TokenKey } from '../persons/index.ts'
import type { CanaryRow } from './canaries.ts'
import { codeBit } from './code.ts'
import { markCell } from './mark-cell.ts'
import type { MarksKey } from './marks-key.ts'
import type { ExtractPlan } from './plan.ts'
import { encodeRow, type IndexLayout } from './row-index.ts'
import { rowKeyOf, rowTokens } from './row-key.ts'
import type { Bit, TextForm } from './site.ts'
import { formOf, siteKinds } from './site-kinds.ts'
import { spelledCode, spelledDate } from './spelling.ts'
import { headerLine, rowLine, type TableFormat } from './table-text.ts'

/** What an extract holds once cut: counts alone. */
export interface CutCounts {
  /** Rows handed out, canary rows among them. */
  readonly rows: number
  readonly canaries: number
  /** Rows without any identifier: they cannot be marked. */
  readonly withoutIdentifier: number
  /** Rows with at least one site. */
  readonly markedRows: number
  readonly sites: readonly { readonly column: string; readonly kind: string; readonly sites: number }[]
  /** The first cells that changed, as shapes: letters and digits are hidden, everything a mark can be in is shown. */
  readonly examples: readonly { readonly column: string; readonly before: string; readonly after: string }[]
}

/** The layout of the index of an extract cut after this plan. */
export function layoutOf(plan: { readonly identifiers: readonly unknown[]; readonly marked: readonly unknown[] }): IndexLayout {
  return { identifiers: plan.identifiers.length, marked: plan.marked.length }
}

/** The site of a column's kind, by the column's name in the source. */
export function siteName(column: string, kind: string): string {
  return `${column}\u001f${kind}`
}

/**
 * Writes the extract row by row: the same source, plan and key give the same bytes. `out` takes text of the extract,
 * `index` the records of its index; a dry run passes functions that write nothing.
 */
export async function cutExtract(options: {
  readonly table: TableReader
  readonly plan: ExtractPlan
  readonly format: TableFormat
  readonly key: MarksKey
  readonly tokens: TokenKey
  /** Canary rows by the number of rows of the source they stand behind, ascending. */
  readonly canaries: readonly CanaryRow[]
  readonly out: (text: string) => Promise<void> | void
  readonly index: (bytes: Buffer) => Promise<void> | void
}): Promise<CutCounts> {
  const { table, plan, format, canaries } = options
  const names = plan.columns.map((column) => column.name)
  const cutter = new RowCutter(options)
  await options.out(headerLine(format, names))
  let waiting = 0
  let seen = 0
  let text = ''
  let records: Buffer[] = []
  const add = (values: readonly string[], canary: boolean): void => {
    const { cells, record } = cutter.cut(values, canary)
    text += rowLine(format, names, cells)
    records.push(record)
  }
  const flush = async (): Promise<void> => {
    await options.out(text)
    await options.index(Buffer.concat(records))
    text = ''
    records = []
  }
  for await (const batch of table.rows) {
    for (const row of batch.records) {
      for (let next = canaries[waiting]; next !== undefined && next.behind <= seen; next = canaries[waiting]) {
        add(next.values, true)
        waiting += 1
      }
      add(row.values, false)
      seen += 1
    }
    await flush()
  }
  for (const next of canaries.slice(waiting)) add(next.values, true)
  await flush()
  return cutter.counts()
}

/** Cuts rows one by one and counts what was set in them. */
class RowCutter {
  readonly #plan: ExtractPlan
  readonly #key: MarksKey
  readonly #tokens: TokenKey
  readonly #layout: IndexLayout
  readonly #sites: number[][]
  readonly #examples: CutCounts['examples'][number][] = []
  #rows = 0
  #canaries = 0
  #withoutIdentifier = 0
  #markedRows = 0

  constructor({ plan, key, tokens }: { readonly plan: ExtractPlan; readonly key: MarksKey; readonly tokens: TokenKey }) {
    this.#plan = plan
    this.#key = key
    this.#tokens = tokens
    this.#layout = layoutOf(plan)
    this.#sites = plan.marked.map(() => siteKinds.map(() => 0))
  }

  cut(values: Row['values'], canary: boolean): { readonly cells: readonly string[]; readonly record: Buffer } {
    const plan = this.#plan
    const options = plan.country === undefined ? {} : { country: plan.country }
    const tokens = rowTokens(this.#tokens, { values }, plan.identifiers, options)
    const row = rowKeyOf(tokens)
    const marks = plan.marked.map((column, at) => this.#mark({ column, at, row, text: values[column.at] ?? '' }))
    this.#rows += 1
    if (canary) this.#canaries += 1
    if (row === undefined) this.#withoutIdentifier += 1
    if (marks.some((cell) => cell.mask !== 0)) this.#markedRows += 1
    const cells = plan.columns.map(({ name, at }) => {
      const value = values[at] ?? ''
      const marked = plan.marked.findIndex((column) => column.at === at)
      if (marked >= 0) return marks[marked]?.text ?? value
      if (plan.dates?.columns.includes(name) === true) return spelledDate(value, plan.dates.spelling, options)
      return plan.codes?.columns.includes(name) === true ? spelledCode(value, plan.codes.spelling) : value
    })
    const record = encodeRow({ tokens, cells: marks }, this.#layout)
    return { cells, record }
  }

  counts(): CutCounts {
    return {
      rows: this.#rows,
      canaries: this.#canaries,
      withoutIdentifier: this.#withoutIdentifier,
      markedRows: this.#markedRows,
      sites: this.#plan.marked.flatMap((column, at) =>
        siteKinds.flatMap((kind, index) =>
          (column.mask & (1 << index)) === 0
            ? []
            : [{ column: column.name, kind: kind.name, sites: this.#sites[at]?.[index] ?? 0 }],
        ),
      ),
      examples: this.#examples,
    }
  }

  #mark(cell: {
    readonly column: ExtractPlan['marked'][number]
    readonly at: number
    readonly row: string | undefined
    readonly text: string
  }): { readonly text: string; readonly mask: number; readonly value: string } {
    const { column, at, row, text } = cell
    if (row === undefined) return { text, mask: 0, value: '' }
    const { extract, holder, pool } = this.#plan
    const code = { extract, holder, ...(pool === undefined ? {} : { pool }) }
    const drawn = siteKinds.map((kind, index) =>
      (column.mask & (1 << index)) === 0 ? undefined : codeBit(this.#key, code, { row, site: siteName(column.name, kind.name) }),
    )
    const used = drawn.reduce(
      (mask, one, index) => (one !== undefined && one.use < this.#plan.density ? mask | (1 << index) : mask),
      0,
    )
    const bitOf = (index: number): Bit => drawn[index]?.bit ?? 0
    const marked = markCell({ text, form: column.form, allowed: used, bitOf })
    const counts = this.#sites[at]
    if (counts !== undefined)
      for (const index of siteKinds.keys()) if ((marked.mask & (1 << index)) !== 0) counts[index] = (counts[index] ?? 0) + 1
    if (marked.text !== text && this.#examples.length < mostExamples)
      this.#examples.push({ column: column.name, before: shapeOf(text), after: shapeOf(marked.text) })
    return { ...marked, value: valueToken(this.#key, column.form, text) }
  }
}

/** The token of a cell's canonical form in an index: 8 hex digits, '' for no value. */
export function valueToken(key: MarksKey, form: TextForm, text: string): string {
  const canonical = formOf(form, text)
  return canonical === undefined ? '' : key.token(`mark:value:${form}`, canonical).slice(0, 8)
}

/** A cell with its letters and digits hidden; spaces are shown as `·`, no-break spaces as `⍽`. */
function shapeOf(text: string): string {
  return text
    .slice(0, 80)
    .replaceAll(/\p{Lu}/gu, 'X')
    .replaceAll(/\p{L}/gu, (letter) => (letter === 'X' ? 'X' : 'x'))
    .replaceAll(/\p{N}/gu, '0')
    .replaceAll(' ', '·')
    .replaceAll('\u00A0', '⍽')
}

const mostExamples = 6
