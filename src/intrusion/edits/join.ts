import { fixed } from '../../base/index.ts'
import { distinctCites } from '../cited.ts'
import { compare } from '../cluster.ts'
import type { HostStatus, Story } from '../story.ts'
import { titleOver } from '../tell.ts'
import { spanOf, storyId } from './part.ts'

const strength: Readonly<Record<HostStatus, number>> = { suspected: 0, touched: 1, compromised: 2 }

/** Two stories as one: the earlier way in, the union of everything else. The scores add up. */
export function joinStories(one: Story, other: Story, decision: string): Story {
  const [first, second] = compare(one.from, other.from) <= 0 ? [one, other] : [other, one]
  const steps = [...first.steps, ...second.steps].toSorted((a, b) => compare(a.time, b.time))
  const lateralMovement = [...first.lateralMovement, ...second.lateralMovement].toSorted((a, b) => compare(a.time, b.time))
  const [entry] = [first.initialAccess, second.initialAccess]
    .filter((way) => way !== undefined)
    .toSorted((a, b) => compare(a.time, b.time))
  const hosts = strongest([...first.hosts, ...second.hosts])
  const compromised = hosts.filter((host) => host.status === 'compromised').length
  const { initialAccess: own, alternative, ...others } = first
  return {
    ...others,
    ...(entry === undefined ? {} : { initialAccess: entry }),
    ...(alternative === undefined || entry !== own ? {} : { alternative }),
    ...spanOf({ steps, lateralMovement }),
    id: storyId(steps),
    score: Number(fixed(one.score + other.score, 1)),
    title: titleOver(entry, compromised),
    hosts,
    accounts: strongest([...first.accounts, ...second.accounts]).toSorted((a, b) => compare(a.name, b.name)),
    lateralMovement,
    attempts: [...(first.attempts ?? []), ...(second.attempts ?? [])].toSorted((a, b) => compare(a.time, b.time)),
    steps,
    reached: [...first.reached, ...second.reached],
    gaps: [...new Map([...first.gaps, ...second.gaps].map((gap) => [gap.text, gap])).values()],
    decisions: [...new Set([...(first.decisions ?? []), ...(second.decisions ?? []), decision])],
  }
}

/** Each name once, with its strongest status and the cites of all. */
function strongest(all: Story['hosts']): Story['hosts'] {
  const found = new Map<string, Story['hosts'][number]>()
  for (const one of all) {
    const known = found.get(one.name)
    if (known === undefined) {
      found.set(one.name, one)
      continue
    }
    const cites = distinctCites([...known.cites, ...one.cites])
    const status = strength[one.status] > strength[known.status] ? one.status : known.status
    found.set(one.name, { name: one.name, status, cites })
  }
  return [...found.values()]
}
