import type { ClickHouseClient } from '@clickhouse/client'
import { computeRows } from './compute-rows.ts'
import type { Engine, InsertSelect, Params, RowBatches } from './engine.ts'
import type { RawRows } from './raw-rows.ts'
import { guard } from './redact.ts'
import { saveRows } from './save-rows.ts'
import type { RowFiles, SavedInsertion } from './saved-rows.ts'
import { quoted } from './table.ts'

const chunkRows = 50_000
const chunkChars = 32 * 1024 * 1024

/** How the two kinds of engine differ. */
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
  insert(
    spec: Pick<SavedInsertion, 'into' | 'columns' | 'select'> & {
      readonly params: Params
      readonly raw: InsertSelect['raw']
    },
    parts: readonly Uint8Array[],
  ): Promise<void>
  close(): Promise<void>
}

/** The statements of an engine, over one of its kinds. */
export function engineOver({ kind, client, openRaw, openNative, files, close }: Backend): Engine {
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
    async insertSelect({ into, columns, select, ...raw }) {
      const target = { into: `${quoted(into)} (${columns.map(quoted).join(', ')})` }
      const doing = `compute rows of ${into}`
      return computeRows(raw, { doing, openRaw, target: () => Promise.resolve(target), expressions: select })
    },
    saveSelect: (spec) => saveRows(spec, { files, openRaw }),
    async insertSaved({ into, columns, select, saved, files: paths }) {
      const spec = {
        into: quoted(into),
        columns: columns.map(quoted).join(', '),
        select: (source: string): string => `SELECT ${select.join(', ')} FROM ${source}`,
        saved,
        files: paths,
      }
      await guard(`read rows of ${into}`, () => files.insert(spec))
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
