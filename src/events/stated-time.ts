import type { Stretch } from '../formats/index.ts'

const zero = 0x30

/**
 * Whether bytes are a time that surely is one and states its zone: `YYYY-MM-DDThh:mm:ssZ`, with a fraction of up to nine digits or
 * none, on a day that the month has in every year.
 */
export function isPlainlyStated({ bytes, from, to }: Stretch): boolean {
  const length = to - from
  if (length < 20 || length > 30 || length === 21) return false
  for (let at = 0; at < length; at += 1) {
    const byte = bytes.getUint8(from + at)
    const mark = marks[at < 20 ? at : 20] as number
    if (at === length - 1 ? byte !== 0x5a : mark === digit ? byte < zero || byte > zero + 9 : byte !== mark) return false
  }
  const two = (at: number): number => (bytes.getUint8(from + at) - zero) * 10 + bytes.getUint8(from + at + 1) - zero
  const month = two(5)
  const day = two(8)
  return month >= 1 && month <= 12 && day >= 1 && day <= (days[month] as number) && two(11) < 24 && two(14) < 60 && two(17) < 60
}

/** Days that a month has in every year. */
const days = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const digit = 0
const marks = Uint8Array.from('dddd-dd-ddTdd:dd:dd.d', (one) => (one === 'd' ? digit : one.charCodeAt(0)))

/** Microseconds since 1970 of a time that `isPlainlyStated`, digits below them dropped; NaN of other bytes. */
export function plainMicros(stated: Stretch): number {
  if (!isPlainlyStated(stated)) return Number.NaN
  const { bytes, from, to } = stated
  const digits = (at: number, end: number): number => {
    let value = 0
    for (; at < end; at += 1) value = value * 10 + bytes.getUint8(from + at) - zero
    return value
  }
  const year = digits(0, 4)
  // Years before 100 would be taken for those of the last century.
  if (year < 100) return Number.NaN
  const ms = Date.UTC(year, digits(5, 7) - 1, digits(8, 10), digits(11, 13), digits(14, 16), digits(17, 19))
  const fraction = Math.min(Math.max(to - from - 21, 0), 6)
  return ms * 1000 + digits(20, 20 + fraction) * tens[6 - fraction]!
}

const tens = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000]

/** Whether two times written year first are of one day, and of the same ten minutes; for texts of at least 15 bytes. */
export function sameTenMinutes(one: Stretch, other: Stretch): boolean {
  if (one.to - one.from < 15 || other.to - other.from < 15) return false
  for (let at = 0; at < 15; at += 1)
    if (at !== 10 && one.bytes.getUint8(one.from + at) !== other.bytes.getUint8(other.from + at)) return false
  return true
}
