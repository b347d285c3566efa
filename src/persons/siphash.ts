/**
 * SipHash-2-4 with 128 bits of output, the reference construction (`crypto_shorthash_siphashx24` of libsodium,
 * `sipHash128ReferenceKeyed` of ClickHouse). Key: 16 bytes, two little-endian words. Output: 32 lower-case hex digits.
 * Each 64-bit lane is two signed 32-bit halves.
 */
export function sipHash128(key: Uint8Array, message: Uint8Array): string {
  const words = new DataView(key.buffer, key.byteOffset, 16)
  const k0l = words.getInt32(0, true)
  const k0h = words.getInt32(4, true)
  const k1l = words.getInt32(8, true)
  const k1h = words.getInt32(12, true)
  // "somepseudorandomlygeneratedbytes"; the variant with 128 bits flips 0xee in v1.
  const v = new Int32Array([
    k0l ^ 0x70736575,
    k0h ^ 0x736f6d65,
    k1l ^ 0x6e646f6d ^ 0xee,
    k1h ^ 0x646f7261,
    k0l ^ 0x6e657261,
    k0h ^ 0x6c796765,
    k1l ^ 0x79746573,
    k1h ^ 0x74656462,
  ])
  const length = message.length
  const whole = length - (length % 8)
  const view = new DataView(message.buffer, message.byteOffset, length)
  for (let at = 0; at < whole; at += 8) absorb(v, view.getInt32(at, true), view.getInt32(at + 4, true))
  let low = 0
  let high = length << 24
  for (let at = whole; at < length; at += 1) {
    const byte = message[at] ?? 0
    if (at - whole < 4) low |= byte << (8 * (at - whole))
    else high |= byte << (8 * (at - whole - 4))
  }
  absorb(v, low, high)
  v[4] = lane(v, 4) ^ 0xee
  for (let round = 0; round < 4; round += 1) sipRound(v)
  const first = output(v)
  v[2] = lane(v, 2) ^ 0xdd
  for (let round = 0; round < 4; round += 1) sipRound(v)
  return first + output(v)
}

function absorb(v: Int32Array, low: number, high: number): void {
  v[6] = lane(v, 6) ^ low
  v[7] = lane(v, 7) ^ high
  sipRound(v)
  sipRound(v)
  v[0] = lane(v, 0) ^ low
  v[1] = lane(v, 1) ^ high
}

function lane(v: Int32Array, at: number): number {
  return v[at] ?? 0
}

function sipRound(v: Int32Array): void {
  let v0l = lane(v, 0)
  let v0h = lane(v, 1)
  let v1l = lane(v, 2)
  let v1h = lane(v, 3)
  let v2l = lane(v, 4)
  let v2h = lane(v, 5)
  let v3l = lane(v, 6)
  let v3h = lane(v, 7)
  let sum = 0
  let low = 0
  let high = 0

  sum = (v0l >>> 0) + (v1l >>> 0)
  v0h = (v0h + v1h + (sum > 0xffffffff ? 1 : 0)) | 0
  v0l = sum | 0
  low = (v1l << 13) | (v1h >>> 19)
  high = (v1h << 13) | (v1l >>> 19)
  v1l = low ^ v0l
  v1h = high ^ v0h
  low = v0h
  v0h = v0l
  v0l = low

  sum = (v2l >>> 0) + (v3l >>> 0)
  v2h = (v2h + v3h + (sum > 0xffffffff ? 1 : 0)) | 0
  v2l = sum | 0
  low = (v3l << 16) | (v3h >>> 16)
  high = (v3h << 16) | (v3l >>> 16)
  v3l = low ^ v2l
  v3h = high ^ v2h

  sum = (v0l >>> 0) + (v3l >>> 0)
  v0h = (v0h + v3h + (sum > 0xffffffff ? 1 : 0)) | 0
  v0l = sum | 0
  low = (v3l << 21) | (v3h >>> 11)
  high = (v3h << 21) | (v3l >>> 11)
  v3l = low ^ v0l
  v3h = high ^ v0h

  sum = (v2l >>> 0) + (v1l >>> 0)
  v2h = (v2h + v1h + (sum > 0xffffffff ? 1 : 0)) | 0
  v2l = sum | 0
  low = (v1l << 17) | (v1h >>> 15)
  high = (v1h << 17) | (v1l >>> 15)
  v1l = low ^ v2l
  v1h = high ^ v2h
  low = v2h
  v2h = v2l
  v2l = low

  v[0] = v0l
  v[1] = v0h
  v[2] = v1l
  v[3] = v1h
  v[4] = v2l
  v[5] = v2h
  v[6] = v3l
  v[7] = v3h
}

function output(v: Int32Array): string {
  return hexWord(lane(v, 0) ^ lane(v, 2) ^ lane(v, 4) ^ lane(v, 6)) + hexWord(lane(v, 1) ^ lane(v, 3) ^ lane(v, 5) ^ lane(v, 7))
}

/** Little-endian bytes of a 32-bit word, in hex. */
function hexWord(word: number): string {
  const swapped = ((word & 0xff) << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)
  return (swapped >>> 0).toString(16).padStart(8, '0')
}
