import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { UserError, exitCodes, invariant } from '../base/index.ts'

/** One SQLite file: small, precious, durable at every commit. */
export interface Db {
  readonly path: string
  all<T>(sql: string, ...params: SQLInputValue[]): T[]
  get<T>(sql: string, ...params: SQLInputValue[]): T | undefined
  /** Runs a statement; gives the number of changed rows. */
  run(sql: string, ...params: SQLInputValue[]): number
  /** All or nothing; nested calls join the outer transaction. */
  transaction<T>(work: () => T): T
  close(): void
}

/** Schema changes by room, oldest first; rooms that share a file number theirs apart. */
export type Migrations = readonly string[] | Readonly<Record<string, readonly string[]>>

/**
 * Opens (or creates) a database and brings it to the newest schema: each migration is applied once, in order, in a
 * transaction with its number. A file written by a newer release is refused, untouched.
 */
export function openDb(path: string, migrations: Migrations, options: { readonly?: boolean } = {}): Db {
  if (options.readonly !== true) mkdirSync(dirname(path), { recursive: true })
  const database = openFile(path, options.readonly === true)
  database.exec('PRAGMA busy_timeout = 5000')
  database.exec('PRAGMA foreign_keys = ON')
  if (options.readonly !== true) {
    database.exec('PRAGMA journal_mode = WAL')
    database.exec('PRAGMA synchronous = FULL')
    migrate(database, path, migrations)
  }
  return dbOver(database, path)
}

function openFile(path: string, readOnly: boolean): DatabaseSync {
  try {
    const database = new DatabaseSync(path, { readOnly })
    database.prepare('SELECT count(*) FROM sqlite_schema').get()
    return database
  } catch (cause) {
    throw new UserError({
      code: 'database-unreadable',
      message: `${path} cannot be opened as a database`,
      hint: 'restore it from a backup, or move it away if it is not a file of Breachline',
      exitCode: exitCodes.badInput,
      cause,
    })
  }
}

function migrate(database: DatabaseSync, path: string, migrations: Migrations): void {
  const rooms = Array.isArray(migrations)
    ? { main: migrations as readonly string[] }
    : (migrations as Record<string, readonly string[]>)
  database.exec('CREATE TABLE IF NOT EXISTS schema_versions (room TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT')
  const read = database.prepare('SELECT version FROM schema_versions WHERE room = ?')
  const write = database.prepare(
    'INSERT INTO schema_versions VALUES (?, ?) ON CONFLICT (room) DO UPDATE SET version = excluded.version',
  )
  for (const [room, steps] of Object.entries(rooms)) {
    const version = Number(read.get(room)?.['version'] ?? 0)
    if (version > steps.length)
      throw new UserError({
        code: 'database-newer',
        message: `${path} was written by a newer Breachline (${room} schema ${version}, this one knows ${steps.length})`,
        hint: 'install the release that wrote it, or a later one',
        exitCode: exitCodes.environment,
      })
    for (const [index, sql] of steps.entries()) {
      if (index < version) continue
      database.exec(`BEGIN IMMEDIATE; ${sql}`)
      write.run(room, index + 1)
      database.exec('COMMIT')
    }
  }
}

function dbOver(database: DatabaseSync, path: string): Db {
  const statements = new Map<string, ReturnType<DatabaseSync['prepare']>>()
  let depth = 0
  function prepared(sql: string): ReturnType<DatabaseSync['prepare']> {
    let statement = statements.get(sql)
    if (statement === undefined) {
      statement = database.prepare(sql)
      statements.set(sql, statement)
    }
    return statement
  }
  return {
    path,
    all: <T>(sql: string, ...params: SQLInputValue[]) => prepared(sql).all(...params) as T[],
    get: <T>(sql: string, ...params: SQLInputValue[]) => prepared(sql).get(...params) as T | undefined,
    run: (sql, ...params) => Number(prepared(sql).run(...params).changes),
    transaction<T>(work: () => T): T {
      if (depth > 0) return work()
      database.exec('BEGIN IMMEDIATE')
      depth += 1
      try {
        const result = work()
        invariant(!(result instanceof Promise), 'a transaction is synchronous')
        database.exec('COMMIT')
        return result
      } catch (error) {
        database.exec('ROLLBACK')
        throw error
      } finally {
        depth -= 1
      }
    },
    close: () => database.close(),
  }
}
