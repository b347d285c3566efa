import type { Locator, Moment } from '../base/index.ts'
import type { LogClock } from './clock.ts'
import type { LogEvent } from './event.ts'
import { genericEvent } from './generic.ts'
import { bestMoment } from './mapped-event.ts'
import { hostName } from './name.ts'
import type { Outer } from './raw-record.ts'

type Fields = Readonly<Record<string, string>>

interface Around {
  readonly clock: LogClock
  readonly zone: string | undefined
  readonly host: string | undefined
}

/** The event of a record that no map takes: what common names tell, and the time with which a line in words begins. */
export function plainEvent(fields: Fields, at: Locator, of: Around & { readonly outer: Outer }): LogEvent {
  const event = genericEvent(fields, at, of.zone)
  const own = event.time === '' ? firstTime(fields, of) : { at: event.time, zone: event.zone }
  const moment = bestMoment(own, of.outer.times, of.clock)
  const timed = moment === undefined ? event : { ...event, time: moment.at, zone: moment.zone }
  return hosted(timed, of.outer, of)
}

/** A line that begins with its time, in words or digits. */
function firstTime(fields: Fields, of: Around): Moment | undefined {
  const known = of.clock.read(fields['_time'] ?? fields['time'] ?? fields['date'] ?? '')
  if (known !== undefined) return known
  const words = (fields['message'] ?? '')
    .slice(0, 80)
    .replace(/^\[/, '')
    .split(/[\s\]]/, 6)
  for (const count of [5, 3, 2, 1]) {
    const moment = of.clock.read(words.slice(0, count).join(' '))
    if (moment !== undefined) return moment
  }
  return undefined
}

/** The event with the host of its envelope, or the one the caller names, where it states none. */
export function hosted(event: LogEvent, outer: Outer, of: Pick<Around, 'host'>): LogEvent {
  return event.host === '' ? { ...event, host: hostName(outer.host || (of.host ?? '')) } : event
}
