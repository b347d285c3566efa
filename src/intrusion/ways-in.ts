import { isTelling } from './cluster.ts'
import { entryOf } from './entry.ts'
import type { Login, LoginPath } from './logins/login-path.ts'
import { pathText } from './logins/tell-path.ts'
import type { Hop } from './movements.ts'
import { bareAccount, isInside } from './names.ts'
import type { Sighting } from './sighting.ts'
import type { WayIn } from './story.ts'
import type { Roles } from './usual/roles.ts'

/** A way over logins is believed from here on; another reading is worth telling from there on. */
const leastCertainty = 0.5
const worthTelling = 0.1
/** Logins say how somebody can have come, not that he did. */
const mostCertainty = 0.7

/**
 * How a story begins, and the next best reading. What was seen comes before what logins allow: these tell the beginning only where nothing
 * else does, and where they lead outside; else they are the other reading.
 */
export function waysIn(options: {
  readonly group: readonly Sighting[]
  readonly hops: readonly Hop[]
  /** The logins by which somebody came to where the story begins. */
  readonly path: LoginPath | undefined
  readonly roles: Roles | undefined
}): { readonly entry?: WayIn; readonly alternative?: WayIn } {
  const { group, hops, path, roles } = options
  const seen = entryOf(group, hops)
  const begin = path?.logins[0]
  if (seen === undefined || path === undefined || begin === undefined) return seen === undefined ? {} : { entry: seen }
  const by = wayBy(begin, path, roles)
  const outside = begin.access === true || !isInside(begin.from)
  if (seen.kind === 'first-seen' && outside && path.certainty >= leastCertainty)
    return { entry: by, alternative: otherOf(path, roles) ?? seen }
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
  const listed = vendor === undefined ? '' : `; the inventory names it under the vendor ${vendor.name} (vendor:${vendor.id})`
  const text = `It can have begun with a login of ${who} at ${begin.to} from ${begin.from}${listed}.${pathText(path)} Who used the account is not shown.`
  return {
    kind: kindOf(begin, vendor !== undefined),
    where: begin.from,
    time: begin.time,
    certainty: Math.min(mostCertainty, Math.round(1000 * path.certainty) / 1000),
    text,
    cites: path.logins.slice(0, 5).map((one) => one.cite),
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
