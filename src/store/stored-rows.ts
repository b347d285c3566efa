import { chmod, mkdtemp, open, rm, symlink, writeFile } from 'node:fs/promises'
import { createWriteStream } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress, zstdDecompress } from 'node:zlib'
import { promisify } from 'node:util'
import type { ClickHouseClient } from '@clickhouse/client'
import { invariant } from '../base/index.ts'
import { schemaText } from './raw-sql.ts'
import type { Insertion } from './raw-rows.ts'

/** Forms of files that rows are stored in: ClickHouse's Native within Zstandard, or Parquet. By the ends of their names. */
const forms = { '.native.zst': 'Native', '.parquet': 'Parquet' } as const

/** End of the names of files that rows are saved to. */
export const savedRows = '.native.zst'

/** Most of what is saved is as good as random: more effort gains little. */
const level = 1

/** Is a file of this name one that rows can be read from? */
export function isStoredRows(name: string): boolean {
  return formOf(name) !== undefined
}

function formOf(name: string): (typeof forms)[keyof typeof forms] | undefined {
  return Object.entries(forms).find(([end]) => name.endsWith(end))?.[1]
}

/** A result on its way into a file, which is written anew and readable by its owner alone. */
interface Saving {
  readonly sql: string
  readonly params: Readonly<Record<string, unknown>>
  readonly file: string
}

/** Bytes of a file of stored rows with its name, on their way into a table. */
interface StoredRows extends Insertion {
  readonly raw: Readonly<Record<string, string>>
  readonly name: string
  readonly bytes: Uint8Array
}

/** Where rows are stored in files, and read again. */
export interface RowFiles {
  save(saving: Saving): Promise<void>
  insert(rows: StoredRows): Promise<void>
}

/**
 * The embedded engine opens files by path, where some characters stand for many names: it is given paths of our own.
 * Rows are saved through the client that `beside` gives, while `client` is at other work.
 */
export function embeddedRowFiles({
  client,
  beside,
}: {
  readonly client: ClickHouseClient
  readonly beside: () => Promise<ClickHouseClient>
}): RowFiles {
  const inFolder = async (work: (folder: string) => Promise<void>): Promise<void> => {
    const folder = await mkdtemp(join(tmpdir(), 'breachline-rows-'))
    try {
      await work(folder)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
  return {
    async save({ sql, params, file }) {
      invariant(file.endsWith(savedRows), `rows are saved to ${savedRows}`)
      await emptied(file)
      await inFolder(async (folder) => {
        await symlink(resolve(dirname(file)), join(folder, 'to'))
        const query = `INSERT INTO FUNCTION file({saved_file:String}, Native) ${sql}
          SETTINGS engine_file_truncate_on_insert = 1, output_format_compression_level = ${level}`
        const saver = await beside()
        await saver.command({ query, query_params: { ...params, saved_file: join(folder, 'to', basename(file)) } })
      })
    },
    insert: ({ into, columns, select, params, raw, name, bytes }) =>
      inFolder(async (folder) => {
        const file = join(folder, `rows${Object.keys(forms).find((end) => name.endsWith(end)) ?? ''}`)
        await writeFile(file, bytes, { mode: 0o600 })
        const source = `file({stored_file:String}, ${formOf(name) ?? ''}, ${schemaText(raw)})`
        const query = `INSERT INTO ${into} (${columns}) ${select(source)}`
        await client.command({ query, query_params: { ...params, stored_file: file } })
      }),
  }
}

/** A server sees no files of ours: rows travel as they are. */
export function serverRowFiles(client: ClickHouseClient): RowFiles {
  return {
    async save({ sql, params, file }) {
      invariant(file.endsWith(savedRows), `rows are saved to ${savedRows}`)
      const { stream } = await client.exec({ query: `${sql} FORMAT Native`, query_params: { ...params } })
      await emptied(file)
      const compress = createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: level } })
      await pipeline(stream, compress, createWriteStream(file))
    },
    async insert({ into, columns, select, params, raw, name, bytes }) {
      const query = `INSERT INTO ${into} (${columns}) ${select(`input(${schemaText(raw)})`)} FORMAT ${formOf(name) ?? ''}`
      const plain = name.endsWith(savedRows) ? await promisify(zstdDecompress)(bytes) : Buffer.from(bytes)
      const values = Readable.from([plain], { objectMode: false })
      const { stream } = await client.exec({ query, values, query_params: { ...params } })
      for await (const _ of stream) void _
    },
  }
}

/** Makes an empty file that its owner alone can read. */
async function emptied(file: string): Promise<void> {
  await (await open(file, 'w', 0o600)).close()
  await chmod(file, 0o600)
}
