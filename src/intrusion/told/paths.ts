import type { Story } from '../story.ts'

const far = ['left', 'staged', 'read'] as const
const pathsShown = 8

/** Reached hosts on which data was taken or read, the furthest gone first; where there is none, the host reached last. */
export function goals(story: Story, reached: ReadonlyMap<string, number>): string[] {
  const hosts = far.flatMap((certainty) =>
    story.reached.flatMap(({ data }) => (data?.certainty === certainty && reached.has(data.host) ? [data.host] : [])),
  )
  const [last] = [...reached].toSorted((a, b) => b[1] - a[1])
  return hosts.length > 0 ? [...new Set(hosts)] : last === undefined ? [] : [last[0]]
}

/** The ways to the hosts; one that is the beginning of another is not told apart. */
export function pathsTo(hosts: readonly string[], before: ReadonlyMap<string, string>, where: string): string[][] {
  const all = hosts.map((host) => pathTo(host, before, where))
  const within = (a: readonly string[], b: readonly string[]): boolean =>
    a.length < b.length && a.every((host, n) => b[n] === host)
  return all.filter((one) => !all.some((other) => within(one, other))).slice(0, pathsShown)
}

function pathTo(host: string, before: ReadonlyMap<string, string>, where: string): string[] {
  const path: string[] = []
  for (let at: string | undefined = host; at !== undefined && !path.includes(at); at = before.get(at)) path.unshift(at)
  return path[0] === where ? path : [where, ...path]
}
