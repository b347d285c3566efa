import { epochMs, fixed, isoMicros } from '../base/index.ts'
import type { Cite, Sentence } from '../evidence/index.ts'
import type { Engine } from '../store/index.ts'
import { citeOf, isoOf } from './cited.ts'
import { happened } from './graph/fact.ts'
import type { HostClock } from './graph/host-clocks.ts'

/** Times of hosts' records, put right by what is known of their clocks. */
export interface HostTimes {
  /** Fixed-width UTC of an engine's time text of a record of that host. */
  readonly timeOf: (host: string, text: string) => string
  /** The same of a time that is fixed-width UTC already. */
  readonly corrected: (host: string, time: string) => string
  /** The largest of these corrections, in milliseconds. */
  readonly skewMs: number
  /** What is to be said of these hosts' clocks. */
  readonly notes: (hosts: ReadonlySet<string>) => Sentence[]
}

/** A difference that too few records agree on is stated from here on. */
const statedMicros = 60_000_000

/** Hosts whose records were stamped by whoever received them: their clocks do not show in the time of an event. */
const arrivalStampedSql = `
SELECT host FROM events WHERE load_id IN ({loads:Array(UInt64)}) AND timed AND host IN ({hosts:Array(String)})
GROUP BY host HAVING 2 * countIf(abs(dateDiff('second', ${happened}, time)) > 1) > count()`

/** Corrections for the hosts whose clocks enough pairs of records agree on; the others' times stay as they stand. */
export async function hostTimes(options: {
  readonly engine: Engine
  readonly loads: readonly string[]
  readonly clocks: readonly HostClock[]
  readonly fileOf: (sha256: string) => string
}): Promise<HostTimes> {
  const { engine, loads, fileOf } = options
  const off = options.clocks.filter((one) => one.applied)
  const stamped =
    off.length === 0 ? [] : await engine.rows<{ host: string }>(arrivalStampedSql, { loads, hosts: off.map((one) => one.host) })
  const elsewhere = new Set(stamped.map((one) => one.host))
  const ahead = new Map(off.filter((one) => !elsewhere.has(one.host)).map((one) => [one.host, Math.round(one.micros / 1000)]))
  const corrected = (host: string, time: string): string => {
    const ms = ahead.get(host)
    return ms === undefined || time === '' ? time : `${isoMicros(epochMs(time) - ms).slice(0, 23)}${time.slice(23)}`
  }
  return {
    corrected,
    skewMs: Math.max(0, ...[...ahead.values()].map(Math.abs)),
    timeOf: (host, text) => corrected(host, isoOf(text)),
    notes: (hosts) =>
      options.clocks
        .filter((one) => hosts.has(one.host) && (ahead.has(one.host) || (!one.applied && Math.abs(one.micros) >= statedMicros)))
        .map((one) => noteOf(one, citeOf({ ...one, at_n: Number(one.n) }, fileOf))),
  }
}

function noteOf({ host, micros, pairs, applied }: HostClock, cite: Cite): Sentence {
  const way = `${durationText(Math.abs(micros) / 1_000_000)} ${micros > 0 ? 'ahead of' : 'behind'} the others'`
  const text = applied
    ? `The clock of ${host} runs ${way}, by ${pairs} pairs of records that it and another host made of the same act: times of its records are told as corrected by that.`
    : `The clock of ${host} may run ${way}, but too few records agree (${pairs}): times of its records are told as they stand.`
  return { text, cites: [cite] }
}

function durationText(seconds: number): string {
  if (seconds < 120) return `${fixed(seconds, 0)} seconds`
  return seconds < 7200 ? `${fixed(seconds / 60, 1)} minutes` : `${fixed(seconds / 3600, 1)} hours`
}
