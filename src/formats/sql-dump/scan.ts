import { fault, limits, type Fault } from '../../base/index.ts'
import type { Flavour } from './flavour.ts'
import { skipStatement, type SkipState } from './skip.ts'
import { readHead } from './statement.ts'
import { TablesByName, type TableInDump } from './table-in-dump.ts'
import { readTuple, skipSpace } from './tuple.ts'

/** What a dump says, in its order. */
export type DumpItem =
  | {
      readonly kind: 'row'
      readonly table: TableInDump
      /** As the statement or the creation of the table names them; [] = not named. */
      readonly columns: readonly string[]
      readonly values: string[]
      readonly line: number
    }
  | { readonly kind: 'fault'; readonly table: TableInDump | undefined; readonly fault: Fault }

type State =
  | { kind: 'top' }
  | { kind: 'skip'; skip: SkipState }
  | { kind: 'tuples' }
  | { kind: 'copy' }
  | { kind: 'copy-overlong' }
  | { kind: 'comment'; ending: '\n' | '*/' }
  | { kind: 'recover' }
  | { kind: 'delimiter' }
  | { kind: 'batch' }

/** Reads a dump chunk by chunk; holds no more than one tuple or line of `limits.lineBytes` characters and one chunk. */
export class DumpScanner {
  readonly #file: string
  readonly #flavour: Flavour
  readonly #tables = new TablesByName()
  #text = ''
  #at = 0
  #line = 1
  #nextEnd = -1
  #state: State = { kind: 'top' }
  #table: TableInDump | undefined
  #columns: readonly string[] = []
  #arity = 0
  #recovering = false
  #atEnd = false
  #items: DumpItem[] = []

  constructor(file: string, flavour: Flavour) {
    this.#file = file
    this.#flavour = flavour
  }

  /** Takes a chunk, or the end (no chunk), and gives what could be read. */
  push(chunk?: string): DumpItem[] {
    this.#countLines()
    this.#text = this.#text.slice(this.#at) + (chunk ?? '')
    this.#at = 0
    this.#nextEnd = -1
    this.#atEnd = chunk === undefined
    if (this.#atEnd && this.#text !== '') this.#text += '\n'
    this.#items = []
    while (this.#step());
    // A missing last semicolon is no loss; a row that was begun, or a COPY block without its end, is.
    const begun = this.#state.kind === 'tuples' && this.#text.slice(this.#at, this.#at + 1_000).trim() !== ''
    if (this.#atEnd && (begun || this.#state.kind === 'copy'))
      this.#fault(
        'sql-dump-cut',
        'The dump ends in the middle of a statement with rows.',
        'Get the whole dump; the rows before the cut were read.',
        0,
      )
    return this.#items
  }

  /** One step; false = more text is needed. */
  #step(): boolean {
    switch (this.#state.kind) {
      case 'top':
        return this.#top()
      case 'skip':
        return this.#skip(this.#state.skip)
      case 'tuples':
        return this.#tuple()
      case 'copy':
        return this.#copyLine()
      case 'copy-overlong':
        return this.#pass('\n', { kind: 'copy' })
      case 'comment':
        return this.#pass(this.#state.ending, { kind: 'top' })
      case 'recover':
        return this.#recover()
      case 'delimiter':
        return this.#delimiter()
      case 'batch':
        return this.#batch()
    }
  }

  #top(): boolean {
    this.#at = skipSpace(this.#text, this.#at)
    const text = this.#text
    const at = this.#at
    if (at >= text.length) return false
    if (text.length - at < 12 && !this.#atEnd) return false
    this.#recovering = false
    if (/^(?:USE\s|\\c)/i.test(text.slice(at, at + 4))) {
      if (!this.#atEnd && text.length - at < 1_000 && text.indexOf('\n', at) === -1) return false
      this.#tables.line(text, at)
    }
    if (text.startsWith('--', at) || text[at] === '#' || text[at] === '\\') {
      this.#state = { kind: 'comment', ending: '\n' }
      return true
    }
    if (/^DELIMITER\s/i.test(text.slice(at, at + 12))) {
      const end = text.indexOf('\n', at)
      if (end === -1) return this.#atEnd ? this.#skipAll() : text.length - at > 1_000 ? this.#skipAll() : false
      this.#state = /^DELIMITER\s{1,20};\s*$/i.test(text.slice(at, Math.min(end, at + 100)))
        ? { kind: 'top' }
        : { kind: 'delimiter' }
      this.#at = end + 1
      return true
    }
    if (this.#flavour.name === 'mssql' && /^(?:GO|USE|SET|PRINT)\b/i.test(text.slice(at, at + 6))) {
      this.#state = { kind: 'comment', ending: '\n' }
      return true
    }
    if (text.startsWith('/*', at)) {
      this.#state = { kind: 'comment', ending: '*/' }
      this.#at = at + 2
      return true
    }
    const head = readHead(text, at)
    if (head.kind === 'more' && !this.#atEnd) return false
    if (head.kind !== 'unit') {
      this.#state = { kind: 'skip', skip: { kind: 'plain' } }
      return true
    }
    this.#at = head.next
    const statement = head.value
    switch (statement.kind) {
      case 'create':
        this.#tables.created(statement.table, statement.columns)
        this.#state = this.#passing()
        return true
      case 'insert':
      case 'copy': {
        const { table, columns } = this.#tables.filled(statement.table)
        this.#table = table
        this.#columns = statement.columns.length > 0 ? statement.columns : columns
        this.#arity = this.#columns.length
        this.#state = statement.kind === 'insert' ? { kind: 'tuples' } : { kind: 'copy' }
        return true
      }
      case 'other':
        this.#state = this.#passing()
        return true
    }
  }

  /** How a statement without rows is passed over: SQL Server ends it with a line, the others with `;`. */
  #passing(): State {
    return this.#flavour.name === 'mssql' ? { kind: 'batch' } : { kind: 'skip', skip: { kind: 'plain' } }
  }

  /** Up to the next line that begins a batch or an INSERT. */
  #batch(): boolean {
    const next = /\n[ \t]{0,20}(?=(?:GO[ \t]{0,20}\r?\n|INSERT\s|SET\s|USE\s))/gi
    next.lastIndex = this.#at
    const found = next.exec(this.#text)
    this.#at = found === null ? Math.max(this.#at, this.#text.length - 60) : next.lastIndex
    if (found !== null) this.#state = { kind: 'top' }
    return found !== null
  }

  #skip(skip: SkipState): boolean {
    const result = skipStatement(this.#text, this.#at, { state: skip, backslash: this.#flavour.backslash, atEnd: this.#atEnd })
    this.#at = result.next
    this.#state = result.done ? { kind: 'top' } : { kind: 'skip', skip: result.state }
    return result.done
  }

  #tuple(): boolean {
    const text = this.#text
    const at = skipSpace(text, this.#at)
    if (at >= text.length) return false
    if (text[at] === ',') {
      this.#at = at + 1
      return true
    }
    if (text[at] !== '(') {
      if (this.#flavour.name === 'mssql' && text.length - at < 8 && !this.#atEnd) return false
      this.#at = at
      // Scripts of SQL Server have no `;` between statements.
      const begins =
        this.#flavour.name === 'mssql' && /^(?:INSERT|GO|SET|USE|CREATE|ALTER|PRINT|\/\*|--)/i.test(text.slice(at, at + 8))
      this.#state = begins ? { kind: 'top' } : { kind: 'skip', skip: { kind: 'plain' } }
      return true
    }
    const tuple = readTuple(text, at, this.#flavour)
    if (tuple.kind === 'more' && !this.#atEnd && text.length - at <= limits.lineBytes) return false
    this.#at = at
    if (tuple.kind !== 'unit' || (this.#arity > 0 && tuple.value.length !== this.#arity)) {
      if (!this.#recovering) this.#tupleFault(tuple.kind === 'more' && !this.#atEnd)
      this.#recovering = true
      this.#at = at + 1
      this.#state = { kind: 'recover' }
      return true
    }
    this.#row(tuple.value)
    this.#at = tuple.next
    return true
  }

  #tupleFault(long: boolean): void {
    if (long)
      this.#fault(
        'sql-row-too-long',
        `A row of an INSERT is longer than ${limits.lineBytes} characters.`,
        'Check its quotes; reading went on at the next row that parses.',
      )
    else
      this.#fault(
        'sql-row-wrong',
        'A row of an INSERT cannot be read: a wrong quote, or a wrong number of values.',
        'Correct the row; reading went on at the next one that parses.',
      )
  }

  #row(values: string[]): void {
    this.#recovering = false
    this.#arity = values.length
    this.#countLines()
    if (this.#table !== undefined)
      this.#items.push({ kind: 'row', table: this.#table, columns: this.#columns, values, line: this.#line })
  }

  /** Goes on at the next thing that begins like a row or a statement. */
  #recover(): boolean {
    const begin = /\)\s{0,20},\s{0,100}(?=\()|\n\s{0,20}(?=\()|\n(?=(?:INSERT|REPLACE|COPY|CREATE|UNLOCK|ALTER)\s)/gi
    begin.lastIndex = this.#at
    const found = begin.exec(this.#text)
    if (found === null || (begin.lastIndex + 12 > this.#text.length && !this.#atEnd)) {
      this.#at = found?.index ?? Math.max(this.#at, this.#text.length - 200)
      return false
    }
    this.#at = begin.lastIndex
    this.#state = this.#text[this.#at] === '(' ? { kind: 'tuples' } : { kind: 'top' }
    return true
  }

  #copyLine(): boolean {
    const end = this.#text.indexOf('\n', this.#at)
    if (end === -1 || end - this.#at > limits.lineBytes) {
      if (this.#text.length - this.#at <= limits.lineBytes) return false
      this.#fault(
        'sql-row-too-long',
        `A line of a COPY block is longer than ${limits.lineBytes} characters.`,
        'Check the dump; the lines after it were read.',
        1,
      )
      this.#state = { kind: 'copy-overlong' }
      return true
    }
    const line = this.#text.slice(this.#at, this.#text[end - 1] === '\r' ? end - 1 : end)
    if (line === String.raw`\.`) this.#state = { kind: 'top' }
    else if (line !== '' || !this.#atEnd) {
      const values = line.split('\t', limits.columns + 1).map(copyValue)
      if (this.#arity > 0 && values.length !== this.#arity)
        this.#fault(
          'sql-copy-ragged',
          `A line of a COPY block has ${values.length} values where ${this.#arity} are due.`,
          'Correct the line; the lines after it were read.',
          1,
        )
      else this.#row(values)
    }
    this.#at = end + 1
    return true
  }

  /** Drops text up to and with `ending`. */
  #pass(ending: string, next: State): boolean {
    const end = this.#text.indexOf(ending, this.#at)
    this.#at = end === -1 ? Math.max(this.#at, this.#text.length - ending.length + 1) : end + ending.length
    if (end !== -1) this.#state = next
    return end !== -1
  }

  #skipAll(): boolean {
    this.#at = this.#text.length
    return false
  }

  /** Bodies of triggers and routines between `DELIMITER ;;` and `DELIMITER ;`. */
  #delimiter(): boolean {
    const found = /(?:^|\n)(?=DELIMITER\s{1,20};[ \t\r]{0,20}\n)/i.exec(this.#text.slice(this.#at))
    if (found === null) {
      this.#at = Math.max(this.#at, this.#text.length - 100)
      return false
    }
    this.#at += found.index + found[0].length
    this.#state = { kind: 'top' }
    return true
  }

  #fault(code: string, what: string, todo: string, lost?: number): void {
    this.#countLines()
    this.#items.push({
      kind: 'fault',
      table: this.#table,
      fault: fault(code, what, { file: this.#file, line: this.#line }, todo, lost),
    })
  }

  /** Line ends before the place reached; the next one is remembered, so that many rows of one line cost one search. */
  #countLines(): void {
    while (this.#nextEnd < this.#at) {
      const end = this.#text.indexOf('\n', this.#nextEnd + 1)
      if (this.#nextEnd >= 0) this.#line += 1
      this.#nextEnd = end === -1 ? Infinity : end
    }
  }
}

const copyEscapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

function copyValue(text: string): string {
  if (text === String.raw`\N`) return ''
  if (!text.includes('\\')) return text
  return text.replaceAll(
    /\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|([\s\S]))/g,
    (_all, octal?: string, hex?: string, other?: string) => {
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff)
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
      return copyEscapes[other ?? ''] ?? other ?? ''
    },
  )
}
