import type { Cite } from '../../evidence/index.ts'
import type { Story } from '../story.ts'

/** What led from one host to another: a move, the logins behind it, control that a step tells of (moves out of gateways stand there alone), data read from a host. */
export interface Link {
  readonly from: string
  readonly to: string
  readonly time: string
  readonly means: string
  readonly account: string
  readonly cites: readonly Cite[]
}

/** All links of a story in order of time; control that a move tells already is not told twice. */
export function linksOf(story: Story): Link[] {
  const told = story.steps.flatMap(({ time, host, controlledFrom: from, cites }): Link[] => {
    const known = story.lateralMovement.some((hop) => hop.from === from && hop.to === host && hop.time <= time)
    return from === undefined || from === host || known ? [] : [{ from, to: host, time, means: 'control', account: '', cites }]
  })
  const hosts = new Set(story.hosts.map((one) => one.name))
  const read = story.reached.flatMap(({ data, cites }): Link[] => {
    if (data?.first === undefined || (data.certainty !== 'read' && data.certainty !== 'staged')) return []
    const { host: to, first: time, accounts } = data
    const account = accounts[0] ?? ''
    return data.peers.flatMap((from) =>
      hosts.has(from) && from !== to ? [{ from, to, time, means: 'data read', account, cites }] : [],
    )
  })
  const logins = story.lateralMovement.flatMap((hop): Link[] =>
    (hop.logins?.logins ?? []).map(({ from, to, time, account, cite }) => ({
      from,
      to,
      time,
      means: 'login',
      account,
      cites: [cite],
    })),
  )
  return [...story.lateralMovement, ...told, ...logins, ...read].toSorted((a, b) =>
    a.time < b.time ? -1 : a.time > b.time ? 1 : 0,
  )
}
