import type { Fault } from '../base/index.ts'
import type { Lake } from '../store/index.ts'
import { accountPseudonym, type AccountName } from './account-name.ts'
import { loadDays } from './days.ts'
import { decoyReads } from './decoy-reads.ts'
import { citesOf } from './exhibit-cite.ts'
import { likeliest, loadExplained } from './explained.ts'
import { loadAccesses, loadReasons } from './load.ts'
import { isNetworkAccount } from './location.ts'
import { namesOf } from './names.ts'
import { reviewLoaded } from './review-loaded.ts'
import type { LookupReview } from './review.ts'
import { reviewing } from './superseded.ts'
import { sourceKey, type AuditSource, type ReadingContext, type ReasonSource } from './source.ts'
import { companionsOf, unusedBeside, type KnownSource } from './sources/open-companions.ts'
import { sourceKind } from './sources/source-kind.ts'

export interface LookupOptions extends ReadingContext {
  readonly audit: readonly AuditSource[]
  readonly reasons: readonly ReasonSource[]
  /** Subscribers of the operator: those never read are tests too. Absent = only those who were read. */
  readonly subscriberBase?: number
  /** Permutations of the log that the tests are run on too, where they must stay silent; 1 unless told. */
  readonly permutations?: number
  /** Tokens of subscribers whose every read counts as explained (rule D1). Given, even with none in it, it is a reading of its own. */
  readonly explained?: readonly string[]
  /** Tokens of decoys: every read of one is told (rule D2). */
  readonly decoys?: readonly string[]
  /** What accounts are called; their pseudonyms unless told. */
  readonly accountName?: AccountName
  /** How many of the subscribers with most days without a reason to give beside the review. */
  readonly likeliest?: number
}

/**
 * Who read whose records: loads audit sources and recorded reasons into the lake (each once) and reviews them (SPEC.md).
 * Gives the review, and the faults of all sources in the order of their hashes. The lake must have been opened with `lookupTables`.
 */
export function reviewLookups(
  lake: Lake,
  options: LookupOptions,
): Promise<{ readonly review: LookupReview; readonly faults: readonly Fault[]; readonly likeliest: readonly string[] }> {
  return reviewing(lake, () => reviewed(lake, options))
}

async function reviewed(
  lake: Lake,
  options: LookupOptions,
): Promise<{ readonly review: LookupReview; readonly faults: readonly Fault[]; readonly likeliest: readonly string[] }> {
  const given: KnownSource[] = []
  for (const one of distinct(options.audit)) given.push({ audit: one, kind: await sourceKind(one) })
  const audit = given.filter((one) => one.kind.reading !== 'beside')
  const reasons = distinct(options.reasons)
  const accessLoads: string[] = []
  const reasonLoads: string[] = []
  for (const one of audit)
    accessLoads.push(await loadAccesses(lake, one.audit, { ...options, kind: one.kind, beside: companionsOf(one, given) }))
  for (const one of reasons) reasonLoads.push(await loadReasons(lake, one, options))
  const reasonsOnly = [...reasonLoads]
  if (options.explained !== undefined && reasons.length > 0)
    reasonLoads.push(await loadExplained(lake, { accesses: accessLoads, subscribers: options.explained }))
  options.watch?.signal?.throwIfAborted()
  const names = new Map(
    audit.map(({ audit: one, kind }) => [
      sourceKey(one),
      {
        sha256: one.sha256,
        ...(one.member === undefined ? {} : { member: one.member }),
        file: one.source.name,
        unit: kind.unit,
      },
    ]),
  )
  const loads = { accesses: accessLoads.sort(), reasons: reasonLoads.sort() }
  const cite = citesOf(names)
  const shown =
    options.accountName ?? ((login: string) => (isNetworkAccount(login) ? login : accountPseudonym(options.key, login)))
  const review = await reviewLoaded(lake, {
    ...loads,
    names,
    cite,
    shown,
    ...(options.subscriberBase === undefined ? {} : { subscriberBase: options.subscriberBase }),
    ...(options.watch === undefined ? {} : { watch: options.watch }),
    permutations: options.permutations ?? 1,
    // A reading with subscribers explained stands beside the plain one, and makes none old.
    clear: options.explained === undefined,
  })
  const decoys = await decoyReads(lake, { accesses: loads.accesses, decoys: options.decoys ?? [], cite, shown })
  const most = options.likeliest ?? 0
  return {
    review: decoys.length === 0 ? review : { ...review, decoys },
    faults: [...(await faultsOf(lake, [...loads.accesses, ...reasonsOnly])), ...unusedBeside(given)],
    likeliest:
      most === 0
        ? []
        : await likeliest(lake, { days: await loadDays(lake, { ...loads, names: await namesOf(lake, loads) }), most }),
  }
}

/** Each source once, in the order of its hash and member. */
function distinct<One extends { readonly sha256: string; readonly member?: string }>(sources: readonly One[]): One[] {
  return [...new Map(sources.map((one) => [sourceKey(one), one])).values()].sort((a, b) => (sourceKey(a) < sourceKey(b) ? -1 : 1))
}

async function faultsOf(lake: Lake, loads: readonly string[]): Promise<Fault[]> {
  const rows = await lake.engine.rows<{ fault: string }>(
    `SELECT fault FROM lookup_faults WHERE load_id IN ({loads:Array(UInt64)}) ORDER BY source, load_id, ordinal`,
    { loads },
  )
  return rows.map((row) => JSON.parse(row.fault) as Fault)
}
