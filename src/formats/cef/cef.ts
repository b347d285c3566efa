import { limits } from '../../base/index.ts'

type CefFields = Record<string, string>

const headerNames = ['DeviceVendor', 'DeviceProduct', 'DeviceVersion', 'DeviceEventClassID', 'Name', 'Severity'] as const

/**
 * The fields of a CEF event that begins at `from` (`CEF:0|vendor|product|…|extension`); undefined when there is none. In
 * the header `\|` and `\\`, in the extension `\=`, `\\`, `\n`, `\r` are taken back. Custom fields stand also under their
 * labels (`cs1` with `cs1Label=Rule` is also `Rule`).
 */
export function readCef(text: string, from = 0): CefFields | undefined {
  const start = /^CEF: {0,1}\d{1,2}(?:\.\d{1,2})?\|/.exec(text.slice(from, from + 12))
  if (start === null) return undefined
  const header = headerCells(text, { at: from + start[0].length, cells: headerNames.length })
  if (header === undefined) return undefined
  const fields: CefFields = {}
  headerNames.forEach((name, i) => {
    fields[name] = header.cells[i] ?? ''
  })
  extension(text.slice(header.end), fields)
  for (const [name, label] of Object.entries(fields)) {
    if (!name.endsWith('Label') || label === '' || label in fields) continue
    const value = fields[name.slice(0, -5)]
    if (value !== undefined && label !== '__proto__') fields[label] = value
  }
  return fields
}

/** Cells closed by bars, with `\|` and `\\` taken back; undefined when there are not enough. */
export function headerCells(text: string, of: { at: number; cells: number }): { cells: string[]; end: number } | undefined {
  const cells: string[] = []
  let value = ''
  let start = of.at
  for (let i = of.at; i < text.length; i += 1) {
    if (text[i] === '\\' && (text[i + 1] === '|' || text[i + 1] === '\\')) {
      value += text.slice(start, i)
      start = i + 1
      i += 1
    } else if (text[i] === '|') {
      cells.push(value + text.slice(start, i))
      value = ''
      start = i + 1
      if (cells.length === of.cells) return { cells, end: i + 1 }
    }
  }
  // The last cell of the header may end the line when there is no extension.
  if (cells.length === of.cells - 1) return { cells: [...cells, value + text.slice(start)], end: text.length }
  return undefined
}

/** A value goes on to the blank in front of the next `name=`. */
function extension(text: string, fields: CefFields): void {
  let name = ''
  let valueFrom = 0
  let count = 0
  const keep = (to: number): void => {
    if (name === '' || count >= limits.eventFields) return
    count += 1
    fields[name === '__proto__' ? '(__proto__)' : name] = unescaped(text.slice(valueFrom, to).trim())
  }
  for (let i = 0; i < text.length; i += 1) {
    if (text[i] === '\\') {
      i += 1
      continue
    }
    if (text[i] !== '=') continue
    const from = keyStart(text, i)
    if (from === i || from < valueFrom || (from > valueFrom && text[from - 1] !== ' ' && text[from - 1] !== '\t')) continue
    keep(from)
    name = text.slice(from, i)
    valueFrom = i + 1
  }
  keep(text.length)
}

/** Where the name that ends at `end` begins. */
function keyStart(text: string, end: number): number {
  let at = end
  while (at > 0 && end - at < 128 && /[\w.\-[\]]/.test(text[at - 1] ?? '')) at -= 1
  return at
}

function unescaped(text: string): string {
  return text.includes('\\')
    ? text.replace(/\\(.)/g, (all, c: string) =>
        c === 'n' ? '\n' : c === 'r' ? '\r' : c === '=' || c === '\\' || c === '|' ? c : all,
      )
    : text
}
