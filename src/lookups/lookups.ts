import { parseIso, epochMs, type Fault } from '../base/index.ts'
import type { Sentence } from '../evidence/index.ts'
import type { Lake } from '../store/index.ts'
import { accountsOf } from './accounts.ts'
import { blindSources } from './blind-sources.ts'
import { loadDays } from './days.ts'
import { citesOf, type CiteOf } from './exhibit-cite.ts'
import { loadAccesses, loadReasons } from './load.ts'
import type { LookupReview } from './review.ts'
import { sourceKey, type AuditSource, type ReadingContext, type ReasonSource } from './source.ts'
import { level, testSubscribers, type Testing } from './testing.ts'
import { instant } from './watched.ts'
import { wideReads } from './wide-reads.ts'

export interface LookupOptions extends ReadingContext {
  readonly audit: readonly AuditSource[]
  readonly reasons: readonly ReasonSource[]
  /** Subscribers of the operator: those never read are tests too. Absent = only those who were read. */
  readonly subscriberBase?: number
}

/**
 * Who read whose records: loads audit sources and recorded reasons into the lake (each once) and reviews them (SPEC.md).
 * Gives the review, and the faults of all sources in the order of their hashes. The lake must have been opened with `lookupTables`.
 */
export async function reviewLookups(
  lake: Lake,
  options: LookupOptions,
): Promise<{ readonly review: LookupReview; readonly faults: readonly Fault[] }> {
  const audit = distinct(options.audit)
  const reasons = distinct(options.reasons)
  const accessLoads: string[] = []
  const reasonLoads: string[] = []
  for (const one of audit) accessLoads.push(await loadAccesses(lake, one, options))
  for (const one of reasons) reasonLoads.push(await loadReasons(lake, one, options))
  options.watch?.signal?.throwIfAborted()
  const loads = { accesses: accessLoads.sort(), reasons: reasonLoads.sort() }
  const days = await loadDays(lake, loads)
  const names = new Map(
    audit.map((one) => [
      sourceKey(one),
      {
        sha256: one.sha256,
        ...(one.member === undefined ? {} : { member: one.member }),
        file: one.source.name,
        unit: one.format === 'pgaudit' || one.format === 'json-lines' ? ('record' as const) : ('row' as const),
      },
    ]),
  )
  const cite = citesOf(names)
  const totals = await totalsOf(lake, loads)
  const testing = await testSubscribers(lake, {
    days,
    accesses: loads.accesses,
    reasons: totals.reasons,
    base: options.subscriberBase ?? 0,
    period: totals.period,
    cite,
  })
  const watched = testing.kind === 'tested' ? testing.watched : []
  const wide = await wideReads(lake, { accesses: loads.accesses, cite })
  const notRecorded = await blindSources(lake, { accesses: loads.accesses, names, cite })
  const review: LookupReview = {
    accesses: totals.accesses,
    subscribers: totals.subscribers,
    from: totals.from,
    to: totals.to,
    notRecorded,
    watched,
    accounts: await accountsOf(lake, { days, watched, cite }),
    bulk: wide.bulk,
    q: level,
    tested: testing.kind === 'tested' ? testing.tests : 0,
    notes: [...testNotes(testing, { ...options, wholes: wholeCites(audit, cite) }), ...wide.notes],
  }
  return { review, faults: await faultsOf(lake, [...loads.accesses, ...loads.reasons]) }
}

/** Each source once, in the order of its hash and member. */
function distinct<One extends { readonly sha256: string; readonly member?: string }>(sources: readonly One[]): One[] {
  return [...new Map(sources.map((one) => [sourceKey(one), one])).values()].sort((a, b) => (sourceKey(a) < sourceKey(b) ? -1 : 1))
}

async function totalsOf(lake: Lake, loads: { readonly accesses: readonly string[]; readonly reasons: readonly string[] }) {
  const [row] = await lake.engine.rows<{
    accesses: string
    subscribers: string
    from: string
    to: string
    first: string
    last: string
  }>(
    `SELECT toString(uniqExact(source, n)) AS accesses, toString(uniqExactIf(subscriber, subscriber != '')) AS subscribers,
       toString(min(time)) AS from, toString(max(time)) AS to, toString(min(day)) AS first, toString(max(day)) AS last
     FROM lookup_accesses WHERE load_id IN ({accesses:Array(UInt64)})`,
    { accesses: loads.accesses },
  )
  const [counted] = await lake.engine.rows<{ c: string }>(
    `SELECT toString(count()) AS c FROM lookup_reasons WHERE load_id IN ({reasons:Array(UInt64)})`,
    { reasons: loads.reasons },
  )
  const accesses = Number(row?.accesses ?? 0)
  const first = parseIso(row?.first ?? '')
  const last = parseIso(row?.last ?? '')
  const period =
    accesses === 0 || first === undefined || last === undefined
      ? 0
      : Math.round((epochMs(last.at) - epochMs(first.at)) / 86_400_000) + 1
  return {
    accesses,
    subscribers: Number(row?.subscribers ?? 0),
    from: accesses === 0 ? '' : instant(row?.from ?? ''),
    to: accesses === 0 ? '' : instant(row?.to ?? ''),
    period,
    reasons: Number(counted?.c ?? 0),
  }
}

async function faultsOf(lake: Lake, loads: readonly string[]): Promise<Fault[]> {
  const rows = await lake.engine.rows<{ fault: string }>(
    `SELECT fault FROM lookup_faults WHERE load_id IN ({loads:Array(UInt64)}) ORDER BY source, load_id, ordinal`,
    { loads },
  )
  return rows.map((row) => JSON.parse(row.fault) as Fault)
}

function wholeCites(audit: readonly AuditSource[], cite: CiteOf): Sentence['cites'] {
  return audit.map((one) => {
    const whole = cite(sourceKey(one), 1)
    return whole.kind === 'exhibit' ? { ...whole, at: { kind: 'whole' } } : whole
  })
}

function testNotes(testing: Testing, options: LookupOptions & { readonly wholes: Sentence['cites'] }): Sentence[] {
  if (options.wholes.length === 0) return []
  const note = (text: string): Sentence => ({ text, cites: options.wholes })
  if (testing.kind === 'tested')
    return options.subscriberBase === undefined
      ? [note(`The size of the subscriber base is not stated: only the ${testing.tests} subscribers who were read were tested.`)]
      : [
          note(
            `${testing.tests} subscribers were tested; at the level of ${level * 100} % about one flag in twenty is expected to be chance.`,
          ),
        ]
  switch (testing.why) {
    case 'no-accesses':
      return [note('No access names a subscriber that could be read: nobody was tested.')]
    case 'no-reasons':
      return [
        note(
          'No recorded reasons were given: reads without a reason cannot be told from others, and nobody was tested. Give the contacts, tickets and assignments of the period.',
        ),
      ]
    case 'too-many-unexplained':
      return [
        note(
          'More than three in ten days of reading have no recorded reason: the lack of one singles nobody out, and nobody was tested. Look for reasons kept elsewhere.',
        ),
      ]
  }
}
