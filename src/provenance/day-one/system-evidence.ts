import type { TableProfile } from '../profile.ts'
import { cellState, type Met, type MetColumn, type MetRow } from './met.ts'
import type { SampleCells } from './sample-cells.ts'

/** A system's tables next to the sample, oldest first. */
export interface SystemEvidence {
  readonly name: string
  readonly mets: readonly Met[]
  readonly profiles: readonly TableProfile[]
  /** Per row of the sample, the likeliest row of any table; the newest table among equals. */
  readonly best: ReadonlyMap<number, MetRow>
  /** Per column of the sample, the table column that holds its values best in any table. */
  readonly pairs: readonly (MetColumn | undefined)[]
  /** Per column, the largest share of rows whose value occurs in one column of any table. */
  readonly occurring: readonly number[]
  /** Days since 1970 of the tables. */
  readonly days: readonly number[]
}

/** Gathers what the tables of one system say about each row and column. */
export function systemEvidence(options: {
  readonly name: string
  readonly mets: readonly Met[]
  readonly profiles: readonly TableProfile[]
  readonly sample: SampleCells
  readonly days: readonly number[]
}): SystemEvidence {
  const { name, mets, profiles, sample, days } = options
  const best = new Map<number, MetRow>()
  for (const met of mets)
    for (const [index, [row]] of met.links) {
      const known = best.get(index)
      if (row !== undefined && (known === undefined || row.equal >= known.equal)) best.set(index, row)
    }
  const pairs = sample.columns.map((_, at) =>
    mets
      .flatMap((met) => met.pairs[at] ?? [])
      .reduce<MetColumn | undefined>((a, b) => (a !== undefined && holding(a) > holding(b) ? a : b), undefined),
  )
  const occurring = sample.columns.map((_, at) => Math.max(0, ...mets.map((met) => met.occurring[at] ?? 0)))
  return { name, mets, profiles, best, pairs, occurring, days }
}

function holding(pair: MetColumn): number {
  return Math.max(pair.beyondChance, 0) + pair.rowsOccurring
}

/** Does the row agree as one person's row does: two cells or more, half of what is compared? A lone identifier is taken at its word. */
export function isRecognised(row: MetRow): boolean {
  return row.compared <= 1 || (row.equal >= 2 && row.equal * 2 >= row.compared)
}

/** Rows of the sample that any of the systems holds with agreeing values. */
export function recognisedRows(systems: readonly SystemEvidence[]): ReadonlySet<number> {
  const found = new Set<number>()
  for (const system of systems) for (const [index, row] of system.best) if (isRecognised(row)) found.add(index)
  return found
}

/** Two systems on the rows both hold: rows with a value in the column, cells equal in the one, in the other, in one alone. */
interface SideBySide {
  readonly rows: number
  readonly equal: number
  readonly onlyHere: number
  readonly onlyThere: number
}

/** Compares a column in two systems over the rows of the sample that both hold; cells that a system does not hold are not equal. */
export function sideBySide(options: {
  readonly sample: SampleCells
  readonly rows: ReadonlySet<number>
  readonly here: SystemEvidence
  readonly there: SystemEvidence
  readonly at: number
}): SideBySide {
  const { sample, here, there, at } = options
  let [rows, equal, onlyHere, onlyThere] = [0, 0, 0, 0]
  for (const index of options.rows) {
    const [ours, theirs] = [here.best.get(index), there.best.get(index)]
    if (ours === undefined || theirs === undefined || (sample.rows[index]?.ids[at] ?? 0) === 0) continue
    rows += 1
    const [a, b] = [ours.states[at] === cellState.equal, theirs.states[at] === cellState.equal]
    if (a) equal += 1
    if (a && !b) onlyHere += 1
    if (b && !a) onlyThere += 1
  }
  return { rows, equal, onlyHere, onlyThere }
}

/** Agreement of a column over the rows a system holds, and beyond that of the sample's own values shuffled. */
export function columnAgreement(
  sample: SampleCells,
  system: SystemEvidence,
  options: { readonly rows: ReadonlySet<number>; readonly at: number },
): { readonly rows: number; readonly share: number; readonly beyondChance: number; readonly tells: boolean } {
  const ours = new Map<number, number>()
  let rows = 0
  let equal = 0
  for (const index of options.rows) {
    const row = system.best.get(index)
    const id = sample.rows[index]?.ids[options.at] ?? 0
    if (row === undefined || id === 0) continue
    rows += 1
    ours.set(id, (ours.get(id) ?? 0) + 1)
    if (row.states[options.at] === cellState.equal) equal += 1
  }
  if (rows === 0) return { rows, share: 0, beyondChance: 0, tells: false }
  const chance = [...ours.values()].reduce((sum, count) => sum + (count / rows) ** 2, 0)
  const share = equal / rows
  const tells = chance <= 0.95
  return { rows, share, beyondChance: tells ? (share - chance) / (1 - chance) : 0, tells }
}
