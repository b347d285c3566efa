import { ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { unreachable } from '../base/index.ts'
import type { LiveAddress } from './live-address.ts'
import type { Statement } from './live-sql.ts'

/** Puts statements of ours to a running system; rows come in batches as they arrive. Errors are the system's own. */
export interface LiveEngine {
  ask<Row>(statement: Statement): AsyncIterable<readonly Row[]>
  close(): Promise<void>
}

/**
 * Opens the way to a running system: PostgreSQL and MySQL through the table functions of the embedded engine (data directory
 * `directory`: the one this process has open, since there is one per process), ClickHouse over HTTP.
 */
export async function openLiveEngine(options: {
  readonly address: LiveAddress
  readonly password: string
  readonly directory: string
  readonly signal?: AbortSignal
}): Promise<LiveEngine> {
  const { address } = options
  switch (address.kind) {
    case 'postgresql':
    case 'mysql':
      return throughEngine({ ...options, kind: address.kind })
    case 'clickhouse':
      return overHttp(options)
    default:
      return unreachable(address.kind)
  }
}

async function throughEngine(options: {
  readonly address: LiveAddress
  readonly kind: 'postgresql' | 'mysql'
  readonly password: string
  readonly directory: string
  readonly signal?: AbortSignal
}): Promise<LiveEngine> {
  const { address, kind, password, signal } = options
  const { Session } = await import('chdb')
  const session = new Session(options.directory)
  return {
    async *ask<Row>({ sql }: Statement) {
      // Everything is bound: neither the statement nor the password is text of a query of the engine.
      const query = `SELECT * FROM ${kind}({address:String}, {database:String}, query({statement:String}), {user:String}, {password:String})`
      const bound = {
        address: `${address.host}:${address.port}`,
        database: address.database,
        statement: sql,
        user: address.user,
        password,
      }
      const format = { format: 'JSONEachRow', ...(signal === undefined ? {} : { signal }) }
      for await (const chunk of session.queryStreamBind(query, bound, format)) yield chunk.rows<Row>()
    },
    // oxlint-disable-next-line require-await -- the same shape as over HTTP
    async close() {
      session.close()
    },
  }
}

function overHttp(options: {
  readonly address: LiveAddress
  readonly password: string
  readonly signal?: AbortSignal
}): LiveEngine {
  const { address, password, signal } = options
  const client = createClient({
    url: `${address.tls ? 'https' : 'http'}://${address.host}:${address.port}`,
    username: address.user,
    password,
    request_timeout: 600_000,
    log: { level: ClickHouseLogLevel.OFF },
  })
  return {
    async *ask<Row>({ sql, params }: Statement) {
      const result = await client.query({
        query: sql,
        query_params: { ...params },
        format: 'JSONEachRow',
        ...(signal === undefined ? {} : { abort_signal: signal }),
      })
      for await (const rows of result.stream<Row>()) yield rows.map((row) => row.json<Row>())
    },
    close: () => client.close(),
  }
}
