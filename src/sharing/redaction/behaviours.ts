import type { Story } from '../../intrusion/index.ts'
import type { SharedBehaviour, SharedTechnique } from './share-view.ts'
import { dataTechniques, telecomNames } from './telecom-techniques.ts'
import { tacticOf, type ReachedKind } from './words.ts'

const mostShared = 200

/**
 * The steps of a story as behaviours, and which behaviour a step became. Steps of one tactic on one host within the hour are one.
 * Collecting on a store of data carries what FiGHT and MoTIF call reaching data of that kind.
 */
export function sharedBehaviours(
  story: Story,
  { names, reached }: { readonly names: ReadonlyMap<string, string>; readonly reached: readonly ReachedKind[] },
): { readonly shared: readonly SharedBehaviour[]; readonly numbersOf: (steps: readonly number[]) => number[] } {
  const shared: (Omit<SharedBehaviour, 'techniques'> & { readonly techniques: Map<string, SharedTechnique> })[] = []
  const became = new Map<number, number>()
  const hosts = new Map<string, number>()
  const known = new Map<string, number>()
  const stores = new Set(story.reached.flatMap(({ data }) => ((data?.categories.length ?? 0) > 0 ? [data?.host ?? ''] : [])))
  for (const [at, step] of story.steps.entries()) {
    const tactic = tacticOf(step.tactic)
    if (tactic === undefined || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(step.time)) continue
    const host = hosts.get(step.host) ?? hosts.size + 1
    hosts.set(step.host, host)
    const key = `${host} ${step.time.slice(0, 13)} ${tactic}`
    let n = known.get(key)
    if (n === undefined) {
      if (shared.length >= mostShared) continue
      n = shared.length + 1
      const role = story.initialAccess?.where === step.host ? 'way in' : stores.has(step.host) ? 'data store' : 'inner host'
      shared.push({ n, at: `${step.time.slice(0, 16)}:00.000Z`, host, role, tactic, techniques: new Map() })
      known.set(key, n)
    }
    became.set(at + 1, n)
    const one = shared[n - 1]
    const ofData = one?.role === 'data store' && tactic === 'collection' ? dataTechniques(reached.map((each) => each.data)) : []
    for (const technique of [...step.techniques.flatMap((id) => techniqueOf(id, names)), ...ofData])
      one?.techniques.set(technique.id, technique)
  }
  const numbersOf = (steps: readonly number[]): number[] =>
    [...new Set(steps.flatMap((step) => became.get(step) ?? []))].sort((a, b) => a - b)
  const order = ['attack', 'fight', 'motif']
  const sorted = shared.map((one) => ({
    ...one,
    techniques: [...one.techniques.values()].sort(
      (a, b) => order.indexOf(a.scheme) - order.indexOf(b.scheme) || (a.id < b.id ? -1 : 1),
    ),
  }))
  return { shared: sorted, numbersOf }
}

function techniqueOf(id: string, names: ReadonlyMap<string, string>): SharedTechnique[] {
  const name = /^T\d{4}(?:\.\d{3})?$/.test(id) ? names.get(id) : undefined
  return name === undefined ? [] : [{ scheme: 'attack', id, name }, ...telecomNames(id)]
}
