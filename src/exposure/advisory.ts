import type { VersionRange } from './version-range.ts'

/** What an advisory says of one product. */
export interface Concerned {
  readonly status: 'affected' | 'fixed' | 'not-affected' | 'under-investigation'
  /** Vendor and product as written; a product of "multiple products" is left out. */
  readonly vendor?: string
  readonly product?: string
  readonly cpe?: string
  readonly purl?: string
  /** Versions meant; absent where the advisory names none. */
  readonly versions?: VersionRange
}

/** One vulnerability as one source tells it. */
export interface Advisory {
  readonly cve: string
  readonly title: string
  readonly source: AdvisorySource
  /** Place in the file: number of the entry from 1. */
  readonly entry: number
  readonly concerned: readonly Concerned[]
  /** Stated as exploited in attacks. */
  readonly exploited: boolean
  /** Stated as used by ransomware campaigns. */
  readonly ransomware: boolean
  /** Day it was published or listed, and day by which the source asks for action: `YYYY-MM-DD`. */
  readonly published?: string
  readonly due?: string
  /** What to do, as the source says. */
  readonly actions: readonly string[]
}

/** Where advisories come from: a file with its hash, and what it calls itself. */
export interface AdvisorySource {
  readonly kind: 'kev' | 'csaf' | 'stix' | 'list'
  readonly name: string
  readonly file: string
  readonly sha256: string
  readonly date?: string
}
