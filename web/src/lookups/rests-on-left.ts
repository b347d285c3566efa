import type { LookupReview } from '../../../src/server/api.ts'

/** What was left behind, where a review rests on nothing else: no log of accesses was handed over. */
export function leftAlone({ leftBehind, accesses, notRecorded }: LookupReview): LookupReview['leftBehind'] {
  return accesses === 0 && notRecorded.length === 0 ? leftBehind : undefined
}
