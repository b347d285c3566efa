import { hostOf, nodeOf } from '../graph/node.ts'
import type { Telling } from './accounts.ts'
import { seedBits } from './alerts.ts'
import { nameGap, sharedNames } from './clusters.ts'
import { hour } from './clock.ts'
import type { Draft } from './draft.ts'
import type { Roles } from './estate.ts'
import { groups, members } from './groups.ts'
import { merged } from './merge.ts'

interface Mark {
  readonly name: string
  readonly index: number
  readonly at: number
  readonly gap: number
}

/** A host that was compromised stays so: a logon from it counts for a week, where nothing else tells where the logon came from. */
const originGap = 7 * 24 * hour

/** How sure it is that two things belong together because they share a name within hours. */
const hintCertainty = 0.4

/**
 * Hangs stories that no way in is known of on the story nearest in time with which they share a host, session, outside address, content or telling
 * account (rule S15). Two stories with ways in of their own are never joined so, nor by anything in between.
 */
export function uniteHinted(drafts: readonly Draft[], by: { readonly telling: Telling; readonly roles: Roles }): Draft[] {
  const ordered = drafts.toSorted((a, b) => a.from - b.from || (a.grown.root < b.grown.root ? -1 : 1))
  const joined = groups(ordered.length)
  const gated = ordered.map(({ grown }) => grown.gate !== undefined)
  for (const { a, b } of pairsOf(ordered, by)) {
    const [one, other] = [joined.of(a), joined.of(b)]
    if (one === other) continue
    const [early, late] = one < other ? [one, other] : [other, one]
    if (gated[late] === true) continue
    joined.join(early, late)
  }
  return members(ordered, joined).map((group) =>
    group.reduce((story, next) => merged(story, next, { node: '', reason: 'shared name', certainty: hintCertainty })),
  )
}

/** Neighbours in time under the same name, the nearest first. */
function pairsOf(drafts: readonly Draft[], by: { readonly telling: Telling; readonly roles: Roles }): { a: number; b: number }[] {
  const marks = drafts.flatMap((draft, index) => marksOf(draft, { index, ...by }))
  marks.sort((a, b) => (a.name === b.name ? a.at - b.at || a.index - b.index : a.name < b.name ? -1 : 1))
  const pairs: { a: number; b: number; apart: number }[] = []
  for (const [at, mark] of marks.entries()) {
    const before = marks[at - 1]
    if (before === undefined || before.name !== mark.name || before.index === mark.index) continue
    const apart = mark.at - before.at
    if (apart <= mark.gap) pairs.push({ a: Math.min(before.index, mark.index), b: Math.max(before.index, mark.index), apart })
  }
  return pairs.sort((one, other) => one.apart - other.apart || one.a - other.a || one.b - other.b)
}

function marksOf(
  { grown, alerts, from }: Draft,
  { index, telling, roles }: { readonly index: number; readonly telling: Telling; readonly roles: Roles },
): Mark[] {
  const onHost = (node: string, at: number, gap = nameGap): Mark[] => {
    const host = hostOf(node)
    return host === '' || roles.isHub(host) ? [] : [{ name: `host ${host}`, gap, index, at }]
  }
  const named = alerts
    .filter((alert) => alert.bits >= seedBits)
    .flatMap((alert) => sharedNames(alert, { telling, roles }).map(({ name, gap }) => ({ name, gap, index, at: alert.at })))
  const stood = [...grown.branches].flatMap(([node, { arrived }]) => {
    const here = nodeOf(node).kind === 'process' || nodeOf(node).kind === 'session'
    return here ? onHost(node, arrived) : []
  })
  // A logon that came from a host of which nothing else is known may have come from who was on that host.
  const origin =
    nodeOf(grown.root).kind === 'host' && !roles.isJump(hostOf(grown.root)) ? onHost(grown.root, from, originGap) : []
  return [...named, ...stood, ...origin]
}
