import { finalize, sha512 } from './suite.ts'

/** What the operator learns: how many rows stand in the set, or which. */
export type Mode = 'count' | 'rows'

/** Bytes of a token of the set. */
export const tokenBytes = 8

const label = Buffer.from('breachline vendor-check token 1')

/**
 * The token of an evaluated element (rule V6): `k * HashToGroup(item)` in, 8 bytes out.
 * `rows`: the first bytes of the RFC's output, which needs the item. `count`: a hash of the element alone, since the asker must not know whose it is.
 */
export function tokenOfElement(element: Uint8Array, item: Uint8Array | undefined): Uint8Array {
  const whole = item === undefined ? sha512(label, element) : finalize(item, element)
  return whole.subarray(0, tokenBytes)
}
