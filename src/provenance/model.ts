/** The constants of the model; every one is named by a rule in SPEC.md. Logarithms are natural. */
export const model = {
  /** Share of cells that differ from their source although the row came from it (typing, later edits, cutting). P5 */
  noise: 0.02,
  /** Shares of rows taken from known leaks, and of invented rows, that are weighed against each other. P7 */
  leakShares: [0.005, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7],
  inventedShares: [0.005, 0.05, 0.1, 0.2, 0.4],
  /** Rows that count in full; of the rest one in ten does (rows of one slice are not independent). P9 */
  fullRows: 50,
  furtherRows: 0.1,
  /** Cap of reported likelihood ratios, as a power of ten. P10 */
  capLog10: 6,
  /** Prior of answers that are no registered copy. P11 */
  prior: { unknownCopy: 0.1, fabricated: 0.05, leaks: 0.1 },
  /** An own system is taken to be copied recently: half-life of the prior over its days. P8 */
  ownHalfLifeDays: 30,
  /** Share of possible phone and contract numbers that are in use. P6 */
  numberOccupancy: 0.3,
  /** Share of rows that the answer and known leaks must explain. P13 */
  explained: 0.9,
  /** Share of rows from elsewhere above which a sample is called mixed. P13 */
  mixed: 0.05,
  /** Posterior above which an answer is given as a verdict. P13 */
  settled: 0.9,
} as const

/** How many values an identifier kind can plausibly take; dense number spaces follow the size of the base (rule P6). */
export function identifierSpace(tag: string, baseSize: number): number {
  switch (tag) {
    case 'msisdn':
    case 'contract':
      return Math.max(10, baseSize / model.numberOccupancy)
    case 'imei':
    case 'iccid':
      return 1e12
    default:
      return 1e10
  }
}

/** A logarithm as whole micro-nats: integers add up to the same sum in any order. Sums stay far below 2^53 (50,000 rows). */
export function microNats(log: number): number {
  return Math.round(Math.max(log, -1_000) * 1_000_000)
}

/** log(e^a + e^b + …) */
export function logSum(logs: readonly number[]): number {
  const top = Math.max(...logs)
  if (top === -Infinity) return -Infinity
  return top + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - top), 0))
}

/** The weight of each row after tempering (rule P9). */
export function tempering(rows: number): number {
  if (rows <= model.fullRows) return 1
  return (model.fullRows + (rows - model.fullRows) * model.furtherRows) / rows
}
