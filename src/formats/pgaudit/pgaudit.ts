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
import type { TextLine } from '../table/text-lines.ts'
import { readEntries, type ServerEntry } from './entries.ts'
import { loginIn, receivedFrom, type LoginSaid } from './logins.ts'
import { readParameters, readPayload } from './payload.ts'

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

/** A log-in that the server accepted, refused, or that ended. */
export interface PgLogin extends LoginSaid, Pick<PgAuditRecord, 'n' | 'line' | 'time' | 'session'> {}

export interface PgAuditOptions {
  /** The server's `log_line_prefix`. */
  readonly prefix?: string
  /** Zone for times whose abbreviation (`MYT`) does not state one. */
  readonly zone?: string
  readonly watch?: Watch
}

/** Statements remembered for `<previously logged>`, and sessions whose client is. */
const remembered = 10_000

/**
 * Reads a PostgreSQL server log (stderr format, csvlog, jsonlog) and gives its pgAudit entries. Other entries of the server are
 * counted in `n` and passed over.
 */
export async function* readPgAudit(source: ByteSource, options: PgAuditOptions = {}): AsyncIterable<Batch<PgAuditRecord>> {
  for await (const { records, faults } of readPgLog(source, options))
    yield { records: records.filter((record): record is PgAuditRecord => !('login' in record)), faults }
}

/** Reads a PostgreSQL server log as `readPgAudit` does, and gives log-ins too (`log_connections`, refused passwords). */
export async function* readPgLog(
  source: ByteSource,
  options: PgAuditOptions = {},
): AsyncGenerator<Batch<PgAuditRecord | PgLogin>> {
  const log = new AuditLog(source.name, options.zone)
  for await (const entries of readEntries(source, options)) {
    for (const entry of entries) {
      if ('stray' in entry) log.stray(entry.stray)
      else log.entry(entry)
    }
    yield log.take()
  }
}

class AuditLog {
  readonly #file: string
  readonly #zone: string | undefined
  readonly #statements = new Map<string, { statement: string; parameters: readonly string[] | 'not-logged' }>()
  #n = 0
  readonly #clients = new Map<string, string>()
  #records: (PgAuditRecord | PgLogin)[] = []
  #faults: Fault[] = []

  constructor(file: string, zone: string | undefined) {
    this.#file = file
    this.#zone = zone
  }

  take(): Batch<PgAuditRecord | PgLogin> {
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

  entry(entry: ServerEntry): void {
    this.#n += 1
    if (!entry.message.startsWith('AUDIT: ')) {
      this.#login(entry)
      return
    }
    const where = { file: this.#file, line: entry.line, record: this.#n }
    const payload = readPayload(entry.message.slice('AUDIT: '.length))
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
    const { fields } = entry
    const time = this.#time(entry)
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
      host: hostOf(fields.host ?? this.#clients.get(session) ?? ''),
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

  #time({ fields }: ServerEntry): Moment | undefined {
    return fields.epoch === undefined ? logTime(fields.time ?? '', this.#zone) : epochTime(fields.epoch)
  }

  #login(entry: ServerEntry): void {
    const { fields } = entry
    const session = fields.session ?? fields.pid ?? ''
    const client = receivedFrom(entry)
    if (client !== undefined && session !== '') remember(this.#clients, session, client)
    const said = loginIn(entry)
    const time = said === undefined ? undefined : this.#time(entry)
    if (said === undefined || time === undefined) return
    const host = hostOf(said.host || (this.#clients.get(session) ?? ''))
    this.#records.push({ ...said, n: this.#n, line: entry.line, time, host, session })
  }

  /** Resolves `<previously logged>` (`pgaudit.log_statement_once`). */
  #statement(
    key: string,
    statement: string,
    parameters: readonly string[] | 'not-logged',
  ): { statement: string; parameters: readonly string[] | 'not-logged' } {
    if (statement === '<previously logged>') return this.#statements.get(key) ?? { statement: '', parameters: 'not-logged' }
    const told = { statement: statement === '<not logged>' ? '' : statement, parameters }
    remember(this.#statements, key, told)
    return told
  }
}

function remember<V>(kept: Map<string, V>, key: string, value: V): void {
  kept.delete(key)
  kept.set(key, value)
  const oldest = kept.size > remembered ? kept.keys().next().value : undefined
  if (oldest !== undefined) kept.delete(oldest)
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
