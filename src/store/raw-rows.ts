import { openRawPipe, type RawPipe } from './raw-pipe.ts'
import { columnsText, linesSql, schemaText } from './raw-sql.ts'
import type { RawBlock, RawFormat } from './raw-text.ts'
import { quoted } from './table.ts'

/** Where rows go and what of a source they are; `columns` is a list in SQL, `select` gives a SELECT over a source. */
export interface Insertion {
  readonly into: string
  readonly columns: string
  readonly select: (source: string) => string
  readonly params: Readonly<Record<string, unknown>>
}

/** Where raw rows are put, block by block, to be computed from. */
export interface RawRows {
  /** Can a statement read the rows more than once? */
  readonly twice: boolean
  /** Can lines of a text be read as they stand? */
  takesLines(): Promise<boolean>
  /** Takes a block; it is computed at once, or waits for others. */
  insert(spec: Insertion & { readonly format: RawFormat }, block: RawBlock): Promise<void>
  /** Computes what waits. */
  finish(spec: Insertion): Promise<void>
  close(): Promise<void>
}

/** The statements that raw rows of the embedded engine need: one as text, and rows as text in a format. */
export interface Statements {
  command(sql: string, params?: Readonly<Record<string, unknown>>): Promise<unknown>
  append(table: string, format: RawFormat, text: Uint8Array): Promise<unknown>
}

/** Text from which on a block goes through a pipe: within a statement it costs five times what reading it costs. */
const pipedBytes = 1024 * 1024
/** Raw rows and their text that wait at most: large blocks leave few parts to merge. */
const waitingRows = 1_000_000
const waitingBytes = 192 * 1024 * 1024
let tables = 0

/** One block of rows that waits to be computed, in a temporary table of its statements' connection. */
interface Waiting {
  readonly engine: Statements
  readonly table: string
  rows: number
  bytes: number
}

/**
 * Raw rows that wait in temporary tables, in memory, until they are computed: the embedded engine has no `input()`. While one table is computed the next
 * is filled on the connection that `beside` gives.
 */
export async function waitingRawRows(
  raw: Readonly<Record<string, string>>,
  { engine, beside }: { readonly engine: Statements; readonly beside: () => Promise<Statements> },
): Promise<RawRows> {
  const waitingOn = async (statements: Statements): Promise<Waiting> => {
    const table = `raw_rows_${(tables += 1)}`
    await statements.command(`CREATE TEMPORARY TABLE ${quoted(table)} (${columnsText(raw)}) ENGINE = Memory`)
    return { engine: statements, table, rows: 0, bytes: 0 }
  }
  const first = await waitingOn(engine)
  let second: Waiting | undefined
  let filled = first
  let computed: Promise<void> = Promise.resolve()
  let pipe: RawPipe | undefined
  const compute = async (waiting: Waiting, { into, columns, select, params }: Insertion): Promise<void> => {
    const name = quoted(waiting.table)
    await waiting.engine.command(`INSERT INTO ${into} (${columns}) ${select(name)}`, params)
    await waiting.engine.command(`TRUNCATE TABLE ${name}`)
    waiting.rows = waiting.bytes = 0
  }
  return {
    twice: true,
    async takesLines() {
      pipe ??= await openRawPipe()
      return pipe !== undefined
    },
    async insert(spec, { text, rows, lines }) {
      const { engine: into, table } = filled
      if (text.length >= pipedBytes || lines !== undefined) pipe ??= await openRawPipe()
      const through = text.length >= pipedBytes || lines !== undefined ? pipe : undefined
      if (through === undefined) await into.append(table, spec.format, text)
      else {
        const [source, bound] =
          lines === undefined
            ? [`SELECT * FROM file({raw_pipe:String}, ${spec.format}, ${schemaText(raw)})`, {}]
            : [linesSql(raw, lines), { raw_first: lines.n }]
        await through.pass(text, () =>
          into.command(`INSERT INTO ${quoted(table)} ${source}`, { raw_pipe: through.path, ...bound }),
        )
      }
      filled.rows += rows
      filled.bytes += text.length
      if (filled.rows < waitingRows && filled.bytes < waitingBytes) return
      second ??= await waitingOn(await beside())
      await computed
      computed = compute(filled, spec)
      computed.catch(() => {})
      filled = filled === first ? second : first
    },
    async finish(spec) {
      await computed
      if (filled.rows > 0) await compute(filled, spec)
    },
    async close() {
      await Promise.allSettled([computed])
      await pipe?.close()
      for (const waiting of [first, second])
        if (waiting !== undefined) await waiting.engine.command(`DROP TABLE ${quoted(waiting.table)}`)
    },
  }
}
