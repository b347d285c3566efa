import { dayNumber, dayText } from '../day.ts'
import type { DayWindow } from './answer.ts'
import { estimatedDay, versionSpans, type Votes } from './estimated-day.ts'
import { cellState } from './met.ts'
import type { SampleCells } from './sample-cells.ts'
import { isRecognised, type SystemEvidence } from './system-evidence.ts'

/** Rows or cells below which a change is taken for noise. */
const fewest = 3
/** Share of one side from which changed values bound the days: long before or after both tables, codes agree with either by chance. */
const share = 0.65

/**
 * The days a sample can be from if it comes from this system: after its newest record that the system confirms, after records that
 * an older table does not have yet, before records that a newer table has no more; and where values differ between two tables,
 * by which of them it agrees with.
 */
export function dayWindow(system: SystemEvidence, sample: SampleCells, today: string): DayWindow {
  const reasons: string[] = []
  const lower: [number, string][] = []
  const upper: [number, string][] = []
  const newest = newestConfirmed(system, sample)
  if (newest !== undefined)
    lower.push([
      newest.day,
      `the newest record that ${system.name} confirms is of ${dayText(newest.day)} (column ${newest.column})`,
    ])
  for (const [at, met] of system.mets.entries()) {
    const day = system.days[at] ?? 0
    const { onlyLater, onlyUntil, between, held } = presence(system, at)
    // Rows that come and go say nothing about the day.
    const least = Math.max(fewest, held * 0.01, between * 2)
    if (at < system.mets.length - 1 && onlyLater >= least)
      lower.push([day, `${onlyLater} of its records are not yet in the table of ${met.asOf} and are in a later one`])
    const next = system.days[at + 1]
    if (next !== undefined && onlyUntil >= least)
      upper.push([next, `${onlyUntil} of its records are in the table of ${met.asOf} and no more in that of ${dayText(next)}`])
  }
  const votes = votesOf(system)
  for (const { from, to, older, newer } of votes) {
    const span = `${dayText(from)} and ${dayText(to)}`
    if (newer >= fewest && newer >= (older + newer) * share)
      lower.push([from, `of ${older + newer} values that changed between ${span}, ${newer} are the newer ones`])
    if (older >= fewest && older >= (older + newer) * share)
      upper.push([to, `of ${older + newer} values that changed between ${span}, ${older} are the older ones`])
  }
  const [first] = lower.toSorted((a, b) => b[0] - a[0])
  const [last] = upper.toSorted((a, b) => a[0] - b[0])
  if (first !== undefined) reasons.push(first[1])
  if (last !== undefined) reasons.push(last[1])
  if (first !== undefined && last !== undefined && first[0] > last[0])
    return { reasons: [...reasons, 'the two exclude each other: the sample may hold rows of different days'] }
  const end = last?.[0] ?? dayNumber(today)
  const estimate = estimatedDay({ votes, spans: versionSpans(system), first: first?.[0], end })
  if (estimate !== undefined)
    reasons.push(`${estimate.cells} values that changed put it about ${estimate.day} (${estimate.from} to ${estimate.to})`)
  return {
    ...(first === undefined ? {} : { earliest: dayText(first[0]) }),
    ...(last === undefined ? {} : { latest: dayText(last[0]) }),
    ...(estimate === undefined ? {} : { estimate }),
    reasons,
  }
}

/** The newest day in a column that never looks ahead, in a cell that the system holds as well. */
function newestConfirmed(
  system: SystemEvidence,
  sample: SampleCells,
): { readonly day: number; readonly column: string } | undefined {
  let found: { day: number; column: string } | undefined
  for (const [at, column] of sample.columns.entries()) {
    if (
      !system.mets.some((met) => met.newest.has(at)) ||
      system.mets.some((met) => met.pairs[at] !== undefined && !met.newest.has(at))
    )
      continue
    for (const [index, row] of system.best) {
      if (row.states[at] !== cellState.equal || !isRecognised(row)) continue
      const day = sample.days.get(sample.rows[index]?.ids[at] ?? 0)
      if (day !== undefined && (found === undefined || day > found.day)) found = { day, column: column.name }
    }
  }
  return found
}

/** Rows that table `at` lacks though a later one has them; that it has though no later one does; that it lacks between two that have them. */
function presence(system: SystemEvidence, at: number): { onlyLater: number; onlyUntil: number; between: number; held: number } {
  const here = system.mets[at]?.links
  const later = system.mets.slice(at + 1)
  const earlier = system.mets.slice(0, at)
  let [onlyLater, onlyUntil, between] = [0, 0, 0]
  for (const [index, row] of system.best) {
    if (!isRecognised(row)) continue
    const is = here?.has(index) === true
    const isLater = later.some((met) => met.links.has(index))
    const isEarlier = earlier.some((met) => met.links.has(index))
    if (!is && isLater && !isEarlier) onlyLater += 1
    if (!is && isLater && isEarlier) between += 1
    if (is && !isLater) onlyUntil += 1
  }
  return { onlyLater, onlyUntil: later.length === 0 ? 0 : onlyUntil, between, held: system.best.size }
}

function votesOf(system: SystemEvidence): readonly Votes[] {
  return system.mets.slice(1).map((newer, at): Votes => {
    const older = system.mets[at]
    let [olderCells, newerCells] = [0, 0]
    for (const [index, [there]] of newer.links) {
      const here = older?.links.get(index)?.[0]
      if (here === undefined || there === undefined || !isRecognised(here) || !isRecognised(there)) continue
      for (const [column, state] of there.states.entries()) {
        const before = here.states[column] ?? cellState.notCompared
        if (state === cellState.equal && before === cellState.different) newerCells += 1
        if (state === cellState.different && before === cellState.equal) olderCells += 1
      }
    }
    return { from: system.days[at] ?? 0, to: system.days[at + 1] ?? 0, older: olderCells, newer: newerCells }
  })
}
