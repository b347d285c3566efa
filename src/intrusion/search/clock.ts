import { isoMicros } from '../../base/index.ts'

/** What the clocks of two hosts may differ by after correction, in microseconds. */
export const slack = 2_000_000

/** Microseconds in an hour. */
export const hour = 3_600_000_000

/** Microseconds since 1970 of fixed-width UTC; exact in a number until the year 2255. */
export function micros(at: string): number {
  return Date.parse(`${at.slice(0, 23)}Z`) * 1000 + Number(at.slice(23, 26))
}

/** Fixed-width UTC of microseconds since 1970. */
export function atMicros(moment: number): string {
  const ms = Math.floor(moment / 1000)
  return isoMicros(ms, String(moment - ms * 1000).padStart(3, '0'))
}
