import { contentId } from '../../base/index.ts'
import type { Cite } from '../../evidence/index.ts'
import type { Story } from '../story.ts'
import { recordKey, recordsOf } from './change.ts'

/** Whether any step of a story rests on one of these records. */
export function holdsAny(story: Story, records: ReadonlySet<string>): boolean {
  return recordsOf(story).some((one) => records.has(one))
}

export function citesAny(cites: readonly Cite[], records: ReadonlySet<string>): boolean {
  return cites.some((one) => records.has(recordKey(one)))
}

/** An id made from the records of the steps. */
export function storyId(steps: Story['steps']): string {
  return contentId('S', { records: [...new Set(steps.flatMap((step) => step.cites.map(recordKey)))].toSorted() })
}

/** First and last time of the steps and moves. */
export function spanOf(story: Pick<Story, 'steps' | 'lateralMovement'>): { readonly from: string; readonly to: string } {
  const times = [...story.steps, ...story.lateralMovement].map((one) => one.time).toSorted()
  return { from: times[0] ?? '', to: times.at(-1) ?? '' }
}
