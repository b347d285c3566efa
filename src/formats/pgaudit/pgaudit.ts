import {
  fault,
  limits,
  parseIso,
  isoMicros,
  type Batch,
  type ByteSource,
  type Fault,
  type Moment,
  type Watch,
} from '../../base/index.ts'
import { decoded, headBytes, sniffEncoding } from '../table/encoding.ts'
import { textLines, type TextLine } from '../table/text-lines.ts'
import { payloadComplete, readParameters, readPayload } from './payload.ts'
import { compilePrefix, type PrefixedLine } from './prefix.ts'

/** One statement (or one of its relations) that pgAudit logged. */
export interface PgAuditRecord {
  /** Ordinal of the entry among all entries of the log, audit or not, from 1. */
  readonly n: number
  /** Line the entry begins on. */
  readonly line: number
  readonly time: Moment
  readonly user: string
  readonly database: string
  readonly host: string
  readonly application: string
  /** Session or process id, '' when the prefix states none; with `statementId` it tells which entries are one statement. */
  readonly session: string
  readonly statementId: string
  readonly class: string
  readonly command: string
  readonly object: string
  /** '' when the log does not state it. */
  readonly statement: string
  readonly parameters: readonly string[] | 'not-logged'
  /** Rows returned or changed (`pgaudit.log_rows`). */
  readonly rows?: number
}

export interface PgAuditOptions {
  /** The server's `log_line_prefix`. */
  readonly prefix?: string
  /** Zone for times whose abbreviation (`MYT`) does not state one. */
  readonly zone?: string
  readonly watch?: Watch
}

/** Lines of one entry; a statement longer than this is a fault. */
const entryLines = 100_000

/** Statements remembered for `<previously logged>`. */
const remembered = 10_000

/**
 * Reads a PostgreSQL server log (stderr format) and gives its pgAudit entries. Lines of one entry are joined: continuation lines begin
 * with a tab, or stand inside an open quote. Other entries of the server are counted in `n` and passed over.
 */
export async function* readPgAudit(source: ByteSource, options: PgAuditOptions = {}): AsyncIterable<Batch<PgAuditRecord>> {
  const parse = compilePrefix(options.prefix ?? '%m [%p] %q%u@%d %h %a ')
  const encoding = sniffEncoding(await source.slice(0, headBytes))
  const log = new AuditLog(source.name, options.zone)
  let open: { line: number; head: PrefixedLine; parts: string[]; chars: number } | undefined
  for await (const lines of textLines(decoded(source, encoding, options.watch))) {
    for (const line of lines) {
      const head = open !== undefined && line.text.startsWith('\t') ? undefined : line.tooLong ? undefined : parse(line.text)
      if (head !== undefined) {
        if (open !== undefined) log.entry(open)
        open = { line: line.line, head, parts: [head.message], chars: head.message.length }
      } else if (
        open !== undefined &&
        !line.tooLong &&
        open.parts.length < entryLines &&
        open.chars < limits.lineBytes &&
        belongs(open, line)
      ) {
        open.parts.push(line.text.startsWith('\t') ? line.text.slice(1) : line.text)
        open.chars += line.text.length
      } else if (line.text !== '' || line.tooLong) log.stray(line)
    }
    yield log.take()
  }
  if (open !== undefined) log.entry(open)
  yield log.take()
}

function belongs(open: { head: PrefixedLine; parts: readonly string[] }, line: TextLine): boolean {
  if (line.text.startsWith('\t')) return true
  return open.head.message.startsWith('AUDIT: ') && open.parts.length < 1_000 && !payloadComplete(open.parts.join('\n'))
}

class AuditLog {
  readonly #file: string
  readonly #zone: string | undefined
  readonly #statements = new Map<string, { statement: string; parameters: readonly string[] | 'not-logged' }>()
  #n = 0
  #records: PgAuditRecord[] = []
  #faults: Fault[] = []

  constructor(file: string, zone: string | undefined) {
    this.#file = file
    this.#zone = zone
  }

  take(): Batch<PgAuditRecord> {
    const batch = { records: this.#records, faults: this.#faults }
    this.#records = []
    this.#faults = []
    return batch
  }

  /** A line that begins no entry and continues none. */
  stray(line: TextLine): void {
    this.#faults.push(
      fault(
        'pgaudit-line-unread',
        line.tooLong
          ? `The line is longer than ${limits.lineBytes} characters.`
          : 'The line does not begin with the log_line_prefix and continues no entry.',
        { file: this.#file, line: line.line },
        'Give the log_line_prefix of the server (log_line_prefix in the case file).',
        1,
      ),
    )
  }

  entry(entry: { line: number; head: PrefixedLine; parts: readonly string[] }): void {
    this.#n += 1
    if (!entry.head.message.startsWith('AUDIT: ')) return
    const where = { file: this.#file, line: entry.line, record: this.#n }
    const payload = readPayload(entry.parts.join('\n').slice('AUDIT: '.length))
    if (payload === undefined) {
      this.#faults.push(
        fault(
          'pgaudit-entry-wrong',
          'The entry is no complete pgAudit entry: a quote is open, or fields are missing.',
          where,
          'Look whether the log was cut or mixed here; the other entries were read.',
          1,
        ),
      )
      return
    }
    const { fields } = entry.head
    const time = fields.epoch === undefined ? logTime(fields.time ?? '', this.#zone) : epochTime(fields.epoch)
    if (time === undefined) {
      this.#faults.push(
        fault(
          'pgaudit-time-wrong',
          'The time of the entry cannot be read.',
          where,
          'Give the zone of the server (zone in the case file).',
          1,
        ),
      )
      return
    }
    const session = fields.session ?? fields.pid ?? ''
    const told = this.#statement(`${session}/${payload.statementId}`, payload.statement, readParameters(payload.parameter))
    const rows = payload.rows === undefined || !/^\d{1,15}$/.test(payload.rows) ? undefined : Number(payload.rows)
    this.#records.push({
      n: this.#n,
      line: entry.line,
      time,
      user: fields.user ?? '',
      database: fields.database ?? '',
      host: hostOf(fields.host ?? ''),
      application: fields.application ?? '',
      session,
      statementId: payload.statementId,
      class: payload.class,
      command: payload.command,
      object: payload.object,
      ...told,
      ...(rows === undefined ? {} : { rows }),
    })
  }

  /** Resolves `<previously logged>` (`pgaudit.log_statement_once`). */
  #statement(
    key: string,
    statement: string,
    parameters: readonly string[] | 'not-logged',
  ): { statement: string; parameters: readonly string[] | 'not-logged' } {
    if (statement === '<previously logged>') return this.#statements.get(key) ?? { statement: '', parameters: 'not-logged' }
    const told = { statement: statement === '<not logged>' ? '' : statement, parameters }
    this.#statements.delete(key)
    this.#statements.set(key, told)
    const oldest = this.#statements.size > remembered ? this.#statements.keys().next().value : undefined
    if (oldest !== undefined) this.#statements.delete(oldest)
    return told
  }
}

/** `2026-07-01 09:12:33.123 +08`, `... UTC`, `... MYT`: abbreviations other than UTC and GMT state no zone. */
function logTime(text: string, zone: string | undefined): Moment | undefined {
  const at = text.lastIndexOf(' ')
  const name = text.slice(at + 1)
  const digits = text.slice(0, at)
  if (name === 'UTC' || name === 'GMT') return parseIso(`${digits}Z`)
  return /^[+-]\d/.test(name) ? parseIso(`${digits}${name}`) : parseIso(digits, zone)
}

function epochTime(text: string): Moment {
  const [seconds = '0', fraction = ''] = text.split('.')
  const micros = fraction.padEnd(6, '0').slice(0, 6)
  return { at: isoMicros(Number(seconds) * 1000 + Number(micros.slice(0, 3)), micros.slice(3)), zone: 'stated' }
}

/** `10.1.2.3(51234)` as `%r` writes it, without the port. */
function hostOf(text: string): string {
  return text.replace(/\(\d{1,5}\)$/, '')
}
