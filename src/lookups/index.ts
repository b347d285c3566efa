export type { LookupReview, WatchedSubscriber } from './review.ts'
