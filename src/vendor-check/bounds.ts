/** Limits of the room; SPEC.md says why each is what it is. Counts, but where the name says bytes. */
export const bounds = {
  /** Items answered per case, all asks together. */
  itemsPerCase: 20_000,
  /** Fewest different items of a sample that is only counted: the count of one row is the row. */
  sampleAtLeast: 20,
  /** Rounds of the shuffle proof: a wrong answer passes with a chance of 2^-80. */
  rounds: 80,
  /** Elements under one RFC 9497 proof. */
  proofBatch: 512,
  /** Items of one piece of work, and of one kept part. */
  chunk: 5_000,
  /** Largest document that crosses between the parties. */
  documentBytes: 64 * 1024 * 1024,
  /** Most tokens of a set: its tree takes 64 bytes of memory for each. */
  setTokens: 30_000_000,
} as const
