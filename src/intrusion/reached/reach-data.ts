import type { Entry } from '../../inventory/index.ts'
import type { Engine } from '../../store/index.ts'
import type { AddressNames } from '../address-names.ts'
import type { StoryAnswer } from '../story.ts'
import { actsMost } from './acts-sql.ts'
import { estateObjects } from './estate-objects.ts'
import { readActs } from './read-acts.ts'
import { reachedIn } from './reached-in.ts'
import { groupActs } from './select-acts.ts'

/** Told where acts were left out, so that nobody takes the list for whole. */
const tooMany = {
  text: `More than ${actsMost.toLocaleString('en-US')} hours of the same act: the later ones are not weighed, and more data can have been reached than is told.`,
  cites: [],
}

/**
 * Adds to each story, and each lead, which data was reached: from the events of its hosts and accounts within its time, joined to the data objects of the
 * inventory. Reads committed loads only; without stories nothing is read.
 */
export async function reachData(options: {
  readonly engine: Engine
  readonly loads: readonly string[]
  readonly names: AddressNames
  readonly answer: StoryAnswer
  readonly inventory: readonly Entry[]
  readonly fileOf: (sha256: string) => string
}): Promise<StoryAnswer> {
  const { engine, loads, names, answer, inventory, fileOf } = options
  const { leads = [] } = answer
  const stories = [...answer.stories, ...leads]
  if (stories.length === 0) return answer
  const objects = estateObjects(inventory)
  const { scopes, acts, cutOff } = await readActs({ engine, loads, names, stories, fileOf })
  const groups = groupActs(acts)
  const told = scopes.map((scope) => ({
    ...scope.story,
    reached: reachedIn({ scope, groups, objects }),
    ...(cutOff ? { gaps: [...scope.story.gaps, tooMany] } : {}),
  }))
  const count = answer.stories.length
  return { ...answer, stories: told.slice(0, count), ...(leads.length === 0 ? {} : { leads: told.slice(count) }) }
}
