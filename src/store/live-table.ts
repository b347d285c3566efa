import { limits, sha256, UserError, exitCodes } from '../base/index.ts'
import { liveAddressText, type LiveAddress } from './live-address.ts'
import { rowsDigest } from './live-digest.ts'
import { openLiveEngine, type LiveEngine } from './live-engine.ts'
import { liveFailure, liveTableMissing } from './live-failure.ts'
import { describeStatement, partsStatement, readStatement, type Dialect, type LiveColumn, type LivePlan } from './live-sql.ts'

/** A value as text; null where the system has none. */
type LiveValue = string | null

/** What was found out about a read when its last row has come. */
interface LiveReceipt {
  /** Rows that came; equal to what the system counted in the same snapshot. */
  readonly rows: number
  /** Sum modulo 2^256 of SHA-256 over the JSON array of each row's values: any order of rows gives the same. */
  readonly digest: string
  /** PostgreSQL: `txid_current_snapshot`; MySQL: the executed GTIDs; ClickHouse: the parts of the table. Empty where the system has none. */
  readonly snapshot: string
  /** The system's own time when the statement began, ISO 8601 UTC. */
  readonly systemTime: string
  /** Values cut at `plan.longest` characters. */
  readonly cutValues: number
  /** What whoever relies on the read should know. */
  readonly notices: readonly LiveNotice[]
}

/** `row-rules`: the system shows this user only some rows. `changing`: the table changed meanwhile. */
type LiveNotice = 'row-rules' | 'not-encrypted' | 'changing' | 'zone-assumed' | 'values-cut'

/** An opened table of a running system, not yet read. */
export interface LiveTable {
  readonly address: LiveAddress
  readonly version: string
  readonly plan: LivePlan
  /** Reads the table once, in one statement. Throws a `UserError` without secrets or values when the system fails. */
  rows(): AsyncGenerator<readonly (readonly LiveValue[])[]>
  /** After the last row; undefined before. */
  receipt(): LiveReceipt | undefined
  close(): Promise<void>
}

/**
 * Connects, and checks the wanted columns and conditions against the system's own catalogue. Reading is one read-only statement of ours;
 * raw values pass through and are kept nowhere. Throws a `UserError`.
 */
export async function openLiveTable(options: {
  readonly address: LiveAddress
  readonly password: string
  /** Data directory of the embedded engine of this process. */
  readonly directory: string
  /** All columns when absent. */
  readonly columns?: readonly string[]
  readonly where?: readonly { readonly column: string; readonly value: string }[]
  /** `+08:00`; UTC when absent. */
  readonly zone?: string
  readonly signal?: AbortSignal
}): Promise<LiveTable> {
  const { address, where = [] } = options
  const zone = options.zone ?? '+00:00'
  if (!/^[+-](?:0\d|1[0-4]):[0-5]\d$/.test(zone))
    throw refused('live-zone-wrong', `"${zone}" is no offset from UTC`, 'write it as +08:00')
  const engine = await openLiveEngine(options)
  try {
    const { dialect, columns } = await described(engine, address)
    const wanted = options.columns ?? columns.map((column) => column.name)
    for (const name of [...wanted, ...where.map((one) => one.column)])
      if (!dialect.types.has(name)) throw unknownColumn(name, columns)
    if (new Set(wanted).size !== wanted.length)
      throw refused('live-column-twice', 'a column is asked for twice', 'name every column once')
    if (wanted.length > limits.columns)
      throw refused('live-too-wide', `the table has ${wanted.length} columns`, 'name those to be read with --columns')
    const plan: LivePlan = {
      system: liveAddressText(address),
      columns: wanted.map((name) => ({ name, type: dialect.types.get(name) ?? '' })),
      where,
      zone,
      longest: limits.fieldChars,
    }
    const reading = readOnce({ engine, address, plan, dialect, zoneGiven: options.zone !== undefined })
    return { address, version: dialect.version, plan, rows: reading.rows, receipt: reading.receipt, close: () => engine.close() }
  } catch (error) {
    await engine.close()
    throw liveFailure(address, error)
  }
}

async function described(
  engine: LiveEngine,
  address: LiveAddress,
): Promise<{ dialect: Dialect; columns: readonly LiveColumn[] }> {
  interface Found {
    readonly name: string
    readonly type: string
    readonly at: number
    readonly version: string
    readonly encoding: string
    readonly filtered: number
  }
  const found: Found[] = []
  for await (const rows of engine.ask<Found>(describeStatement(address))) found.push(...rows)
  const [first] = found
  if (first === undefined) throw liveTableMissing(address)
  found.sort((a, b) => a.at - b.at)
  // PostgreSQL's catalogue speaks the encoding of the database; names come as the digits of their UTF-8.
  const nameOf = (name: string): string => (address.kind === 'postgresql' ? Buffer.from(name, 'hex').toString('utf8') : name)
  const columns = found.map(({ name, type }) => ({ name: nameOf(name), type }))
  const recode = first.encoding !== 'UTF8' && first.encoding !== 'SQL_ASCII'
  const types = new Map(columns.map(({ name, type }) => [name, type]))
  return { columns, dialect: { version: first.version, recode, filtered: first.filtered === 1, types } }
}

function readOnce(options: {
  readonly engine: LiveEngine
  readonly address: LiveAddress
  readonly plan: LivePlan
  readonly dialect: Dialect
  readonly zoneGiven: boolean
}): Pick<LiveTable, 'rows' | 'receipt'> {
  const { engine, address, plan, dialect } = options
  const names = plan.columns.map((_, at) => `c${at}`)
  const decode = (value: LiveValue): LiveValue =>
    value !== null && dialect.recode ? Buffer.from(value, 'hex').toString('utf8') : value
  let receipt: LiveReceipt | undefined
  async function* rows(): AsyncGenerator<readonly (readonly LiveValue[])[]> {
    const digest = rowsDigest()
    let head: Head | undefined
    let count = 0
    let cutValues = 0
    try {
      const parts = await partsOf(engine, address)
      for await (const batch of engine.ask<Record<string, LiveValue>>(readStatement(address, plan, dialect))) {
        const values: (readonly LiveValue[])[] = []
        for (const row of batch) {
          if (row['k'] === 'h') {
            head = JSON.parse(decode(row['c0'] ?? '{}') ?? '{}') as Head
            continue
          }
          const cells = names.map((name) => decode(row[name] ?? null))
          for (const [at, cell] of cells.entries()) {
            if (cell === null || cell.length <= plan.longest) continue
            const letters = Array.from(cell)
            if (letters.length <= plan.longest) continue
            cutValues += 1
            cells[at] = letters.slice(0, plan.longest).join('')
          }
          digest.add(cells)
          values.push(cells)
        }
        count += values.length
        if (values.length > 0) yield values
      }
      const after = await partsOf(engine, address)
      if (head === undefined || head.count !== String(count)) throw truncated(address, { counted: head?.count, came: count })
      receipt = {
        rows: count,
        digest: digest.hex(),
        snapshot: head.snapshot ?? parts ?? '',
        systemTime: head.at,
        cutValues,
        notices: noticesOf({ ...options, head, cutValues, changed: parts !== after }),
      }
    } catch (error) {
      throw liveFailure(address, error)
    }
  }
  return { rows, receipt: () => receipt }
}

/** The first row of a read. */
interface Head {
  readonly snapshot?: string
  readonly at: string
  readonly count: string
  readonly encrypted?: boolean | null
}

async function partsOf(engine: LiveEngine, address: LiveAddress): Promise<string | undefined> {
  if (address.kind !== 'clickhouse') return undefined
  let parts = ''
  for await (const rows of engine.ask<{ parts: string }>(partsStatement(address))) for (const row of rows) parts += row.parts
  return parts === '' ? '' : `${parts.split(' ').length} parts, SHA-256 of their names ${sha256(parts)}`
}

function noticesOf(found: {
  readonly address: LiveAddress
  readonly plan: LivePlan
  readonly dialect: Dialect
  readonly head: Head
  readonly zoneGiven: boolean
  readonly cutValues: number
  readonly changed: boolean
}): LiveNotice[] {
  const { address, plan, dialect, head } = found
  const near = /^(?:127\.|localhost$|\[::1\]$)/.test(address.host)
  const open = head.encrypted === false || (address.kind === 'clickhouse' && !address.tls)
  const zoned = plan.columns.some(({ type }) => zonedTypes[address.kind].test(type))
  return [
    ...(dialect.filtered ? (['row-rules'] as const) : []),
    ...(open && !near ? (['not-encrypted'] as const) : []),
    ...(found.changed ? (['changing'] as const) : []),
    ...(zoned && !found.zoneGiven ? (['zone-assumed'] as const) : []),
    ...(found.cutValues > 0 ? (['values-cut'] as const) : []),
  ]
}

const zonedTypes: Readonly<Record<LiveAddress['kind'], RegExp>> = {
  postgresql: /^timestamp with time zone$/,
  mysql: /^timestamp$/,
  clickhouse: /datetime/,
}

function truncated(address: LiveAddress, found: { readonly counted: string | undefined; readonly came: number }): UserError {
  return new UserError({
    code: 'live-read-short',
    message: `${address.host} counted ${found.counted ?? 'no'} rows and sent ${found.came}; nothing was registered`,
    hint: 'the connection broke off, or rows changed under a storage without snapshots (MyISAM): read it again',
    exitCode: exitCodes.environment,
  })
}

function unknownColumn(name: string, columns: readonly LiveColumn[]): UserError {
  return refused(
    'live-column-unknown',
    `the table has no column ${JSON.stringify(name)}`,
    `its columns: ${columns
      .slice(0, 50)
      .map((column) => column.name)
      .join(', ')}`,
  )
}

function refused(code: string, message: string, hint: string): UserError {
  return new UserError({ code, message, hint, exitCode: exitCodes.usage })
}
