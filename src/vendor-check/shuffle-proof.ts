import { hash } from 'node:crypto'
import type { Watch } from '../base/index.ts'
import { bounds } from './bounds.ts'
import type { Bulk } from './bulk/bulk.ts'
import { inOrder, type Parts } from './bulk/in-order.ts'
import type { Job } from './bulk/job.ts'
import type { Answer } from './documents.ts'
import { inverse, isElement, isScalar, multiply, product, scalarOf, sha512, timesBase, type KeyPair } from './suite.ts'

// Cut and choose (rule V9). Of every round one of two scalars is opened, chosen by a hash over everything said before:
// `a` with list = hash(sorted(a * asked)) and anchor = a * G, or `b = k / a` with list = hash(sorted(answered / b)) and b * anchor = public key.
// Both together give answered = k * asked in some order, so a wrong answer fails one of the two in every round. Neither tells the order.

type Rounds = NonNullable<Answer['rounds']>

interface Statement {
  /** What the proof is bound to: the id of the question. */
  readonly context: string
  readonly publicKey: Uint8Array
  /** Runs of elements; `answered` is sorted. */
  readonly asked: Uint8Array
  readonly answered: Uint8Array
}

interface Work {
  readonly bulk: Bulk
  readonly watch: Watch
  readonly parts?: Parts
}

/** Proves that `answered` is `asked` times the secret of the key, in another order. The same input gives the same proof. */
export async function proveShuffle(
  statement: Omit<Statement, 'publicKey'> & { readonly key: KeyPair },
  work: Work,
): Promise<Rounds> {
  const { key, asked } = statement
  const whole = { ...statement, publicKey: key.public }
  const scalars = Array.from({ length: bounds.rounds }, (_, n) =>
    scalarOf(sha512(Buffer.from('breachline vendor-check round 1'), key.secret, digest(whole), Uint8Array.of(n))),
  )
  const jobs = scalars.map((scalar): Job => ({ kind: 'round', run: asked, scalar }))
  const lists: Uint8Array[] = []
  for await (const list of inOrder(jobs, { ...work, signal: work.watch.signal })) {
    lists.push(list)
    work.watch.report?.({ step: 'proving the answer', done: lists.length, total: jobs.length, unit: 'rounds' })
  }
  const said = scalars.map((scalar, n) => ({ anchor: hexText(timesBase(scalar)), list: hexText(lists[n]) }))
  const bits = challenge(whole, said)
  return said.map((one, n) => {
    const scalar = scalars[n] as Uint8Array
    return { ...one, opening: hexText(bits[n] === 1 ? product(key.secret, inverse(scalar)) : scalar) }
  })
}

/** The number of the first round (from 1) that does not hold, or undefined when all do. */
export async function failedRound(statement: Statement, rounds: Rounds, work: Work): Promise<number | undefined> {
  const { publicKey, asked, answered } = statement
  const bits = challenge(statement, rounds)
  const opened = rounds.map((one) => Buffer.from(one.opening, 'hex'))
  const wrong = rounds.findIndex((one, n) => {
    const opening = opened[n] as Uint8Array
    const anchor = Buffer.from(one.anchor, 'hex')
    if (!isScalar(opening) || !isElement(anchor)) return true
    // b * anchor = public key, written as anchor = (1 / b) * public key to stay with one operation.
    return bits[n] === 0 && hexText(timesBase(opening)) !== one.anchor
  })
  if (wrong >= 0) return wrong + 1
  const jobs = opened.map((opening, n): Job =>
    bits[n] === 1 ? { kind: 'round', run: answered, scalar: inverse(opening) } : { kind: 'round', run: asked, scalar: opening },
  )
  for (const [n, opening] of opened.entries())
    if (bits[n] === 1) {
      if (hexText(multiply(inverse(opening), publicKey)) !== rounds[n]?.anchor) return n + 1
    }
  let n = 0
  for await (const list of inOrder(jobs, { bulk: work.bulk, signal: work.watch.signal })) {
    if (hexText(list) !== rounds[n]?.list) return n + 1
    n += 1
    work.watch.report?.({ step: 'checking the proof', done: n, total: jobs.length, unit: 'rounds' })
  }
  return undefined
}

/** One bit per round from everything that was fixed before. */
function challenge(statement: Statement, said: readonly { readonly anchor: string; readonly list: string }[]): number[] {
  const bytes = sha512(
    Buffer.from('breachline vendor-check challenge 1'),
    digest(statement),
    Buffer.from(said.map((one) => one.anchor + one.list).join(''), 'hex'),
  )
  return said.map((_, n) => ((bytes[n >> 3] ?? 0) >> (n & 7)) & 1)
}

function digest({ context, publicKey, asked, answered }: Statement): Uint8Array {
  const parts = [Buffer.from(context), publicKey, asked, answered]
  return sha512(...parts.map((part) => hash('sha256', part, 'buffer')))
}

function hexText(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? new Uint8Array(0)).toString('hex')
}
