import { fixed } from '../../base/index.ts'
import { bitsOf, type Level } from '../sighting.ts'
import type { Story } from '../story.ts'
import { titleOver } from '../tell.ts'
import { recordKey } from './change.ts'
import { citesAny, spanOf, storyId } from './part.ts'

/**
 * A story in two: what rests on the records, and the rest. As it was, when none or all of its steps do. The parts share the
 * score by the bits of their steps; a move between them is in neither, for it is what was cut.
 */
export function cutStory(story: Story, records: ReadonlySet<string>, decision: string): readonly Story[] {
  const cut = story.steps.filter((step) => citesAny(step.cites, records))
  if (cut.length === 0 || cut.length === story.steps.length) return [story]
  const rest = story.steps.filter((step) => !cut.includes(step))
  const cutHosts = new Set(cut.map((step) => step.host))
  const restHosts = new Set(rest.map((step) => step.host))
  const cutRecords = new Set(cut.flatMap((step) => step.cites.map(recordKey)))
  const restRecords = new Set(rest.flatMap((step) => step.cites.map(recordKey)))
  const alone = (host: string): boolean => cutHosts.has(host) && !restHosts.has(host)
  const isCut = ({ cites }: Pick<Story['reached'][number], 'cites'>): boolean =>
    citesAny(cites, cutRecords) && !citesAny(cites, restRecords)
  const part = (of: 'cut' | 'rest'): Story => {
    const steps = of === 'cut' ? cut : rest
    const hostIn = (name: string): boolean => (of === 'cut' ? cutHosts.has(name) : !alone(name))
    const within = (one: { readonly from: string; readonly to: string }): boolean => hostIn(one.from) && hostIn(one.to)
    const lateralMovement = story.lateralMovement.filter(within)
    const moved = new Set(lateralMovement.map((one) => one.account))
    const own = of === 'cut' ? cutRecords : restRecords
    const { initialAccess, alternative, ...others } = story
    const stays = initialAccess !== undefined && (isCut(initialAccess) || alone(initialAccess.where)) === (of === 'cut')
    const entry = stays ? initialAccess : undefined
    const hosts = story.hosts.filter((host) => hostIn(host.name))
    const compromised = hosts.filter((host) => host.status === 'compromised').length
    return {
      ...others,
      ...(entry === undefined ? {} : { initialAccess: entry, ...(alternative === undefined ? {} : { alternative }) }),
      ...spanOf({ steps, lateralMovement }),
      id: storyId(steps),
      score: Number(fixed((story.score * bitsIn(steps)) / bitsIn(story.steps), 1)),
      title: titleOver(entry, compromised),
      hosts,
      accounts: story.accounts.filter((account) => citesAny(account.cites, own) || moved.has(account.name)),
      lateralMovement,
      ...(story.attempts === undefined ? {} : { attempts: story.attempts.filter(within) }),
      steps,
      reached: story.reached.filter((one) => isCut(one) === (of === 'cut')),
      gaps: story.gaps.filter((gap) => hosts.some((host) => gap.text.includes(host.name))),
      decisions: [...(story.decisions ?? []), decision],
    }
  }
  return [part('rest'), part('cut')]
}

function bitsIn(steps: Story['steps']): number {
  return Math.max(
    1,
    steps.reduce((sum, step) => sum + bitsOf(step.level as Level), 0),
  )
}
