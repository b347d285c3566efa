import type { WayIn } from './story.ts'
import { distinctCites } from './cited.ts'
import { isTelling } from './cluster.ts'
import { entryOf } from './entry.ts'
import type { Login, LoginPath } from './logins/login-path.ts'
import { pathText } from './logins/tell-path.ts'
import type { Hop } from './movements.ts'
import { bareAccount, isInside } from './names.ts'
import { placed, placedFirst } from './placed.ts'
import type { Sighting } from './sighting.ts'
import { vendorText } from './usual/listed.ts'
import type { Roles } from './usual/roles.ts'

/** A way over logins is believed from here on; another reading is worth telling from there on. */
const leastCertainty = 0.5
const worthTelling = 0.1
/** Logins say how somebody can have come, not that he did. */
const mostCertainty = 0.7

interface Ways {
  readonly entry?: WayIn
  readonly alternative?: WayIn
}

/**
 * How a story begins, and the next best reading. What was seen comes before what lineage and logins allow: these tell the beginning only where
 * nothing else does, and logins only where they lead outside; else they are the other reading.
 */
export function waysIn(options: {
  readonly group: readonly Sighting[]
  readonly hops: readonly Hop[]
  /** The logins by which somebody came to where the story begins. */
  readonly path: LoginPath | undefined
  /** What the first processes descend from, or the managed session in which they ran. */
  readonly arrival?: WayIn | undefined
  readonly roles: Roles | undefined
}): Ways {
  const { arrival, roles } = options
  const { entry, alternative } = withArrival(byLogins(options), arrival)
  return {
    ...(entry === undefined ? {} : { entry: placed(entry, roles) }),
    ...(alternative === undefined ? {} : { alternative: placed(alternative, roles) }),
  }
}

/** Readings that say only where something was first seen, or by which logins somebody can have come. */
const inferred: ReadonlySet<WayIn['kind']> = new Set(['first-seen', 'valid-account'])

function withArrival(ways: Ways & { readonly overLogins?: true }, arrival: WayIn | undefined): Ways {
  const { entry, alternative } = ways
  if (arrival === undefined || entry === undefined) return ways
  const weaker = (inferred.has(entry.kind) || ways.overLogins === true) && arrival.certainty >= entry.certainty
  const [first, second] = weaker ? [arrival, entry] : [entry, arrival]
  const other = alternative ?? (second.kind === 'first-seen' ? undefined : second)
  return { entry: first, ...(other === undefined ? {} : { alternative: other }) }
}

function byLogins(options: {
  readonly group: readonly Sighting[]
  readonly hops: readonly Hop[]
  readonly path: LoginPath | undefined
  readonly roles: Roles | undefined
}): Ways & { readonly overLogins?: true } {
  const { group, hops, path, roles } = options
  const found = entryOf(group, hops)
  const seen = found === undefined ? undefined : placedFirst(found, group, roles)
  const begin = path?.logins[0]
  if (seen === undefined || path === undefined || begin === undefined) return seen === undefined ? {} : { entry: seen }
  const by = wayBy(begin, path, roles)
  const outside = begin.access === true || !isInside(begin.from) || roles?.networkOf(begin.from) !== undefined
  if (seen.kind === 'first-seen' && outside && path.certainty >= leastCertainty)
    return { entry: by, alternative: otherOf(path, roles) ?? seen, overLogins: true }
  const other = sameBeginning(seen, path) ? otherOf(path, roles) : by
  return other === undefined || other.certainty < worthTelling || other.certainty >= seen.certainty + 0.3
    ? { entry: seen }
    : { entry: seen, alternative: other }
}

/** Do the logins lead to where the story is said to begin anyway? */
function sameBeginning(seen: WayIn, { logins }: LoginPath): boolean {
  return (
    logins.some((one) => one.from === seen.where) || (seen.kind !== 'first-seen' && logins.some((one) => one.to === seen.where))
  )
}

function otherOf(path: LoginPath, roles: Roles | undefined): WayIn | undefined {
  const { other } = path
  return other === undefined ? undefined : wayBy(other, { logins: [other], certainty: other.certainty, switches: [] }, roles)
}

function wayBy(begin: Login, path: LoginPath, roles: Roles | undefined): WayIn {
  const vendor = roles?.vendorOf(begin.account)
  const who = isTelling(begin.account) ? `the account ${bareAccount(begin.account)}` : 'an account that is not named'
  const text = `It can have begun with a login of ${who} at ${begin.to} from ${begin.from}${vendorText(vendor)}.${pathText(path)} Who used the account is not shown.`
  return {
    kind: kindOf(begin, vendor !== undefined),
    where: begin.from,
    time: begin.time,
    certainty: Math.min(mostCertainty, Math.round(1000 * path.certainty) / 1000),
    text,
    cites: distinctCites(path.logins.map((one) => one.cite)).slice(0, 5),
  }
}

function kindOf({ access, from, how }: Login, vendor: boolean): WayIn['kind'] {
  if (access === true || !isInside(from)) {
    if (vendor) return 'vendor-session'
    if (access === true) return 'vpn'
    if (/type 10|remote desktop/.test(how)) return 'rdp'
  }
  return 'valid-account'
}
