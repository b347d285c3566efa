import { epochMs, isoMicros, parseIso, type Locator } from '../base/index.ts'
import type { LogEvent } from './event.ts'

/** A place where the clock of a source was moved, or runs backwards. */
export interface ClockJump {
  /** `record-order`: a later record carries an earlier time. `stated`: the source itself says that its clock was set. */
  readonly told: 'record-order' | 'stated'
  /** Before and after, fixed-width UTC. */
  readonly from: string
  readonly to: string
  /** Signed: negative is backwards. */
  readonly seconds: number
  /** Number of the record after the jump, where records are numbered. */
  readonly number?: number
  /** Place of the record that tells it, in the exhibit of that index. */
  readonly at?: Locator
  readonly exhibit?: number
  /** True when the source states no zone: an hour backwards may then be the end of summer time. */
  readonly zoneless?: true
}

/** Seconds by which a later record must be earlier to count as a jump: less is the ordinary disorder of writers. */
export const jumpSeconds = 300
/** Seconds from which a stated step counts: time services correct by less all the time. */
const stepSeconds = 60

const stepped = /\bSystem clock was stepped by (-?\d{1,10}(?:\.\d{1,9})?) seconds/
const reset = /\b(?:time reset|time set|step time server \S{1,60} offset|clock_step) ([+-]?\d{1,10}(?:\.\d{1,9})?) s/

/** The step of its clock that an event states (Security 4616, Kernel-General 1, chronyd, ntpd), when it is a minute or more. */
export function statedStep(event: LogEvent): Pick<ClockJump, 'from' | 'to' | 'seconds'> | undefined {
  const { fields, service, eventId } = event
  if (service === 'security' && eventId === '4616') return between(fields['PreviousTime'], fields['NewTime'])
  if (service === 'system' && eventId === '1' && event.provider.endsWith('Kernel-General'))
    return between(fields['OldTime'], fields['NewTime'])
  if (event.time === '') return undefined
  const program = fields['program'] ?? fields['SYSLOG_IDENTIFIER'] ?? ''
  if (program !== 'chronyd' && !/^ntp(?:d|date|sec)?$/.test(program)) return undefined
  const message = (fields['message'] ?? fields['MESSAGE'] ?? '').slice(0, 300)
  const seconds = Number(stepped.exec(message)?.[1] ?? reset.exec(message)?.[1] ?? '0')
  if (Math.abs(seconds) < stepSeconds) return undefined
  const after = epochMs(event.time)
  return { from: isoMicros(after - seconds * 1000), to: event.time, seconds: Math.round(seconds) }
}

function between(before: string | undefined, after: string | undefined): Pick<ClockJump, 'from' | 'to' | 'seconds'> | undefined {
  const from = parseIso(before ?? '')
  const to = parseIso(after ?? '')
  if (from === undefined || to === undefined) return undefined
  const seconds = Math.round((epochMs(to.at) - epochMs(from.at)) / 1000)
  return Math.abs(seconds) < stepSeconds ? undefined : { from: from.at, to: to.at, seconds }
}

/**
 * Follows the times of lines that are written at the moment they tell of (syslog), in the order of the file. Where lines come in
 * another order than their places, or mostly run backwards (newest first), nothing is said.
 */
export class LineOrder {
  #high = ''
  #last = ''
  #n = -1
  #steps = 0
  #back = 0
  #ordered = true
  readonly #jumps: ClockJump[] = []

  add(event: LogEvent, exhibit: number): void {
    const n = 'n' in event.at && typeof event.at.n === 'number' ? event.at.n : -1
    if (n <= this.#n) this.#ordered = false
    this.#n = n
    if (this.#last !== '') {
      this.#steps += 1
      if (event.time < this.#last) this.#back += 1
    }
    this.#last = event.time
    if (this.#high !== '' && event.time < this.#high) {
      const seconds = Math.round((epochMs(event.time) - epochMs(this.#high)) / 1000)
      if (seconds >= -jumpSeconds) return
      if (this.#jumps.length < 1_000)
        this.#jumps.push({
          told: 'record-order',
          from: this.#high,
          to: event.time,
          seconds,
          at: event.at,
          exhibit,
          ...(event.zone === 'stated' ? {} : { zoneless: true as const }),
        })
    }
    this.#high = event.time
  }

  jumps(): readonly ClockJump[] {
    return this.#ordered && this.#back * 5 <= this.#steps + 10 ? this.#jumps : []
  }
}

/** True for lines whose place in the file is their order in time. */
export function inLineOrder(event: LogEvent): boolean {
  return event.at.kind === 'line' && event.channel === '' && event.service !== 'auditd' && event.fields['program'] !== undefined
}
