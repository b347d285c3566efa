import { epochMs, isoMicros, minuteText } from '../../base/index.ts'
import { citeKey, type Cite, type Sentence } from '../../evidence/index.ts'
import type { Story } from '../story.ts'
import { linksOf } from './links.ts'
import { goals, pathsTo } from './paths.ts'

/** One way in, with what of the story follows from it by the moves that were seen. */
export interface StoryWay {
  readonly kind: NonNullable<Story['initialAccess']>['kind']
  readonly where: string
  /** Fixed-width UTC. */
  readonly time: string
  /** Between 0 and 1; absent where only the order of the records speaks for it. */
  readonly certainty?: number
  readonly text: string
  readonly cites: readonly Cite[]
  /** Hosts that it leads to, in order of arrival. */
  readonly hosts: readonly string[]
  /** Hosts in order from the way in to each place where data was taken or read, else to the host reached last: what the graph draws bold. */
  readonly paths: readonly (readonly string[])[]
  /** How each of them was reached first, from the way in on. */
  readonly links: readonly { readonly from: string; readonly to: string; readonly time: string; readonly means: string }[]
  /** Steps that follow from it, and those that no move seen ties to it; numbers from 1. */
  readonly follows: readonly number[]
  readonly apart: readonly number[]
  /** What speaks against it. */
  readonly against: readonly Sentence[]
}

/** The way in as told, and the one that explains most of the steps otherwise. */
export interface StoryWays {
  readonly told?: StoryWay
  readonly other?: StoryWay
}

/** Clocks of hosts may differ by so much. */
const skewMs = 2_000

/** A move is what led to a step that comes up to so long before its record. */
const leadMs = 60_000

/** Techniques by which a step is a way in itself. */
const ways: readonly (readonly [prefix: string, kind: StoryWay['kind']])[] = [
  ['T1190', 'web-server'],
  ['T1505.003', 'web-server'],
  ['T1133', 'vpn'],
  ['T1199', 'vendor-session'],
  ['T1566', 'mail'],
  ['T1091', 'removable-drive'],
  ['T1078.004', 'cloud-login'],
]

/** Another way in is told only when at least this share of the steps follows from it. */
const tellingShare = 0.25

/** Compares ways in over one story: a pure reading of it, the same for the story as people cut and joined it. */
export function waysOf(story: Story): StoryWays {
  const entry = story.initialAccess
  const starts = entry === undefined ? new Map<string, number>() : startsOf(story, entry)
  const told = entry === undefined ? undefined : follow(story, entry, starts)
  // What was read as the next best beginning when the story was told comes before what is tried here.
  const { alternative } = story
  if (alternative !== undefined)
    return { ...(told === undefined ? {} : { told }), other: follow(story, alternative, startsOf(story, alternative)) }
  const others = candidates(story)
    .filter((one) => !starts.has(one.where))
    .map((one) => follow(story, one, new Map([[one.where, epochMs(one.time)]])))
    .filter((way) => way.follows.length >= Math.max(1, story.steps.length * tellingShare))
    .toSorted(
      (a, b) =>
        a.against.length - b.against.length ||
        b.follows.length - a.follows.length ||
        (a.time < b.time ? -1 : a.time > b.time ? 1 : 0),
    )
  const [other] = others
  return { ...(told === undefined ? {} : { told }), ...(other === undefined ? {} : { other }) }
}

type Start = Pick<StoryWay, 'kind' | 'where' | 'time' | 'certainty' | 'text' | 'cites'>

/** Every host as the place where it may begin: by a step that is a way in by what it is, else with the first that is seen of it. */
function candidates(story: Story): Start[] {
  const found = new Map<string, Start>()
  const add = (one: Start): void => {
    const known = found.get(one.where)
    if (one.where !== '' && (known === undefined || one.time < known.time)) found.set(one.where, one)
  }
  for (const { from, to, time, account, cites } of linksOf(story))
    add({
      kind: 'first-seen',
      where: from,
      time,
      text: `The first seen of ${from} is that ${to} was reached from it${account === '' ? '' : ` under the account ${account}`}.`,
      cites: cites.slice(0, 3),
    })
  story.steps.forEach((step, n) => {
    const kind = ways.find(([prefix]) => step.techniques.some((one) => one.startsWith(prefix)))?.[1]
    const own = kind !== undefined || step.tactic === 'initial-access'
    add({
      kind: kind ?? 'first-seen',
      where: step.host,
      time: step.time,
      text: own
        ? `Step ${n + 1} is a way in by what it is: ${step.text}`
        : `Step ${n + 1} is the first on ${step.host}; no record shows how it was reached otherwise.`,
      cites: step.cites.slice(0, 3),
    })
  })
  return [...found.values()]
}

/** Hosts on which the told way in begins: where it is, and where the steps are whose records it cites; else the first step after it. */
function startsOf(story: Story, entry: NonNullable<Story['initialAccess']>): ReadonlyMap<string, number> {
  const own = new Set(entry.cites.map(keyOf))
  const starts = new Map([[entry.where, epochMs(entry.time)]])
  const cited = story.steps.filter((step) => step.cites.some((cite) => own.has(keyOf(cite))))
  for (const step of cited) if (!starts.has(step.host)) starts.set(step.host, epochMs(step.time))
  const known = story.hosts.some((one) => one.name === entry.where) || cited.length > 0
  const first = story.steps.find((step) => epochMs(step.time) >= epochMs(entry.time) - skewMs)
  if (!known && first !== undefined) starts.set(first.host, epochMs(first.time))
  return starts
}

/** Goes forward in time over the moves; a step follows when its host was reached by then. */
function follow(story: Story, start: Start, starts: ReadonlyMap<string, number>): StoryWay {
  const reached = new Map(starts)
  const before = new Map<string, string>()
  const links: StoryWay['links'][number][] = []
  for (const [to, since] of starts)
    if (to !== start.where) links.push({ from: start.where, to, time: isoMicros(since), means: start.kind.replaceAll('-', ' ') })
  for (const { from, to, time, means } of linksOf(story)) {
    const [since, at] = [reached.get(from), epochMs(time)]
    if (since === undefined || since > at + skewMs || (reached.get(to) ?? Infinity) <= at) continue
    reached.set(to, at)
    before.set(to, from)
    links.push({ from, to, time, means })
  }
  const follows: number[] = []
  const apart: number[] = []
  story.steps.forEach((step, n) => {
    const since = reached.get(step.host)
    if (since !== undefined && since <= epochMs(step.time) + skewMs) follows.push(n + 1)
    else apart.push(n + 1)
  })
  const { kind, where, time, certainty, text, cites } = start
  return {
    kind,
    where,
    time,
    ...(certainty === undefined ? {} : { certainty }),
    text,
    cites,
    hosts: [...reached].toSorted((a, b) => a[1] - b[1]).map(([host]) => host),
    paths: pathsTo(goals(story, reached), before, where),
    links,
    follows,
    apart,
    against: against(story, { where, time }),
  }
}

/** What leads to the place before anything is seen to begin there: once for each host it came from. */
function against(story: Story, { where, time }: Pick<Start, 'where' | 'time'>): Sentence[] {
  const links = linksOf(story).filter(
    (one) => one.to === where && one.from !== where && epochMs(one.time) <= epochMs(time) + leadMs,
  )
  return [...Map.groupBy(links, (one) => one.from).values()].slice(0, 2).flatMap(([link]) =>
    link === undefined
      ? []
      : {
          text: `At ${minuteText(link.time)} it was reached from ${link.from} (${link.means}), which this way in leaves unexplained.`,
          cites: link.cites.slice(0, 2),
        },
  )
}

function keyOf(cite: Cite): string {
  return JSON.stringify(citeKey(cite))
}
