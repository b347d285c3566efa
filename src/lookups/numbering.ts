import type { Lake } from '../store/index.ts'
import { numbersInRun } from './keep-accesses.ts'

/** Files whose records one counter numbers (rule L18), the one with the least number first. */
export type Numbering = readonly string[]

/** How far the first record of a file may lie before the last of the file that it goes on from, in microseconds. */
const slack = 60_000_000n

interface Numbered {
  readonly exhibit: string
  readonly low: bigint
  readonly high: bigint
  readonly since: bigint
  readonly until: bigint
}

/**
 * Which exhibits go on numbering where another ends: those whose names differ in digits alone, as days, parts and segments of a log do, and whose numbers follow
 * the clock. Where numbers stand in two, they must be the same accesses: shipped twice. All others are followed on their own.
 */
export async function numberings(
  lake: Lake,
  options: { readonly accesses: readonly string[]; readonly fileOf: (source: string) => string },
): Promise<readonly Numbering[]> {
  const rows = await lake.engine.rows<Record<keyof Numbered, string>>(
    `SELECT toString(exhibit) AS exhibit, toString(min(r.low)) AS low, toString(max(r.high)) AS high,
       toString(argMin(at_low, r.low)) AS since, toString(argMax(at_high, r.high)) AS until
     FROM lookup_numbered AS r WHERE load_id IN ({accesses:Array(UInt64)}) GROUP BY exhibit ORDER BY min(r.low), max(r.high), exhibit`,
    { accesses: options.accesses },
  )
  const found = rows.map((row): Numbered => ({
    exhibit: row.exhibit,
    low: BigInt(row.low),
    high: BigInt(row.high),
    since: BigInt(row.since),
    until: BigInt(row.until),
  }))
  const all: Numbering[] = []
  for (const family of Map.groupBy(found, (one) => familyOf(options.fileOf(one.exhibit))).values()) {
    const chains: Numbered[][] = []
    for (const one of family) {
      const before = await goesOnFrom(lake, { ...options, chains, one })
      if (before === undefined) chains.push([one])
      else before.push(one)
    }
    all.push(...chains.map((chain) => chain.map((one) => one.exhibit)))
  }
  return all
}

/** A name without its digits and what joins them to it. */
function familyOf(file: string): string {
  return file.replace(/[._\-T]?\d+Z?/g, '')
}

async function goesOnFrom(
  lake: Lake,
  given: { readonly accesses: readonly string[]; readonly chains: readonly Numbered[][]; readonly one: Numbered },
): Promise<Numbered[] | undefined> {
  const { chains, one } = given
  // The chain that ends closest below comes first.
  const byEnd = chains.toSorted((a, b) => (endOf(a).high < endOf(b).high ? 1 : -1))
  for (const chain of byEnd) {
    const before = endOf(chain)
    if (before.high < one.low ? one.since >= before.until - slack : await sharesNumbers(lake, { ...given, before })) return chain
  }
  return undefined
}

/** The one with the greatest number. */
function endOf(chain: readonly Numbered[]): Numbered {
  const [first, ...rest] = chain as [Numbered, ...Numbered[]]
  return rest.reduce((most, one) => (one.high > most.high ? one : most), first)
}

/**
 * Are the numbers that stand in both the same accesses? First by the ends of their runs, as they were kept; then by the accesses of the first and the last run that
 * both hold.
 */
async function sharesNumbers(
  lake: Lake,
  { accesses, before, one }: { readonly accesses: readonly string[]; readonly before: Numbered; readonly one: Numbered },
): Promise<boolean> {
  const bound = { accesses, one: before.exhibit, other: one.exhibit }
  const [ends] = await lake.engine.rows<{ shared: string; apart: string; first: string; last: string }>(
    `SELECT toString(count()) AS shared, toString(countIf((a.low = b.low AND a.at_low != b.at_low) OR (a.high = b.high AND a.at_high != b.at_high)
         OR a.at_low > b.at_high OR b.at_low > a.at_high)) AS apart, toString(min(a.run)) AS first, toString(max(a.run)) AS last
     FROM (SELECT * FROM lookup_numbered WHERE load_id IN ({accesses:Array(UInt64)}) AND exhibit = {one:String}) AS a
     INNER JOIN (SELECT * FROM lookup_numbered WHERE load_id IN ({accesses:Array(UInt64)}) AND exhibit = {other:String}) AS b ON a.run = b.run`,
    bound,
  )
  if (ends === undefined || ends.shared === '0' || ends.apart !== '0') return false
  const [same] = await lake.engine.rows<{ shared: string; apart: string }>(
    `SELECT toString(count()) AS shared, toString(countIf(kinds > 1)) AS apart FROM (
       SELECT seq, uniqExact(access) AS kinds FROM (
         SELECT source, seq, (min(time), min(account), min(subscriber)) AS access FROM lookup_accesses
         WHERE load_id IN ({accesses:Array(UInt64)}) AND source IN ({one:String}, {other:String}) AND seq >= 0
           AND intDiv(seq, ${numbersInRun}) IN ({first:Int64}, {last:Int64}) GROUP BY source, seq
       ) GROUP BY seq HAVING count() = 2
     )`,
    { ...bound, first: ends.first, last: ends.last },
  )
  return same !== undefined && same.shared !== '0' && same.apart === '0'
}
