import type { Stretch } from '../formats/index.ts'

const zero = 0x30

/**
 * Whether bytes are a time that surely is one and states its zone: `YYYY-MM-DDThh:mm:ssZ`, with a fraction of up to nine digits or
 * none, on a day that every month has.
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
  return month >= 1 && month <= 12 && day >= 1 && day <= 28 && two(11) < 24 && two(14) < 60 && two(17) < 60
}

const digit = 0
const marks = Uint8Array.from('dddd-dd-ddTdd:dd:dd.d', (one) => (one === 'd' ? digit : one.charCodeAt(0)))

/** Whether two times written year first are of one day, and of the same ten minutes; for texts of at least 15 bytes. */
export function sameTenMinutes(one: Stretch, other: Stretch): boolean {
  if (one.to - one.from < 15 || other.to - other.from < 15) return false
  for (let at = 0; at < 15; at += 1)
    if (at !== 10 && one.bytes.getUint8(one.from + at) !== other.bytes.getUint8(other.from + at)) return false
  return true
}
