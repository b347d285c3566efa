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
