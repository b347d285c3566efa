import { hash } from 'node:crypto'
import type { ristretto255_oprf } from '@noble/curves/ed25519.js'
import type Sodium from 'libsodium-wrappers-sumo'
import { invariant } from '../base/index.ts'

// RFC 9497, suite ristretto255-SHA512, mode VOPRF. Bulk work is done by libsodium, keys and proofs by noble; tests hold the two equal.

const context = 'OPRFV1-\u0001-ristretto255-SHA512'
const groupTag = Buffer.from(`HashToGroup-${context}`, 'latin1')

/** Bytes of an element and of a scalar. */
export const elementBytes = 32

/** A key pair of the suite: scalar and element, 32 bytes each. */
export interface KeyPair {
  readonly secret: Uint8Array
  readonly public: Uint8Array
}

// Loaded when first needed: most commands never compare with a vendor.
let sodium: typeof Sodium
let voprf: (typeof ristretto255_oprf)['voprf']

/** Loads the two libraries; must have been awaited once in this thread before anything else here is called. */
export async function ready(): Promise<void> {
  const [wrappers, curves] = await Promise.all([import('libsodium-wrappers-sumo'), import('@noble/curves/ed25519.js')])
  await wrappers.default.ready
  sodium = wrappers.default
  voprf = curves.ristretto255_oprf.voprf
}

/** DeriveKeyPair of RFC 9497 section 3.2.1: `seed` has 32 bytes, `info` at most 65,535. */
export function deriveKey(seed: Uint8Array, info: string): KeyPair {
  const pair = voprf.deriveKeyPair(seed, Buffer.from(info))
  return { secret: pair.secretKey, public: pair.publicKey }
}

/** HashToGroup of the suite: expand_message_xmd with SHA-512 to 64 bytes, then the one-way map of ristretto255. */
export function hashToGroup(input: Uint8Array): Uint8Array {
  const tag = Buffer.concat([groupTag, Uint8Array.of(groupTag.length)])
  const first = sha512(new Uint8Array(128), input, Uint8Array.of(0, 64, 0), tag)
  return sodium.crypto_core_ristretto255_from_hash(sha512(first, Uint8Array.of(1), tag))
}

/** Finalize of the suite after unblinding: 64 bytes from the input and `k * HashToGroup(input)`. */
export function finalize(input: Uint8Array, element: Uint8Array): Uint8Array {
  return sha512(length(input), input, length(element), element, Buffer.from('Finalize'))
}

/** Scalar times element. Throws when the element is malformed or the product is the identity. */
export function multiply(scalar: Uint8Array, element: Uint8Array): Uint8Array {
  return sodium.crypto_scalarmult_ristretto255(scalar, element)
}

/** Scalar times the generator. */
export function timesBase(scalar: Uint8Array): Uint8Array {
  return sodium.crypto_scalarmult_ristretto255_base(scalar)
}

/** One divided by the scalar. */
export function inverse(scalar: Uint8Array): Uint8Array {
  return sodium.crypto_core_ristretto255_scalar_invert(scalar)
}

/** The product of two scalars. */
export function product(a: Uint8Array, b: Uint8Array): Uint8Array {
  return sodium.crypto_core_ristretto255_scalar_mul(a, b)
}

/** A scalar from 64 uniform bytes; never zero but with a chance of 2^-252, which is a bug. */
export function scalarOf(wide: Uint8Array): Uint8Array {
  const scalar = sodium.crypto_core_ristretto255_scalar_reduce(wide)
  invariant(!isZero(scalar), 'a scalar is zero')
  return scalar
}

/** True for the one encoding of an element other than the identity (RFC 9497 section 3.3 refuses that). */
export function isElement(bytes: Uint8Array): boolean {
  return bytes.length === elementBytes && !isZero(bytes) && sodium.crypto_core_ristretto255_is_valid_point(bytes)
}

/** True for a scalar in its one encoding and not zero. */
export function isScalar(bytes: Uint8Array): boolean {
  if (bytes.length !== elementBytes || isZero(bytes)) return false
  const wide = new Uint8Array(64)
  wide.set(bytes)
  return Buffer.compare(sodium.crypto_core_ristretto255_scalar_reduce(wide), bytes) === 0
}

/** Evaluates elements in their order and proves it (BlindEvaluateBatch): the evaluated elements, and the proof of 64 bytes. */
export function evaluateBatch(key: KeyPair, elements: readonly Uint8Array[]): { evaluated: Uint8Array[]; proof: Uint8Array } {
  return voprf.blindEvaluateBatch(key.secret, key.public, [...elements])
}

/** True when the proof holds: every evaluated element is its element times the secret of `publicKey`. */
export function batchHolds(claim: {
  readonly publicKey: Uint8Array
  readonly elements: readonly Uint8Array[]
  readonly evaluated: readonly Uint8Array[]
  readonly proof: Uint8Array
}): boolean {
  const one = new Uint8Array(elementBytes)
  one[0] = 1
  const items = claim.elements.map((blinded, at) => ({
    input: new Uint8Array(0),
    blind: one,
    blinded,
    evaluated: claim.evaluated[at] ?? new Uint8Array(0),
  }))
  try {
    voprf.finalizeBatch(items, claim.publicKey, claim.proof)
    return true
  } catch {
    return false
  }
}

/** SHA-512 over the parts in their order. */
export function sha512(...parts: readonly Uint8Array[]): Uint8Array {
  return hash('sha512', Buffer.concat(parts), 'buffer')
}

function length(bytes: Uint8Array): Uint8Array {
  invariant(bytes.length <= 0xffff, 'an input is too long')
  return Uint8Array.of(bytes.length >> 8, bytes.length & 0xff)
}

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0)
}
