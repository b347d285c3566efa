import type { Sentence } from '../evidence/index.ts'
import type { Lake } from '../store/index.ts'
import { teamsSql } from './days.ts'
import type { CiteOf } from './exhibit-cite.ts'
import { loadKey } from './load.ts'
import { lookupTested } from './tables.ts'

/** A group of reads that says nothing about the subscribers it names, and is set aside from the tests. */
interface Aside {
  readonly kind: 'day' | 'team-day' | 'source-day' | 'account'
  /** Team, source or account; empty for a whole day. */
  readonly of: string
  readonly day: string
  readonly reads: number
  readonly unexplained: number
  readonly cites: readonly (readonly [string, string])[]
}

/** Least reads without a reason for a day to count as one on which reasons are missing, and how far above the usual share it must lie. */
const [leastMissing, timesUsual, deviations] = [30, 3, 8]

/** An account reads everybody when it reads this share of all subscribers read (and as many at least), most of them without a reason. */
const [everybodyShare, everybodyLeast] = [0.05, 500]

const groups = [
  { kind: 'day', of: `''` },
  { kind: 'team-day', of: 'team' },
  { kind: 'source-day', of: 'toString(source)' },
] as const

/**
 * Days (of all, of a team, of a source) whose reasons are missing, and accounts that read everybody (rules A1 and A2); gives the load of
 * `lookup_tested` without them, and what is to be told about them.
 */
export async function setAside(
  lake: Lake,
  options: {
    readonly days: string
    readonly reasons: readonly string[]
    readonly cite: CiteOf
    readonly fileOf: (source: string) => string
  },
): Promise<{ readonly tested: string; readonly notes: readonly Sentence[] }> {
  const { days, reasons } = options
  const found: Aside[] = []
  for (const group of groups) found.push(...(await missingDays(lake, { ...group, days, reasons })))
  const asides = [...narrowed(found), ...(await readersOfEverybody(lake, { days }))]
  const keys = (kind: Aside['kind']): string[] =>
    asides
      .filter((one) => one.kind === kind)
      .map((one) => (kind === 'account' ? one.of : kind === 'day' ? one.day : `${one.day} ${one.of}`))
      .sort()
  const params = { day: keys('day'), teamDay: keys('team-day'), sourceDay: keys('source-day'), account: keys('account') }
  const { id } = await lake.load(
    { key: loadKey('days:tested', { days, reasons: [...reasons].sort(), ...params }), tables: [lookupTested] },
    (writer) =>
      lake.engine.run(
        `INSERT INTO lookup_tested (load_id, subscriber, account, team, day, unexplained)
       SELECT {load:UInt64}, subscriber, account, team, day, grade < 2 FROM (${teamedSql})
       WHERE NOT has({day:Array(String)}, toString(day)) AND NOT has({teamDay:Array(String)}, concat(toString(day), ' ', team))
         AND NOT has({sourceDay:Array(String)}, concat(toString(day), ' ', toString(source))) AND NOT has({account:Array(String)}, toString(account))`,
        { load: writer.loadId, days, reasons, ...params },
      ),
  )
  return { tested: id, notes: asides.map((one) => told(one, options)) }
}

/** A whole day where that says it; its sources or teams where the rest of the day is as on other days. */
function narrowed(found: readonly Aside[]): Aside[] {
  const at = (kind: Aside['kind'], day: string): Aside[] => found.filter((one) => one.kind === kind && one.day === day)
  return [...new Set(found.map((one) => one.day))].sort().flatMap((day) => {
    const [whole] = at('day', day)
    const parts = [at('source-day', day), at('team-day', day)]
    const [sources = [], teams = []] = parts
    if (whole === undefined) return sources.length > 0 ? sources : teams
    return parts.find((some) => some.length > 0 && leavesUsual(whole, some)) ?? [whole]
  })
}

function leavesUsual(whole: Aside, parts: readonly Aside[]): boolean {
  const reads = whole.reads - parts.reduce((sum, one) => sum + one.reads, 0)
  const unexplained = whole.unexplained - parts.reduce((sum, one) => sum + one.unexplained, 0)
  return reads > 0 && unexplained / reads < whole.unexplained / whole.reads / timesUsual
}

/** Rows of `lookup_days` with the team of the account. */
const teamedSql = `
  SELECT d.subscriber AS subscriber, d.account AS account, d.day AS day, d.grade AS grade, d.source AS source, d.cites AS cites, t.own[1] AS team
  FROM lookup_days AS d LEFT JOIN (${teamsSql}) AS t ON t.account = d.account WHERE d.load_id = {days:UInt64}`

async function missingDays(
  lake: Lake,
  options: (typeof groups)[number] & { readonly days: string; readonly reasons: readonly string[] },
): Promise<Aside[]> {
  const rows = await lake.engine.rows<{ of: string; day: string; reads: string; lacking: string; cites: [string, string][] }>(
    `WITH
       counted AS (
         SELECT ${options.of} AS of, day, count() AS reads, countIf(grade < 2) AS lacking,
           arraySlice(groupArraySortedIf(5)(cites[1], grade < 2), 1, 5) AS cites
         FROM (${teamedSql}) GROUP BY of, day
       ),
       usual AS (SELECT of, quantileExact(0.5)(lacking / reads) AS share FROM counted GROUP BY of)
     SELECT c.of AS of, toString(c.day) AS day, toString(c.reads) AS reads, toString(c.lacking) AS lacking, c.cites AS cites
     FROM counted AS c INNER JOIN usual AS u ON u.of = c.of
     WHERE c.lacking >= {least:UInt32} AND c.lacking > {times:UInt32} * u.share * c.reads
       AND c.lacking - u.share * c.reads > {far:UInt32} * sqrt(c.reads * greatest(u.share, 0.01) * (1 - u.share))
       AND ${options.kind === 'day' ? '1' : `c.of != '' AND u.share < 0.5`}
     ORDER BY day, of`,
    { days: options.days, reasons: options.reasons, least: leastMissing, times: timesUsual, far: deviations },
  )
  return rows.map(({ of, day, reads, lacking, cites }) => ({
    kind: options.kind,
    of,
    day,
    reads: Number(reads),
    unexplained: Number(lacking),
    cites,
  }))
}

async function readersOfEverybody(lake: Lake, options: { readonly days: string }): Promise<Aside[]> {
  const rows = await lake.engine.rows<{ account: string; reads: string; lacking: string; cites: [string, string][] }>(
    `WITH (SELECT uniqExact(subscriber) FROM lookup_days WHERE load_id = {days:UInt64}) AS everybody
     SELECT account, toString(count()) AS reads, toString(countIf(grade < 2)) AS lacking, groupArraySortedIf(5)(cites[1], grade < 2) AS cites
     FROM lookup_days WHERE load_id = {days:UInt64} GROUP BY account
     HAVING uniqExactIf(subscriber, grade < 2) >= greatest({least:UInt32}, {share:Float64} * everybody) AND countIf(grade < 2) * 2 > count() ORDER BY account`,
    { days: options.days, least: everybodyLeast, share: everybodyShare },
  )
  return rows.map(({ account, reads, lacking, cites }) => ({
    kind: 'account',
    of: account,
    day: '',
    reads: Number(reads),
    unexplained: Number(lacking),
    cites,
  }))
}

function told(one: Aside, options: { readonly cite: CiteOf; readonly fileOf: (source: string) => string }): Sentence {
  const cites = one.cites.filter(([source]) => source !== '').map(([source, n]) => options.cite(source, Number(n)))
  const share = `${one.unexplained} of ${one.reads}`
  const rest =
    'Reasons were probably not recorded or the times do not agree: these reads are set aside from the tests, and nobody is flagged by them.'
  switch (one.kind) {
    case 'day':
      return { text: `On ${one.day} ${share} reads have no recorded reason, far more than on other days. ${rest}`, cites }
    case 'team-day':
      return {
        text: `On ${one.day} ${share} reads of the team ${one.of} have no recorded reason, far more than on its other days. ${rest}`,
        cites,
      }
    case 'source-day':
      return {
        text: `On ${one.day} ${share} reads of ${options.fileOf(one.of)} have no recorded reason, far more than on its other days. ${rest}`,
        cites,
      }
    case 'account':
      return {
        text: `The account ${one.of} reads everybody (${share} subscriber-days without a recorded reason): its reads single nobody out and are set aside from the tests. They are judged as bulk reads.`,
        cites,
      }
  }
}
