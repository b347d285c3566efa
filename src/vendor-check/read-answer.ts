import { invariant, sha256, UserError, type Watch } from '../base/index.ts'
import { openState } from './ask.ts'
import type { Bulk } from './bulk/bulk.ts'
import { inOrder } from './bulk/in-order.ts'
import type { Job } from './bulk/job.ts'
import { checkAnswer } from './check-answer.ts'
import {
  classes,
  sealed,
  type Answer,
  type Ask,
  type Class,
  type Commitment,
  type Found,
  type Sizes,
  type Transcript,
} from './documents.ts'
import { elementAt, hexOf, runOf } from './elements.ts'
import { treeOf, type Tree } from './merkle.ts'
import { evaluateRows } from './rows-proof.ts'
import { sentencesOf } from './sentences.ts'
import { elementBytes, inverse, multiply, timesBase } from './suite.ts'
import { tokenOfElement } from './token.ts'
import type { TokenSet } from './token-set.ts'

/** What an answer gives the asker. */
export interface Reading {
  readonly hits: Sizes
  readonly transcript: Transcript
  /** Mode `rows`: numbers of the sample's rows that stand in the set, ascending; the first row of each item. */
  readonly rows?: readonly number[]
}

/**
 * Reads an answer (rules V10 to V12): the proof, the set against the commitment, the controls, then the count.
 * Throws a `UserError` for an answer, a set or a state that does not belong together; then nothing has been counted.
 */
export async function readAnswer(options: {
  readonly ask: Ask
  readonly answer: Answer
  /** The text that was kept with the question. */
  readonly state: string
  readonly set: TokenSet
  readonly at: string
  readonly bulk: Bulk
  readonly watch: Watch
}): Promise<Reading> {
  const { ask, answer, set, bulk, watch } = options
  const state = openState(options.state, ask)
  const tree = requireSet(set, ask.commitment)
  await checkAnswer({ ask, answer }, { bulk, watch })
  const sealedOf = (hits: Sizes, found?: Transcript['found']): Transcript =>
    sealed({
      format: 'breachline vendor-check transcript 1' as const,
      ask,
      answer,
      hits,
      ...(found === undefined ? {} : { found }),
      sentences: sentencesOf(ask, hits),
      at: options.at,
    })
  if (state.mode === 'rows') {
    const met = rowHits(answer, state.items, set)
    const hits = { sample: 0, handed: 0, never: 0 }
    for (const one of met) hits[one.class] += 1
    const rows = met.filter((one) => one.class === 'sample').map((one) => one.row)
    return { hits, transcript: sealedOf(hits), rows: rows.sort((a, b) => a - b) }
  }
  const found: Partial<Record<Class, Found>> = {}
  for (const of of classes)
    found[of] = await countHits(
      { answered: runOf(answer.elements), blind: Buffer.from(state.blinds[of], 'hex'), set, tree },
      { bulk, watch },
    )
  const { sample, handed, never } = found
  invariant(sample !== undefined && handed !== undefined && never !== undefined, 'every class is counted')
  const hits = { sample: sample.at.length, handed: handed.at.length, never: never.at.length }
  return { hits, transcript: sealedOf(hits, { sample, handed, never }) }
}

/** Refuses a set that is not the committed one; gives the tree over it. */
function requireSet(set: TokenSet, commitment: Commitment): Tree {
  const tree = treeOf(set)
  if (sha256(set.bytes) !== commitment.set || set.count !== commitment.tokens || tree.root !== commitment.root)
    throw new UserError({
      code: 'set-differs',
      message: `the set has ${set.count} tokens and another root than the commitment (${commitment.tokens} tokens)`,
      hint: 'ask the vendor for the set.bin written with that commitment; a set made later cannot be used',
    })
  return tree
}

function rowHits<T extends { readonly item: string; readonly blind: string }>(
  answer: Answer,
  items: readonly T[],
  set: TokenSet,
): T[] {
  const run = runOf(answer.elements)
  return items.filter((one, at) => {
    const element = multiply(inverse(Buffer.from(one.blind, 'hex')), elementAt(run, at))
    return set.place(tokenOfElement(element, Buffer.from(one.item))) !== undefined
  })
}

/** Takes one class's blind off every element; those that then stand in the set are the hits of that class. */
async function countHits(
  given: { readonly answered: Uint8Array; readonly blind: Uint8Array; readonly set: TokenSet; readonly tree: Tree },
  work: { readonly bulk: Bulk; readonly watch: Watch },
): Promise<Found> {
  const { answered, blind, set, tree } = given
  const bytes = 500 * elementBytes
  const jobs = Array.from({ length: Math.ceil(answered.length / bytes) }, (_, n): Job => ({
    kind: 'multiply',
    run: answered.subarray(n * bytes, (n + 1) * bytes),
    scalar: inverse(blind),
  }))
  const open: Uint8Array[] = []
  for await (const run of inOrder(jobs, { bulk: work.bulk, signal: work.watch.signal })) open.push(run)
  const whole = Buffer.concat(open)
  const hits = Array.from({ length: whole.length / elementBytes }, (_, at) => at).flatMap((at) => {
    const element = elementAt(whole, at)
    const place = set.place(tokenOfElement(element, undefined))
    return place === undefined ? [] : [{ at, element, place }]
  })
  const unblinded = Buffer.concat(hits.map((one) => one.element))
  const key = { secret: blind, public: timesBase(blind) }
  const { proofs } = await evaluateRows(key, unblinded, 'proving the hits', work)
  return {
    at: hits.map((one) => one.at),
    unblinded: hexOf(unblinded),
    places: hits.map((one) => one.place),
    paths: hits.map((one) => tree.path(one.place)),
    proofs: [...proofs],
  }
}
