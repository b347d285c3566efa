import { fileSource, type Fault } from '../base/index.ts'
import { EventMemory, wholeEvent, type LogEvent, type ReadEventsOptions } from '../events/index.ts'
import type { LogPart } from '../formats/index.ts'
import { compile, type Rule } from '../sigma/index.ts'
import { faultOf } from './fault-of.ts'
import { matchLog, type Counts } from './match-log.ts'

/** A part of a log that lies on disk as a file. */
export interface PartTask {
  readonly path: string
  readonly name: string
  readonly reading: Omit<ReadEventsOptions, 'watch' | 'memory'>
  readonly part: LogPart
}

/** What a matching thread is sent: the rules once, written by `serialize`, then parts. */
export type ForThread = { readonly rules: Uint8Array } | { readonly task: PartTask }

/** What matching a part gave: rules by their place in the list of all; events as plain data. */
export interface MatchedPart {
  readonly events: number
  readonly recovered: number
  readonly faults: readonly Fault[]
  readonly hits: readonly { readonly event: LogEvent; readonly rules: readonly number[] }[]
  readonly counts: Counts
}

/** Matches parts of logs one after another in one thread; a part that cannot be read gives a fault. */
export function partMatcher(rules: readonly Rule[]): (task: PartTask) => Promise<MatchedPart> {
  const set = compile(rules)
  const memory = new EventMemory()
  const numbers = new Map(rules.map((rule, at) => [rule, at]))
  return async (task) => {
    const faults: Fault[] = []
    const hits: MatchedPart['hits'][number][] = []
    let events = 0
    let recovered = 0
    let counts: Counts = { lines: 0, records: 0 }
    try {
      const source = await fileSource(task.path, task.name, { here: true })
      for await (const batch of matchLog({
        source,
        reading: task.reading,
        part: task.part,
        rules: set,
        memory,
        counted: (all) => void (counts = all),
        watch: {},
      })) {
        events += batch.events
        recovered += batch.recovered
        faults.push(...batch.faults)
        for (const hit of batch.hits)
          hits.push({ event: wholeEvent(hit.event), rules: hit.rules.map((rule) => numbers.get(rule) ?? -1) })
      }
    } catch (error) {
      faults.push(faultOf(error, { file: task.name }))
    }
    return { events, recovered, faults, hits, counts }
  }
}
