import { hash } from 'node:crypto'

/** Collects the digest of a set of rows; the order in which they come does not matter. */
export interface RowsDigest {
  add(values: readonly (string | null)[]): void
  /** 64 hex digits: the sum modulo 2^256 of SHA-256 over the JSON text of each row. */
  hex(): string
}

const lanes = 8
/** Sums of 32-bit numbers stay exact in a double up to 2^21 of them. */
const carryEvery = 1_000_000

/** A digest of no row yet. */
export function rowsDigest(): RowsDigest {
  const sums = new Float64Array(lanes)
  let pending = 0
  const carry = (): void => {
    let over = 0
    for (let lane = lanes - 1; lane >= 0; lane -= 1) {
      const sum = (sums[lane] ?? 0) + over
      over = Math.floor(sum / 2 ** 32)
      sums[lane] = sum - over * 2 ** 32
    }
    pending = 0
  }
  return {
    add(values) {
      const digest = hash('sha256', JSON.stringify(values), 'buffer')
      for (let lane = 0; lane < lanes; lane += 1) sums[lane] = (sums[lane] ?? 0) + digest.readUInt32BE(lane * 4)
      pending += 1
      if (pending === carryEvery) carry()
    },
    hex() {
      carry()
      return Array.from(sums, (sum) => sum.toString(16).padStart(8, '0')).join('')
    },
  }
}
