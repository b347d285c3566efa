import { hash } from 'node:crypto'
import { unreachable } from '../../base/index.ts'
import { elementAt, elementsOf, sortedRun } from '../elements.ts'
import { batchHolds, elementBytes, evaluateBatch, hashToGroup, multiply, type KeyPair } from '../suite.ts'
import { tokenBytes, tokenOfElement, type Mode } from '../token.ts'

/** One piece of bulk work; runs are elements of 32 bytes one after the other. */
export type Job =
  /** The tokens of items under a key. */
  | { readonly kind: 'tokens'; readonly items: readonly string[]; readonly secret: Uint8Array; readonly mode: Mode }
  /** Items blinded, by one scalar for all or one each. */
  | { readonly kind: 'blind'; readonly items: readonly string[]; readonly scalars: Uint8Array }
  /** Every element times the scalar. */
  | { readonly kind: 'multiply'; readonly run: Uint8Array; readonly scalar: Uint8Array }
  /** SHA-256 of the sorted products: one round of the shuffle proof. */
  | { readonly kind: 'round'; readonly run: Uint8Array; readonly scalar: Uint8Array }
  /** RFC 9497: the evaluated elements in order, then the proof of 64 bytes. */
  | { readonly kind: 'evaluate'; readonly run: Uint8Array; readonly key: KeyPair }
  /** One byte: 1 when the proof holds. */
  | {
      readonly kind: 'check'
      readonly run: Uint8Array
      readonly evaluated: Uint8Array
      readonly publicKey: Uint8Array
      readonly proof: Uint8Array
    }

/** Does one piece of work; the same bytes whoever does it. */
export function doJob(job: Job): Uint8Array {
  switch (job.kind) {
    case 'tokens':
      return tokens(job)
    case 'blind':
      return blinded(job)
    case 'multiply':
      return products(job.run, job.scalar)
    case 'round':
      return hash('sha256', sortedRun(products(job.run, job.scalar)), 'buffer')
    case 'evaluate': {
      const { evaluated, proof } = evaluateBatch(job.key, elementsOf(job.run))
      return Buffer.concat([...evaluated, proof])
    }
    case 'check':
      return Uint8Array.of(batchHolds({ ...job, elements: elementsOf(job.run), evaluated: elementsOf(job.evaluated) }) ? 1 : 0)
    default:
      return unreachable(job)
  }
}

function tokens({ items, secret, mode }: Job & { readonly kind: 'tokens' }): Uint8Array {
  const out = new Uint8Array(items.length * tokenBytes)
  for (const [at, text] of items.entries()) {
    const item = Buffer.from(text)
    const element = multiply(secret, hashToGroup(item))
    out.set(tokenOfElement(element, mode === 'rows' ? item : undefined), at * tokenBytes)
  }
  return out
}

function blinded({ items, scalars }: Job & { readonly kind: 'blind' }): Uint8Array {
  const out = new Uint8Array(items.length * elementBytes)
  const one = scalars.length === elementBytes
  for (const [at, text] of items.entries())
    out.set(multiply(elementAt(scalars, one ? 0 : at), hashToGroup(Buffer.from(text))), at * elementBytes)
  return out
}

function products(run: Uint8Array, scalar: Uint8Array): Uint8Array {
  const out = new Uint8Array(run.length)
  for (let at = 0; at < run.length / elementBytes; at += 1) out.set(multiply(scalar, elementAt(run, at)), at * elementBytes)
  return out
}
