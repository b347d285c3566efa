import type { Affected, Assessment, Coverage } from '../assessment/index.ts'
import type { Fault } from '../base/index.ts'
import type { Thread } from '../claims/index.ts'
import type { StoryAnswer } from '../intrusion/index.ts'
import type { LookupReview } from '../lookups/index.ts'
import type { Verdict } from '../provenance/index.ts'
import type { DueAnswer } from '../response/index.ts'
import type { PictureShownBy } from '../sharing/index.ts'
import type { CaseInfo } from './case-store.ts'
import type { CaseDayOne } from './day-one-case.ts'
import type { IndicatorAnswer } from './hunt-indicators.ts'

/** A verdict with the name of its sample; `dayOne`: which systems can have produced it, where that was asked. */
export type SampleVerdict = Verdict & { readonly sample: string; readonly dayOne?: CaseDayOne }

/** Everything an investigation found; null where nothing was handed over that could answer. */
export interface Answer {
  readonly case: CaseInfo
  readonly at: string
  readonly threads: readonly Thread[]
  /** Which systems the pictures of the claim can show; absent in answers kept before they were compared. */
  readonly pictures?: readonly PictureShownBy[]
  /** Of the first sample; further ones stand in `furtherSamples`. */
  readonly provenance: SampleVerdict | null
  readonly furtherSamples: readonly SampleVerdict[]
  readonly stories: StoryAnswer | null
  readonly lookups: LookupReview | null
  /** What the indicators kept in the workspace met in the logs of this case; absent when none are kept. */
  readonly indicators?: IndicatorAnswer
  readonly affected: Affected
  readonly due: DueAnswer
  readonly assessment: Assessment
  readonly coverage: Coverage
  /** Tables that nobody assigned a role and that were read as samples. */
  readonly assumedSamples: readonly string[]
  readonly faults: { readonly total: number; readonly kept: readonly Fault[] }
}
