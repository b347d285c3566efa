import { canonicalJson, sha256, type Canonical } from '../base/index.ts'
import type { IdentifierKind } from '../persons/index.ts'
import { layoutOf, type CutCounts } from './cut.ts'
import type { ExtractPlan } from './plan.ts'
import { recordBytes } from './row-index.ts'
import type { TextForm } from './site.ts'

/** The version of sites, codes and index; a reader refuses another. */
export const markScheme = 1

/** What the workspace keeps of an extract beside its signed manifest: never handed out, no personal value. */
export interface ExtractRecord {
  readonly scheme: number
  readonly extract: string
  readonly holder: string
  readonly system: string
  readonly asOf: string
  /** Public ids of the keys of the marks and of the identifiers' tokens. */
  readonly keyId: string
  readonly tokenKeyId: string
  readonly pool?: string
  readonly country?: string
  readonly identifiers: readonly { readonly name: string; readonly identifier: IdentifierKind }[]
  readonly marked: readonly {
    readonly name: string
    readonly form: TextForm
    readonly kinds: readonly string[]
    readonly sites: number
  }[]
  readonly dates?: { readonly columns: readonly string[]; readonly spelling: string }
  readonly codes?: { readonly columns: readonly string[]; readonly spelling: string }
  readonly rows: number
  readonly markedRows: number
  readonly canaries: readonly string[]
  readonly source: { readonly file: string; readonly sha256: string }
  readonly index: { readonly sha256: string; readonly bytes: number }
}

/** The record of an extract that was cut. */
export function recordOf(options: {
  readonly plan: ExtractPlan
  readonly counts: CutCounts
  readonly system: string
  readonly asOf: string
  readonly keyId: string
  readonly tokenKeyId: string
  readonly canaries: readonly string[]
  readonly source: ExtractRecord['source']
  readonly indexSha256: string
}): ExtractRecord {
  const { plan, counts, system, asOf, keyId, tokenKeyId, canaries, source, indexSha256 } = options
  return {
    scheme: markScheme,
    extract: plan.extract,
    holder: plan.holder,
    system,
    asOf,
    keyId,
    tokenKeyId,
    ...(plan.pool === undefined ? {} : { pool: plan.pool }),
    ...(plan.country === undefined ? {} : { country: plan.country }),
    identifiers: plan.identifiers.map(({ name, identifier }) => ({ name, identifier })),
    marked: plan.marked.map(({ name, form, kinds }) => ({
      name,
      form,
      kinds,
      sites: counts.sites.filter((one) => one.column === name).reduce((sum, one) => sum + one.sites, 0),
    })),
    ...(plan.dates === undefined ? {} : { dates: plan.dates }),
    ...(plan.codes === undefined ? {} : { codes: plan.codes }),
    rows: counts.rows,
    markedRows: counts.markedRows,
    canaries,
    source,
    index: { sha256: indexSha256, bytes: recordBytes(layoutOf(plan)) * counts.rows },
  }
}

/** SHA-256 of a record: the signed manifest names it, so that it cannot be re-written later. */
export function recordHash(record: ExtractRecord): string {
  return sha256(canonicalJson(record as unknown as Canonical))
}
