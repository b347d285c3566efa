import { contentId, epochMs, fixed, minuteText } from '../base/index.ts'
import { citeKey, type Sentence } from '../evidence/index.ts'
import { cluster, compare, gapMs, isTelling, sharedHosts, type SharedHosts } from './cluster.ts'
import { waysIn } from './ways-in.ts'
import type { Move } from './moves/control.ts'
import { tellsHabits } from './habits.ts'
import type { LoginPath } from './logins/login-path.ts'
import { hostsOf } from './hosts-of.ts'
import { hopsOf, type Hop } from './movements.ts'
import { isInside } from './names.ts'
import { bitsOf, type Movement, type ObjectRead, type Sighting, type Silence } from './sighting.ts'
import type { HostStatus, Story, WayIn } from './story.ts'
import { reachedOf } from './reached-seen.ts'
import { mainTactic, orderedLength } from './tactics.ts'
import { daysOf, withRecurring } from './recurring.ts'
import { tellSteps, titleOver } from './tell.ts'
import type { Roles } from './usual/roles.ts'
import { joinWaves } from './waves.ts'
import { weighing } from './weigh.ts'

/** What stories are made of; everything in any order. */
export interface StoryInput {
  readonly sightings: readonly Sighting[]
  readonly movements: readonly Movement[]
  /** Moves that were refused. */
  readonly attempts?: readonly Move[]
  readonly reads: readonly ObjectRead[]
  readonly silences: readonly Silence[]
  /** Time that the logs span. */
  readonly span?: { readonly from: string; readonly to: string }
  /** Is it the estate's own administration? */
  readonly usual?: (one: Sighting) => boolean
  /** Moves that happen on many days. */
  readonly habitual?: (move: Movement) => boolean
  readonly roles?: Roles
  /** The logins by which somebody came to where a story begins. */
  readonly waysInto?: (group: readonly Sighting[]) => LoginPath | undefined
  /** How the group can have begun on the host where it is first seen. */
  readonly arrivalOf?: (group: readonly Sighting[]) => WayIn | undefined
  /** Where sessions that the group's moves opened went on to. */
  readonly onward?: (group: readonly Sighting[]) => readonly Movement[]
  /** What is to be said of these hosts' clocks. */
  readonly clockNotes?: (hosts: ReadonlySet<string>) => Sentence[]
}

/** Bits for each further host, and for each tactic in order: what only chains have. */
const hostBits = 5
const orderBits = 3

/** Bits that one detection of a story must have. */
const seedBits = 4

/** Bits of each sighting; once made for the grouping and the score, since habits are counted over all sightings. */
export function weightsOf({
  sightings,
  span,
  usual,
}: Pick<StoryInput, 'sightings' | 'span' | 'usual'>): (one: Sighting) => number {
  return span === undefined
    ? (one) => one.bits ?? bitsOf(one.level)
    : weighing(sightings, { span, usual: usual ?? (() => false) })
}

/** The sightings of each story-to-be; what is one hit of low level alone is no story. */
export function storyGroups(
  input: Pick<StoryInput, 'sightings' | 'movements' | 'span' | 'usual' | 'roles'>,
  weigh: (one: Sighting) => number = weightsOf(input),
): Sighting[][] {
  const shared: SharedHosts = sharedHosts(input.sightings, input.roles)
  const clusters = cluster(input.sightings, input.movements, shared).filter((group) => group.length > 0)
  const usualKnown = input.span !== undefined && tellsHabits(input.span)
  const waves = input.span === undefined ? clusters : joinWaves(clusters, { weigh, shared, usualKnown })
  return withRecurring(waves).filter((group) => group.some((one) => weigh(one) >= seedBits))
}

/** Stories, strongest first. */
export function composeStories(
  input: StoryInput,
  groups?: readonly (readonly Sighting[])[],
  weigh: (one: Sighting) => number = weightsOf(input),
): Story[] {
  return (groups ?? storyGroups(input, weigh))
    .map((group) => compose(group, input, weigh))
    .sort((a, b) => b.score - a.score || compare(a.from, b.from) || compare(a.id, b.id))
}

function compose(group: readonly Sighting[], input: StoryInput, bits: (one: Sighting) => number): Story {
  const all = hopsOf(group, [...input.movements, ...(input.onward?.(group) ?? [])], {
    habitual: input.habitual,
    shared: sharedHosts(input.sightings, input.roles),
  })
  const entered = new Set(group.flatMap((one) => (one.entry?.inner === undefined ? [] : [one.host])))
  const isGateway = (host: string): boolean => input.roles?.roleOf(host) === 'gateway' || entered.has(host)
  const isOurs = (host: string): boolean => isInside(host) && input.roles?.networkOf(host) === undefined
  const hosts = hostsOf(group, all, { isGateway, isOurs })
  const hops = all.filter((hop) => !isGateway(hop.from))
  const names = new Set(hosts.map((host) => host.name))
  const first = group[0] as Sighting
  const last = group.at(-1) as Sighting
  const reached = reachedOf({ group, hops, names, reads: input.reads })
  const to = [last.time, ...hops.map((hop) => hop.time)].sort().at(-1) as string
  const { entry, alternative } = waysIn({
    group,
    hops,
    path: input.waysInto?.(group),
    arrival: input.arrivalOf?.(group),
    roles: input.roles,
  })
  const compromised = hosts.filter((host) => host.status === 'compromised')
  return {
    id: contentId(
      'S',
      group.map((one) => ({ rule: one.rule, cite: citeKey(one.cite) })),
    ),
    score: scoreOf(group, hops, bits),
    from: first.time,
    to,
    title: titleOf(group, entry, compromised.length),
    ...(entry === undefined ? {} : { initialAccess: entry }),
    ...(alternative === undefined ? {} : { alternative }),
    hosts,
    accounts: accountsOf(group, hops),
    lateralMovement: hops.filter((hop) => hosts.some((host) => host.name === hop.to)).map((hop) => withLogins(hop, group)),
    attempts: attemptsOf(group, hosts, input.attempts ?? []),
    steps: tellSteps(group),
    reached,
    gaps: [...gapsOf({ silences: input.silences, names, from: first.time, to }), ...(input.clockNotes?.(names) ?? [])],
  }
}

/**
 * The best bits of each tactic, once for the first host and ever less for further ones: the same on two hundred hosts says little more than on eight. Then
 * bits for hosts reached from another and for tactics in order.
 */
function scoreOf(group: readonly Sighting[], hops: readonly Hop[], bitsIn: (one: Sighting) => number): number {
  const best = new Map<string, number>()
  const hosts = new Map<string, Set<string>>()
  for (const one of group) {
    const tactic = mainTactic(one.tactics)
    best.set(tactic, Math.max(best.get(tactic) ?? 0, bitsIn(one)))
    hosts.set(tactic, (hosts.get(tactic) ?? new Set()).add(one.host))
  }
  const sum = [...best].reduce((total, [tactic, bits]) => total + bits * (1 + Math.log2(hosts.get(tactic)?.size ?? 1)), 0)
  const reached = new Set(hops.map((hop) => hop.to)).size
  const order = orderBits * (orderedLength(group.map((one) => mainTactic(one.tactics))) - 1)
  return Number(fixed(sum + hostBits * Math.log2(1 + reached) + order, 1))
}

/** A hop with the logins that led to it. */
function withLogins(hop: Hop, group: readonly Sighting[]): Story['lateralMovement'][number] {
  const path = group.find((one) => one.controlledFrom === hop.from && one.host === hop.to && one.path !== undefined)?.path
  return path === undefined ? hop : { ...hop, logins: path }
}

function accountsOf(group: readonly Sighting[], hops: readonly Hop[]): Story['accounts'] {
  const found = new Map<string, { status: HostStatus; cites: Sighting['cite'][] }>()
  for (const one of group) {
    if (!isTelling(one.account)) continue
    const known = found.get(one.account) ?? { status: 'compromised' as const, cites: [] }
    if (known.cites.length < 5) known.cites.push(one.cite)
    found.set(one.account, known)
  }
  for (const hop of hops)
    if (isTelling(hop.account) && !found.has(hop.account)) found.set(hop.account, { status: 'suspected', cites: [...hop.cites] })
  return [...found].map(([name, account]) => ({ name, ...account })).sort((a, b) => compare(a.name, b.name))
}

function titleOf(group: readonly Sighting[], entry: Story['initialAccess'], compromised: number): string {
  const days = daysOf(group)
  const [first] = group
  if (days > 1 && first !== undefined) return `The same on ${days} days: ${first.title} on ${first.host || 'an unnamed host'}`
  return titleOver(entry, compromised)
}

/** Moves from the story's compromised hosts, in its time, that were refused. */
function attemptsOf(
  group: readonly Sighting[],
  hosts: Story['hosts'],
  attempts: readonly Move[],
): NonNullable<Story['attempts']> {
  const from = epochMs(group[0]?.time ?? '') - gapMs
  const to = epochMs(group.at(-1)?.time ?? '') + gapMs
  const compromised = new Set(hosts.filter((host) => host.status === 'compromised').map((host) => host.name))
  return attempts
    .filter((one) => compromised.has(one.from) && epochMs(one.time) >= from && epochMs(one.time) <= to)
    .map(({ from: source, to: target, account, time, means, cites }) => ({
      from: source,
      to: target,
      account,
      time,
      means: means.join(', '),
      cites,
    }))
}

function gapsOf(options: { silences: readonly Silence[]; names: ReadonlySet<string>; from: string; to: string }): Sentence[] {
  const { silences, names, from, to } = options
  return silences
    .filter((one) => names.has(one.host) && one.to >= from && one.from <= to)
    .map((one) => ({
      text: `No log from ${one.host} between ${minuteText(one.from)} and ${minuteText(one.to)} UTC.`,
      cites: [one.cite],
    }))
}
