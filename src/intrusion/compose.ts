import { contentId, epochMs, fixed, minuteText } from '../base/index.ts'
import { citeKey, type Sentence } from '../evidence/index.ts'
import { cluster, compare, gapMs, isTelling, sharedHosts, type SharedHosts } from './cluster.ts'
import { entryOf } from './entry.ts'
import type { Move } from './moves/fuse.ts'
import { tellsHabits } from './habits.ts'
import { hopsOf, type Hop } from './movements.ts'
import { bareAccount, isInside } from './names.ts'
import { bitsOf, type Movement, type ObjectRead, type Sighting, type Silence } from './sighting.ts'
import type { HostStatus, Story } from './story.ts'
import { mainTactic, orderedLength } from './tactics.ts'
import { daysOf, withRecurring } from './recurring.ts'
import { withoutSecrets } from './secrets.ts'
import { clip, size, tellSteps, titleOver } from './tell.ts'
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
  const waves = input.span !== undefined && tellsHabits(input.span) ? joinWaves(clusters, { weigh, shared }) : clusters
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
  const all = hopsOf(group, input.movements, input.habitual)
  const entered = new Set(group.flatMap((one) => (one.entry?.inner === undefined ? [] : [one.host])))
  const isGateway = (host: string): boolean => input.roles?.roleOf(host) === 'gateway' || entered.has(host)
  const hosts = hostsOf(group, all, isGateway)
  const hops = all.filter((hop) => !isGateway(hop.from))
  const names = new Set(hosts.map((host) => host.name))
  const first = group[0] as Sighting
  const last = group.at(-1) as Sighting
  const reached = reachedOf({ group, hops, names, reads: input.reads })
  const to = [last.time, ...hops.map((hop) => hop.time)].sort().at(-1) as string
  const entry = entryOf(group, hops)
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
    hosts,
    accounts: accountsOf(group, hops),
    lateralMovement: hops.filter((hop) => hosts.some((host) => host.name === hop.to)),
    attempts: attemptsOf(group, hosts, input.attempts ?? []),
    steps: tellSteps(group),
    reached,
    gaps: gapsOf({ silences: input.silences, names, from: first.time, to }),
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

/** A host that was only asked for data, or that only let a session in, is touched. */
function statusBy(one: Sighting, isGateway: (host: string) => boolean): HostStatus {
  if (one.eventClass === 'authentication' && isGateway(one.host)) return 'touched'
  const asked = one.eventClass === 'datastore' || one.eventClass === 'http'
  const onlyData = one.tactics.length > 0 && one.tactics.every((tactic) => taking.has(tactic))
  if (asked && onlyData && one.process === '') return 'touched'
  return bitsOf(one.level) >= 4 ? 'compromised' : 'touched'
}

function hostsOf(group: readonly Sighting[], hops: readonly Hop[], isGateway: (host: string) => boolean): Story['hosts'] {
  const found = new Map<string, { status: HostStatus; cites: Sighting['cite'][] }>()
  for (const one of group) {
    if (one.host === '') continue
    const known = found.get(one.host)
    const status = statusBy(one, isGateway)
    if (known === undefined) found.set(one.host, { status, cites: [one.cite] })
    else {
      if (status === 'compromised') known.status = status
      if (known.cites.length < 5) known.cites.push(one.cite)
    }
  }
  const severe = group.some((one) => bitsOf(one.level) >= 8)
  for (const hop of hops)
    if (hop.control === true && !found.has(hop.from) && isInside(hop.from) && !isGateway(hop.from))
      found.set(hop.from, { status: severe ? 'compromised' : 'suspected', cites: [...hop.cites] })
  for (const one of group) {
    const client = one.from
    if (client === undefined || !isInside(client)) continue
    const known = found.get(client)
    const status = (one.bits ?? 0) >= 4 ? 'compromised' : 'touched'
    if (known === undefined) found.set(client, { status, cites: [one.cite] })
    else if (status === 'compromised') known.status = status
  }
  for (const hop of hops)
    if (!found.has(hop.to)) found.set(hop.to, { status: hop.certainty < 0.5 ? 'suspected' : 'touched', cites: [...hop.cites] })
  return [...found].map(([name, host]) => ({ name, ...host }))
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

const taking = new Set(['collection', 'exfiltration'])
/** Objects read by the account of a sighting at its database, so near to it, are of the story. */
const sameReadMs = 3_600_000

function reachedOf(options: {
  group: readonly Sighting[]
  hops: readonly Hop[]
  names: ReadonlySet<string>
  reads: readonly ObjectRead[]
}): Story['reached'] {
  const { group, hops, names, reads } = options
  const from = epochMs(group[0]?.time ?? '')
  const to = epochMs(group.at(-1)?.time ?? '') + gapMs
  const objects = new Map<string, ObjectRead[]>()
  const clients = new Map<string, number[]>()
  for (const one of group)
    if (names.has(one.host)) {
      const key = `${one.host} ${bareAccount(one.account)}`
      clients.set(key, [...(clients.get(key) ?? []), epochMs(one.time)])
    }
  for (const read of reads) {
    const at = epochMs(read.time)
    const seen =
      clients.get(`${read.host} ${bareAccount(read.account)}`)?.some((time) => Math.abs(time - at) <= sameReadMs) === true
    const inside = at >= from && at <= to && hops.some((hop) => hop.to === read.host && hop.from === read.from)
    if (!(inside && names.has(read.from)) && !seen) continue
    const key = `${read.object} on ${read.host}`
    objects.set(key, [...(objects.get(key) ?? []), read])
  }
  const tables = [...objects].map(([what, all]) => ({
    what,
    kind: 'database object',
    text: `${what} was read ${all.length} time${all.length === 1 ? '' : 's'}${fromOf(all)} by the account ${[...new Set(all.map((one) => one.account))].join(', ')}.`,
    cites: all.slice(0, 10).map((one) => one.cite),
  }))
  const taken = group.filter((one) => one.tactics.some((tactic) => taking.has(tactic)))
  const large = taken.filter((one) => one.eventClass === 'http' && one.entry === undefined && one.bytesOut > 0)
  const bytes = large.reduce((sum, one) => sum + one.bytesOut, 0)
  const left =
    large.length === 0
      ? []
      : [
          {
            what: `responses of ${large[0]?.host ?? ''}`,
            kind: 'transfer',
            bytes,
            text: `${size(bytes)} left ${large[0]?.host ?? ''} in ${large.length} large responses; what they held is not shown.`,
            cites: large.slice(0, 10).map((one) => one.cite),
          },
        ]
  const staged = new Map<string, Sighting[]>()
  for (const one of taken) {
    if (one.eventClass === 'http' || one.eventClass === 'transfer' || one.entry !== undefined) continue
    const key = `${one.title} on ${one.host}`
    staged.set(key, [...(staged.get(key) ?? []), one])
  }
  const packed = [...staged].map(([what, all]) => {
    const command = withoutSecrets(all.find((one) => one.commandLine !== '')?.commandLine ?? '')
    return {
      what,
      kind: 'collection',
      text: `${what}${command === '' ? '' : ` (${clip(command)})`}${all.length > 1 ? `, ${all.length} records` : ''}.`,
      cites: all.slice(0, 10).map((one) => one.cite),
    }
  })
  const sent = group
    .filter((one) => one.eventClass === 'transfer')
    .map((one) => ({
      what: `sent by ${one.host}`,
      kind: 'transfer',
      bytes: one.bytesOut,
      text: `${one.host} sent more than usual${one.detail ?? ''}; what it held is not shown.`,
      cites: [one.cite],
    }))
  const asked = group
    .filter((one) => one.entry?.kind === 'api')
    .map((one) => ({
      what: `records of ${one.host}`,
      kind: 'interface',
      bytes: one.bytesOut,
      text: `${one.title} on ${one.host}${one.detail ?? ''}.`,
      cites: one.restsOn?.cites ?? [one.cite],
    }))
  return [...tables, ...asked, ...packed, ...sent, ...left]
}

function fromOf(reads: readonly ObjectRead[]): string {
  const from = [...new Set(reads.map((one) => one.from))].filter((one) => one !== '')
  return from.length === 0 ? '' : ` from ${from.join(', ')}`
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
