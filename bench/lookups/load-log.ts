import {
  generateReads,
  type GeneratedRead,
  type GeneratedReason,
  type ReadLogOptions,
  type ReadLogTruth,
} from '../../src/drill/index.ts'
import { keepAccesses } from '../../src/lookups/keep-accesses.ts'
import { keepReasons } from '../../src/lookups/keep-reasons.ts'
import { keptOfAccesses, keptOfReasons } from '../../src/lookups/kept-tables.ts'
import { lookupAccesses, lookupReasons } from '../../src/lookups/tables.ts'
import { nativeRows, NumberColumn, TextColumn, WordColumn, type Lake, type NativeRows } from '../../src/store/index.ts'

/** First midnight of a generated log. */
const begin = Date.UTC(2026, 0, 5) / 1000

const blockRows = 100_000

/** A generated log, in the lake as reading its files would have left it. */
export interface LoadedLog {
  readonly accesses: readonly string[]
  readonly reasons: readonly string[]
  readonly truth: ReadLogTruth
  readonly rows: number
}

/** Generates a log straight into the lake: what is measured is the audit, not the reading of text. */
export async function loadLog(lake: Lake, options: ReadLogOptions): Promise<LoadedLog> {
  const accesses = new AccessBlocks()
  const reasons = new ReasonBlocks()
  const truth = generateReads(options, { access: (row) => accesses.put(row), reason: (row) => reasons.put(row) })
  const key = JSON.stringify(options)
  const one = await lake.load(
    { key: `generated accesses ${key}`, tables: [lookupAccesses, ...keptOfAccesses] },
    async (writer) => {
      await writer.insertNative(lookupAccesses, accesses.blocks())
      await keepAccesses(lake, writer.loadId)
    },
  )
  const other = await lake.load(
    { key: `generated reasons ${key}`, tables: [lookupReasons, ...keptOfReasons] },
    async (writer) => {
      await writer.insertNative(lookupReasons, reasons.blocks())
      await keepReasons(lake, writer.loadId)
    },
  )
  return { accesses: [one.id], reasons: [other.id], truth, rows: accesses.rows.length }
}

/** A made-up token: as evenly spread as a keyed one. */
export function tokenOf(subscriber: number): string {
  let text = ''
  for (let part = 1; part <= 4; part += 1) {
    let hash = Math.imul(subscriber + part * 0x9e3779b9, 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35)
    hash = Math.imul(hash ^ (hash >>> 13), 0x27d4eb2f)
    text += ((hash ^ (hash >>> 16)) >>> 0).toString(16).padStart(8, '0')
  }
  return text
}

export function accountName(account: number): string {
  return `agent${String(account).padStart(5, '0')}`
}

class AccessBlocks {
  readonly rows: GeneratedRead[] = []

  put(row: GeneratedRead): void {
    this.rows.push(row)
  }

  async *blocks(): AsyncGenerator<NativeRows> {
    for (let from = 0; from < this.rows.length; from += blockRows) {
      const columns = {
        source: new WordColumn(),
        n: new NumberColumn('UInt64'),
        time: new NumberColumn("DateTime64(6, 'UTC')"),
        day: new NumberColumn('Date32'),
        account: new WordColumn(),
        subscriber: new TextColumn(),
        masked: new TextColumn(),
        host: new WordColumn(),
        window_from: new NumberColumn('Int64'),
        window_to: new NumberColumn('Int64'),
        seq: new NumberColumn('Int64'),
        rows: new NumberColumn('Int64'),
      }
      const some = this.rows.slice(from, from + blockRows)
      for (const [at, row] of some.entries()) {
        columns.source.put(`log-${row.source}`)
        columns.n.put(from + at + 1)
        columns.time.put((begin + row.at) * 1_000_000)
        columns.day.put(Math.floor((begin + row.at) / 86_400))
        columns.account.put(accountName(row.account))
        columns.subscriber.put(tokenOf(row.subscriber))
        columns.masked.put('')
        columns.host.put(row.host)
        columns.window_from.put(row.window === undefined ? 0 : begin + row.window[0] * 86_400)
        columns.window_to.put(row.window === undefined ? 0 : begin + row.window[1] * 86_400)
        columns.seq.put(-1)
        columns.rows.put(1)
      }
      yield nativeRows(columns, some.length)
    }
  }
}

class ReasonBlocks {
  readonly rows: GeneratedReason[] = []

  put(row: GeneratedReason): void {
    this.rows.push(row)
  }

  async *blocks(): AsyncGenerator<NativeRows> {
    for (let from = 0; from < this.rows.length; from += blockRows) {
      const columns = {
        source: new WordColumn(),
        n: new NumberColumn('UInt64'),
        time: new NumberColumn("DateTime64(6, 'UTC')"),
        subscriber: new TextColumn(),
        kind: new WordColumn(),
        account: new WordColumn(),
        team: new WordColumn(),
      }
      const some = this.rows.slice(from, from + blockRows)
      for (const [at, row] of some.entries()) {
        columns.source.put('reasons')
        columns.n.put(from + at + 1)
        columns.time.put((begin + row.at) * 1_000_000)
        columns.subscriber.put(tokenOf(row.subscriber))
        columns.kind.put(row.kind)
        columns.account.put(row.account === undefined ? '' : accountName(row.account))
        columns.team.put(row.team === undefined ? '' : `team${row.team}`)
      }
      yield nativeRows(columns, some.length)
    }
  }
}
