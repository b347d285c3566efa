/**
 * Constants of the tests, fitted on generated logs of seeds below 100 (`npm run bench -- lookups-fit`); what is reported comes from seeds from 100 on.
 */
export const fitted = {
  /** Shares of the level that the tests S1, S3 and S4 are given; they sum to 1. */
  shares: { s1: 0.3, s3: 0.6, s4: 0.1 },
  /** Level at which an account joins a group, over all accounts. */
  joins: 0.02,
  /** Folds of subscribers: a group is found in all but one, and tests the one left out. */
  folds: 5,
} as const satisfies TestConstants

/** The constants that are fitted. */
export interface TestConstants {
  readonly shares: { readonly s1: number; readonly s3: number; readonly s4: number }
  readonly joins: number
  readonly folds: number
}
