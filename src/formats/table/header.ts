import { looksLikeHeader } from './dialect.ts'

/** Where the names of the columns stand among the first rows, from 0; rows of `titles` above it are no data. */
export interface FoundHeader {
  readonly at: number
  readonly cells: readonly string[]
  /** True: what stands above is a title; false: rows of data stand above (a header that was sorted into the table). */
  readonly titles: boolean
}

/** Words that stand in headers of records about persons and accounts, in English and Malay. */
const word =
  /\b(?:id|nr|no|num|number|name|nama|phone|tel|telefon|mobile|msisdn|imsi|imei|iccid|e-?mail|mail|address|alamat|city|bandar|state|negeri|postcode|poskod|zip|country|date|tarikh|dob|birth|created|updated|activated|status|plan|pelan|package|account|akaun|customer|ic|nric|kp|gender|sex|jantina|user|username|login|password|url|ip|mac|serial|model|device|type|amount|balance)\b/i

/**
 * The header of a table: its first row; or the first row as wide as the table that reads as names when only shorter lines (a title, a date)
 * stand above; or a row of known words further down when rows of values stand above and below. Undefined = the table has none.
 */
export function findHeader(whole: readonly (readonly string[])[]): FoundHeader | undefined {
  // Delimiters at the end of every line make no columns.
  const used = Math.max(0, ...whole.map(trimmedLength))
  const rows = whole.map((row) => (row.length > used ? row.slice(0, used) : row))
  const width = commonWidth(rows)
  const first = rows.findIndex((row) => filled(row) > 0)
  if (first === -1) return undefined
  const full = rows.findIndex((row) => filled(row) >= Math.max(2, width * 0.6) && trimmedLength(row) <= width)
  const top = rows[first] ?? []
  if (trimmedLength(top) === width || full === -1 || full === first) {
    if (looksLikeHeader(rows.slice(first))) return { at: first, cells: top, titles: true }
  } else if (full <= 20 && looksLikeHeader(rows.slice(full).map((row) => row.slice(0, width)))) {
    return { at: full, cells: rows[full] ?? [], titles: true }
  }
  const inside = rows.findIndex((row, at) => at > first && row.length === width && readsAsNames(row))
  const values = rows.filter((row) => row.some(hasDigits)).length
  return inside === -1 || values < 2 ? undefined : { at: inside, cells: rows[inside] ?? [], titles: false }
}

/** The number of cells that most rows have; 0 without rows. */
export function commonWidth(rows: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>()
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0
}

/** Whether a row repeats the header (a page break, or files joined). */
export function repeatsHeader(cells: readonly string[], header: readonly string[]): boolean {
  return (
    cells.length >= header.length &&
    header.every((name, at) => (cells[at] ?? '').trim().toLowerCase() === name.trim().toLowerCase()) &&
    cells.slice(header.length).every((cell) => cell.trim() === '')
  )
}

function readsAsNames(row: readonly string[]): boolean {
  if (row.length < 2 || !row.every((cell) => /^[A-Za-z][A-Za-z0-9_. /-]{0,40}$/.test(cell.trim()))) return false
  const known = row.filter((cell) => word.test(cell.replaceAll('_', ' '))).length
  return (
    known * 2 > row.length && new Set(row.map((cell) => cell.trim().toLowerCase())).size === row.length && !row.some(hasDigits)
  )
}

function hasDigits(cell: string): boolean {
  return /\d/.test(cell)
}

function filled(row: readonly string[]): number {
  return row.reduce((sum, cell) => sum + (cell.trim() === '' ? 0 : 1), 0)
}

function trimmedLength(row: readonly string[]): number {
  let length = row.length
  while (length > 0 && (row[length - 1] ?? '').trim() === '') length -= 1
  return length
}
