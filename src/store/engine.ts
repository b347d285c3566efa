import { mkdtemp, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ClickHouseLogLevel, createClient, type ClickHouseClient } from '@clickhouse/client'
import { UserError, exitCodes } from '../base/index.ts'
import { EngineError } from './redact.ts'
import type { NativeRows } from './native-block.ts'
import { waitingRawRows, type Insertion, type RawRows, type Statements } from './raw-rows.ts'
import { derivedSql, schemaText } from './raw-sql.ts'
import { rawBlocks, rawFormat, type RawBatch } from './raw-text.ts'
import { embeddedRowFiles, serverRowFiles, type RowFiles } from './stored-rows.ts'
import { quoted } from './table.ts'

/** Values bound to `{name:Type}` placeholders. */
export type Params = Readonly<Record<string, unknown>>

/** Rows on their way into the engine, in batches. */
export type RowBatches = AsyncIterable<readonly object[]> | Iterable<readonly object[]>

/** Rows computed in the engine from raw values that never land on disk. */
export interface InsertSelect {
  readonly into: string
  /** Target columns, in the order of `select`. */
  readonly columns: readonly string[]
  /** Raw columns that `rows` carry, with their ClickHouse types; cells of a text are for scalar columns alone. */
  readonly raw: Readonly<Record<string, string>>
  /** Expressions over the raw columns by name, computed once and usable in `select`. */
  readonly derived?: Readonly<Record<string, string>>
  /** Likewise for raw columns of few values, by column: computed once for every value of a block. */
  readonly repeating?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Expressions over the raw and derived columns, one per target column. */
  readonly select: readonly string[]
  readonly params?: Params
  readonly rows: AsyncIterable<RawBatch> | Iterable<RawBatch>
}

/**
 * ClickHouse, in this process or behind a URL: the same statements either way. SQL text comes from our own code only;
 * values are always bound. Errors are `EngineError` without values.
 */
export interface Engine {
  readonly kind: 'embedded' | 'server'
  /** All rows of a small result; 64-bit integers arrive as text. */
  rows<T>(sql: string, params?: Params): Promise<T[]>
  run(sql: string, params?: Params): Promise<void>
  /** Appends rows (objects by column name); gives the number of rows. */
  insert(table: string, rows: RowBatches): Promise<number>
  insertSelect(spec: InsertSelect): Promise<number>
  /** Appends rows of one load in ClickHouse's own form; gives the number of rows. */
  insertNative(spec: {
    readonly into: string
    readonly loadId: string
    readonly blocks: AsyncIterable<NativeRows>
  }): Promise<number>
  /** Writes a result to a file (`savedRows`) that its owner alone can read, in ClickHouse's own form and compressed; the folder is there. */
  save(sql: string, file: string, params?: Params): Promise<void>
  /**
   * Appends rows computed from the bytes of a file of stored rows (`isStoredRows` of its name); `raw` names their columns.
   * Gives nothing: the caller knows how many rows they hold.
   */
  insertStored(
    spec: Omit<InsertSelect, 'rows' | 'derived' | 'repeating'> & { readonly name: string; readonly bytes: Uint8Array },
  ): Promise<void>
  /** A result in a ClickHouse output format (Parquet, …), as bytes. */
  bytes(sql: string, format: 'Parquet' | 'JSONEachRow' | 'CSVWithNames' | 'RowBinary', params?: Params): Promise<Uint8Array>
  close(): Promise<void>
}

/** Where an engine lives: a directory of ours, or a server. */
export type EngineAddress =
  | { readonly directory: string }
  | { readonly url: string; readonly user?: string; readonly password?: string; readonly database: string }

/** Settings of every statement; ours, on both kinds of engine. */
const settings = {
  date_time_input_format: 'best_effort',
  output_format_json_quote_64bit_integers: 1,
  input_format_json_read_numbers_as_strings: 1,
  max_memory_usage: '8000000000',
  // A table of `limits.columns` columns is one statement of about a megabyte.
  max_query_size: '16777216',
  max_ast_elements: '1000000',
  max_expanded_ast_elements: '4000000',
} as const

/** The client's own log prints bound values: it stays off, errors reach us as errors. */
const silent = { level: ClickHouseLogLevel.OFF }

const chunkRows = 50_000
const chunkChars = 32 * 1024 * 1024
const database = 'breachline'

/** Opens an engine. Throws a `UserError` (environment) when it cannot be reached or its package is missing. */
export async function openEngine(address: EngineAddress): Promise<Engine> {
  return 'directory' in address ? openEmbedded(address.directory) : openServer(address)
}

async function openEmbedded(directory: string): Promise<Engine> {
  const { createChdbConnection } = await import('chdb/connection').catch((cause: unknown) => {
    throw new UserError({
      code: 'engine-missing',
      message: 'the embedded engine (package chdb) is not installed or does not support this machine',
      hint: 'run "npm ci" again on Linux (glibc) or macOS, or give a ClickHouse server with --engine URL',
      exitCode: exitCodes.environment,
      cause,
    })
  })
  const connect = async () => {
    const connection = createChdbConnection({ path: directory })
    const client = createClient({ connection, clickhouse_settings: settings, log: silent } as unknown as Parameters<
      typeof createClient
    >[0])
    await guard('create its database', () => client.command({ query: `CREATE DATABASE IF NOT EXISTS ${database}` }))
    await guard('use its database', () => client.command({ query: `USE ${database}` }))
    return { connection, client }
  }
  const statements = ({ connection, client }: Awaited<ReturnType<typeof connect>>): Statements => ({
    command: (query, params = {}) => client.command({ query, query_params: { ...params } }),
    append: (table, format, values) => connection.chdb.rawInsert({ table, format, values }),
  })
  const { connection, client } = await connect()
  // A connection answers one statement after another: what is saved, and rows that are computed, have others beside it.
  let saver: ReturnType<typeof connect> | undefined
  let computer: ReturnType<typeof connect> | undefined
  const { drainPending } = await import('chdb')
  return engineOver({
    kind: 'embedded',
    client,
    openRaw: (raw) =>
      waitingRawRows(raw, {
        engine: statements({ connection, client }),
        beside: async () => statements(await (computer ??= connect())),
      }),
    async openNative() {
      // What is stored so stands in the engine's folder anyhow: it is handed over in a file beside it.
      const folder = await mkdtemp(join(directory, '..', 'incoming-'))
      const file = join(folder, 'rows.native')
      return {
        async insert({ into, columns, select, params, raw }, parts) {
          const handle = await open(file, 'w', 0o600)
          try {
            for (let at = 0; at < parts.length; at += 1_000) await handle.writev(parts.slice(at, at + 1_000))
          } finally {
            await handle.close()
          }
          const query = `INSERT INTO ${into} (${columns}) ${select(`file({native_file:String}, Native, ${schemaText(raw)})`)}`
          await client.command({ query, query_params: { ...params, native_file: file } })
        },
        close: () => rm(folder, { recursive: true, force: true }),
      }
    },
    files: embeddedRowFiles({ client, beside: async () => (await (saver ??= connect())).client }),
    async close() {
      for (const other of [saver, computer]) await (await other?.catch(() => undefined))?.client.close()
      await client.close()
      await drainPending()
    },
  })
}

async function openServer(address: Extract<EngineAddress, { url: string }>): Promise<Engine> {
  const options = {
    url: address.url,
    username: address.user ?? 'default',
    password: address.password ?? '',
    clickhouse_settings: { ...settings, send_progress_in_http_headers: 1, http_headers_progress_interval_ms: '20000' } as const,
    request_timeout: 600_000,
    log: silent,
  }
  const first = createClient(options)
  try {
    await first.command({ query: `CREATE DATABASE IF NOT EXISTS ${quoted(address.database)}` })
  } catch (cause) {
    throw new UserError({
      code: 'engine-unreachable',
      message: `the ClickHouse server does not answer (${new EngineError('connect', cause).message})`,
      hint: 'check the URL, the user and the password, and that the server listens for HTTP there',
      exitCode: exitCodes.environment,
    })
  } finally {
    await first.close()
  }
  const client = createClient({ ...options, database: address.database })
  return engineOver({
    kind: 'server',
    client,
    async openRaw(raw) {
      const { Readable } = await import('node:stream')
      return {
        twice: false,
        takesLines: () => Promise.resolve(false),
        async insert({ into, columns, select, params, format }, { text }) {
          const query = `INSERT INTO ${into} (${columns}) ${select(`input(${schemaText(raw)})`)} FORMAT ${format}`
          const values = Readable.from([text], { objectMode: false })
          const { stream } = await client.exec({ query, values, query_params: { ...params } })
          for await (const _ of stream) void _
        },
        finish: () => Promise.resolve(),
        close: () => Promise.resolve(),
      }
    },
    openNative: () =>
      Promise.resolve({
        async insert({ into, columns, select, params, raw }, parts) {
          const { Readable } = await import('node:stream')
          const query = `INSERT INTO ${into} (${columns}) ${select(`input(${schemaText(raw)})`)} FORMAT Native`
          const { stream } = await client.exec({
            query,
            values: Readable.from(parts, { objectMode: false }),
            query_params: { ...params },
          })
          for await (const _ of stream) void _
        },
        close: () => Promise.resolve(),
      }),
    files: serverRowFiles(client),
    close: () => client.close(),
  })
}

interface Backend {
  readonly kind: Engine['kind']
  readonly client: ClickHouseClient
  /** Where raw rows are put, block by block, to be computed from. */
  openRaw(raw: InsertSelect['raw']): Promise<RawRows>
  openNative(): Promise<NativeInserts>
  readonly files: RowFiles
  close(): Promise<void>
}

interface NativeInserts {
  insert(spec: Insertion & { raw: InsertSelect['raw'] }, parts: readonly Uint8Array[]): Promise<void>
  close(): Promise<void>
}

function engineOver({ kind, client, openRaw, openNative, files, close }: Backend): Engine {
  return {
    kind,
    async rows<T>(sql: string, params: Params = {}) {
      return guard('answer a query', async () => {
        const result = await client.query({ query: sql, query_params: bound(sql, params), format: 'JSONEachRow' })
        return result.json<T>()
      })
    },
    async run(sql, params = {}) {
      await guard('run a statement', () => client.command({ query: sql, query_params: bound(sql, params) }))
    },
    async insert(table, rows) {
      let count = 0
      for await (const batch of chunked(rows)) {
        await guard(`insert into ${table}`, () => client.insert({ table, values: batch, format: 'JSONEachRow' }))
        count += batch.length
      }
      return count
    },
    async insertSelect({ into, columns, raw, derived = {}, repeating = {}, select, params = {}, rows }) {
      let count = 0
      const target = { into: quoted(into), columns: columns.map(quoted).join(', ') }
      const doing = `compute rows of ${into}`
      const format = rawFormat(raw)
      const blocks = await guard(doing, () => openRaw(raw))
      const spec = {
        ...target,
        select: (source: string): string =>
          `SELECT ${select.join(', ')} FROM ${derivedSql({ source, derived, repeating, twice: blocks.twice })}`,
        params,
        format,
      }
      try {
        // One block is computed while the next one is read and written out.
        let before: Promise<void> = Promise.resolve()
        try {
          const takesLines = (): Promise<boolean> => guard(doing, () => blocks.takesLines())
          for await (const block of rawBlocks(rows, { columns: Object.keys(raw), format, takesLines })) {
            await before
            before = guard(doing, () => blocks.insert(spec, block))
            before.catch(() => {})
            count += block.rows
          }
        } finally {
          await before
        }
        await guard(doing, () => blocks.finish(spec))
      } finally {
        await guard(doing, () => blocks.close())
      }
      return count
    },
    async insertNative({ into, loadId, blocks }) {
      let count = 0
      const doing = `insert into ${into}`
      const inserts = await guard(doing, openNative)
      try {
        // One block is stored while the next one is read.
        let before: Promise<void> = Promise.resolve()
        try {
          for await (const block of blocks) {
            await before
            const names = Object.keys(block.columns)
            const spec = {
              into: quoted(into),
              columns: ['load_id', ...names].map(quoted).join(', '),
              select: (source: string): string => `SELECT {native_load:UInt64}, ${names.map(quoted).join(', ')} FROM ${source}`,
              params: { native_load: BigInt(loadId) },
              raw: block.columns,
            }
            before = guard(doing, () => inserts.insert(spec, block.parts))
            before.catch(() => {})
            count += block.rows
          }
        } finally {
          await before
        }
      } finally {
        await inserts.close()
      }
      return count
    },
    async save(sql, file, params = {}) {
      await guard('save a result', () => files.save({ sql, file, params: bound(sql, params) }))
    },
    async insertStored({ into, columns, raw, select, params = {}, name, bytes }) {
      const spec = {
        into: quoted(into),
        columns: columns.map(quoted).join(', '),
        select: (source: string): string => `SELECT ${select.join(', ')} FROM ${source}`,
        params,
        raw,
      }
      await guard(`read rows of ${into}`, () => files.insert({ ...spec, name, bytes }))
    },
    async bytes(sql, format, params = {}) {
      return guard('export a result', async () => {
        const { stream } = await client.exec({ query: `${sql} FORMAT ${format}`, query_params: bound(sql, params) })
        const chunks: Buffer[] = []
        for await (const chunk of stream) chunks.push(chunk as Buffer)
        return Buffer.concat(chunks)
      })
    },
    close,
  }
}

/** 64-bit integers travel as text in our code; in an array parameter the client would quote them. */
function bound(sql: string, params: Params): Record<string, unknown> {
  const entries = Object.entries(params).map(([name, value]): [string, unknown] =>
    Array.isArray(value) && sql.includes(`{${name}:Array(UInt64)}`)
      ? [name, value.map((item: unknown) => BigInt(item as string))]
      : [name, value],
  )
  return Object.fromEntries(entries)
}

async function guard<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof EngineError ? error : new EngineError(doing, error)
  }
}

/** Re-cuts batches so that one insert stays within a bounded number of rows and characters. */
async function* chunked(rows: RowBatches): AsyncGenerator<readonly object[]> {
  let held: object[] = []
  let chars = 0
  for await (const batch of rows) {
    for (const row of batch) {
      held.push(row)
      chars += roughSize(row)
      if (held.length >= chunkRows || chars >= chunkChars) {
        yield held
        held = []
        chars = 0
      }
    }
  }
  if (held.length > 0) yield held
}

function roughSize(row: object): number {
  let size = 2
  for (const value of Object.values(row)) {
    if (typeof value === 'string') size += value.length
    else if (typeof value === 'object' && value !== null) size += roughSize(value)
    size += 16
  }
  return size
}
