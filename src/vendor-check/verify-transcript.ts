import { canonicalJson, UserError, type Watch } from '../base/index.ts'
import type { Bulk } from './bulk/bulk.ts'
import { checkAnswer } from './check-answer.ts'
import { classes, type Class, type Found, type Sizes, type Transcript } from './documents.ts'
import { elementsOf, runOf } from './elements.ts'
import { pathHolds } from './merkle.ts'
import { failedBatch } from './rows-proof.ts'
import { sentencesOf } from './sentences.ts'
import { isElement } from './suite.ts'
import { tokenOfElement } from './token.ts'

/** What a transcript was found to prove. */
export interface TranscriptCheck {
  readonly case: string
  readonly mode: 'count' | 'rows'
  readonly hits: Sizes
  readonly sizes: Sizes
  readonly checked: readonly string[]
  readonly notChecked: readonly string[]
  readonly sentences: readonly string[]
}

/**
 * Checks a transcript without any secret (rule V14). Throws a `UserError` naming the first thing that does not hold.
 */
export async function verifyTranscript(
  transcript: Transcript,
  work: { readonly bulk: Bulk; readonly watch: Watch },
): Promise<TranscriptCheck> {
  const { ask, answer, hits, found } = transcript
  const { sizes, commitment } = ask
  const refuse = (message: string): never => {
    throw new UserError({
      code: 'transcript-fails',
      message,
      hint: 'do not rely on this transcript; ask its sender how it came about',
    })
  }
  const total = sizes.sample + sizes.handed + sizes.never
  if (total !== ask.elements.length) refuse(`the question states ${total} items and has ${ask.elements.length}`)
  for (const of of classes) if (hits[of] > sizes[of]) refuse(`there are more hits than items among "${of}"`)
  const sentences = sentencesOf(ask, hits)
  if (canonicalJson(sentences) !== canonicalJson(transcript.sentences)) refuse('the sentences do not follow from the counts')
  if (commitment.mode === 'count') {
    if (found === undefined || ask.anchors === undefined) return refuse('the proof of the hits is missing')
    const { anchors } = ask
    if (new Set(classes.map((of) => anchors[of])).size < classes.length) refuse('two classes share one blind')
    for (const of of classes) {
      const why = await wrongHits(transcript, { of, found: found[of], anchor: anchors[of] }, work)
      if (why !== undefined) refuse(`the hits among "${of}" are not proven: ${why}`)
    }
  }
  // The proof of the answer last: it is the long one.
  await checkAnswer({ ask, answer }, work)
  return { case: commitment.case, mode: commitment.mode, hits, sizes, ...reach(commitment.mode), sentences }
}

async function wrongHits(
  { ask, answer, hits }: Transcript,
  claim: { readonly of: Class; readonly found: Found; readonly anchor: string },
  work: { readonly bulk: Bulk; readonly watch: Watch },
): Promise<string | undefined> {
  const { found } = claim
  const { commitment } = ask
  const count = found.at.length
  if (count !== hits[claim.of]) return `${count} of ${hits[claim.of]} are shown`
  if ([found.unblinded, found.places, found.paths].some((list) => list.length !== count)) return 'the lists differ in length'
  if (found.at.some((at, n) => at >= answer.elements.length || (n > 0 && at <= (found.at[n - 1] ?? 0))))
    return 'an element is counted twice'
  const publicKey = Buffer.from(claim.anchor, 'hex')
  const run = runOf(found.unblinded)
  const elements = elementsOf(run)
  if (![publicKey, ...elements].every(isElement)) return 'an element is malformed'
  const outside = elements.findIndex(
    (element, n) =>
      !pathHolds({
        root: commitment.root,
        count: commitment.tokens,
        place: found.places[n] ?? commitment.tokens,
        token: tokenOfElement(element, undefined),
        path: found.paths[n] ?? [],
      }),
  )
  if (outside >= 0) return `hit ${outside + 1} does not stand in the committed set`
  const evaluated = runOf(found.at.map((at) => answer.elements[at] ?? ''))
  const failed = await failedBatch({ publicKey, run, evaluated, proofs: found.proofs }, work)
  return failed === undefined ? undefined : `the proof of batch ${failed} does not hold`
}

function reach(mode: 'count' | 'rows'): Pick<TranscriptCheck, 'checked' | 'notChecked'> {
  const always = [
    'commitment, question and answer are unchanged and belong to one another',
    'every element was evaluated under the key committed to beforehand',
    'the sentences follow from the counts',
  ]
  const never = [
    'that the set holds everything the vendor has',
    'that the times in the files are true (the custody chains of both sides say more)',
    'that the sample and its controls are what the asker says (an auditor shown the kept state and the files can check that)',
    'that the asker reported every hit it had',
  ]
  return mode === 'count'
    ? { checked: [...always, 'every hit stands in the committed set and in its class'], notChecked: never }
    : {
        checked: always,
        notChecked: [...never, 'the hits themselves: in this mode they depend on values that only the asker and the vendor know'],
      }
}
