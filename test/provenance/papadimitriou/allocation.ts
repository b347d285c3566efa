import type { Objects } from './guilt.ts'

/** Uniform numbers 0 <= x < 1 from a seed (mulberry32). */
export function uniform(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Explicit requests: every agent asks for so many random objects of 0..objects-1. */
export function requests(options: {
  readonly agents: number
  readonly objects: number
  readonly each: number
  readonly random: () => number
}): Set<number>[] {
  return Array.from({ length: options.agents }, () => {
    const wanted = new Set<number>()
    while (wanted.size < options.each) wanted.add(Math.floor(options.random() * options.objects))
    return wanted
  })
}

/**
 * Explicit requests with fake objects (algorithm 1): hands out `fakes` objects that exist nowhere else, one at a time.
 * `random`: to an agent at random (e-random); `optimal`: where the sum of relative overlaps falls most (e-optimal).
 */
export function withFakes(options: {
  readonly held: readonly Objects[]
  readonly fakes: number
  readonly select: 'random' | 'optimal'
  readonly random: () => number
}): Objects[] {
  const { held, fakes, select, random } = options
  const given = held.map((objects) => new Set(objects))
  for (let fake = 0; fake < fakes; fake++) {
    const at = select === 'random' ? Math.floor(random() * given.length) : largestGain(given)
    given[at]?.add(-1 - fake)
  }
  return given
}

/** argmax over i of (1/|R_i| - 1/(|R_i| + 1)) * sum over j of |R_i and R_j|. */
function largestGain(given: readonly Objects[]): number {
  const gains = given.map((objects, i) => {
    const overlap = given.reduce(
      (sum, other, j) => (j === i ? sum : sum + [...objects].filter((object) => other.has(object)).length),
      0,
    )
    return (1 / objects.size - 1 / (objects.size + 1)) * overlap
  })
  return gains.indexOf(Math.max(...gains))
}
