import type { SystemEvidence } from './system-evidence.ts'

/** Days the sample can be from, since 1970; what is not known is wide. */
export interface OpenDays {
  readonly first: number
  readonly last: number
}

/** Upper ends of what changes in a year: records that go, and values of one column. Larger than usual: they excuse a system. */
const goneAYear = 0.35
const changedAYear = 0.6
const slack = 0.05

/** Days between the sample and the nearest table of a system, at the least favourable day the sample can be from. */
export function gapOf(system: SystemEvidence, open: OpenDays): number {
  const middles = system.days.slice(1).map((day, at) => Math.floor((day + (system.days[at] ?? day)) / 2))
  const days = [open.first, open.last, ...middles.filter((day) => day > open.first && day < open.last)]
  return Math.max(0, ...days.map((day) => Math.min(...system.days.map((table) => Math.abs(table - day)))))
}

/** Share of rows that a gap of so many days excuses. */
export function goneBy(gap: number): number {
  return slack + 1 - Math.exp((-goneAYear * gap) / 365)
}

/** Share of one column's cells that a gap of so many days excuses. */
export function changedBy(gap: number): number {
  return slack + 1 - Math.exp((-changedAYear * gap) / 365)
}
