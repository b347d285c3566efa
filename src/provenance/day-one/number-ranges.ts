import type { OperatorAnswer } from './answer.ts'
import { shareText } from './proportion.ts'
import type { NumberRange } from './question.ts'
import type { SampleCells } from './sample-cells.ts'
import type { SystemEvidence } from './system-evidence.ts'

/** Phone numbers below which nothing is said, and the share of a second operator that makes several. */
const fewest = 20
const second = 0.1

/** Whose number ranges the sample's phone numbers are in; undefined without numbers or ranges. Ported numbers keep their range. */
export function operatorsOf(sample: SampleCells, ranges: readonly NumberRange[]): OperatorAnswer | undefined {
  const { phones } = sample
  if (ranges.length === 0 || phones.length === 0) return undefined
  const operatorOf = new Map<string, string>()
  for (const { operator, prefixes } of ranges)
    for (const prefix of prefixes) operatorOf.set(prefix.replaceAll(/\D/g, ''), operator)
  const longest = Math.max(0, ...[...operatorOf.keys()].map((prefix) => prefix.length))
  const counts = new Map<string, number>()
  for (const phone of phones) {
    let operator = ''
    for (let length = longest; length > 0 && operator === ''; length -= 1) operator = operatorOf.get(phone.slice(0, length)) ?? ''
    counts.set(operator, (counts.get(operator) ?? 0) + 1)
  }
  const shares = [...counts]
    .map(([operator, count]) => ({ operator, share: Math.round((count / phones.length) * 10_000) / 10_000 }))
    .toSorted((a, b) => b.share - a.share || (a.operator < b.operator ? -1 : 1))
  const named = shares.filter(({ operator, share }) => operator !== '' && share >= second)
  const several = phones.length >= fewest && named.length > 1
  const list = shares
    .map(({ operator, share }) => `${operator === '' ? 'no range given' : operator} ${shareText(share)}`)
    .join(', ')
  return {
    numbers: phones.length,
    shares,
    several,
    what: several
      ? `numbers of several operators' ranges (${list}): one operator's system does not hold them, a service that serves several may; ported numbers keep their range`
      : `ranges of the numbers: ${list}`,
  }
}

/** Share of the sample's phone numbers in a range (five digits) that no table of the system has; undefined where that is not known. */
export function outsideRanges(sample: SampleCells, system: SystemEvidence): number | undefined {
  if (sample.phones.length < fewest) return undefined
  const held = new Set<string>()
  let known = false
  const phoneColumns = new Set(
    sample.columns.flatMap(({ meaning }, at) => {
      const column = system.pairs[at]?.column
      return meaning.kind === 'identifier' && meaning.identifier === 'msisdn' && column !== undefined ? [column] : []
    }),
  )
  for (const profile of system.profiles)
    for (const column of profile.columns) {
      if (!phoneColumns.has(column.name) || column.prefixes === undefined) continue
      const whole = column.prefixes.reduce((sum, { share }) => sum + share, 0)
      if (whole < (1 - column.empty) * 0.98) continue
      known = true
      for (const { text } of column.prefixes) held.add(text)
    }
  if (!known) return undefined
  const outside = sample.phones.filter((phone) => !held.has(phone.slice(0, 5))).length
  return Math.round((outside / sample.phones.length) * 10_000) / 10_000
}
