import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { chmod, mkdtemp, open, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ClickHouseClient } from '@clickhouse/client'
import { columnsText, schemaText } from './raw-sql.ts'
import { asOnePart, settingsSql, type Target } from './raw-rows.ts'

/** End of the names of files that rows are saved to: ClickHouse's Native within LZ4. Most of what is saved is as good as random: more effort gains little. */
export const savedRows = '.native.lz4'
const level = 1

/** Columns of saved rows with their ClickHouse types, in order. */
type SavedColumns = Readonly<Record<string, string>>

/** Where rows are saved to, file by file. */
export interface Saver {
  /** Rows that are gathered before a file is written; 0: a file takes those of one statement. */
  readonly gathers: number
  /** The target of the rows that go into the next file. */
  target(file: string): Promise<Target>
  /** Called once they are there: the file is whole. */
  written(file: string): Promise<void>
  close(): Promise<void>
}

/** Rows of saved files on their way into a table. */
export interface SavedInsertion {
  readonly into: string
  /** Columns of the table, as a list in SQL, and a SELECT of them over a source. */
  readonly columns: string
  readonly select: (source: string) => string
  readonly saved: SavedColumns
  readonly files: readonly string[]
}

/** Where rows are saved in files, and read again. */
export interface RowFiles {
  saver(rows: { readonly columns: SavedColumns; readonly order: string }): Promise<Saver>
  insert(rows: SavedInsertion): Promise<void>
}

/** Files that are read beside each other, each for a part of the table. */
const filesAtOnce = 2

/** The embedded engine opens files by path, where some characters stand for many names: it is given paths of our own. */
export function embeddedRowFiles(client: ClickHouseClient): RowFiles {
  return {
    async saver() {
      const folder = await mkdtemp(join(tmpdir(), 'breachline-rows-'))
      let count = 0
      return {
        gathers: 0,
        async target(file) {
          await emptied(file)
          const name = `to-${(count += 1)}`
          await symlink(resolve(dirname(file)), join(folder, name))
          return {
            into: 'FUNCTION file({saved_file:String}, Native)',
            settings: ['engine_file_truncate_on_insert = 1', `output_format_compression_level = ${level}`],
            params: { saved_file: join(folder, name, basename(file)) },
          }
        },
        written: () => Promise.resolve(),
        close: () => rm(folder, { recursive: true, force: true }),
      }
    },
    async insert({ into, columns, select, saved, files }) {
      const folder = await mkdtemp(join(tmpdir(), 'breachline-rows-'))
      try {
        for (let from = 0; from < files.length; from += filesAtOnce) {
          const some = files.slice(from, from + filesAtOnce)
          const paths = some.map((_, at) => join(folder, `${from + at}${savedRows}`))
          for (const [at, file] of some.entries()) await symlink(resolve(file), paths[at] ?? '')
          const sources = some.map((_, at) => select(`file({saved_${at}:String}, Native, ${schemaText(saved)})`))
          await client.command({
            query: `INSERT INTO ${into} (${columns}) ${sources.join(' UNION ALL ')}${settingsSql([...asOnePart, `max_insert_threads = ${filesAtOnce}`])}`,
            query_params: Object.fromEntries(paths.map((path, at) => [`saved_${at}`, path])),
          })
        }
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
  }
}

/** A server sees no files of ours: rows are gathered in a table of the session, in its memory, and travel packed as they lie on the disk. */
export function serverRowFiles(client: ClickHouseClient): RowFiles {
  return {
    async saver({ columns, order }) {
      const session = { session_id: `breachline-${randomBytes(16).toString('hex')}` }
      await client.command({ query: `CREATE TEMPORARY TABLE saved_rows (${columnsText(columns)}) ENGINE = Memory`, ...session })
      return {
        gathers: 1_000_000,
        target: () => Promise.resolve({ into: 'saved_rows', session }),
        async written(file) {
          const { stream } = await client.exec({
            query: `SELECT * FROM saved_rows ORDER BY ${order} FORMAT Native`,
            // The whole answer is gathered first: what goes wrong halfway is an error then, not a file cut short.
            clickhouse_settings: { enable_http_compression: 1, wait_end_of_query: 1 },
            http_headers: { 'Accept-Encoding': 'lz4' },
            decompress_response_stream: false,
            ...session,
          })
          await emptied(file)
          await pipeline(stream, createWriteStream(file))
          await client.command({ query: 'TRUNCATE TABLE saved_rows', ...session })
        },
        close: async () => void (await client.command({ query: 'DROP TABLE saved_rows', ...session })),
      }
    },
    async insert({ into, columns, select, saved, files }) {
      const query = `INSERT INTO ${into} (${columns}) ${select(`input(${schemaText(saved)})`)} FORMAT Native`
      for (const file of files) {
        const values = Readable.from([await readFile(file)], { objectMode: false })
        const { stream } = await client.exec({ query, values, http_headers: { 'Content-Encoding': 'lz4' } })
        for await (const _ of stream) void _
      }
    },
  }
}

/** Makes an empty file that its owner alone can read. */
async function emptied(file: string): Promise<void> {
  await (await open(file, 'w', 0o600)).close()
  await chmod(file, 0o600)
}
