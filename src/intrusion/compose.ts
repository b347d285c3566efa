import { contentId, epochMs, fixed, minuteText } from '../base/index.ts'
import { citeKey, type Sentence } from '../evidence/index.ts'
import { cluster, compare, gapMs, isTelling } from './cluster.ts'
import type { Move } from './moves/fuse.ts'
import { habitualBits } from './habits.ts'
import { hopsOf, type Hop } from './movements.ts'
import { bitsOf, type Movement, type ObjectRead, type Sighting, type Silence } from './sighting.ts'
import type { HostStatus, Story } from './story.ts'
import { mainTactic, orderedLength } from './tactics.ts'
import { daysOf, withRecurring } from './recurring.ts'
import { withoutSecrets } from './secrets.ts'
import { clip, size, tellSteps } from './tell.ts'

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
}

/** Bits for each further host, and for each tactic in order: what only chains have. */
const hostBits = 5
const orderBits = 3

/** Bits that one detection of a story must have. */
const seedBits = 4

function bitsIn({
  sightings,
  span,
}: {
  readonly sightings: readonly Sighting[]
  readonly span: StoryInput['span'] | undefined
}): (one: Sighting) => number {
  return span === undefined ? (one) => bitsOf(one.level) : habitualBits(sightings, span)
}

/** The sightings of each story-to-be; what is one hit of low level alone is no story. */
export function storyGroups({ sightings, movements, span }: Pick<StoryInput, 'sightings' | 'movements' | 'span'>): Sighting[][] {
  const bits = bitsIn({ sightings, span })
  return withRecurring(cluster(sightings, movements)).filter((group) => group.some((one) => bits(one) >= seedBits))
}

/** Stories, strongest first. */
export function composeStories(input: StoryInput, groups: readonly (readonly Sighting[])[] = storyGroups(input)): Story[] {
  const bits = bitsIn({ sightings: input.sightings, span: input.span })
  return groups
    .map((group) => compose(group, input, bits))
    .sort((a, b) => b.score - a.score || compare(a.from, b.from) || compare(a.id, b.id))
}

function compose(group: readonly Sighting[], input: StoryInput, bits: (one: Sighting) => number): Story {
  const hops = hopsOf(group, input.movements)
  const hosts = hostsOf(group, hops)
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

function hostsOf(group: readonly Sighting[], hops: readonly Hop[]): Story['hosts'] {
  const found = new Map<string, { status: HostStatus; cites: Sighting['cite'][] }>()
  for (const one of group) {
    if (one.host === '') continue
    const known = found.get(one.host)
    const status: HostStatus = bitsOf(one.level) >= 4 ? 'compromised' : 'touched'
    if (known === undefined) found.set(one.host, { status, cites: [one.cite] })
    else {
      if (status === 'compromised') known.status = status
      if (known.cites.length < 5) known.cites.push(one.cite)
    }
  }
  const severe = group.some((one) => bitsOf(one.level) >= 8)
  for (const hop of hops)
    if (hop.control === true && !found.has(hop.from) && isInside(hop.from))
      found.set(hop.from, { status: severe ? 'compromised' : 'suspected', cites: [...hop.cites] })
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
  return `${entry === undefined ? 'Steps' : `From ${entry.where}`} over ${compromised} host${compromised === 1 ? '' : 's'}`
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

const webEntry = new Set(['T1190', 'T1505.003', 'T1505.004'])

function entryOf(group: readonly Sighting[], hops: readonly Hop[]): Story['initialAccess'] | undefined {
  const web = group.find((one) => one.techniques.some((technique) => webEntry.has(technique)))
  const first = web ?? group[0]
  if (first === undefined) return undefined
  const reaching = web === undefined ? sourceOf(first, hops) : undefined
  if (reaching !== undefined) {
    const external = !isInside(reaching.from)
    return {
      kind: 'first-seen',
      where: reaching.from,
      time: reaching.time,
      certainty: 0.3,
      text: `The first step seen is taken from ${reaching.from}, which controlled ${reaching.to}; ${external ? 'the address lies outside' : 'how it was reached itself is not shown by these logs'}.`,
      cites: reaching.cites.slice(0, 5),
    }
  }
  const kind = web === undefined ? 'first-seen' : 'web-server'
  const same = group.filter((one) => one.host === first.host && one.techniques.some((technique) => webEntry.has(technique)))
  const text =
    web === undefined
      ? `The first step seen is on ${first.host}; how it was reached is not shown by these logs.`
      : `The first step is on the web server ${first.host}: ${first.title}${first.sourceIp === '' ? '' : `, from ${first.sourceIp}`}.`
  const certainty = web === undefined ? 0.3 : same.length > 1 ? 0.9 : 0.7
  return {
    kind,
    where: first.host,
    time: first.time,
    certainty,
    text,
    cites: (same.length > 0 ? same : [first]).slice(0, 5).map((one) => one.cite),
  }
}

/** The hop with which a story begins: the first step seen is what was done on its target, or comes after it. */
function sourceOf(first: Sighting, hops: readonly Hop[]): Hop | undefined {
  const [hop] = hops
  return hop !== undefined && hop.from !== first.host && epochMs(hop.time) <= epochMs(first.time) + 60_000 ? hop : undefined
}

/** Names, and the addresses that networks use inside (RFC 1918, RFC 6598, RFC 4193, link-local). */
function isInside(host: string): boolean {
  return (
    !/^[\d.]+$|:/.test(host) ||
    /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|169\.254\.|f[cd]|fe80:)/i.test(
      host,
    )
  )
}

const taking = new Set(['collection', 'exfiltration'])

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
  for (const read of reads) {
    const at = epochMs(read.time)
    const inside = at >= from && at <= to && hops.some((hop) => hop.to === read.host && hop.from === read.from)
    if (!inside || !names.has(read.from)) continue
    const key = `${read.object} on ${read.host}`
    objects.set(key, [...(objects.get(key) ?? []), read])
  }
  const tables = [...objects].map(([what, all]) => ({
    what,
    kind: 'database object',
    text: `${what} was read ${all.length} time${all.length === 1 ? '' : 's'} from ${[...new Set(all.map((one) => one.from))].join(', ')} by the account ${[...new Set(all.map((one) => one.account))].join(', ')}.`,
    cites: all.slice(0, 10).map((one) => one.cite),
  }))
  const taken = group.filter((one) => one.tactics.some((tactic) => taking.has(tactic)))
  const large = taken.filter((one) => one.eventClass === 'http' && one.bytesOut > 0)
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
    if (one.eventClass === 'http') continue
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
  return [...tables, ...packed, ...left]
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
