import type { AttackTruth, ScenarioTruth } from '../../src/drill/index.ts'
import type { Story } from '../../src/intrusion/index.ts'

/** What a case gave, all attackers of it together; everything to be summed. */
export interface DrillScore {
  readonly attackers: number
  /** Attackers of whom a shown story names the entry. */
  readonly entries: number
  /** Stories shown that name a host, account or outside address of no attacker. */
  readonly false: number
  /** Stories shown that do. */
  readonly stories: number
  readonly hostsRight: number
  readonly hostsCalled: number
  readonly hosts: number
  readonly movesRight: number
  readonly movesTold: number
  readonly moves: number
  readonly objectsRight: number
  readonly objects: number
}

/** Compares the stories shown with the truth: stories are given to the attacker with whom they share most hosts, accounts and addresses. */
export function scoreDrill(truth: ScenarioTruth, stories: readonly Story[]): DrillScore {
  const attacks = [
    ...(truth.entry === undefined ? [] : [truth as AttackTruth]),
    ...(truth.second === undefined ? [] : [truth.second]),
  ]
  const owned = stories.map((story) => {
    const shares = attacks.map((attack) => sharedNames(attack, story))
    const most = Math.max(0, ...shares)
    return most === 0 ? undefined : attacks[shares.indexOf(most)]
  })
  const scores = attacks.map((attack) =>
    scoreAttack(
      attack,
      stories.filter((_, at) => owned[at] === attack),
    ),
  )
  const sum = (key: keyof ReturnType<typeof scoreAttack>): number => scores.reduce((total, one) => total + one[key], 0)
  return {
    attackers: attacks.length,
    false: owned.filter((one) => one === undefined).length,
    stories: owned.filter((one) => one !== undefined).length,
    entries: sum('entries'),
    hostsRight: sum('hostsRight'),
    hostsCalled: sum('hostsCalled'),
    hosts: sum('hosts'),
    movesRight: sum('movesRight'),
    movesTold: sum('movesTold'),
    moves: sum('moves'),
    objectsRight: sum('objectsRight'),
    objects: sum('objects'),
  }
}

function scoreAttack(attack: AttackTruth, stories: readonly Story[]): Omit<DrillScore, 'attackers' | 'false' | 'stories'> {
  const where = stories.map((story) => story.initialAccess?.where.toLowerCase() ?? '')
  const called = new Set(
    stories.flatMap((story) => story.hosts.flatMap((host) => (host.status === 'compromised' ? [bare(host.name)] : []))),
  )
  const pairs = new Set(attack.moves.map(({ from, to }) => `${from}>${to}`))
  const acts = new Set(attack.acts.map(({ from, to }) => `${from}>${to}`))
  const told = new Set(
    stories
      .flatMap((story) => story.lateralMovement)
      .filter((hop) => hop.certainty >= 0.5 && hop.means !== 'database session')
      .map(({ from, to }) => `${bare(from)}>${bare(to)}`)
      .filter((pair) => !acts.has(pair)),
  )
  // As JSON doubles the backslashes of paths.
  const said = stories.flatMap((story) => story.reached.map((one) => JSON.stringify(one).toLowerCase().replaceAll('\\\\', '\\')))
  return {
    entries: where.some((one) => [attack.entry.host, ...attack.entry.addresses].includes(one)) ? 1 : 0,
    hostsRight: attack.compromised.filter((host) => called.has(host)).length,
    hostsCalled: called.size,
    hosts: attack.compromised.length,
    movesRight: [...pairs].filter((pair) => told.has(pair)).length,
    movesTold: told.size,
    moves: pairs.size,
    objectsRight: attack.objects.filter(({ object }) => said.some((text) => text.includes(object.toLowerCase()))).length,
    objects: attack.objects.length,
  }
}

/** How much of a story is the attacker's: hosts that were compromised, accounts, outside addresses of the entry. */
function sharedNames(attack: AttackTruth, story: Story): number {
  const hosts = new Set(attack.compromised)
  const accounts = new Set(attack.accounts.map(tail))
  const where = story.initialAccess?.where ?? ''
  const entry = where === attack.entry.host || attack.entry.addresses.includes(where) ? 2 : 0
  const named = story.hosts.filter((host) => host.status === 'compromised' && hosts.has(bare(host.name))).length
  return entry + named + story.accounts.filter((one) => accounts.has(tail(one.name))).length
}

function bare(name: string): string {
  return /^[\d.]+$/.test(name) ? name : (name.toLowerCase().split('.')[0] ?? '')
}

function tail(name: string): string {
  return name.toLowerCase().slice(name.lastIndexOf('\\') + 1)
}
