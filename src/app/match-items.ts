import type { Fault, Watch } from '../base/index.ts'
import { anchorIn, EventMemory, type ReadEventsOptions } from '../events/index.ts'
import { partsOf } from '../formats/index.ts'
import { compile, type Rule, type RuleSet } from '../sigma/index.ts'
import type { Item } from './items.ts'
import { matchLog, type Counts, type Matched } from './match-log.ts'
import type { MatchedPart } from './match-part.ts'
import { MatchPool, threadsFor, usualPart } from './match-pool.ts'

/** A log, and what it is. */
type LogItem = Pick<Item, 'source' | 'identified'>

/** A log with what the rules hit in it, in the order of its records; anything else passes as it came. */
export type MatchedItem<Log, Other> = Other | { readonly item: Log; readonly matched: AsyncIterable<Matched> }

/**
 * Tries rules on the events of logs, on several threads once there is enough to read. What comes out does not depend on
 * how many there are. `threads`: at most so many; without it, one for each core.
 */
export async function* matchItems<Log extends LogItem, Other extends object = never>(options: {
  readonly items: AsyncIterable<Log | Other>
  readonly isItem: (one: Log | Other) => one is Log
  readonly rules: readonly Rule[]
  readonly readingOf: (item: Log) => ReadEventsOptions
  readonly threads?: number
  /** Threads that were started while the rules were read; this closes them. */
  readonly pool?: MatchPool
  /** Bytes to come as far as known, so that threads need not wait for them. */
  readonly expected?: number
  /** Size of the parts that threads take; tests make it small. */
  readonly partBytes?: number
  readonly watch: Watch
}): AsyncGenerator<MatchedItem<Log, Other>> {
  const { rules, watch, partBytes = usualPart } = options
  let set: RuleSet | undefined
  const memory = new EventMemory()
  let { pool } = options
  pool?.give(rules)
  let bytes = 0
  const { expected = 0 } = options
  const ahead: MatchedItem<Log, Other>[] = []
  const most = (): number => (pool === undefined ? 0 : pool.threads * 2)
  try {
    for await (const one of options.items) {
      if (!options.isItem(one)) ahead.push(one)
      else {
        const reading = options.readingOf(one)
        bytes += one.source.size
        const threads = Math.min(options.threads ?? Infinity, threadsFor(Math.max(bytes, expected), partBytes))
        // Parts are those of the format told by content.
        const path = reading.format === undefined ? one.source.path : undefined
        if (pool === undefined && threads > 1 && path !== undefined) {
          pool = new MatchPool(threads)
          pool.give(rules)
        }
        ahead.push({
          item: one,
          matched:
            pool === undefined || path === undefined
              ? matchLog({ source: one.source, reading, rules: (set ??= compile(rules)), memory, watch })
              : await inParts(pool, { item: one, path, reading, partBytes, watch }),
        })
      }
      while (ahead.length > most()) yield ahead.shift() as MatchedItem<Log, Other>
    }
    yield* ahead
  } finally {
    await pool?.close()
  }
}

/** A log matched part by part by the threads; the first parts are begun at once. */
async function inParts(
  pool: MatchPool,
  log: {
    readonly item: LogItem
    readonly path: string
    readonly reading: ReadEventsOptions
    readonly partBytes: number
    readonly watch: Watch
  },
): Promise<AsyncIterable<Matched>> {
  const { source, identified } = log.item
  const parts = await partsOf(source, identified.kind, log.partBytes)
  const { watch: _watch, memory: _memory, ...reading } = log.reading
  // Windows event logs have no head that their parts would ask for.
  const anchored = identified.kind === 'evtx' || parts.length < 2 ? {} : { anchored: await anchorIn(source, reading) }
  const task = { path: log.path, name: source.name, reading: { ...reading, ...anchored } }
  const begun: (Promise<MatchedPart> | undefined)[] = []
  const begin = (): void => {
    const part = parts[begun.length]
    if (part !== undefined) begun.push(pool.run({ ...task, part }))
  }
  for (let i = 0; i < pool.threads * 3; i += 1) begin()
  return (async function* () {
    let before: Counts = { lines: 0, records: 0 }
    let clocksTold = false
    let years: Fault | undefined
    const slack: NonNullable<Counts['slack']>[number][] = []
    for (let at = 0; at < parts.length; at += 1) {
      log.watch.signal?.throwIfAborted()
      const part = await pool.awaited(begun[at] as Promise<MatchedPart>)
      begin()
      const { faults, ...matched } = pool.placed(part, before)
      // Told once for a log, not once for a part; of its years at its end.
      const ofYears = part.faults.find(({ code }) => code.startsWith('log-year-'))
      years ??= ofYears
      const isRepeated = ({ code }: Fault): boolean => (code === 'event-clocks' && clocksTold) || code.startsWith('log-year-')
      yield { ...matched, faults: faults.filter((one) => !isRepeated(one)) }
      clocksTold ||= faults.some((one) => one.code === 'event-clocks')
      slack.push(...(part.counts.slack ?? []))
      before = { lines: before.lines + part.counts.lines, records: before.records + part.counts.records }
      begun[at] = undefined
    }
    if (years !== undefined) yield { events: 0, recovered: 0, faults: [years], hits: [] }
    if (slack.length > 0) {
      const part = pool.run({ ...task, part: { from: 0, to: source.size, slack } })
      yield pool.placed(await pool.awaited(part), before)
    }
  })()
}
