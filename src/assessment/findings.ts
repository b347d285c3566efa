import type { Cite, Sentence } from '../evidence/index.ts'
import type { Exposure, PageChange } from '../exposure/index.ts'
import type { StoryAnswer } from '../intrusion/index.ts'
import type { Days, Registered } from '../inventory/index.ts'
import type { LookupReview } from '../lookups/index.ts'
import type { Verdict } from '../provenance/index.ts'
import type { ClaimPicture } from './claim-picture.ts'
import type { Coverage } from './coverage.ts'
import type { HandedOver } from './handed-over.ts'
import type { SampleDayOne, SampleFindings } from './sample-findings.ts'

/** Everything both rivers found; absent members were not investigated (nothing was handed over). */
export interface Findings {
  /** The operator whose case this is; assertions about others stay open. */
  readonly operator?: string
  /** Every sample of the claims; `provenance` and `dayOne` are then not looked at. */
  readonly samples?: readonly SampleFindings[]
  /** Of the one sample that is weighed. */
  readonly provenance?: Verdict
  readonly dayOne?: SampleDayOne
  readonly stories?: StoryAnswer
  readonly lookups?: LookupReview
  readonly coverage: Coverage
  /** Size of the subscriber base, when the inventory states it. */
  readonly subscriberBase?: { readonly count: number; readonly sentence: Sentence }
  /** The estate: systems, vendors, log sources with owner and retention. */
  readonly inventory?: readonly Registered[]
  /** Needed days of which an exhibit holds events, by log source as the inventory names it (`log_source:vpn`). */
  readonly held?: ReadonlyMap<string, readonly Days[]>
  /** Days of which logs are needed, `YYYY-MM-DD`, both included. */
  readonly needed?: Days
  /** Logs, servers and data that somebody handed over as evidence. */
  readonly handed?: readonly HandedOver[]
  /** Pictures of the claims, compared with the systems of the inventory. */
  readonly pictures?: readonly ClaimPicture[]
  /** What stands open in the estate. It shows what was possible, never that it was done. */
  readonly exposure?: Pick<Exposure, 'open'>
  /** Watched pages of which two states were compared; `at`: when the later one was taken, ISO 8601 UTC. */
  readonly pages?: readonly (Pick<PageChange, 'kind' | 'reasons'> & {
    readonly url: string
    readonly at: string
    readonly cites: readonly Cite[]
  })[]
}
