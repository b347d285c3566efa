/** An address range; `value` are the bits of its first address, masked to the range's prefix. */
export interface Network {
  readonly family: 4 | 6
  /** The prefix as an unsigned integer in lower-case hex, so that plans stay plain data. */
  readonly prefix: string
  /** Length of the prefix in bits. */
  readonly bits: number
  /** As the rule writes it. */
  readonly text: string
}

interface Address {
  readonly family: 4 | 6
  readonly value: bigint
}

/** Reads `10.0.0.0/8`, `fe80::/10` or a single address; undefined when it is none. Host bits are ignored. */
export function parseNetwork(text: string): Network | undefined {
  const [host = '', length, ...more] = text.trim().split('/')
  const address = parseAddress(host)
  if (address === undefined || more.length > 0) return undefined
  const width = address.family === 4 ? 32 : 128
  if (length !== undefined && !/^\d{1,3}$/.test(length)) return undefined
  const bits = length === undefined ? width : Number(length)
  if (bits > width) return undefined
  return { family: address.family, prefix: (address.value >> BigInt(width - bits)).toString(16), bits, text }
}

/** Compiles a range to a test of an address in text; IPv4 written as `::ffff:a.b.c.d` counts as IPv4. */
export function compileNetwork(network: Network): (value: string) => boolean {
  const prefix = BigInt(`0x${network.prefix}`)
  const shift = BigInt((network.family === 4 ? 32 : 128) - network.bits)
  return (value) => {
    const address = parseAddress(value)
    return address !== undefined && address.family === network.family && address.value >> shift === prefix
  }
}

function parseAddress(text: string): Address | undefined {
  if (text.length > 60) return undefined
  const four = parseFour(text)
  if (four !== undefined) return { family: 4, value: four }
  const six = parseSix(text.replace(/%[\w.-]+$/, ''))
  if (six === undefined) return undefined
  return six >> 32n === 0xffffn ? { family: 4, value: six & 0xffffffffn } : { family: 6, value: six }
}

function parseFour(text: string): bigint | undefined {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) return undefined
  let value = 0n
  for (const part of text.split('.')) {
    if (Number(part) > 255) return undefined
    value = (value << 8n) | BigInt(part)
  }
  return value
}

function parseSix(text: string): bigint | undefined {
  const halves = text.split('::')
  if (!text.includes(':') || halves.length > 2) return undefined
  const head = groups(halves[0] ?? '')
  const tail = halves[1] === undefined ? [] : groups(halves[1])
  if (head === undefined || tail === undefined) return undefined
  const missing = 8 - head.length - tail.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined
  let value = 0n
  for (const group of [...head, ...Array.from({ length: missing }, () => 0), ...tail]) value = (value << 16n) | BigInt(group)
  return value
}

function groups(text: string): number[] | undefined {
  if (text === '') return []
  const parts: number[] = []
  const pieces = text.split(':')
  for (const [index, piece] of pieces.entries()) {
    const four = index === pieces.length - 1 ? parseFour(piece) : undefined
    if (four !== undefined) parts.push(Number(four >> 16n), Number(four & 0xffffn))
    else if (/^[0-9a-f]{1,4}$/i.test(piece)) parts.push(Number.parseInt(piece, 16))
    else return undefined
  }
  return parts
}
