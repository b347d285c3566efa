import { utcIso } from '../calendar.ts'
import type { Output } from '../output.ts'
import { Random } from '../random.ts'

/** One record on its way into a file. */
interface Entry {
  readonly at: number
  readonly written: number
  readonly host: string
  readonly text: string
  /** Whose record numbers it takes; its text then ends before the number. */
  readonly counter: string | undefined
  readonly attack: number
}

interface LogFile {
  readonly head: readonly string[]
  readonly entries: Entry[]
}

/** A host that sent nothing for a while, by a right clock. */
export interface Silence {
  readonly host: string
  readonly from: number
  readonly to: number
}

/** What was written, for the truth. */
interface Recorded {
  /** By attacker: records of the attack with their place. */
  readonly attack: ReadonlyMap<number, readonly { readonly file: string; readonly line: number }[]>
  readonly records: number
  readonly dropped: number
  readonly lost: readonly (Silence & { readonly records: number })[]
}

/** Collects the records of all log files, then writes them in order of time, less what was lost. */
export class Recorder {
  /** Whose doing is being recorded: 0 nobody's (ordinary work), 1 and 2 the attackers'. */
  attacker = 0
  readonly #files = new Map<string, LogFile>()
  readonly #skew: ReadonlyMap<string, number>

  /** `skew`: by host, milliseconds by which its clock is ahead. */
  constructor(skew: ReadonlyMap<string, number>) {
    this.#skew = skew
  }

  /** What the host's own clock shows. */
  clock(host: string, at: number): number {
    return at + (this.#skew.get(host) ?? 0)
  }

  /** Declares a file that begins with header lines. */
  file(path: string, head: readonly string[]): void {
    if (!this.#files.has(path)) this.#files.set(path, { head, entries: [] })
  }

  /** A record of a host; `at` by a right clock. */
  add(
    path: string,
    record: { readonly host: string; readonly at: number; readonly text: string; readonly counter?: string },
  ): void {
    this.file(path, [])
    this.#files.get(path)?.entries.push({
      at: record.at,
      written: this.clock(record.host, record.at),
      host: record.host,
      text: record.text,
      counter: record.counter,
      attack: this.attacker,
    })
  }

  /** When the attackers' records of each host were made, in order of time. */
  attackTimes(): ReadonlyMap<string, readonly number[]> {
    const times = new Map<string, number[]>()
    for (const { entries } of this.#files.values())
      for (const { attack, host, at } of entries) if (attack > 0) listed(times, host).push(at)
    for (const list of times.values()) list.sort((a, b) => a - b)
    return times
  }

  /** Writes every file under `case/` and forgets the records. */
  async write(options: {
    readonly out: Output
    readonly seed: number
    readonly drop: number
    readonly silences: readonly Silence[]
    /** By the hosts' own clocks, milliseconds: what comes later is not written yet. */
    readonly until?: number
  }): Promise<Recorded> {
    const { until = Number.POSITIVE_INFINITY } = options
    const attack = new Map<number, { file: string; line: number }[]>()
    const lost = options.silences.map((silence) => ({ ...silence, records: 0 }))
    let records = 0
    let dropped = 0
    let written = 0
    for (const [path, { head, entries }] of [...this.#files].sort(([a], [b]) => (a < b ? -1 : 1))) {
      await options.out.step('logs', written++, this.#files.size, 'files')
      const random = new Random(options.seed, 'drop', path)
      const numbers = new Map<string, number>()
      const file = options.out.open(`case/${path}`)
      for (const text of head) file.line(text)
      let line = head.length
      for (const entry of entries.sort((a, b) => a.written - b.written)) {
        const number = (numbers.get(entry.counter ?? '') ?? firstNumber(entry.counter ?? '')) + 1
        numbers.set(entry.counter ?? '', number)
        const gone = options.drop > 0 && random.chance(options.drop)
        const silence = lost.find(({ host, from, to }) => host === entry.host && entry.at >= from && entry.at < to)
        if (silence !== undefined) silence.records += 1
        else if (entry.written > until) continue
        else if (gone) dropped += 1
        else {
          file.line(entry.counter === undefined ? entry.text : `${entry.text}${number}}`)
          line += 1
          records += 1
          if (entry.attack > 0) listed(attack, entry.attack).push({ file: path, line })
        }
      }
      file.close()
      entries.length = 0
    }
    return { attack, records, dropped, lost }
  }
}

function listed<K, V>(lists: Map<K, V[]>, key: K): V[] {
  const list = lists.get(key) ?? []
  lists.set(key, list)
  return list
}

/** Record numbers begin somewhere: logs have been running before. */
function firstNumber(counter: string): number {
  return counter === '' ? 0 : new Random(0, 'record-numbers', counter).between(10_000, 900_000)
}

/** A silence as the truth tells it. */
export function silenceTold(one: Recorded['lost'][number]): { host: string; from: string; to: string; lost: number } {
  return { host: one.host, from: utcIso(one.from), to: utcIso(one.to), lost: one.records }
}
