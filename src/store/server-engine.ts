import { createClient } from '@clickhouse/client'
import { exitCodes, invariant, UserError } from '../base/index.ts'
import { engineOver } from './engine-over.ts'
import type { Engine, EngineAddress } from './engine.ts'
import { settingsSql } from './raw-rows.ts'
import { schemaText } from './raw-sql.ts'
import { EngineError } from './redact.ts'
import { serverRowFiles } from './saved-rows.ts'
import { settings, silent } from './statement-settings.ts'
import { quoted } from './table.ts'

/** A ClickHouse server behind a URL. */
export async function openServer(address: Extract<EngineAddress, { url: string }>): Promise<Engine> {
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
        takesLines: () => Promise.resolve(false),
        async insert({ target, select, params }, block) {
          invariant('text' in block, 'a server takes no lines')
          const { into, settings = [], params: bound, session } = await target(block.rows)
          const source = select(`input(${schemaText(raw)})`, { twice: false })
          const query = `INSERT INTO ${into} ${source}${settingsSql(settings)} FORMAT ${block.format}`
          const values = Readable.from([block.text], { objectMode: false })
          const { stream } = await client.exec({ query, values, query_params: { ...params, ...bound }, ...session })
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
