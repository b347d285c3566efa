/** The constants of the model; every one is named by a rule in SPEC.md. Logarithms are natural. */
export const model = {
  /** Shares of cells that differ from their source although the row came from it (typing, later edits, cutting): weighed against each other. P5 */
  noise: {
    usual: 0.03,
    grid: [0.004, 0.015, 0.04, 0.07, 0.11, 0.16, 0.23] as readonly [number, ...number[]],
    /** An identifier is longer than other cells: it is damaged so many times as often. */
    identifiers: 2,
  },
  /**
   * Empty cells. `usual`: share where a copy's own is not known; `lost`: a cell that the source holds and the sample does not, or the other way round, and
   * more of them for each unit of noise; `foreign`: a cell of a field that the source does not have. P5
   */
  empty: { usual: 0.1, lost: 0.008, perNoise: { formed: 1, other: 0.2 }, foreign: 0.5 },
  /** Share of the damaged identifiers that are those of somebody else in the source. P5 */
  swapped: 0.3,
  /** Nats behind the best at which a noise is not fitted further. P5 */
  roughNats: 25,
  /** Rounds of expectation maximisation. P7 */
  emRounds: 25,
  /** Share that rows from elsewhere have in the pure case. P7 */
  leastShare: 0.004,
  /** Share of the rows that an answer itself must explain at least. P7 */
  leastMain: 0.45,
  /** Share of the rows from the second of two copies above which they count as two: beyond what edited cells imitate. P18 */
  secondShare: { least: 0.05, perNoise: 0.4, lackingPerNoise: 2 },
  /** Rows that must come from the second of two copies at least. P18 */
  leastRows: 2.5,
  /** Rows that count in full, and what a further one counts, for what cells say and for whose rows they are (rows of one slice are not independent). P9 */
  cells: { fullRows: 200, furtherRows: 0.2 },
  people: { fullRows: 35, furtherRows: 0.01 },
  /** Weight of the order of rows at most. P17 */
  order: 3,
  /** Weight of the way a table is written at most, for and against a copy. P17 */
  format: { most: 3, least: -1 },
  /** Cap of reported likelihood ratios, as a power of ten. P10 */
  capLog10: 6,
  /** Prior of answers that are no registered copy alone. P11 */
  prior: { unknownCopy: 0.1, fabricated: 0.05, leaks: 0.1, merged: 0.05 },
  /** An own system is taken to be copied recently: half-life of the prior over its days. P8 */
  ownHalfLifeDays: 30,
  /** Days beyond which its state is not the system as it stands any more, but a backup or an unregistered copy. P8, P12 */
  ownDays: 90,
  /** Days by which an extract handed out again stands off the known one, of those that are near it. P8 */
  againDays: 60,
  /** Chance that rows taken from the own system are filtered in the way of a registered extract. P12 */
  sameFilter: 0.05,
  /** Chance that such rows are a block of the base, which lies among the people of an extract by chance: as often as the extract holds people. P12 */
  block: 0.5,
  /** Share of the cells of a field that copies leave empty, from which on empty cells say nothing about a source without the field. P5 */
  oftenEmpty: 0.15,
  /** Share of possible phone and contract numbers that are in use. P6 */
  numberOccupancy: 0.3,
  /** Possible values of other identifiers, as a multiple of the base. P6 */
  swappedWith: 20,
  /** Share of rows that the answer and known leaks must explain. P13 */
  explained: 0.9,
  /** Share of rows a mixed answer must explain at least. P13 */
  partly: 0.4,
  /** Nats by which a row must be likelier from the second of two copies to count as its own. P18 */
  better: 3,
  /** Nats between answers that are not told apart. P14 */
  close: 2.3,
  /** Share of rows from elsewhere above which a sample is called mixed. P13 */
  mixed: 0.05,
  /** Added to it for each unit of noise: damaged rows look like rows from elsewhere. P13 */
  mixedPerNoise: 0.2,
  /** Weight of "a list of logins" when the columns say so. P15 */
  loginList: 0.97,
  /** A sample that meets nobody, against invention, where the own system is registered. P12 */
  strangers: 0.2,
  /** Posterior above which an answer is given as a verdict. P13 */
  settled: 0.9,
} as const

/**
 * How many values a cell that is not the row's own can take: phone and contract numbers are dense; of the others the values of other customers
 * are what cells get swapped with, so their space is no larger than so many times the base (rule P6).
 */
export function identifierSpace(tag: string, baseSize: number): number {
  const dense = tag === 'msisdn' || tag === 'contract'
  return Math.max(10, dense ? baseSize / model.numberOccupancy : baseSize * model.swappedWith)
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

/** What each of `rows` rows counts when rows of one slice are not independent (rule P9). */
export function tempering(rows: number, of: 'cells' | 'people'): number {
  const { fullRows, furtherRows } = model[of]
  return rows <= fullRows ? 1 : (fullRows + (rows - fullRows) * furtherRows) / rows
}
