import { openRawPipe, type RawPipe } from './raw-pipe.ts'
import { columnsText, lanesSql, schemaText } from './raw-sql.ts'
import type { RawBlock, RawFormat } from './raw-text.ts'
import { quoted } from './table.ts'

/** Where some computed rows go: what stands behind INSERT INTO, settings, values bound in both, and on a server the session that knows it. */
export interface Target {
  readonly into: string
  readonly settings?: readonly string[]
  readonly params?: Readonly<Record<string, unknown>>
  readonly session?: { readonly session_id: string }
}

/** What is computed from raw rows, and where it goes. */
export interface Computing {
  /** The target of the next rows, of which there are so many. */
  readonly target: (rows: number) => Promise<Target>
  /** A SELECT over a source of raw rows; `twice`: the source can be read more than once. */
  readonly select: (source: string, options: { readonly twice: boolean }) => string
  /** What the rows of a target are sorted by, in SQL; they stand in no order without. */
  readonly order?: string
  readonly params: Readonly<Record<string, unknown>>
}

/** Where raw rows are put, block by block, to be computed from. */
export interface RawRows {
  /** Can lines of a text be read as they stand? */
  takesLines(): Promise<boolean>
  /** Takes a block; it is computed at once, or waits for others. */
  insert(computing: Computing, block: RawBlock & { readonly format: RawFormat }): Promise<void>
  /** Computes what waits. */
  finish(computing: Computing): Promise<void>
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
/** Rows from which on lines are computed as they are read, in a statement of their own; fewer wait for others. */
const rowsAlone = 250_000
/** Settings under which the rows of a statement, about a million, become one part of a table. */
export const asOnePart = ['min_insert_block_size_rows = 1048576', 'min_insert_block_size_bytes = 536870912']
const lanesAtMost = 2
let tables = 0

/**
 * Raw rows that wait in a temporary table, in memory, until they are computed: the embedded engine has no `input()`. Long runs of lines are
 * computed as they are read.
 */
export async function waitingRawRows(raw: Readonly<Record<string, string>>, engine: Statements): Promise<RawRows> {
  const table = quoted(`raw_rows_${(tables += 1)}`)
  await engine.command(`CREATE TEMPORARY TABLE ${table} (${columnsText(raw)}) ENGINE = Memory`)
  let rows = 0
  let bytes = 0
  let pipes: readonly RawPipe[] | undefined
  const opened = async (): Promise<readonly RawPipe[]> => (pipes ??= await openPipes())

  const compute = async ({ target, select, order, params }: Computing): Promise<void> => {
    const { into, settings = [], params: bound } = await target(rows)
    await engine.command(`INSERT INTO ${into} ${select(table, { twice: true })}${orderSql(order)}${settingsSql(settings)}`, {
      ...params,
      ...bound,
    })
    await engine.command(`TRUNCATE TABLE ${table}`)
    rows = bytes = 0
  }
  /** Runs a statement over lanes of lines, each through a pipe of its own. */
  const overLanes = async (
    { lines }: Extract<RawBlock, { lines: unknown }>,
    run: (sources: readonly string[], params: Readonly<Record<string, unknown>>) => Promise<unknown>,
  ): Promise<void> => {
    const through = await opened()
    const { sources, params } = lanesSql(
      raw,
      lines,
      through.map(({ path }) => path),
    )
    const pass = (lane: number): Promise<unknown> => {
      const [text, pipe] = [lines.lanes[lane]?.text, through[lane]]
      return text === undefined || pipe === undefined ? run(sources, params) : pipe.pass(text, () => pass(lane + 1))
    }
    await pass(0)
  }
  return {
    takesLines: async () => (await opened()).length === lanesAtMost,
    async insert(computing, block) {
      if ('lines' in block && block.rows >= rowsAlone) {
        const { into, settings = [], params: bound } = await computing.target(block.rows)
        await overLanes(block, (sources, lanes) => {
          const selects = sources.map((source) => computing.select(source, { twice: false }))
          return engine.command(
            `INSERT INTO ${into} SELECT * FROM (${selects.join(' UNION ALL ')})${orderSql(computing.order)}${settingsSql([...settings, ...asOnePart])}`,
            {
              ...computing.params,
              ...bound,
              ...lanes,
            },
          )
        })
        return
      }
      if ('lines' in block) {
        await overLanes(block, (sources, lanes) => {
          const selects = sources.map((source) => `SELECT * FROM ${source}`)
          return engine.command(`INSERT INTO ${table} ${selects.join(' UNION ALL ')}`, lanes)
        })
        bytes += block.lines.lanes.flatMap(({ text }) => text).reduce((sum, { length }) => sum + length, 0)
      } else {
        const [pipe] = block.text.length >= pipedBytes ? await opened() : []
        const from = `SELECT * FROM file({raw_pipe:String}, ${block.format}, ${schemaText(raw)})`
        if (pipe === undefined) await engine.append(table.replaceAll('`', ''), block.format, block.text)
        else await pipe.pass([block.text], () => engine.command(`INSERT INTO ${table} ${from}`, { raw_pipe: pipe.path }))
        bytes += block.text.length
      }
      rows += block.rows
      if (rows >= waitingRows || bytes >= waitingBytes) await compute(computing)
    },
    async finish(computing) {
      if (rows > 0) await compute(computing)
    },
    async close() {
      for (const pipe of pipes ?? []) await pipe.close()
      await engine.command(`DROP TABLE ${table}`)
    },
  }
}

/** A pipe for every lane, or none where the system has none. */
async function openPipes(): Promise<readonly RawPipe[]> {
  const pipes: RawPipe[] = []
  while (pipes.length < lanesAtMost) {
    const pipe = await openRawPipe()
    if (pipe === undefined) return []
    pipes.push(pipe)
  }
  return pipes
}

/** Settings of a statement, behind it. */
export function settingsSql(settings: readonly string[]): string {
  return settings.length === 0 ? '' : ` SETTINGS ${settings.join(', ')}`
}

function orderSql(order: string | undefined): string {
  return order === undefined ? '' : ` ORDER BY ${order}`
}
