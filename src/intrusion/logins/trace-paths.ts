import { epochMs } from '../../base/index.ts'
import { isTelling } from '../cluster.ts'
import { bareAccount } from '../names.ts'
import type { GraphReader } from '../graph/edge.ts'
import { bitsOf, type Movement, type Sighting } from '../sighting.ts'
import type { LoginPath } from './login-path.ts'
import { onwardOf } from './onward.ts'
import { pathText } from './tell-path.ts'
import { traceBack } from './trace-back.ts'

/** Paths traced at most: beyond, an answer holds more moves than anybody reads. */
const mostPaths = 300
/** Bits of a change of account and a host new for it together; neither alone says anything. */
const switchedToNewBits = 6

/** A sighting, and whether it is the estate's own administration. */
interface Told {
  readonly one: Sighting
  readonly ordinary: boolean
}

/** Groups with what logins say of them. */
interface Traced {
  readonly groups: Sighting[][]
  /** The logins by which somebody came to where a group begins. */
  readonly waysInto: (group: readonly Sighting[]) => LoginPath | undefined
  /** Where the sessions that its moves opened went on to. */
  readonly onward: (group: readonly Sighting[]) => readonly Movement[]
}

/**
 * Groups whose moves carry the logins by which they came about, and for each group the path to where it begins. A clear change of
 * account that ends on a host new for the first account adds bits to the move, the more the first account has a home, unless it is the estate's usual administration.
 */
export async function tracePaths(options: {
  readonly graph: GraphReader
  readonly groups: readonly (readonly Sighting[])[]
  /** Had the account that a path begins under been on its last host before? */
  readonly known: (path: LoginPath) => boolean | undefined
  /** How far an account's logins come from one origin, 0 to 1; absent: wholly. */
  readonly homeOf?: (account: string) => number
  readonly usual: (one: Sighting) => boolean
}): Promise<Traced> {
  const { graph, known, usual, homeOf = () => 1 } = options
  let left = mostPaths
  const ways = new Map<Sighting, LoginPath>()
  const onward = new Map<Sighting, readonly Movement[]>()
  const groups: Sighting[][] = []
  for (const group of options.groups) {
    const told: Told[] = []
    for (const one of group) {
      const ordinary = usual(one)
      const from = one.controlledFrom
      if (from === undefined || left <= 0) {
        told.push({ one, ordinary })
        continue
      }
      left -= 1
      const traced = await traceBack(graph, { from, to: one.host, account: one.account, time: one.time, cite: one.cite })
      const before = traced.switches.length === 0 ? undefined : known(traced)
      const path = before === undefined ? traced : { ...traced, newAccess: !before }
      const bare = path.logins.length < 2 && path.switches.length === 0
      told.push({ one: bare ? one : withPath(one, path, { usual: ordinary, homeOf }), ordinary })
    }
    const own = withoutOthersWork(told)
    groups.push(own)
    const [first] = own
    if (first === undefined || left <= 0) continue
    left -= 1
    const way = first.path ?? (await wayTo(graph, first))
    if (way !== undefined) ways.set(first, way)
    onward.set(first, await onwardOf(graph, own))
  }
  const firstOf = <T>(group: readonly Sighting[], map: ReadonlyMap<Sighting, T>): T | undefined =>
    group[0] === undefined ? undefined : map.get(group[0])
  return { groups, waysInto: (group) => firstOf(group, ways), onward: (group) => firstOf(group, onward) ?? [] }
}

/**
 * A group without what the estate's administrators did on its hosts meanwhile: usual work under an account whose logins begin elsewhere than at
 * the group's own hosts and outside addresses, when nothing else in the group is under that account.
 */
function withoutOthersWork(group: readonly Told[]): Sighting[] {
  const rest = group.filter(({ ordinary }) => !ordinary).map(({ one }) => one)
  if (rest.length === 0) return group.map(({ one }) => one)
  const places = new Set(rest.flatMap((one) => [one.host, one.sourceIp, one.from ?? '', one.controlledFrom ?? '']))
  const accounts = new Set(rest.map((one) => bareAccount(one.account)))
  const others = new Set(
    group.flatMap(({ one, ordinary }) => {
      const begin = one.path?.logins[0]
      const apart = begin !== undefined && ordinary && !places.has(begin.from) && !accounts.has(bareAccount(begin.account))
      return apart && !accounts.has(bareAccount(one.account)) ? [bareAccount(one.account)] : []
    }),
  )
  return group.filter(({ one, ordinary }) => !ordinary || !others.has(bareAccount(one.account))).map(({ one }) => one)
}

function withPath(
  one: Sighting,
  path: LoginPath,
  { usual, homeOf }: { readonly usual: boolean; readonly homeOf: (account: string) => number },
): Sighting {
  const telling = path.newAccess === true && path.switches.some((each) => each.clear) && !usual
  const more = telling ? Math.round(10 * switchedToNewBits * homeOf(path.logins[0]?.account ?? '')) / 10 : 0
  const records = one.restsOn?.events ?? 1
  const text = pathText(path)
  return {
    ...one,
    path,
    ...(more > 0 ? { bits: (one.bits ?? bitsOf(one.level)) + more } : {}),
    ...(text === '' ? {} : { detail: ` (${records} record${records === 1 ? '' : 's'}).${text.replace(/\.$/, '')}` }),
  }
}

/** The logins by which somebody can have come to the host of the first step, by its account where it names one. */
async function wayTo(graph: GraphReader, first: Sighting): Promise<LoginPath | undefined> {
  const host = first.controlledFrom ?? first.host
  if (host === '' || !Number.isFinite(epochMs(first.time))) return undefined
  const account = isTelling(first.account) ? first.account : ''
  const { logins, ...path } = await traceBack(graph, { from: host, to: '', account, time: first.time, cite: first.cite })
  return logins.length < 2 ? undefined : { ...path, logins: logins.slice(0, -1) }
}
