import type { LookupReview } from '../review.ts'
import type { ReviewedLeft } from './review-left.ts'

/** A review with what the actor left behind as a part of its own; a watched subscriber that stands there too says where. No test and no queue changes. */
export function withLeft(review: LookupReview, { left, placesOf }: Pick<ReviewedLeft, 'left' | 'placesOf'>): LookupReview {
  if (left === undefined) return review
  return {
    ...review,
    watched: review.watched.map((one) => {
      const places = placesOf(one.subscriber)
      return places.length === 0 ? one : { ...one, leftBehind: places }
    }),
    leftBehind: left,
  }
}

/** Whether a review rests on no log of accesses at all: what it says of tests and watched subscribers is then no finding. */
export function restsOnLeftAlone(review: Pick<LookupReview, 'accesses' | 'notRecorded' | 'leftBehind'>): boolean {
  return review.leftBehind !== undefined && review.accesses === 0 && review.notRecorded.length === 0
}
