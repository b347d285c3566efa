import type { Thread } from '../claims/index.ts'
import type { Findings } from './findings.ts'
import type { ClaimedTime } from './handed-over.ts'
import { agrees } from './weight.ts'

/** The day the claim became known, the days of which evidence is needed, and the earliest day of the samples' values. */
export function claimedTime(threads: readonly Thread[], { needed, samples, ...one }: Findings): ClaimedTime {
  const [known] = threads
    .flatMap((thread) => thread.posts)
    .flatMap((post) => (post.at ?? post.reportedAt)?.at.slice(0, 10) ?? [])
    .toSorted()
  const [sampleFrom] = (samples ?? [one])
    .flatMap(
      ({ provenance, dayOne }) => (agrees(provenance) ? provenance.sources[0]?.asOf?.from : dayOne?.window?.earliest) ?? [],
    )
    .toSorted()
  return {
    ...(known === undefined ? {} : { known }),
    ...(needed === undefined ? {} : { needed }),
    ...(sampleFrom === undefined ? {} : { sampleFrom }),
  }
}
