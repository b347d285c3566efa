import { epochMs } from '../base/index.ts'
import { gatewayKinds, isTelling } from './cluster.ts'
import type { Hop } from './movements.ts'
import { isInside } from './names.ts'
import type { Sighting } from './sighting.ts'
import { distinctCites } from './cited.ts'
import type { Story } from './story.ts'

type Entry = NonNullable<Story['initialAccess']>

const webEntry = new Set(['T1190', 'T1505.003', 'T1505.004'])
/** A session from a strange place begins what is seen up to so long before it: clocks differ. */
const skewMs = 5 * 60_000

/** How a story begins: by a sighting that is itself a way in, a web server, the host that controlled the first, an account where it usually is, or the first step seen. */
export function entryOf(group: readonly Sighting[], hops: readonly Hop[]): Entry | undefined {
  const [earliest] = group
  if (earliest === undefined) return undefined
  const web = group.find((one) => one.techniques.some((technique) => webEntry.has(technique)))
  const hinted = group.find((one) => one.entry !== undefined)
  if (hinted?.entry !== undefined && (web === undefined || epochMs(hinted.time) <= epochMs(web.time) + skewMs))
    return hintedEntry(hinted, group)
  if (web !== undefined) {
    const same = group.filter((one) => one.host === web.host && one.techniques.some((technique) => webEntry.has(technique)))
    return {
      kind: 'web-server',
      where: web.host,
      time: web.time,
      certainty: same.length > 1 ? 0.9 : 0.7,
      text: `The first step is on the web server ${web.host}: ${web.title}${web.sourceIp === '' ? '' : `, from ${web.sourceIp}`}.`,
      cites: distinctCites(same.map((one) => one.cite)).slice(0, 5),
    }
  }
  const reaching = sourceOf(earliest, hops)
  if (reaching !== undefined) {
    const external = !isInside(reaching.from)
    return {
      kind: 'first-seen',
      where: reaching.from,
      time: reaching.time,
      certainty: 0.3,
      text: `The first step seen is taken from ${reaching.from}, which controlled ${reaching.to}; ${external ? 'the address lies outside' : 'how it was reached itself is not shown by these logs'}.`,
      cites: distinctCites(reaching.cites).slice(0, 5),
    }
  }
  return clientEntry(group) ?? firstSeen(earliest)
}

function hintedEntry(one: Sighting, group: readonly Sighting[]): Entry {
  const { kind, text } = one.entry as NonNullable<Sighting['entry']>
  const same = group.filter((other) => other.rule === one.rule && other.account === one.account)
  const outside = kind === 'rdp' || gatewayKinds.has(kind)
  return {
    kind,
    where: outside ? one.sourceIp : one.host,
    time: one.time,
    certainty: (one.bits ?? 0) >= 5 ? 0.8 : 0.5,
    text,
    cites: distinctCites([...same.map((other) => other.cite), ...(one.restsOn?.cites ?? [])]).slice(0, 5),
  }
}

/** A database read by a client inside, with nothing seen before on that client: the account was used where it is at home. */
function clientEntry(group: readonly Sighting[]): Entry | undefined {
  const [first] = group
  const read = group.find((one) => one.from !== undefined && isInside(one.from))
  if (first === undefined || read?.from === undefined || (first !== read && first.host !== read.from)) return undefined
  const client = read.from
  const user = group.find((one) => one.host === client && isTelling(one.account))?.account
  return {
    kind: 'valid-account',
    where: client,
    time: first.time,
    certainty: 0.6,
    text: `It begins on ${client}, from which ${read.host} was read under the account ${read.account}${user === undefined ? '' : `; the account ${user} was in use there`}. Nothing shows that ${client} was broken into: valid accounts were used where they could be used. Who used them is not shown.`,
    cites: distinctCites([first.cite, read.cite]),
  }
}

function firstSeen(first: Sighting): Entry {
  return {
    kind: 'first-seen',
    where: first.host,
    time: first.time,
    certainty: 0.3,
    text: `The first step seen is on ${first.host}; how it was reached is not shown by these logs.`,
    cites: [first.cite],
  }
}

/** The hop with which a story begins: the first step seen is what was done on its target, or comes after it. */
function sourceOf(first: Sighting, hops: readonly Hop[]): Hop | undefined {
  const hop = hops.find((one) => one.control === true)
  return hop !== undefined && hop.from !== first.host && epochMs(hop.time) <= epochMs(first.time) + 60_000 ? hop : undefined
}
