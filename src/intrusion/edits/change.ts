import { contentId } from '../../base/index.ts'
import { citeKey, type Cite } from '../../evidence/index.ts'
import type { Story } from '../story.ts'

/** What a person changed about stories. Records are named by `recordKey`, so that a change holds when the case is investigated again. */
export type StoryChange =
  /** The steps on these records are no part of the story that the others are of. */
  | { readonly kind: 'cut'; readonly records: readonly string[] }
  /** The stories that hold one of these records are one. */
  | { readonly kind: 'join'; readonly records: readonly string[] }

/** What names a record: short, and the same whenever the same evidence is read. */
export function recordKey(cite: Cite): string {
  return contentId('R', citeKey(cite))
}

/** The records that the steps of a story rest on; of the steps with these numbers (from 1) when given. */
export function recordsOf(story: Story, steps?: readonly number[]): string[] {
  const chosen = steps === undefined ? story.steps : story.steps.filter((_, at) => steps.includes(at + 1))
  return [...new Set(chosen.flatMap((step) => step.cites.map(recordKey)))]
}

/** Reads a change as a decision holds it; undefined when it is none. */
export function readChange(value: unknown): StoryChange | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { kind, records } = value as Record<string, unknown>
  if ((kind !== 'cut' && kind !== 'join') || !Array.isArray(records)) return undefined
  return records.every((one) => typeof one === 'string') ? { kind, records } : undefined
}
