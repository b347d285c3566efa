import type { Story } from '../../../src/server/api.ts'
import { statusOf } from './host-shape.ts'

/** Hosts as lanes of the timeline: in the order in which the story comes to them. */
export function lanesOf(story: Story): string[] {
  const first = new Map<string, string>()
  const seen = (host: string, at: string): void => {
    const before = first.get(host)
    if (host !== '' && (before === undefined || at < before)) first.set(host, at)
  }
  // An address outside, from which it began, is no host with logs.
  if (story.initialAccess !== undefined && story.hosts.some((one) => one.name === story.initialAccess?.where))
    seen(story.initialAccess.where, story.initialAccess.time)
  for (const one of story.steps) seen(one.host, one.time)
  for (const one of story.lateralMovement) {
    seen(one.from, one.time)
    seen(one.to, one.time)
  }
  for (const one of story.hosts) if (!first.has(one.name)) first.set(one.name, '~')
  return [...first.entries()]
    .toSorted((a, b) => (a[1] === b[1] ? (a[0] < b[0] ? -1 : 1) : a[1] < b[1] ? -1 : 1))
    .map(([host]) => host)
}

/** The lanes that say most, in the order of all: the way in, hosts that moves leave from, the compromised, those with most steps. */
export function lanesThatSayMost(story: Story, most: number): string[] {
  const lanes = lanesOf(story)
  if (lanes.length <= most) return lanes
  const left = Map.groupBy(story.lateralMovement, (one) => one.from)
  const steps = Map.groupBy(story.steps, (one) => one.host)
  const weight = (host: string): number =>
    (host === story.initialAccess?.where ? 1e9 : 0) +
    1000 * Math.min(1000, left.get(host)?.length ?? 0) +
    (statusOf(story, host) === 'compromised' ? 100 : 0) +
    Math.min(99, steps.get(host)?.length ?? 0)
  const chosen = new Set(lanes.toSorted((a, b) => weight(b) - weight(a)).slice(0, most))
  return lanes.filter((host) => chosen.has(host))
}
