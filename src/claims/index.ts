export type { ClaimDocument } from './document.ts'
export { proposals } from './proposal.ts'
export { readClaims } from './read-claims.ts'
export { claimDocuments } from './read-file.ts'
export type {
  Assertion,
  AssertionKind,
  Clock,
  Deadline,
  Party,
  Post,
  Quoted,
  Reading,
  Speaker,
  Statement,
  Thread,
  Victim,
} from './thread.ts'
export { watchWord, type WatchWord } from './watch/watch-word.ts'
export { watchedPosts, type WatchedPost } from './watch/watched-post.ts'
export { lookAlike, nearlySame } from './picture/look-alike.ts'
export { shownIn, type PictureShown, type Shown, type ShownLabel } from './picture/shown.ts'
export { shapeOf } from './picture/value.ts'
export type { ShownHost } from './picture/host.ts'
