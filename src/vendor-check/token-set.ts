import { invariant, UserError } from '../base/index.ts'
import { bounds } from './bounds.ts'
import { tokenBytes } from './token.ts'

// Layout: 16 bytes of magic, then the tokens of 8 bytes, ascending, none twice.
const magic = Buffer.from('breachline-set-1')

/** The tokens of a vendor's set: what `set.bin` holds. */
export interface TokenSet {
  readonly count: number
  /** Where the token stands, or undefined when it does not. */
  place(token: Uint8Array): number | undefined
  /** The token at a place; a view. */
  at(place: number): Uint8Array
  /** The file. */
  readonly bytes: Uint8Array
}

/** Makes a set of tokens of 8 bytes one after the other, in any order, repeated or not. */
export function makeSet(tokens: Uint8Array): TokenSet {
  invariant(tokens.length % tokenBytes === 0, 'tokens are of 8 bytes')
  const view = new DataView(tokens.buffer, tokens.byteOffset, tokens.length)
  const sorted = BigUint64Array.from({ length: tokens.length / tokenBytes }, (_, at) => view.getBigUint64(at * tokenBytes)).sort()
  const bytes = new Uint8Array(magic.length + sorted.length * tokenBytes)
  bytes.set(magic)
  const out = new DataView(bytes.buffer)
  let count = 0
  for (const [at, token] of sorted.entries())
    if (at === 0 || token !== sorted[at - 1]) {
      out.setBigUint64(magic.length + count * tokenBytes, token)
      count += 1
    }
  return setOf(bytes.subarray(0, magic.length + count * tokenBytes))
}

/** Reads a set file. Throws a `UserError` when it is cut short, out of order or something else. */
export function readSet(bytes: Uint8Array, name: string): TokenSet {
  const refuse = (why: string): never => {
    throw new UserError({
      code: 'set-wrong',
      message: `${name} ${why}`,
      hint: 'ask the vendor for the set.bin that was written with the commitment, byte for byte',
    })
  }
  if (bytes.length < magic.length || Buffer.compare(bytes.subarray(0, magic.length), magic) !== 0)
    return refuse('is no set of a vendor check')
  if ((bytes.length - magic.length) % tokenBytes !== 0) return refuse('is cut short')
  if ((bytes.length - magic.length) / tokenBytes > bounds.setTokens) return refuse('holds more tokens than any set may')
  const set = setOf(bytes)
  for (let at = 1; at < set.count; at += 1)
    if (Buffer.compare(set.at(at - 1), set.at(at)) >= 0) return refuse('is not in order, so it was changed')
  return set
}

function setOf(bytes: Uint8Array): TokenSet {
  const count = (bytes.length - magic.length) / tokenBytes
  const at = (place: number): Uint8Array =>
    bytes.subarray(magic.length + place * tokenBytes, magic.length + (place + 1) * tokenBytes)
  return {
    count,
    bytes,
    at,
    place(token) {
      let low = 0
      let high = count
      while (low < high) {
        const middle = (low + high) >> 1
        if (Buffer.compare(at(middle), token) < 0) low = middle + 1
        else high = middle
      }
      return low < count && Buffer.compare(at(low), token) === 0 ? low : undefined
    },
  }
}
