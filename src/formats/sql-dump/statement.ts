import { skipSpace, type Unit } from './tuple.ts'

/** The head of a statement that carries rows or names columns; everything else is skipped. */
type StatementHead =
  | { readonly kind: 'insert'; readonly table: string; readonly columns: readonly string[] }
  | { readonly kind: 'copy'; readonly table: string; readonly columns: readonly string[] }
  | { readonly kind: 'create'; readonly table: string; readonly columns: readonly string[] }
  | { readonly kind: 'other' }

/** Longest head of an INSERT or COPY, and longest CREATE TABLE, in characters. */
const headChars = 256 * 1024

const name = String.raw`(?:[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]{0,127}|"[^"\n]{1,128}"|\x60[^\x60\n]{1,128}\x60|\[[^\]\n]{1,128}\])`
const qualified = String.raw`${name}(?:\s{0,5}\.\s{0,5}${name}){0,2}`
const insertHead = new RegExp(
  String.raw`(?:INSERT|REPLACE)(?:\s{1,20}(?:IGNORE|DELAYED|LOW_PRIORITY|HIGH_PRIORITY|OR\s{1,20}[A-Z]{1,10})){0,3}\s{1,20}(?:INTO\s{1,20}|(?=\[))(${qualified})\s{0,100}`,
  'iy',
)
const copyHead = new RegExp(String.raw`COPY\s{1,20}(${qualified})\s{0,100}`, 'iy')
const createHead = new RegExp(
  String.raw`CREATE\s{1,20}(?:(?:GLOBAL|LOCAL|TEMP|TEMPORARY|UNLOGGED)\s{1,20}){0,2}TABLE\s{1,20}(?:IF\s{1,20}NOT\s{1,20}EXISTS\s{1,20})?(${qualified})\s{0,100}\(`,
  'iy',
)
const values = /(?:OVERRIDING\s{1,20}(?:SYSTEM|USER)\s{1,20}VALUE\s{1,20})?VALUES?\s{0,100}/iy
const fromStdin = /FROM\s{1,20}stdin[^;\n]{0,1000};[ \t]{0,20}\r?\n/iy

/** Reads the head of the statement at `from`; `next` is behind `VALUES`, behind the COPY line, or `from` for the others. */
export function readHead(text: string, from: number): Unit<StatementHead> {
  const verb = /[A-Za-z]{1,20}/y
  verb.lastIndex = from
  const found = verb.exec(text)?.[0].toUpperCase() ?? ''
  if (from + found.length >= text.length && text.length - from < 20) return { kind: 'more' }
  const other: Unit<StatementHead> = { kind: 'unit', value: { kind: 'other' }, next: from }
  if (found !== 'INSERT' && found !== 'REPLACE' && found !== 'COPY' && found !== 'CREATE') return other
  const read = found === 'COPY' ? readCopy(text, from) : found === 'CREATE' ? readCreate(text, from) : readInsert(text, from)
  if (read !== undefined) return read
  // The head may be cut by the end of what has been read so far.
  const end = text.indexOf(';', from)
  const cut = text.length - from < headChars && (end === -1 || text.length - end < 25)
  return cut ? { kind: 'more' } : other
}

function readInsert(text: string, from: number): Unit<StatementHead> | undefined {
  const head = match(insertHead, text, from)
  if (head === undefined) return undefined
  const columns = text[head.next] === '(' ? columnList(text, head.next) : { columns: [], next: head.next }
  const valuesHead = columns === undefined ? undefined : match(values, text, skipSpace(text, columns.next))
  if (columns === undefined || valuesHead === undefined || valuesHead.next >= text.length) return undefined
  return { kind: 'unit', value: { kind: 'insert', table: plainName(head.name), columns: columns.columns }, next: valuesHead.next }
}

function readCopy(text: string, from: number): Unit<StatementHead> | undefined {
  const head = match(copyHead, text, from)
  if (head === undefined) return undefined
  const columns = text[head.next] === '(' ? columnList(text, head.next) : { columns: [], next: head.next }
  const tail = columns === undefined ? undefined : match(fromStdin, text, skipSpace(text, columns.next))
  if (columns === undefined || tail === undefined) return undefined
  return { kind: 'unit', value: { kind: 'copy', table: plainName(head.name), columns: columns.columns }, next: tail.next }
}

function readCreate(text: string, from: number): Unit<StatementHead> | undefined {
  const head = match(createHead, text, from)
  if (head === undefined) return undefined
  const columns: string[] = []
  let depth = 0
  let itemStart = head.next
  for (let at = head.next; at < Math.min(text.length, from + headChars); at += 1) {
    const character = text[at]
    if (character === "'" || character === '"' || character === '`') {
      const close = text.indexOf(character, at + 1)
      if (close === -1) break
      at = close
    } else if (character === '(') depth += 1
    else if ((character === ',' && depth === 0) || (character === ')' && depth === 0)) {
      const column = columnOf(text.slice(itemStart, at))
      if (column !== undefined) columns.push(column)
      itemStart = at + 1
      // The statement itself is skipped like any other, from its beginning.
      if (character === ')') return { kind: 'unit', value: { kind: 'create', table: plainName(head.name), columns }, next: from }
    } else if (character === ')') depth -= 1
  }
  return text.length - from < headChars ? { kind: 'more' } : undefined
}

function columnOf(item: string): string | undefined {
  const first = new RegExp(`^\\s{0,200}(${name})`).exec(item)?.[1]
  if (first === undefined) return undefined
  return /^(?:PRIMARY|KEY|UNIQUE|CONSTRAINT|INDEX|FOREIGN|CHECK|FULLTEXT|SPATIAL|EXCLUDE|LIKE)$/i.test(first)
    ? undefined
    : plainName(first)
}

function columnList(text: string, from: number): { columns: string[]; next: number } | undefined {
  const columns: string[] = []
  const item = new RegExp(String.raw`\s{0,100}(${name})\s{0,100}([,)])`, 'y')
  item.lastIndex = from + 1
  while (columns.length < 10_000) {
    const found = item.exec(text)
    if (found === null) return undefined
    columns.push(plainName(found[1] ?? ''))
    if (found[2] === ')') return { columns, next: item.lastIndex }
  }
  return undefined
}

function match(pattern: RegExp, text: string, from: number): { name: string; next: number } | undefined {
  pattern.lastIndex = from
  const found = pattern.exec(text)
  return found === null ? undefined : { name: found[1] ?? '', next: from + found[0].length }
}

/** `public."Customers"` is `public.Customers`; the schemas `public` and `dbo` are left out. */
function plainName(text: string): string {
  const plain = text
    .split('.')
    .map((part) => part.trim().replaceAll(/^["`[]|["`\]]$/g, ''))
    .join('.')
  return plain.replace(/^(?:public|dbo)\./, '')
}
