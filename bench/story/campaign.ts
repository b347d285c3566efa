import { Random } from '../../src/drill/random.ts'
import type { KnownSet } from './known-moves.ts'

/** A public event set put at a time, on hosts and under an account of a campaign. */
export interface PlacedSet {
  readonly set: KnownSet
  /** When its first event happens, milliseconds since 1970. */
  readonly at: number
  /** Number of the workstation that each workstation of the set (5, 6, 7) becomes. */
  readonly hosts: Readonly<Record<number, number>>
  /** What the account of the set's user becomes. */
  readonly account: string
}

/** Sets of one domain, one after the other as one intruder's work, and others beside them that are not his. */
export interface Campaign {
  readonly steps: readonly PlacedSet[]
  readonly noise: readonly PlacedSet[]
  /** Where it begins: host, or the address outside it was entered from. */
  readonly entry: readonly string[]
  /** Hosts that were under control, of those whose logs are at hand. */
  readonly compromised: readonly string[]
}

const minute = 60_000
/** Sets that are longer than this many records are left out of campaigns: two, which would take most of the time. */
const longest = 30_000
/** The set whose move comes from outside: it can begin a campaign. */
const entrySet = 'rdp_interactive_taskmanager_lsass_dump'
const users = ['sbeavers', 'nmartha', 'lrodriguez', 'mmidge', 'cbrand', 'tbolger'] as const
/** Whoever the sets beside a campaign belong to. */
const stranger = 'avasquez'
/** Accounts that stand for the user of the sets, who comes first. */
export const accounts: readonly string[] = ['pgustavo', ...users, stranger]

/** Sets of `theshire.local` (MIT, see README.md) by how they can stand in a campaign. */
function sorted(sets: readonly KnownSet[]): Record<'moving' | 'staying' | 'controller', readonly KnownSet[]> {
  const usable = sets.filter(
    (one) =>
      one.records <= longest &&
      one.hosts.every((host) => !host.logs || /^(?:WORKSTATION\d|MORDORDC)$/.test(host.name)) &&
      one.hosts.some((host) => host.name === 'WORKSTATION5' || host.name === 'WORKSTATION6') &&
      one.set !== 'psh_python_webserver' &&
      one.set !== 'empire_mimikatz_lsadump_inject_protected_mode',
  )
  const moves = (one: KnownSet, to: RegExp): boolean => one.moves.some((move) => to.test(move.to) && move.from.startsWith('WORK'))
  const acts = (one: KnownSet): boolean => one.moves.length === 0 && one.acts.some((act) => act.to === 'MORDORDC')
  return {
    moving: usable.filter((one) => moves(one, /^WORK/)),
    controller: usable.filter((one) => !moves(one, /^WORK/) && (moves(one, /^MORDORDC/) || acts(one))),
    staying: usable.filter((one) => !moves(one, /./) && !acts(one) && one.attempts.length === 0 && one.set !== entrySet),
  }
}

/** The workstation from which a set is worked, and those it moves to. */
function rolesIn(set: KnownSet): { readonly home: number; readonly targets: readonly number[] } {
  const source = set.moves.find((move) => move.from.startsWith('WORK'))?.from ?? set.acts[0]?.from
  const only = set.hosts.find((host) => ['only host', 'source', 'target'].includes(host.role) && host.name.startsWith('WORK'))
  return {
    home: numberOf(source ?? only?.name ?? 'WORKSTATION5'),
    targets: set.moves
      .filter((move) => move.from.startsWith('WORK') && move.to.startsWith('WORK'))
      .map((move) => numberOf(move.to)),
  }
}

function numberOf(name: string): number {
  return Number(name.replace(/\D/g, ''))
}

/** Host and account names of a placed set as the records will have them, lower case. */
export function placedName(placed: Pick<PlacedSet, 'hosts'>, name: string): string {
  return name.replace(/^WORKSTATION([567])$/i, (_, old: string) => `workstation${placed.hosts[Number(old)] ?? old}`).toLowerCase()
}

/** The campaign of a seed: 3 to 7 steps, of which one at least is a move to another workstation, and one to three sets of others. */
export function campaignOf(seed: number, sets: readonly KnownSet[]): Campaign {
  const random = new Random(seed, 'campaign')
  const { moving, staying, controller } = sorted(sets)
  const left = { moving: [...moving], staying: [...staying], controller: [...controller] }
  const take = (kind: keyof typeof left): KnownSet | undefined => {
    const [set] = left[kind].splice(random.below(Math.max(1, left[kind].length)), 1)
    return set
  }
  let fresh = 10
  const next = (): number => (fresh += 1)
  const first = next()
  const held = [first]
  const count = random.between(3, 7)
  const kinds = Array.from({ length: count }, (_, index): keyof typeof left =>
    index === count - 1 && random.chance(0.4) ? 'controller' : random.chance(0.6) ? 'moving' : 'staying',
  )
  if (!kinds.includes('moving')) kinds[random.below(count - 1)] = 'moving'
  const steps: PlacedSet[] = []
  const compromised = new Set([`workstation${first}`])
  let at = Date.UTC(2021, 2, 1 + random.below(20), random.below(24), random.below(60))
  let [account = ''] = accounts
  let here = first
  const entered = random.chance(0.25) ? sets.find((one) => one.set === entrySet) : undefined
  for (const [index, kind] of kinds.entries()) {
    const set = index === 0 && entered !== undefined && kind === 'staying' ? entered : take(kind)
    if (set === undefined) continue
    if (kind !== 'staying' && random.chance(0.2)) here = random.pick(held)
    const { home, targets } = rolesIn(set)
    const hosts: Record<number, number> = { [home]: here }
    for (const target of targets) {
      here = next()
      hosts[target] = here
      held.push(here)
      compromised.add(`workstation${here}`)
    }
    steps.push({ set, at, hosts: withBystanders(hosts, random), account })
    if (set.moves.some((move) => move.to === 'MORDORDC')) compromised.add('mordordc')
    if (set.folder.includes('credential_access') && random.chance(0.5)) account = random.pick(users)
    // Mostly within hours, sometimes over a night.
    at += lengthOf(set) + Math.round(minute * (random.chance(0.85) ? 5 * 60 ** random.unit() : random.between(8 * 60, 20 * 60)))
  }
  const begin = (steps[0] as PlacedSet).at
  const noise = Array.from({ length: random.between(1, 3) }, (): PlacedSet | undefined => {
    const set = random.pick(
      sets.filter((one) => one.records < 13_000 && !steps.some((step) => step.set === one) && one.set !== entrySet),
    )
    const { home, targets } = rolesIn(set)
    const hosts = Object.fromEntries([home, ...targets].map((old) => [old, random.between(60, 89)]))
    return { set, at: begin + Math.round(random.unit() * (at - begin)), hosts: withBystanders(hosts, random), account: stranger }
  }).flatMap((one) => one ?? [])
  return {
    steps,
    noise: [...new Map(noise.map((one) => [one.set.set, one])).values()],
    entry: [`workstation${first}`, `172.18.39.${first}`, ...(steps[0]?.set.set === entrySet ? ['1.2.3.4'] : [])],
    compromised: [...compromised].sort(),
  }
}

/** Workstations that play no part become some that no campaign uses. */
function withBystanders(hosts: Record<number, number>, random: Random): Record<number, number> {
  for (const old of [5, 6, 7]) hosts[old] ??= 30 + ((old - 5) * 10 + random.below(10))
  return hosts
}

/** Milliseconds from the first event of a set to its last. */
export function lengthOf({ period }: Pick<KnownSet, 'period'>): number {
  return Date.parse(period.to) - Date.parse(period.from)
}
