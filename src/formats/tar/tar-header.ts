/** One header of a tar archive. */
export interface TarHeader {
  readonly name: string
  readonly size: number
  /** The type flag: `0` file, `1` hard link, `2` symbolic link, `5` folder, `x` and `g` pax, `L` and `K` GNU's long names. */
  readonly type: string
}

export const blockBytes = 512

/** Whether bytes begin with a tar header whose checksum is right (POSIX ustar, GNU, and the older form without a mark). */
export function looksLikeTar(head: Uint8Array): boolean {
  return head.length >= blockBytes && readTarHeader(Buffer.from(head.buffer, head.byteOffset, blockBytes)) !== undefined
}

/** A header block taken apart; undefined when its checksum is wrong. Sizes are octal, or binary as GNU writes large ones. */
export function readTarHeader(block: Buffer): TarHeader | undefined {
  const stated = octal(block, 148, 8)
  if (stated === undefined) return undefined
  let sum = 0
  for (let i = 0; i < blockBytes; i += 1) sum += i >= 148 && i < 156 ? 32 : (block[i] ?? 0)
  const size = octal(block, 124, 12)
  if (sum !== stated || sum === 256 || size === undefined) return undefined
  const prefix = block.toString('latin1', 257, 263) === 'ustar\0' ? text(block, 345, 155) : ''
  const own = text(block, 0, 100)
  const flag = block[156] ?? 0
  return { name: prefix === '' ? own : `${prefix}/${own}`, size, type: flag === 0 ? '0' : String.fromCharCode(flag) }
}

/** Names and sizes that a pax header states for the entry behind it: `length name=value` lines. */
export function readPax(bytes: Buffer): { readonly path?: string; readonly size?: number } {
  const found: { path?: string; size?: number } = {}
  for (let at = 0; at < bytes.length;) {
    const blank = bytes.indexOf(32, at)
    const length = blank === -1 ? 0 : Number(bytes.toString('latin1', at, blank))
    if (!Number.isInteger(length) || length < 5 || at + length > bytes.length) return found
    const record = bytes.toString('utf8', blank + 1, at + length - 1)
    const equals = record.indexOf('=')
    const value = record.slice(equals + 1)
    if (record.slice(0, equals) === 'path') found.path = value
    if (record.slice(0, equals) === 'size' && /^\d{1,15}$/.test(value)) found.size = Number(value)
    at += length
  }
  return found
}

function text(block: Buffer, at: number, length: number): string {
  const bytes = block.subarray(at, at + length)
  const end = bytes.indexOf(0)
  return bytes.toString('utf8', 0, end === -1 ? length : end)
}

function octal(block: Buffer, at: number, length: number): number | undefined {
  if (((block[at] ?? 0) & 0x80) !== 0) {
    const value = BigInt(`0x${block.toString('hex', at + 1, at + length)}`)
    return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : undefined
  }
  const digits = block
    .toString('latin1', at, at + length)
    .replaceAll('\0', ' ')
    .trim()
  return /^[0-7]{1,12}$/.test(digits) ? Number.parseInt(digits, 8) : digits === '' ? 0 : undefined
}
