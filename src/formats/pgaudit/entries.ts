import { limits, type ByteSource, type Watch } from '../../base/index.ts'
import { parseJson } from '../jsonl/parse-json.ts'
import { decoded, headBytes, sniffEncoding } from '../table/encoding.ts'
import { textLines, type TextLine } from '../table/text-lines.ts'
import { csvCells, payloadComplete } from './payload.ts'
import { compilePrefix, type PrefixedLine, type PrefixField } from './prefix.ts'

/** An entry of a PostgreSQL server log, whichever of its three formats it is written in. */
export interface ServerEntry {
  readonly line: number
  readonly fields: PrefixedLine['fields']
  readonly severity: string
  readonly message: string
}

/** A line that begins no entry and continues none. */
export interface StrayLine {
  readonly stray: TextLine
}

/** Lines of one entry; a statement longer than this is a fault. */
const entryLines = 100_000

/** A row of csvlog begins with its time and says user, database, process, client and session in this order. */
const csvStart =
  /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.\d{3} [^,"]{1,10},(?:"(?:[^"]|""){0,200}")?,(?:"(?:[^"]|""){0,200}")?,\d{1,10},(?:"[^"]{0,300}"|[^,"]{0,300}),[\da-f]{1,16}\.[\da-f]{1,8},\d{1,10},/

/** Which of PostgreSQL's formats the first lines of a log are in (`log_destination`). */
export function pgLogFormat(lines: readonly string[]): 'stderr' | 'csvlog' | 'jsonlog' | undefined {
  const first = lines.find((line) => line.trim() !== '') ?? ''
  if (csvStart.test(first)) return 'csvlog'
  if (first.startsWith('{"timestamp":"') && /"error_severity":"[A-Z]/.test(first) && /"backend_type":"/.test(first))
    return 'jsonlog'
  const entries = lines.filter((line) => severe.test(line.slice(0, 400))).length
  // Through syslog it is a log of another form.
  const own =
    lines.some((line) => telling.test(line.slice(0, 600))) && !lines.some((line) => / postgres\[\d{1,10}\]: /.test(line))
  const begun = lines.filter((line) => !line.startsWith('\t')).length
  return own && entries * 2 > begun ? 'stderr' : undefined
}

const severe = /(?:^|[ :>\])])(?:LOG|FATAL|ERROR|WARNING|PANIC|DETAIL|HINT|STATEMENT|CONTEXT|NOTICE): {2}\S/
const telling =
  /LOG: {2}(?:AUDIT: (?:SESSION|OBJECT),|connection received: host=|connection authorized: user=|database system (?:is|was) |starting PostgreSQL |checkpoint (?:starting|complete): |disconnection: session time: )|FATAL: {2}(?:password authentication failed for user|no pg_hba\.conf entry for )/

/** The entries of a server log in order, and the lines that belong to none. */
export async function* readEntries(
  source: ByteSource,
  options: { readonly prefix?: string; readonly watch?: Watch },
): AsyncGenerator<readonly (ServerEntry | StrayLine)[]> {
  const head = await source.slice(0, headBytes)
  const encoding = sniffEncoding(head)
  const lines = textLines(decoded(source, encoding, options.watch))
  const first = Buffer.from(head).toString('utf8').split('\n', 200)
  const format = pgLogFormat(first.slice(0, 50))
  const cut =
    format === 'csvlog'
      ? new CsvEntries()
      : format === 'jsonlog'
        ? new JsonEntries()
        : new TextEntries(options.prefix ?? likelyPrefix(first))
  for await (const batch of lines) yield batch.flatMap((line) => cut.add(line))
  yield cut.end()
}

/** Prefixes that are usual: our own, Debian's, PostgreSQL's, those of managed services, and pgBadger's. */
const usual = [
  '%m [%p] %q%u@%d %h %a ',
  '%m [%p] %q%u@%d ',
  '%m [%p] ',
  '%t:%r:%u@%d:[%p]:',
  '%m [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ',
  '%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ',
  '%t [%p]: user=%u,db=%d,app=%a,client=%h ',
  '%t [%p-%l] %q%u@%d ',
  '%t [%p]: [%l-1] %q%u@%d ',
  '%m:%r:%u@%d:[%p]:%l:%e:%s:%v:%x:%c:%q%a:',
  '%t-%c-user=%u,db=%d,app=%a,client=%h ',
] as const

/** The prefix that most of the first lines begin with, when none is told; our own where none is better. */
function likelyPrefix(lines: readonly string[]): string {
  let best: string = usual[0]
  let most = -1
  for (const template of usual) {
    const parse = compilePrefix(template)
    const read = lines.filter((line) => parse(line.slice(0, 1_000)) !== undefined).length
    if (read > most) [best, most] = [template, read]
  }
  return best
}

/** Lines with a prefix; those of one entry are joined: continuations begin with a tab, or stand inside an open quote. */
class TextEntries {
  readonly #parse: (line: string) => PrefixedLine | undefined
  #open: { line: number; head: PrefixedLine; parts: string[]; chars: number } | undefined

  constructor(prefix: string) {
    this.#parse = compilePrefix(prefix)
  }

  add(line: TextLine): readonly (ServerEntry | StrayLine)[] {
    const open = this.#open
    const head = (open !== undefined && line.text.startsWith('\t')) || line.tooLong ? undefined : this.#parse(line.text)
    if (head !== undefined) {
      const done = this.end()
      this.#open = { line: line.line, head, parts: [head.message], chars: head.message.length }
      return done
    }
    if (
      open !== undefined &&
      !line.tooLong &&
      open.parts.length < entryLines &&
      open.chars < limits.lineBytes &&
      belongs(open, line)
    ) {
      open.parts.push(line.text.startsWith('\t') ? line.text.slice(1) : line.text)
      open.chars += line.text.length
      return []
    }
    return line.text !== '' || line.tooLong ? [{ stray: line }] : []
  }

  end(): readonly ServerEntry[] {
    const open = this.#open
    this.#open = undefined
    if (open === undefined) return []
    const { fields, severity } = open.head
    return [{ line: open.line, fields, severity, message: open.parts.join('\n') }]
  }
}

function belongs(open: { head: PrefixedLine; parts: readonly string[] }, line: TextLine): boolean {
  if (line.text.startsWith('\t')) return true
  return open.head.message.startsWith('AUDIT: ') && open.parts.length < 1_000 && !payloadComplete(open.parts.join('\n'))
}

/** Rows of csvlog (PostgreSQL manual, "Using CSV-Format Log Output"); a statement may go over several lines. */
class CsvEntries {
  #open: { readonly first: TextLine; readonly parts: string[]; quotes: number; chars: number } | undefined

  add(line: TextLine): readonly (ServerEntry | StrayLine)[] {
    if (line.tooLong) return [...this.end(), { stray: line }]
    const quotes = line.text.split('"').length - 1
    // A row that was cut leaves its quote open: the next that begins as rows do is one of its own.
    const done = this.#open !== undefined && csvStart.test(line.text) ? this.end() : []
    if (this.#open === undefined) {
      if (line.text === '') return done
      this.#open = { first: line, parts: [line.text], quotes, chars: line.text.length }
    } else {
      this.#open.parts.push(line.text)
      this.#open.quotes += quotes
      this.#open.chars += line.text.length
    }
    const open = this.#open
    const whole = open.quotes % 2 === 0 || open.parts.length >= entryLines || open.chars >= limits.lineBytes
    return whole ? [...done, ...this.end()] : done
  }

  end(): readonly (ServerEntry | StrayLine)[] {
    const open = this.#open
    this.#open = undefined
    if (open === undefined) return []
    const cells = csvCells(open.parts.join('\n'))
    if (cells === undefined || cells.length < 22) return [{ stray: open.first }]
    const [time = '', user = '', database = '', pid = '', from = '', session = ''] = cells
    const fields = { time, user, database, pid, host: from.replace(/:\d{1,5}$/, ''), session, application: cells[22] ?? '' }
    return [{ line: open.first.line, fields, severity: cells[11] ?? '', message: cells[13] ?? '' }]
  }
}

const members: readonly (readonly [string, PrefixField])[] = [
  ['timestamp', 'time'],
  ['user', 'user'],
  ['dbname', 'database'],
  ['pid', 'pid'],
  ['remote_host', 'host'],
  ['session_id', 'session'],
  ['application_name', 'application'],
]

/** Lines of jsonlog (PostgreSQL manual, "Using JSON-Format Log Output"). */
class JsonEntries {
  add(line: TextLine): readonly (ServerEntry | StrayLine)[] {
    if (line.text === '' && !line.tooLong) return []
    const parsed = line.tooLong ? undefined : parseJson(line.text)
    if (parsed?.ok !== true || typeof parsed.value !== 'object' || parsed.value === null || Array.isArray(parsed.value))
      return [{ stray: line }]
    const value = parsed.value as Readonly<Record<string, unknown>>
    const fields: PrefixedLine['fields'] = {}
    for (const [name, as] of members) {
      const text = value[name]
      if (typeof text === 'string' || typeof text === 'number') fields[as] = String(text)
    }
    const { message, error_severity: severity } = value
    return [
      {
        line: line.line,
        fields,
        severity: typeof severity === 'string' ? severity : '',
        message: typeof message === 'string' ? message : '',
      },
    ]
  }

  end(): readonly ServerEntry[] {
    return []
  }
}
