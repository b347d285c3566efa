import type { Coverage as LogCoverage } from '../events/index.ts'
import { attribute, observedIn, sightingsOf, type Attribution, type Sighting, type StoryAnswer } from '../intrusion/index.ts'
import { attackGroups } from './attack-groups.ts'
import { attackVisibility } from './attack-visibility.ts'

/** Which groups of ATT&CK the strongest story is consistent with; it stays inside until a named person releases it. */
export interface StoryAttribution {
  readonly story: string
  readonly attribution: Attribution
}

/** Weighs the techniques and tools of the strongest story, against what its logs could have shown. Undefined without a story. */
export function attributeStory(options: {
  readonly stories: StoryAnswer
  readonly sightings: readonly Sighting[]
  readonly coverage: readonly LogCoverage[]
  /** Name or address of the report that the case is known from. */
  readonly report?: string
}): StoryAttribution | undefined {
  const [story] = options.stories.stories
  if (story === undefined) return undefined
  const groups = attackGroups()
  const seeable = new Set(attackVisibility().of(options.coverage, { from: story.from, to: story.to }).could)
  const attribution = attribute({
    ...observedIn(sightingsOf(story, options.sightings), groups),
    groups,
    seeable,
    ...(options.report === undefined ? {} : { report: options.report }),
  })
  return { story: story.id, attribution }
}
