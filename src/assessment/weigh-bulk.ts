import type { Findings } from './findings.ts'
import { atMost } from './strength.ts'
import type { Asserted, Weight } from './weight.ts'

/** Amounts are claimed in round figures. */
const rounding = 0.1
const rowUnits = /^(line|row|record|entr|person|people|individual|subscriber|customer|user|account|contract)/i

/**
 * An open amount beside reads of the audit logs (A9): one read of as many rows leans for it. That as much was read does not show that it left, and reads
 * of less show nothing.
 */
export function withBulkReads(weight: Weight, asserted: Asserted, { lookups }: Pick<Findings, 'lookups'>): Weight {
  const { quantity, unit = '' } = asserted
  if (weight.status !== 'open' || quantity === undefined || !rowUnits.test(unit)) return weight
  const reads = (lookups?.bulk ?? []).filter((one) => one.rows >= quantity * (1 - rounding)).toSorted((a, b) => b.rows - a.rows)
  if (reads.length === 0) return weight
  const found = reads.slice(0, 3).map((one) => ({
    text: `Account ${one.account} read ${one.rows.toLocaleString('en-US')} rows at once on ${one.at.slice(0, 10)}: as much as is said was read. That it left is not shown.`,
    cites: one.cites,
  }))
  return {
    ...weight,
    for: [...weight.for, ...found],
    strength: weight.strength === 'none' ? 'weak' : atMost(weight.strength, 'weak'),
  }
}
