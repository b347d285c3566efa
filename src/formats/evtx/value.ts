import { Malformed, type ChunkBytes } from './chunk-bytes.ts'

/** BinXML value types ([MS-EVEN6] 2.2.14); 0x80 marks an array. */
export const valueType = { null: 0x00, string: 0x01, binXml: 0x21, array: 0x80 } as const

/** Whether values of a type are numbers, times, addresses or identifiers: not texts, truth values, arrays or nested structures. */
export function isNumericType(type: number): boolean {
  return type > 0x02 && type < 0x16 && type !== 0x0d
}

/** Sizes of the fixed-width types, for arrays. */
const width: Readonly<Record<number, number>> = {
  0x03: 1,
  0x04: 1,
  0x05: 2,
  0x06: 2,
  0x07: 4,
  0x08: 4,
  0x09: 8,
  0x0a: 8,
  0x0b: 4,
  0x0c: 8,
  0x0d: 4,
  0x0f: 16,
  0x11: 8,
  0x12: 16,
  0x14: 4,
  0x15: 8,
}

const epochDifferenceMs = 11_644_473_600_000

/**
 * One value as text, the way the Windows event viewer writes it (GUIDs in braces and upper case, FILETIME as ISO 8601 in
 * UTC with seven digits, hex integers with `0x`). Elements of an array are joined by newlines. Throws `Malformed`.
 */
export function valueText(
  bytes: ChunkBytes,
  value: { readonly type: number; readonly at: number; readonly size: number },
): string {
  const { type, at, size } = value
  if (size === 0 || type === 0x00) return ''
  if (type >= 0x80) return arrayText(bytes, value)
  switch (type) {
    case 0x01:
      return bytes.utf16(at, size)
    case 0x02:
      return bytes.ansi(at, size)
    case 0x03:
      return String((bytes.u8(at) << 24) >> 24)
    case 0x04:
      return String(bytes.u8(at))
    case 0x05:
      return String((bytes.u16(at) << 16) >> 16)
    case 0x06:
      return String(bytes.u16(at))
    case 0x07:
      return String(bytes.i32(at))
    case 0x08:
      return String(bytes.u32(at))
    case 0x09:
      return bytes.i64Text(at)
    case 0x0a:
      return bytes.u64Text(at)
    case 0x0b:
      bytes.need(at, 4)
      return String(bytes.bytes.readFloatLE(at))
    case 0x0c:
      bytes.need(at, 8)
      return String(bytes.bytes.readDoubleLE(at))
    case 0x0d:
      return bytes.u32(at) === 0 ? 'false' : 'true'
    case 0x0e:
      return bytes.hex(at, size)
    case 0x0f:
      return bytes.guid(at)
    case 0x10:
      return size === 4 ? `0x${bytes.u32(at).toString(16)}` : `0x${bytes.u64(at).toString(16)}`
    case 0x11:
      return filetimeText(bytes, at)
    case 0x12:
      return systemTimeText(bytes, at)
    case 0x13:
      return bytes.sid(at, size)
    case 0x14:
      return `0x${bytes.u32(at).toString(16)}`
    case 0x15:
      return hex64(bytes, at)
    default:
      throw new Malformed('evtx-value-type', `value type 0x${type.toString(16)} is not known`)
  }
}

/** The elements of an array value, each as text. */
function arrayText(bytes: ChunkBytes, value: { readonly type: number; readonly at: number; readonly size: number }): string {
  const type = value.type & 0x7f
  if (type === 0x01) return bytes.utf16(value.at, value.size).replaceAll('\u0000', '\n')
  if (type === 0x02) return bytes.ansi(value.at, value.size).replaceAll('\u0000', '\n')
  const step = width[type] ?? (type === 0x10 ? 8 : undefined)
  if (step === undefined) throw new Malformed('evtx-value-type', `value type 0x${value.type.toString(16)} is not known`)
  const parts: string[] = []
  for (let at = value.at; at + step <= value.at + value.size; at += step) parts.push(valueText(bytes, { type, at, size: step }))
  return parts.join('\n')
}

function hex64(bytes: ChunkBytes, at: number): string {
  const high = bytes.u32(at + 4)
  const low = bytes.u32(at).toString(16)
  return high === 0 ? `0x${low}` : `0x${high.toString(16)}${low.padStart(8, '0')}`
}

let cachedSecond = -1
let cachedText = ''

/** FILETIME (100 ns since 1601) as ISO 8601 in UTC with seven digits; times past the year 9999 as a decimal count. */
function filetimeText(bytes: ChunkBytes, at: number): string {
  const high = bytes.u32(at + 4)
  const low = bytes.u32(at)
  // high * 2^32 + low in units of 100 ns, split so that no step leaves the safe integers.
  const upper = high * 429 // seconds in high * 2^32 ticks = high * 429.4967296
  const rest = high * 4967296 + low // ticks left over; below 2^53
  const restSeconds = Math.floor(rest / 10_000_000)
  const second = upper + restSeconds
  if (second * 1000 - epochDifferenceMs > 253_402_300_799_000) return bytes.u64(at).toString()
  if (second !== cachedSecond) {
    cachedText = new Date(second * 1000 - epochDifferenceMs).toISOString().slice(0, 19)
    cachedSecond = second
  }
  const ticks = rest - restSeconds * 10_000_000
  return `${cachedText}.${String(ticks).padStart(7, '0')}Z`
}

function systemTimeText(bytes: ChunkBytes, at: number): string {
  bytes.need(at, 16)
  const two = (i: number) => String(bytes.u16(at + i)).padStart(2, '0')
  const year = String(bytes.u16(at)).padStart(4, '0')
  return `${year}-${two(2)}-${two(6)}T${two(8)}:${two(10)}:${two(12)}.${String(bytes.u16(at + 14)).padStart(3, '0')}Z`
}
