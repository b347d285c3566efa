import { unreachable } from '../../base/index.ts'
import { compare } from '../cluster.ts'
import type { Story } from '../story.ts'
import type { StoryChange } from './change.ts'
import { cutStory } from './cut.ts'
import { joinStories } from './join.ts'
import { holdsAny } from './part.ts'

/** A change with the number of the decision behind it, such as `D4`. */
export interface DecidedChange {
  readonly change: StoryChange
  readonly decision: string
}

/**
 * Stories with what people cut and joined, in the order in which they decided, strongest first. A change that no longer fits (a story cut already, a
 * record that is in no story) changes nothing: applying all of them again gives the same.
 */
export function applyChanges(stories: readonly Story[], changes: readonly DecidedChange[]): Story[] {
  return changes
    .reduce<readonly Story[]>((some, { change, decision }) => applied(some, change, decision), stories)
    .toSorted((a, b) => b.score - a.score || compare(a.from, b.from) || compare(a.id, b.id))
}

function applied(stories: readonly Story[], change: StoryChange, decision: string): readonly Story[] {
  const records = new Set(change.records)
  switch (change.kind) {
    case 'cut':
      return stories.flatMap((story) => cutStory(story, records, decision))
    case 'join': {
      const [first, ...others] = stories.filter((story) => holdsAny(story, records))
      if (first === undefined || others.length === 0) return stories
      const joined = others.reduce((one, other) => joinStories(one, other, decision), first)
      return [...stories.filter((story) => !holdsAny(story, records)), joined]
    }
    default:
      return unreachable(change)
  }
}
