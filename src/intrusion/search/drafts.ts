import { hostOf } from '../graph/node.ts'
import type { Alert } from './alerts.ts'
import { readBackward, type Terrain } from './backward.ts'
import { slack } from './clock.ts'
import { closureOf, type Closure } from './closure.ts'
import { arrivedAt, connect, type Grown } from './connect.ts'
import { leftBy, spanOf, type Draft } from './draft.ts'
import type { Link } from './links.ts'
import { metBy } from './meet.ts'
import { climb, rootedTrees, type Rooted } from './roots.ts'
import { reachable, type Terminal } from './terminals.ts'

/** Reads what can lead to any of the terminals, of all clusters at once: rounds, not clusters, are what reading costs (rule S5). */
export async function readToward(terrain: Terrain, terminals: readonly Terminal[]): Promise<boolean> {
  const exhausted = await readBackward(terrain, terminals)
  const silent = terminals.filter((one) => !terrain.links.into(one.node).some((link) => link.from <= one.at + slack))
  const last = silent.map(({ node, at, alerts }) => ({ node, at: Math.max(at, ...alerts.map((alert) => alert.at)) }))
  return (last.length > 0 && (await readBackward(terrain, last))) || exhausted
}

/** A tree before it is told onward, with the runner-up for its root. */
interface Sapling {
  readonly grown: Grown
  readonly instead?: NonNullable<Draft['instead']>
}

/** Trees over one cluster: the best first, then what it left over, until nothing is left (rules S9 to S13). */
export function saplingsOf(terrain: Terrain, terminals: readonly Terminal[]): Sapling[] {
  const closures = terminals.map((terminal) => closureOf(terrain, reachable(terminal, terrain.links)))
  const saplings: Sapling[] = []
  for (let left = closures; left.length > 0;) {
    const rooted = rootedTrees(terrain, left)
    const best = rooted[0]
    if (best === undefined) break
    const taken = new Set(best.grown.reached.keys())
    const second = runnerUp(best, rooted)
    const instead = second === undefined ? {} : { instead: insteadOf(best, second) }
    saplings.push({ grown: climb(terrain, best.grown), ...instead })
    left = left.filter(({ terminal }) => !taken.has(terminal.node))
  }
  return saplings
}

/** The next best root that is another explanation: a way in of its own, or a start on another host. */
function runnerUp(best: Rooted, rooted: readonly Rooted[]): Rooted | undefined {
  const prize = (grown: Grown): number => [...grown.reached.values()].reduce((sum, one) => sum + one.prize, 0)
  return rooted.find(({ grown }) => {
    if (grown.root === best.grown.root || 2 * prize(grown) < prize(best.grown)) return false
    if (![...grown.reached.keys()].some((node) => best.grown.reached.has(node))) return false
    if (grown.gate !== undefined) return true
    return arrivedAt(best.grown, grown.root) === undefined && hostOf(grown.root) !== hostOf(best.grown.root)
  })
}

function insteadOf(best: Rooted, second: Rooted): NonNullable<Draft['instead']> {
  return {
    grown: second.grown,
    worse: best.worth - second.worth,
    onlyHere: missing(best.grown, second.grown),
    onlyThere: missing(second.grown, best.grown),
  }
}

function missing(these: Grown, others: Grown): Link[] {
  const known = new Set([...others.branches.values()].map(({ link }) => link.key))
  const links = [...these.branches.values()].map(({ link }) => link)
  return links.filter((link) => !known.has(link.key)).sort((a, b) => (a.key < b.key ? -1 : 1))
}

/** A tree told onward to what it met (rule S14). */
export function draftOf(terrain: Terrain, { grown, instead }: Sapling, byNode: ReadonlyMap<string, readonly Alert[]>): Draft {
  const closures = metBy(terrain, grown, byNode).map((terminal): Closure => closureOf(terrain, terminal))
  connect(grown, closures, terrain.passage)
  const span = spanOf(grown, byNode)
  const left = leftBy(grown, { from: span.from, outOf: terrain.links.outOf })
  return { grown, ...span, waves: [], left, ...(instead === undefined ? {} : { instead }) }
}
