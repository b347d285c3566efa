import { fault, limits, type Batch, type ByteSource, type Fault, type Watch } from '../../base/index.ts'
import { readLines, type Line } from '../lines/lines.ts'
import { readRow } from '../table/row-syntax.ts'
import { flowColumns, flowRow } from './flow.ts'

/** A row of a log that names its columns itself. */
export interface HeadedRow {
  readonly line: number
  /** `w3c`, `zeek`, `nfdump` (text or CSV), `rwcut`. */
  readonly form: 'w3c' | 'zeek' | 'nfdump' | 'rwcut'
  /** Values under the column names; unset ones left out. */
  readonly fields: Readonly<Record<string, string>>
  /** Zeek: the log's path (`conn`, `dns`); W3C: its `#Software`; '' without. */
  readonly path: string
}

interface Layout {
  readonly form: HeadedRow['form']
  readonly columns: readonly string[]
  readonly split: (text: string) => readonly string[]
  readonly unset: readonly string[]
}

const todo = 'Look whether the log was cut or joined here; the rows around it were read.'

/** Tells the layout that a line announces; undefined when it announces none. */
export function headedLayout(text: string): { readonly form: HeadedRow['form'] } | undefined {
  return new Head().layoutOf(text)
}

/**
 * The rows of a log whose columns are named by a line of its own: W3C extended logs and Zeek's tables (`#Fields:`, which
 * may come again with other columns), nfdump's text and CSV, rwcut. A row with another number of cells than columns is a
 * fault. Times of W3C logs stand in `date` and `time`, or in `time` alone with the day of `#Date:`.
 */
export async function* readHeaded(
  source: ByteSource,
  options: { readonly watch?: Watch } = {},
): AsyncGenerator<Batch<HeadedRow>> {
  const head = new Head()
  let layout: Layout | undefined
  for await (const batch of readLines(source, options.watch === undefined ? {} : { watch: options.watch })) {
    const records: HeadedRow[] = []
    const faults: Fault[] = [...batch.faults]
    for (const line of batch.records) {
      const text = line.n === 1 ? line.text.replace(/^\uFEFF/, '') : line.text
      if (text.trim() === '') continue
      const next = head.layoutOf(text)
      if (next !== undefined) layout = next
      if (next !== undefined || text.startsWith('#') || isSummary(text, layout)) continue
      const fields = layout === undefined ? undefined : rowOf(text, layout)
      if (fields === undefined || layout === undefined) faults.push(wrongRow(source, line, layout?.columns.length))
      else records.push({ line: line.n, form: layout.form, fields: head.dated(fields, layout), path: head.path })
    }
    yield { records, faults }
  }
}

function wrongRow(source: ByteSource, line: Line, width: number | undefined): Fault {
  const what =
    width === undefined
      ? 'The line stands in front of the line that names the columns.'
      : `The line has not the ${width} cells that its columns ask for.`
  return fault('log-row-wrong', what, { file: source.name, line: line.n }, todo, 1)
}

/** What the lines with `#` have said so far. */
class Head {
  path = ''
  #separator = '\t'
  #unset: readonly string[] = ['-', '(empty)', '']
  #date = ''

  layoutOf(text: string): Layout | undefined {
    const directive = /^#(\w{1,32}):?[ \t]+(.{1,20000})$/.exec(text)
    if (directive !== null) return this.#directive(directive[1] ?? '', (directive[2] ?? '').trimEnd())
    if (text.startsWith('Date first seen') || text.startsWith('ts,te,td,') || text.startsWith('Date flow start')) {
      const columns = flowColumns(text)
      return { form: 'nfdump', columns, split: (row) => flowRow(row, columns) ?? [], unset: [''] }
    }
    if (/^ {0,40}(?:sIP|dIP|sTime)\| {0,40}\w/.test(text)) {
      const columns = barCells(text)
      return { form: 'rwcut', columns, split: barCells, unset: [''] }
    }
    return undefined
  }

  #directive(name: string, value: string): Layout | undefined {
    switch (name.toLowerCase()) {
      case 'separator':
        this.#separator = value.replace(/^\\x([\da-f]{2})$/i, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
        return undefined
      case 'unset_field':
        this.#unset = [...this.#unset, value]
        return undefined
      case 'path':
      case 'software':
        this.path = value
        return undefined
      case 'date':
        this.#date = value.slice(0, 10)
        return undefined
      case 'fields': {
        // Zeek writes no colon and parts the names by its separator.
        const zeek = value.includes(this.#separator) && value.startsWith('ts')
        const separator = this.#separator
        const commas = !zeek && /^[^\s,"]{1,100},/.test(value)
        const split = zeek ? (row: string) => row.split(separator) : commas ? commaCells : w3cCells
        return { form: zeek ? 'zeek' : 'w3c', columns: split(value).slice(0, limits.columns), split, unset: this.#unset }
      }
      default:
        return undefined
    }
  }

  dated(fields: Record<string, string>, layout: Layout): Record<string, string> {
    return layout.form === 'w3c' && fields['date'] === undefined && fields['time'] !== undefined && this.#date !== ''
      ? { ...fields, date: this.#date }
      : fields
  }
}

/** Cells parted by commas, as Exchange writes them; one in quotes may hold them. */
function commaCells(text: string): readonly string[] {
  const step = readRow(text, { delimiter: ',', quote: '"' })
  return step.kind === 'row' ? step.cells : []
}

/** Cells parted by blanks or tabs; one in quotes may hold them. */
function w3cCells(text: string): string[] {
  if (text.includes('\t')) return text.split('\t', limits.columns + 1).map(unquoted)
  if (!text.includes('"')) return text.trim().split(/ +/, limits.columns + 1)
  const cells: string[] = []
  let at = 0
  while (at < text.length && cells.length <= limits.columns) {
    if (text[at] === ' ') {
      at += 1
      continue
    }
    const quote = text[at] === '"' ? text.indexOf('"', at + 1) : -1
    const blank = text.indexOf(' ', quote === -1 ? at : quote)
    const end = blank === -1 ? text.length : blank
    cells.push(unquoted(text.slice(at, end)))
    at = end
  }
  return cells
}

function unquoted(text: string): string {
  return text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text
}

function barCells(text: string): string[] {
  const cells = text.split('|', limits.columns + 1).map((cell) => cell.trim())
  if (cells.at(-1) === '') cells.pop()
  return cells
}

function isSummary(text: string, layout: Layout | undefined): boolean {
  return (
    layout?.form === 'nfdump' &&
    /^(?:Summary|Time window|Total flows|Sys: |flows,bytes|No matched flows|\d{1,20}(?:,[\d.]{1,20}){3,6}$)/.test(text)
  )
}

function rowOf(text: string, layout: Layout): Record<string, string> | undefined {
  const cells = layout.split(text)
  if (cells.length !== layout.columns.length) return undefined
  const fields: Record<string, string> = {}
  layout.columns.forEach((name, i) => {
    const value = cells[i] ?? ''
    if (!layout.unset.includes(value)) fields[name === '__proto__' ? '(__proto__)' : name] = value.slice(0, limits.fieldChars)
  })
  return fields
}
