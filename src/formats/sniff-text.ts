import { parseAccessLine } from './access-log/parse-line.ts'
import { sniffCredentials } from './credentials/sniff.ts'
import { sniffRecords } from './free-text/sniff.ts'
import { looksLikeHtml } from './html/html.ts'
import { parseJson } from './jsonl/parse-json.ts'
import { sniffBlocks } from './log-blocks/log-blocks.ts'
import { sniffLogLines, sniffTimedLines } from './log-lines/sniff.ts'
import { logTableIn } from './log-tables/signs.ts'
import { pgLogFormat } from './pgaudit/entries.ts'
import { delimiters, headLines, sniffDialect, sniffRows } from './table/dialect.ts'
import { commonWidth, findHeader } from './table/header.ts'

/** Formats that are text. */
export type TextKind =
  | 'jsonl'
  | 'telegram'
  | 'access-log'
  | 'log'
  | 'pgaudit'
  | 'csv'
  | 'sql-dump'
  /** A list of stolen logins: combo list or stealer log. */
  | 'credentials'
  /** Records with labels in running text. */
  | 'record-text'
  | 'html'
  | 'markdown'
  | 'text'

interface Sniffed {
  readonly kind: TextKind
  readonly seen: string
  /** Only for `log`: how its records are cut. */
  readonly log?: LogReader
  /** Only for `log` whose records are no lines: several lines each, or bytes. */
  readonly records?: 'blocks'
  /** Only for `jsonl`: the list of a leak-site tracker. */
  readonly claim?: true
}

/** How the records of a log are cut: lines, rows under columns that the log names itself, or the rows of a table. */
export type LogReader = 'lines' | 'headed' | 'table'

const telegramMembers = /"(?:date_unixtime|from_id|text_entities|personal_information|about|type|id|name|chats)"[ \t\r\n]*:/
const messages = /"messages"[ \t\r\n]*:[ \t\r\n]*\[/
const chats = /"chats"[ \t\r\n]*:[ \t\r\n]*\{/
const auditLine = /AUDIT: (?:SESSION|OBJECT),\d+,\d+,/
const sqlStart =
  /^\s*(?:--|\/\*|INSERT\s+(?:(?:IGNORE\s+)?INTO\s|\[)|CREATE\s+(?:TABLE|DATABASE)\s|DROP\s+TABLE\s|SET\s+\S+\s*=|SET\s+\w+\s+O(?:N|FF)\b|USE\s+\[|GO\s|PRAGMA\s|BEGIN\b|COPY\s)/i
const sqlRows = /(?:^|\n)\s*(?:INSERT\s+(?:(?:IGNORE\s+)?INTO\s|\[)|COPY\s[^\n]{1,2000}\sFROM\s+stdin|CREATE\s+TABLE\s)/i

/** What kind of text a head of up to 64 Ki characters is; `cut` = the text goes on behind it. */
export function sniffText(text: string, cut: boolean): Sniffed {
  const start = text.trimStart()
  const lines = headLines(text, cut).slice(0, 50)
  const pgLog = pgLogFormat(lines)
  if (pgLog === 'csvlog' || pgLog === 'jsonlog') return { kind: 'pgaudit', seen: `PostgreSQL log (${pgLog})` }
  if (start.startsWith('{') || start.startsWith('[')) {
    const json = sniffJson(start, lines)
    if (json !== undefined) return json
  }
  const logTable = lines.length < 2 ? undefined : logTableIn(lines[0] ?? '')
  if (logTable !== undefined) return { kind: 'log', seen: `table of ${logTable}`, log: 'table' }
  const blocks = sniffBlocks(lines)
  if (blocks !== undefined) return { kind: 'log', seen: blocks, records: 'blocks' }
  if (looksLikeHtml(text)) return { kind: 'html', seen: 'HTML' }
  if (lines.some((line) => auditLine.test(line))) return { kind: 'pgaudit', seen: 'PostgreSQL log with audit lines' }
  if (pgLog === 'stderr') return { kind: 'pgaudit', seen: 'PostgreSQL log' }
  const log = sniffLogLines(lines)
  if (log !== undefined) return { kind: 'log', ...log }
  if (mostly(lines, (line) => parseAccessLine(line, 1) !== undefined))
    return { kind: 'access-log', seen: 'web server access log' }
  if (sqlStart.test(start) && sqlRows.test(text)) return { kind: 'sql-dump', seen: 'SQL statements' }
  if (sniffCredentials(lines) !== undefined) return { kind: 'credentials', seen: 'list of logins and passwords' }
  if (sniffRecords(headLines(text, cut, { empty: true }).slice(0, 100)) !== undefined)
    return { kind: 'record-text', seen: 'records with labels in running text' }
  if (markdownSigns(lines) >= 2) return { kind: 'markdown', seen: 'Markdown' }
  const table = lines.length === 1 && cut ? sniffWideTable(lines[0] ?? '') : sniffTable(lines)
  if (table !== undefined) return table
  const timed = sniffTimedLines(lines)
  if (timed !== undefined) return { kind: 'log', ...timed }
  return { kind: 'text', seen: 'text' }
}

function sniffJson(start: string, lines: readonly string[]): Sniffed | undefined {
  const first = (lines[0] ?? '').trim()
  const oneObject = lines.length === 1 || !parseJson(first).ok
  if (
    oneObject &&
    start.startsWith('{') &&
    (messages.test(start) || (chats.test(start) && start.includes('"list"'))) &&
    telegramMembers.test(start)
  ) {
    return { kind: 'telegram', seen: 'JSON of a Telegram export' }
  }
  // ransomwatch, RansomLook and ransomware.live: the group, and the victim as a title.
  if (/"(?:group_name|group)"[ \t]*:[ \t]*"/.test(start) && /"(?:post_title|victim)"[ \t]*:[ \t]*"/.test(start))
    return { kind: 'jsonl', seen: 'JSON list of a leak-site tracker', claim: true }
  // A bracket may open a log line of another format: the first value must look like JSON.
  if (/^(?:\{[ \t\r\n]*["}]|\[[ \t\r\n]*[[{"\]\d-])/.test(start)) return { kind: 'jsonl', seen: 'JSON' }
  return undefined
}

function sniffTable(lines: readonly string[]): Sniffed | undefined {
  if (lines.length < 2) return undefined
  const dialect = sniffDialect(lines)
  const all = sniffRows(lines, { ...dialect, cut: true })
  const header = findHeader(all)
  // Behind a title the table must be all the more regular.
  const titles = header?.titles === true && header.at > 0
  const rows = titles ? all.slice(header.at) : all
  const top = titles || header?.titles === false ? header.cells.length : (rows[0]?.length ?? 0)
  const common = commonWidth(rows)
  // A first line of names that another delimiter cuts into as many.
  const otherTop = top === 1 && otherDelimiters(lines.slice(0, 1), { width: common, not: dialect.delimiter }) === 1
  const width = otherTop ? common : top
  if (width < 2 || rows.length < 2) return undefined
  const same = rows.filter((row) => row.length === width).length
  const others = same * 2 < rows.length ? 0 : otherDelimiters(lines, { width, not: dialect.delimiter })
  const prose = rows.filter((row) => row.some((cell) => cell.length > 200)).length
  const sentences = rows.filter((row) => row.some((cell) => cell.split(' ', 7).length > 6)).length
  if (sentences * 2 > rows.length && same < rows.length) return undefined
  // Lines of which most end as sentences do, and not all of which have as many cells.
  const ended = lines.filter((line) => /\p{L}[.!?]["'”’)]?\s*$/u.test(line)).length
  if (ended * 2 > lines.length && same < rows.length) return undefined
  const enough = header !== undefined && !titles ? 0.6 : 0.9
  if ((same + others) / rows.length < enough || prose > rows.length / 2) return undefined
  return { kind: 'csv', seen: `table of ${width} columns, delimiter ${JSON.stringify(dialect.delimiter)}` }
}

/** Cells of a first line that is longer than what was looked at, from which on it is no prose. */
const manyCells = 500

/** A table whose first line alone fills the head. */
function sniffWideTable(line: string): Sniffed | undefined {
  for (const delimiter of delimiters) {
    const cells = line.split(delimiter)
    if (cells.length < manyCells || cells.some((cell) => cell.length > 200)) continue
    const sentences = cells.filter((cell) => cell.trim().split(' ', 4).length > 3).length
    if (sentences * 2 > cells.length) continue
    return { kind: 'csv', seen: `table of ${cells.length} columns or more, delimiter ${JSON.stringify(delimiter)}` }
  }
  return undefined
}

/** Lines that another delimiter cuts into as many cells: files that were joined. */
function otherDelimiters(lines: readonly string[], of: { readonly width: number; readonly not: string }): number {
  return lines.filter((line) =>
    delimiters.some((one) => one !== of.not && line.split(one, of.width + 1).length === of.width && !line.includes(of.not)),
  ).length
}

function markdownSigns(lines: readonly string[]): number {
  const signs = [
    /^#{1,6} \S/,
    /^(?:[-*]|\d{1,3}\.) \S/,
    /\[[^\]\n]{1,300}\]\([^)\n]{1,2000}\)/,
    /^> ?\S/,
    /^(?:```|---$)/,
    /\*\*[^*\n]{1,300}\*\*/,
  ]
  const heading = lines.some((line) => /^#{1,6} \S/.test(line)) ? 1 : 0
  return signs.filter((sign) => lines.some((line) => line.length < 5_000 && sign.test(line))).length + heading
}

function mostly(lines: readonly string[], test: (line: string) => boolean): boolean {
  const hits = lines.filter(test).length
  return hits > 0 && hits * 2 > lines.length
}
