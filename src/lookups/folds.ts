import type { Candidate, Routing } from './reader-graph.ts'

/**
 * The fold of each candidate (rule R4), by facts that do not hang on the key of the tokens: the record of the first tested read, or the reads themselves where
 * there is none. Those that are alike in these take the folds in turn.
 */
export function foldsOf(candidates: readonly Candidate[], routing: Routing, folds: number): readonly number[] {
  const met = new Map<number, number>()
  return candidates.map((one) => {
    const facts = factsOf(one, routing)
    const before = met.get(facts) ?? 0
    met.set(facts, before + 1)
    return (facts + before) % folds
  })
}

/** 53 bits of a hash. */
function factsOf(one: Candidate, routing: Routing): number {
  const hash = mixer()
  if (one.place !== undefined) for (let at = 0; at < one.place.length; at += 1) hash.add(one.place.charCodeAt(at))
  else {
    for (const [account, day] of one.reads) {
      hash.add(routing.numberOf.get(account) ?? -1)
      hash.add(day)
    }
    for (const day of one.explained) hash.add(-day)
    hash.add(one.x)
  }
  return hash.value()
}

function mixer(): { readonly add: (value: number) => void; readonly value: () => number } {
  let [one, other] = [0x9e3779b9, 0x85ebca6b]
  const add = (value: number): void => {
    one = Math.imul(one ^ value, 0x85ebca6b)
    one = Math.imul(one ^ (one >>> 13), 0xc2b2ae35)
    one ^= one >>> 16
    other = Math.imul(other ^ value, 0xcc9e2d51)
    other = Math.imul((other << 15) | (other >>> 17), 0x1b873593)
    other ^= other >>> 14
  }
  return { add, value: () => (one >>> 0) * 0x20_0000 + ((other >>> 0) & 0x1f_ffff) }
}
