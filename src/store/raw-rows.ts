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
interface Statements {
  command(sql: string, params?: Readonly<Record<string, unknown>>): Promise<unknown>
  append(table: string, format: RawFormat, text: Uint8Array): Promise<unknown>
}

/** Text from which on a block goes through a pipe: within a statement it costs five times what reading it costs. */
const pipedBytes = 1024 * 1024
/** Raw rows and their text that wait at most: large blocks leave few parts to merge. */
const waitingRows = 1_000_000
const waitingBytes = 192 * 1024 * 1024
let tables = 0

/** Raw rows that wait in a temporary table, in memory, until they are computed: the embedded engine has no `input()`. */
export async function waitingRawRows(raw: Readonly<Record<string, string>>, engine: Statements): Promise<RawRows> {
  const table = `raw_rows_${(tables += 1)}`
  const name = quoted(table)
  await engine.command(`CREATE TEMPORARY TABLE ${name} (${columnsText(raw)}) ENGINE = Memory`)
  let pipe: RawPipe | undefined
  const waiting = { rows: 0, bytes: 0 }
  const compute = async ({ into, columns, select, params }: Insertion): Promise<void> => {
    if (waiting.rows === 0) return
    await engine.command(`INSERT INTO ${into} (${columns}) ${select(name)}`, params)
    await engine.command(`TRUNCATE TABLE ${name}`)
    waiting.rows = waiting.bytes = 0
  }
  return {
    twice: true,
    async takesLines() {
      pipe ??= await openRawPipe()
      return pipe !== undefined
    },
    async insert(spec, { text, rows, lines }) {
      if (text.length >= pipedBytes || lines !== undefined) pipe ??= await openRawPipe()
      const through = text.length >= pipedBytes || lines !== undefined ? pipe : undefined
      if (through === undefined) await engine.append(table, spec.format, text)
      else {
        const [source, first] =
          lines === undefined
            ? [`SELECT * FROM file({raw_pipe:String}, ${spec.format}, ${schemaText(raw)})`, {}]
            : [linesSql(raw, lines), { raw_first: lines.n }]
        await through.pass(text, () => engine.command(`INSERT INTO ${name} ${source}`, { raw_pipe: through.path, ...first }))
      }
      waiting.rows += rows
      waiting.bytes += text.length
      if (waiting.rows >= waitingRows || waiting.bytes >= waitingBytes) await compute(spec)
    },
    finish: compute,
    async close() {
      await pipe?.close()
      await engine.command(`DROP TABLE ${name}`)
    },
  }
}
