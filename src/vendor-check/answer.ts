import { UserError, type Watch } from '../base/index.ts'
import type { Bulk } from './bulk/bulk.ts'
import { inOrder, type Parts } from './bulk/in-order.ts'
import type { Job } from './bulk/job.ts'
import { caseKey } from './commit.ts'
import { sealed, type Answer, type Ask } from './documents.ts'
import { hexOf, runOf, sortedRun, elementsOf } from './elements.ts'
import { evaluateRows } from './rows-proof.ts'
import { proveShuffle } from './shuffle-proof.ts'
import { isElement, type KeyPair } from './suite.ts'

/**
 * The vendor's answer to a question, with its proof (rules V9, V10). Throws a `UserError` when the seed is not that of the commitment
 * or an element is malformed. `parts` hold what an earlier, stopped run did.
 */
export async function answerTo(
  ask: Ask,
  options: {
    readonly seed: Uint8Array
    readonly at: string
    readonly bulk: Bulk
    readonly parts?: Parts
    readonly watch: Watch
  },
): Promise<Answer> {
  const { commitment } = ask
  const key = requireQuestion(ask, options.seed)
  const asked = runOf(ask.elements)
  const body = {
    format: 'breachline vendor-check answer 1' as const,
    case: commitment.case,
    commitment: commitment.id,
    ask: ask.id,
  }
  const work = { bulk: options.bulk, watch: options.watch, ...(options.parts === undefined ? {} : { parts: options.parts }) }
  if (commitment.mode === 'rows') {
    const { evaluated, proofs } = await evaluateRows(key, asked, 'evaluating the question', work)
    return sealed({ ...body, elements: hexOf(evaluated), proofs: [...proofs], at: options.at })
  }
  const answered = sortedRun(await times(asked, key, options.bulk))
  const rounds = await proveShuffle({ context: ask.id, key, asked, answered }, work)
  return sealed({ ...body, elements: hexOf(answered), rounds, at: options.at })
}

/** The key a question is to be answered with. Throws a `UserError` when the seed is not that of its commitment, or an element is malformed. */
export function requireQuestion(ask: Ask, seed: Uint8Array): KeyPair {
  const key = caseKey(seed, ask.commitment)
  if (Buffer.from(key.public).toString('hex') !== ask.commitment.publicKey)
    throw new UserError({
      code: 'seed-differs',
      message: 'this seed is not the one of the commitment in the question',
      hint: 'give the seed file that was used with "vendor-check commit" for this case',
    })
  requireElements(ask)
  return key
}

/** Refuses a question with an element that is none, the identity, twice there, or out of order. */
export function requireElements({ elements }: Pick<Ask, 'elements'>): void {
  const at = elementsOf(runOf(elements)).findIndex(
    (one, place) => !isElement(one) || (place > 0 && (elements[place - 1] ?? '') >= (elements[place] ?? '')),
  )
  if (at < 0) return
  throw new UserError({
    code: 'element-malformed',
    message: `element ${at + 1} of the question is malformed, twice there, or out of order`,
    hint: 'ask its sender to make the question again; nothing of it was answered',
  })
}

async function times(run: Uint8Array, key: KeyPair, bulk: Bulk): Promise<Uint8Array> {
  const bytes = 500 * 32
  const jobs = Array.from({ length: Math.ceil(run.length / bytes) }, (_, n): Job => ({
    kind: 'multiply',
    run: run.subarray(n * bytes, (n + 1) * bytes),
    scalar: key.secret,
  }))
  const out: Uint8Array[] = []
  for await (const one of inOrder(jobs, { bulk })) out.push(one)
  return Buffer.concat(out)
}
