import { mkdtemp, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createClient } from '@clickhouse/client'
import { exitCodes, UserError } from '../base/index.ts'
import { engineOver } from './engine-over.ts'
import type { Engine } from './engine.ts'
import { waitingRawRows } from './raw-rows.ts'
import { schemaText } from './raw-sql.ts'
import { guard } from './redact.ts'
import { embeddedRowFiles } from './saved-rows.ts'
import { settings, silent } from './statement-settings.ts'

const database = 'breachline'

/** Settings of this engine alone, whose release we know. */
const embeddedSettings = {
  ...settings,
  // Comparisons derived from others: two fifths of what reading the statement that drafts edges takes, and nothing is found sooner by it.
  optimize_and_compare_chain: 0,
} as const

/** ClickHouse in this process, its data under a directory of ours. */
export async function openEmbedded(directory: string): Promise<Engine> {
  const { createChdbConnection } = await import('chdb/connection').catch((cause: unknown) => {
    throw new UserError({
      code: 'engine-missing',
      message: 'the embedded engine (package chdb) is not installed or does not support this machine',
      hint: 'run "npm ci" again on Linux (glibc) or macOS, or give a ClickHouse server with --engine URL',
      exitCode: exitCodes.environment,
      cause,
    })
  })
  const connection = createChdbConnection({ path: directory })
  const client = createClient({ connection, clickhouse_settings: embeddedSettings, log: silent } as unknown as Parameters<
    typeof createClient
  >[0])
  await guard('create its database', () => client.command({ query: `CREATE DATABASE IF NOT EXISTS ${database}` }))
  await guard('use its database', () => client.command({ query: `USE ${database}` }))
  const { drainPending } = await import('chdb')
  return engineOver({
    kind: 'embedded',
    client,
    openRaw: (raw) =>
      waitingRawRows(raw, {
        command: (query, params = {}) => client.command({ query, query_params: { ...params } }),
        append: (table, format, values) => connection.chdb.rawInsert({ table, format, values }),
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
    files: embeddedRowFiles(client),
    async close() {
      await client.close()
      await drainPending()
    },
  })
}
