import type { Story } from '../../../src/server/api.ts'

/** Hosts as lanes of the timeline: in the order in which the story comes to them. */
export function lanesOf(story: Story): string[] {
  const first = new Map<string, string>()
  const seen = (host: string, at: string): void => {
    const before = first.get(host)
    if (host !== '' && (before === undefined || at < before)) first.set(host, at)
  }
  if (story.initialAccess !== undefined) seen(story.initialAccess.where, story.initialAccess.time)
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
