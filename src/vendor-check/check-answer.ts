import { UserError, type Watch } from '../base/index.ts'
import { requireElements } from './answer.ts'
import type { Bulk } from './bulk/bulk.ts'
import type { Answer, Ask } from './documents.ts'
import { elementsOf, runOf } from './elements.ts'
import { failedBatch } from './rows-proof.ts'
import { failedRound } from './shuffle-proof.ts'
import { isElement } from './suite.ts'

/**
 * Checks an answer against its question and the commitment in it: same case, every element well formed, and the proof that all were
 * evaluated under the committed key. Throws a `UserError` saying what does not hold.
 */
export async function checkAnswer(
  pair: { readonly ask: Ask; readonly answer: Answer },
  work: { readonly bulk: Bulk; readonly watch: Watch },
): Promise<void> {
  const { ask, answer } = pair
  const { commitment } = ask
  const refuse = (code: string, message: string, hint: string): never => {
    throw new UserError({ code, message, hint })
  }
  if (answer.ask !== ask.id || answer.commitment !== commitment.id || answer.case !== commitment.case)
    refuse('answer-of-another', 'this answer belongs to another question', 'give the answer to the question of this case')
  if (answer.elements.length !== ask.elements.length)
    refuse(
      'answer-incomplete',
      `the answer has ${answer.elements.length} elements, the question ${ask.elements.length}`,
      'ask the vendor to answer the whole question',
    )
  requireElements(ask)
  if (!elementsOf(runOf(answer.elements)).every(isElement))
    refuse(
      'element-malformed',
      'an element of the answer is malformed',
      'ask the vendor for the answer again; none of it was counted',
    )
  const publicKey = Buffer.from(commitment.publicKey, 'hex')
  if (!isElement(publicKey)) refuse('key-malformed', 'the committed key is malformed', 'ask the vendor for a new commitment')
  const wrongKey = 'ask the vendor to answer with the seed file of its commitment; the difference itself is worth a question'
  const run = runOf(ask.elements)
  const answered = runOf(answer.elements)
  if (commitment.mode === 'rows') {
    const failed = await failedBatch({ publicKey, run, evaluated: answered, proofs: answer.proofs ?? [] }, work)
    if (failed !== undefined)
      refuse('proof-fails', `the proof of batch ${failed} does not hold under the committed key`, wrongKey)
    return
  }
  if (answer.elements.some((one, at) => at > 0 && one <= (answer.elements[at - 1] ?? '')))
    refuse(
      'answer-order',
      'the answer is not in the order of its bytes, which could tell of rows',
      'ask the vendor to answer with "vendor-check answer"',
    )
  if (answer.rounds === undefined) return refuse('proof-missing', 'the answer carries no proof', wrongKey)
  const failed = await failedRound({ context: ask.id, publicKey, asked: run, answered }, answer.rounds, work)
  if (failed !== undefined) refuse('proof-fails', `round ${failed} of the proof does not hold under the committed key`, wrongKey)
}
