import type { Cite, Sentence } from '../evidence/index.ts'
import type { Copy } from './copy.ts'
import type { Hypothesis } from './hypothesis.ts'
import type { ProfileEvidence } from './profile-evidence.ts'
import type { Verdict } from './verdict.ts'
import { copyName } from './wording.ts'

/** What the way a sample is written says about every copy whose own way is known. */
export type WritingEvidence = ReadonlyMap<Copy, ProfileEvidence>

/** Nats by which the way of writing must speak for another copy before it is said. */
const strongly = 3
const mostSigns = 3

const naming: ReadonlySet<Verdict['verdict']> = new Set(['agrees-with-copy', 'copies-not-separable', 'mixed'])

/**
 * The sentence for a sample whose rows and values agree with one copy while it is written like another one (rule P17): either may be
 * staged. `group`: the answer and the copies not told apart from it. Undefined when there is no such conflict, or no way of writing to compare.
 */
export function writingConflict(options: {
  readonly verdict: Verdict['verdict']
  readonly winner: Hypothesis
  readonly group: readonly string[]
  readonly evidence: WritingEvidence
  /** The sample as a whole. */
  readonly sample: Cite
}): Sentence | undefined {
  const { verdict, winner, group, evidence, sample } = options
  if (!naming.has(verdict) || (winner.kind !== 'copy' && winner.kind !== 'merged')) return undefined
  const { copy } = winner.linkage
  const agreed = new Set([copy.id, ...group, ...(winner.kind === 'merged' ? [winner.second.copy.id] : [])])
  const ranked = [...evidence].toSorted(([a, one], [b, other]) => other.writing - one.writing || (a.id < b.id ? -1 : 1))
  // The best of the copies that the answer stands for: one of them written so explains the writing.
  const own = ranked.find(([one]) => agreed.has(one.id))
  const other = ranked.find(([one]) => !agreed.has(one.id))
  if (own === undefined || other === undefined || other[1].writing - own[1].writing < strongly) return undefined
  const signs = other[1].items.filter((item) => item.agrees && item.values !== true).slice(0, mostSigns)
  return {
    text: `The rows agree with ${copyName(copy)}, but they are written like ${copyName(other[0])} (${signs.map((item) => item.what).join('; ')}): whoever passed the sample on may have rewritten it, or wants it to look so.`,
    cites: [sample, ...[copy, other[0]].map((one): Cite => ({ kind: 'copy', copy: one.id, rows: { kind: 'whole' } }))],
  }
}
