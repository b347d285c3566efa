import { epochMs, isoMicros, type Moment } from '../base/index.ts'

const hour = 3_600_000

/** Easternmost and westernmost offset in use (UTC+14, UTC-12): a time read as UTC whose zone nobody stated lies between them. */
const [east, west] = [14, 12]

/** The earliest instant a moment can be: itself when its zone is stated or was assumed, else read at UTC+14. */
export function earliestReading(moment: Moment): string {
  return moment.zone === 'unknown' ? shifted(moment.at, -east) : moment.at
}

/** The latest instant a moment can be: itself when its zone is stated or was assumed, else read at UTC-12. */
export function latestReading(moment: Moment): string {
  return moment.zone === 'unknown' ? shifted(moment.at, west) : moment.at
}

function shifted(at: string, hours: number): string {
  return isoMicros(epochMs(at) + hours * hour, at.slice(23, 26))
}
