import type { Terrain } from './backward.ts'
import { bit, hubCost } from './cost.ts'
import { gateOf, type Gate } from './entries.ts'
import { queue } from './heap.ts'
import type { Link } from './links.ts'
import type { Terminal } from './terminals.ts'
import { admit, sooner, stepBack, type State } from './walk.ts'

/** All ways that end at one terminal, by the node they start from; the ways in met among them. */
export interface Closure {
  readonly terminal: Terminal
  readonly ways: ReadonlyMap<string, readonly State[]>
  readonly gates: ReadonlyMap<string, { readonly gate: Gate; readonly link: Link }>
}

/** States of one terminal: beyond these its ways cost more than they tell. */
const statesEach = 4_000

/** Cheapest ways to a terminal over the links at hand, backward in time (rule S9). */
export function closureOf(terrain: Terrain, terminal: Terminal): Closure {
  const { links, passage, roles, budget } = terrain
  const ceiling = budget.ceiling * bit
  const ways = new Map<string, State[]>()
  const gates = new Map<string, { readonly gate: Gate; readonly link: Link }>()
  const waiting = queue(sooner)
  const start: State = { node: terminal.node, cost: 0, bound: terminal.at, mode: 'free' }
  admit(ways, start)
  waiting.push(start)
  for (let looked = 0; looked < statesEach;) {
    const state = waiting.pop()
    if (state === undefined) break
    if (!(ways.get(state.node) ?? []).includes(state)) continue
    looked += 1
    const through = state.next === undefined ? 0 : hubCost(passage.degree(state.node))
    for (const link of links.into(state.node)) {
      const before = stepBack(state, link, { passage, ceiling, through })
      if (before === undefined || !admit(ways, before)) continue
      const gate = gateOf(link, { roles, links })
      if (gate === undefined) waiting.push(before)
      else if (!gates.has(before.node)) gates.set(before.node, { gate, link })
    }
  }
  return { terminal, ways, gates }
}
