/** Forms that a cell may have; a column is known by those that its cells have. */
type Form = 'empty' | 'address' | 'digits' | 'number' | 'moment' | 'word' | 'words' | 'code' | 'text'

function formOf(cell: string): Form {
  const text = cell.trim()
  if (text === '') return 'empty'
  if (text.length > 200) return 'text'
  if (/^[^\s@]{1,64}@[^\s@]{1,190}$/.test(text)) return 'address'
  if (/^\d{4}-\d{1,2}-\d{1,2}(?:[T ].{0,30})?$|^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?: .{0,15})?$/.test(text)) return 'moment'
  if (/^\+?[\d ()-]{5,25}$/.test(text)) return 'digits'
  if (/^[+-]?\d{1,20}(?:[.,]\d{1,6})?$/.test(text)) return 'number'
  if (/^[\p{L}'.-]+$/u.test(text)) return 'word'
  if (/^[\p{L}'. /@-]+$/u.test(text)) return 'words'
  return text.includes(' ') ? 'text' : 'code'
}

/** Most different values that a column of codes, plans or towns has among the rows looked at. */
const fewValues = 20

/**
 * What the columns of a table hold, by some of its whole rows. Puts rows with cells too many or too few back into their columns where exactly one way
 * of doing so fits.
 */
export class ColumnForms {
  readonly #delimiter: string
  readonly #columns: {
    forms: Map<Form, number>
    lengths: [number, number]
    values: Set<string>
    spaced: number
    filled: number
  }[]
  readonly #rows: number

  constructor(rows: readonly (readonly string[])[], options: { readonly width: number; readonly delimiter: string }) {
    this.#delimiter = options.delimiter
    this.#columns = Array.from({ length: options.width }, () => ({
      forms: new Map<Form, number>(),
      lengths: [Infinity, 0] as [number, number],
      values: new Set<string>(),
      spaced: 0,
      filled: 0,
    }))
    const whole = rows.filter((row) => row.length === options.width)
    this.#rows = whole.length
    for (const row of whole)
      for (const [at, column] of this.#columns.entries()) {
        const cell = row[at] ?? ''
        const form = formOf(cell)
        column.forms.set(form, (column.forms.get(form) ?? 0) + 1)
        if (form === 'digits')
          column.lengths = [Math.min(column.lengths[0], cell.length), Math.max(column.lengths[1], cell.length)]
        if (form !== 'empty') {
          column.filled += 1
          if (column.values.size <= fewValues) column.values.add(cell.trim())
        }
        if (/^ \S/.test(cell)) column.spaced += 1
      }
  }

  /** The row with its cells in their columns; undefined when no way, or more than one, fits. */
  realigned(cells: readonly string[]): string[] | undefined {
    const width = this.#columns.length
    const extra = cells.length - width
    if (this.#rows < 5 || extra === 0 || extra > 3 || extra < -1 || width < 3) return undefined
    const ways: { row: string[]; spaced: boolean }[] = []
    for (let at = 0; at < width; at += 1) {
      const row =
        extra > 0
          ? [...cells.slice(0, at), cells.slice(at, at + extra + 1).join(this.#delimiter), ...cells.slice(at + extra + 1)]
          : [...cells.slice(0, at), '', ...cells.slice(at)]
      if (row.every((cell, column) => this.#fits(cell, column)))
        ways.push({ row, spaced: extra > 0 && cells.slice(at + 1, at + extra + 1).every((cell) => /^ \S/.test(cell)) })
    }
    if (ways.length === 1) return ways[0]?.row
    if (extra < 0 && ways.length === 0) return this.#withoutFirst(cells)
    // A space behind the delimiter is how a sentence is written, not how this table is.
    const spaced = ways.filter((way) => way.spaced)
    return spaced.length === 1 && this.#columns.every((column) => column.spaced * 50 <= this.#rows) ? spaced[0]?.row : undefined
  }

  /**
   * The row behind an empty first cell that was lost with its delimiter, though no whole row has that cell empty: only when every other place of a lost
   * cell leaves cells in columns they do not fit.
   */
  #withoutFirst(cells: readonly string[]): string[] | undefined {
    const lost = this.#columns.flatMap((_column, at) =>
      cells.every((cell, place) => this.#fits(cell, place < at ? place : place + 1)) ? [at] : [],
    )
    return lost.length === 1 && lost[0] === 0 ? ['', ...cells] : undefined
  }

  /** Whether a row of the right width, but written otherwise, holds what the columns hold. */
  fits(cells: readonly string[]): boolean {
    return this.#rows < 5 || cells.every((cell, column) => this.#fits(cell, column))
  }

  #fits(cell: string, at: number): boolean {
    const column = this.#columns[at]
    if (column === undefined) return false
    const form = formOf(cell)
    const seen = column.forms.get(form) ?? 0
    if (seen * 50 < this.#rows) return false
    if (form === 'empty') return true
    if (form === 'digits') return cell.length >= column.lengths[0] && cell.length <= column.lengths[1]
    const categorical = column.values.size <= fewValues && column.filled >= column.values.size * 3
    return !categorical || column.values.has(cell.trim())
  }
}
