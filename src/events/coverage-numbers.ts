import { isoMicros, limits } from '../base/index.ts'
import type { ClockJump } from './coverage-clock.ts'
import { jumpSeconds } from './coverage-clock.ts'
import type { LogEvent } from './event.ts'

/** How the records of a source are numbered, and which numbers are not at hand. */
export interface Numbers {
  /** Field that carries the number: `EventRecordID`, `audit_serial`, `seqno`, `__SEQNUM`, `sequenceId`; `wtmp record` for places in a file. */
  readonly name: string
  readonly from: number
  readonly to: number
  /** Distinct numbers at hand, and numbers between the first and the last that are not. */
  readonly present: number
  readonly missing: number
  /** Runs of missing numbers; the largest are listed. */
  readonly stretches: number
  readonly largest: readonly MissingStretch[]
  /**
   * `followed`: the figures hold. `begins-anew`: numbers come with several times (the count began again), so that nothing can be
   * said of gaps. `too-many`: more numbers, or more scattered ones, than are kept; gaps are then not given.
   */
  readonly standing: 'followed' | 'begins-anew' | 'too-many'
}

/** A run of numbers that are not at hand, with the times of the records on both sides ('' when those have none). */
export interface MissingStretch {
  readonly from: number
  readonly to: number
  readonly count: number
  readonly after: string
  readonly before: string
}

/** A numbered record: which count it belongs to, and its number. */
export interface Numbered {
  readonly name: string
  /** Tells counts of one name apart: another log type, another boot. */
  readonly count: string
  readonly number: number
  /** Where one count runs over all programs of a host: what the log is called as a whole. */
  readonly whole?: string
}

const pageSize = 256
const stretchesKept = 10
const jumpsKept = 20
/** Seconds are kept from this day on; 0 stands for "not there", 1 for "there, without a time". */
const epoch = Date.UTC(1980, 0, 1) / 1000
const several = 0x80000000

/**
 * The number of a record within its source, where the source numbers its records; undefined elsewhere. Records of wtmp and btmp stand in
 * a fixed place of their file: emptied ones are missing numbers.
 */
export function numbered(event: LogEvent, exhibit: number): Numbered | undefined {
  const { fields } = event
  if (event.channel !== '') return numberOf('EventRecordID', '', fields['EventRecordID'] ?? fields['RecordNumber'])
  if (event.service === 'auditd') return numberOf('audit_serial', '', fields['audit_serial'])
  const file = event.service === 'utmp' ? (fields['file'] ?? '') : ''
  if (file !== '' && event.at.kind === 'record') return { name: `${file} record`, count: String(exhibit), number: event.at.n }
  if (event.product === 'paloalto') return numberOf('seqno', `${fields['serial'] ?? ''} ${fields['type'] ?? ''}`, fields['seqno'])
  const journal = numberOf('__SEQNUM', fields['__SEQNUM_ID'] ?? '', fields['__SEQNUM'])
  if (journal !== undefined) return { ...journal, whole: 'journal, all programs' }
  // RFC 5424, 7.3.1: counted over all messages of the originator.
  const syslog = numberOf('sequenceId', '', fields['meta.sequenceId'])
  if (syslog !== undefined) return { ...syslog, whole: 'syslog, all programs' }
  return undefined
}

function numberOf(name: string, count: string, text: string | undefined): Numbered | undefined {
  // Fifteen digits are exact as a number; longer ones are no record number that a log reaches.
  if (text === undefined || !/^\d{1,15}$/.test(text)) return undefined
  return { name, count, number: Number(text) }
}

/** Pages left to all counts of one meter. */
export interface PageBudget {
  pages: number
}

/** Numbers of one count as they come, in any order; the result does not depend on the order. */
export class NumberPages {
  readonly #pages = new Map<number, Uint32Array>()
  readonly #budget: PageBudget
  readonly name: string
  #from = Infinity
  #to = -1

  constructor(name: string, budget: PageBudget) {
    this.name = name
    this.#budget = budget
  }

  /** `ms`: epoch milliseconds of the record, or undefined. */
  add(number: number, ms: number | undefined): void {
    if (number < this.#from) this.#from = number
    if (number > this.#to) this.#to = number
    // More pages than the budget: only how many there would be matters now, and that only as "too many".
    if (this.#budget.pages > limits.coverageNumberPages) return
    const name = Math.floor(number / pageSize)
    let page = this.#pages.get(name)
    if (page === undefined) {
      this.#budget.pages += 1
      if (this.#budget.pages > limits.coverageNumberPages) return
      page = new Uint32Array(pageSize)
      this.#pages.set(name, page)
    }
    const at = number - name * pageSize
    const known = page[at] ?? 0
    const seconds = ms === undefined ? 1 : Math.min(Math.max(Math.floor(ms / 1000) - epoch, 2), several - 1)
    const before = (known & ~several) >>> 0
    if (known === 0) page[at] = seconds
    else if (before !== seconds) page[at] = (Math.min(before, seconds) | several) >>> 0
  }

  /** What is there and what is missing, and the places where time runs backwards in the order of numbers. */
  result(): { readonly numbers: Numbers; readonly jumps: readonly ClockJump[]; readonly jumpsTotal: number } {
    const head = { name: this.name, from: this.#from, to: this.#to }
    if (this.#budget.pages > limits.coverageNumberPages)
      return {
        numbers: { ...head, present: 0, missing: 0, stretches: 0, largest: [], standing: 'too-many' },
        jumps: [],
        jumpsTotal: 0,
      }
    let present = 0
    let twice = 0
    let stretches = 0
    let last = -1
    let lastTime = 0
    let high = 0
    let largest: MissingStretch[] = []
    const jumps: ClockJump[] = []
    for (const name of [...this.#pages.keys()].sort((a, b) => a - b)) {
      const page = this.#pages.get(name) as Uint32Array
      for (let at = 0; at < pageSize; at += 1) {
        const kept = page[at] ?? 0
        if (kept === 0) continue
        const number = name * pageSize + at
        const time = (kept & ~several) >>> 0
        present += 1
        if (kept >= several) twice += 1
        if (last >= 0 && number > last + 1) {
          stretches += 1
          largest.push({
            from: last + 1,
            to: number - 1,
            count: number - last - 1,
            after: timeText(lastTime),
            before: timeText(time),
          })
          if (largest.length >= 1_000) largest = largestOf(largest)
        }
        if (time > 1) {
          if (high > 1 && time < high - jumpSeconds)
            jumps.push({ told: 'record-order', from: timeText(high), to: timeText(time), seconds: time - high, number })
          if (time > high || time < high - jumpSeconds) high = time
        }
        last = number
        lastTime = time
      }
    }
    if (twice * 100 > present)
      return {
        numbers: { ...head, present, missing: 0, stretches: 0, largest: [], standing: 'begins-anew' },
        jumps: [],
        jumpsTotal: 0,
      }
    const missing = this.#to - this.#from + 1 - present
    const numbers = { ...head, present, missing, stretches, largest: largestOf(largest), standing: 'followed' } as const
    return { numbers, jumps: jumps.slice(0, jumpsKept), jumpsTotal: jumps.length }
  }
}

function largestOf(all: readonly MissingStretch[]): MissingStretch[] {
  return all.toSorted((a, b) => b.count - a.count || a.from - b.from).slice(0, stretchesKept)
}

function timeText(seconds: number): string {
  return seconds <= 1 ? '' : isoMicros((seconds + epoch) * 1000)
}
