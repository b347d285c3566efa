import type { ByteSource, Watch } from '../base/index.ts'
import {
  openRecords,
  recordFormatOf,
  readPgAudit,
  readEvtx,
  readJson,
  readLines,
  readTelegram,
  type PgAuditOptions,
  type FormatKind,
  type RecordFormat,
} from '../formats/index.ts'
import type { Piece } from './excerpt.ts'

/**
 * The lines, rows or records of an exhibit as batches in order, by its kind; undefined when this room cannot cut the format into
 * such units (the caller's decoder can).
 */
export function piecesOf(
  source: ByteSource,
  options: {
    readonly kind: string
    readonly unit: 'line' | 'row' | 'record'
    /** `log_line_prefix` of a PostgreSQL log; its default when absent. */
    readonly prefix?: string
    readonly watch?: Watch
  },
): AsyncIterable<readonly Piece[]> | undefined {
  const watch = options.watch === undefined ? {} : { watch: options.watch }
  switch (options.unit) {
    case 'line':
      return linePieces(source, watch)
    case 'row': {
      const format = recordFormatOf(options.kind as FormatKind)
      return format === undefined ? undefined : rowPieces(source, format, watch)
    }
    case 'record':
      if (options.kind === 'evtx') return evtxPieces(source, watch)
      if (options.kind === 'pgaudit')
        return auditPieces(source, { ...watch, ...(options.prefix === undefined ? {} : { prefix: options.prefix }) })
      if (options.kind === 'telegram') return telegramPieces(source)
      return options.kind === 'jsonl' ? jsonPieces(source, watch) : undefined
  }
}

async function* linePieces(source: ByteSource, watch: { watch?: Watch }): AsyncIterable<readonly Piece[]> {
  for await (const batch of readLines(source, watch)) yield batch.records.map(({ n, text }) => ({ n, text }))
}

async function* rowPieces(source: ByteSource, format: RecordFormat, watch: { watch?: Watch }): AsyncIterable<readonly Piece[]> {
  const table = await openRecords(source, format, watch)
  for await (const batch of table.rows)
    yield batch.records.map(({ n, line, through, values }) => {
      const fields = Object.fromEntries(table.columns.map((column, index) => [column, values[index] ?? '']))
      return { n, line, ...(through === undefined ? {} : { through }), text: fieldText(fields), fields }
    })
}

async function* jsonPieces(source: ByteSource, watch: { watch?: Watch }): AsyncIterable<readonly Piece[]> {
  for await (const batch of readJson(source, watch))
    yield batch.records.map(({ n, value }) => ({ n, text: JSON.stringify(value) }))
}

async function* evtxPieces(source: ByteSource, watch: { watch?: Watch }): AsyncIterable<readonly Piece[]> {
  for await (const batch of readEvtx(source, watch))
    yield batch.records.map(({ n, fields }) => ({ n, text: fieldText(fields), fields }))
}

async function* auditPieces(source: ByteSource, options: PgAuditOptions): AsyncIterable<readonly Piece[]> {
  for await (const batch of readPgAudit(source, options))
    yield batch.records.map(({ n, line, time, user, database, host, command, object, statement, parameters, rows }) => {
      const said = parameters === 'not-logged' ? parameters : parameters.join(', ')
      const fields = {
        time: time.at,
        user,
        database,
        host,
        command,
        object,
        statement,
        parameters: said,
        rows: String(rows ?? ''),
      }
      return { n, line, text: fieldText(fields), fields }
    })
}

async function* telegramPieces(source: ByteSource): AsyncIterable<readonly Piece[]> {
  const { chats } = readTelegram(await source.slice(0, source.size), { file: source.name })
  yield chats
    .flatMap((chat) => chat.posts)
    .map(({ record, text, at, from }) => ({
      n: record,
      text,
      fields: { ...(at === undefined ? {} : { at: at.at }), ...(from === undefined ? {} : { from }) },
    }))
}

/** A line that several rows share is shown with each of them up to this; a table written in one line is not. */
const sharedLineChars = 4_096

/**
 * Puts the original lines in the place of the text of rows, so that a row is seen as it stands in the file: of a record of several lines all of them. Rows
 * that stand together on one long line keep their text.
 */
export async function withOriginalLines(source: ByteSource, rows: readonly Piece[]): Promise<readonly Piece[]> {
  const owners = new Map<number, number[]>()
  for (const { n, line, through, fields } of rows) {
    if (line === undefined) continue
    const last = through ?? line + lineCount(fields ?? {}) - 1
    for (let each = line; each <= last; each += 1) {
      const known = owners.get(each)
      if (known === undefined) owners.set(each, [n])
      else known.push(n)
    }
  }
  const last = Math.max(0, ...owners.keys())
  const found = new Map<number, string>()
  for await (const batch of readLines(source)) {
    for (const line of batch.records) {
      const own = owners.get(line.n) ?? []
      if (own.length > 1 && line.text.length > sharedLineChars) continue
      for (const n of own) {
        const earlier = found.get(n)
        found.set(n, earlier === undefined ? line.text : `${earlier}\n${line.text}`)
      }
    }
    if ((batch.records.at(-1)?.n ?? 0) >= last) break
  }
  return rows.map((row) => ({ ...row, text: found.get(row.n) ?? row.text }))
}

function fieldText(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
}

function lineCount(fields: Readonly<Record<string, string>>): number {
  return 1 + Object.values(fields).reduce((sum, value) => sum + value.split('\n').length - 1, 0)
}
