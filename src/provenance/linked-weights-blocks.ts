import type { Level, PatternCount } from './fellegi-sunter.ts'
import type { Comparison } from './linked-weights-levels.ts'

/** What two records must share to be compared at all: of each named field the whole value, its month, or one of its parts. */
export type Block = readonly { readonly field: number; readonly by: 'whole' | 'month' | 'part' }[]

/** Records of the copy that a sample row may meet on average in one block, and blocks. */
const widest = 300
const wanted = 30
const mostBlocks = 8
/** The most telling parts of fields, from which blocks are made. */
const mostAtoms = 24
/** Trials of how records differ, and the share of them that the blocks are to catch. */
const trials = 400
const enough = 0.999

/**
 * Blocks that together miss few true pairs and are narrow: chosen greedily against trials in which fields are missing or differ, from all
 * combinations of up to three fields. Every field stays out of at least one block where that is possible, so that its m can be learnt.
 */
export function chooseBlocks(options: {
  readonly comparisons: readonly Comparison[]
  readonly random: readonly PatternCount[]
  readonly records: number
}): readonly Block[] {
  const { comparisons, random, records } = options
  const candidates = combinations(atomsOf(comparisons, random))
    .map((block) => ({
      block,
      width: records * block.reduce((product, { field, by }) => product * coincidence(random, field, by), 1),
    }))
    .filter(({ width }) => width <= widest)
  const patterns = trialPatterns(comparisons, random)
  let missed = patterns
  const chosen: Block[] = []
  const left = new Set(candidates)
  while (chosen.length < mostBlocks && missed.length > patterns.length * (1 - enough)) {
    let best: (typeof candidates)[number] | undefined
    let most = 0
    for (const candidate of left) {
      const worth =
        missed.filter((levels) => catches(candidate.block, levels, comparisons)).length * Math.min(1, wanted / candidate.width)
      if (worth > most) [best, most] = [candidate, worth]
    }
    if (best === undefined || most < 1) break
    left.delete(best)
    chosen.push(best.block)
    const { block } = best
    missed = missed.filter((levels) => !catches(block, levels, comparisons))
  }
  for (const field of comparisons.keys()) {
    if (chosen.some((block) => block.every((part) => part.field !== field))) continue
    const other = [...left]
      .filter(({ block }) => block.every((part) => part.field !== field))
      .toSorted((a, b) => Math.max(a.width, wanted) - Math.max(b.width, wanted) || a.block.length - b.block.length)[0]
    if (other !== undefined) chosen.push(other.block)
  }
  return chosen
}

function atomsOf(comparisons: readonly Comparison[], random: readonly PatternCount[]): Block {
  const ways = (kind: Comparison['kind']): readonly Block[number]['by'][] => {
    if (kind === 'date') return ['whole', 'month', 'part']
    return kind === 'name' || kind === 'place' ? ['whole', 'part'] : ['whole']
  }
  return comparisons
    .flatMap(({ kind }, field) => ways(kind).map((by) => ({ field, by, shared: coincidence(random, field, by) })))
    .toSorted((a, b) => a.shared - b.shared)
    .slice(0, mostAtoms)
    .map(({ field, by }) => ({ field, by }))
}

/** All combinations of one to three parts of different fields. */
function combinations(atoms: Block): readonly Block[] {
  const all: Block[] = []
  const grow = (block: Block, from: number): void => {
    for (const [at, atom] of atoms.entries()) {
      if (at < from || block.some((part) => part.field === atom.field)) continue
      all.push([...block, atom])
      if (block.length < 2) grow([...block, atom], at + 1)
    }
  }
  grow([], 0)
  return all
}

/** How often strangers share it. */
function coincidence(random: readonly PatternCount[], field: number, by: Block[number]['by']): number {
  const least = { whole: 4, month: 3, part: 2 }[by]
  let shared = 0.5
  let total = 1
  for (const { levels, count } of random) {
    total += count
    if ((levels[field] ?? 0) >= least) shared += count
  }
  return shared / total
}

function catches(block: Block, levels: readonly Level[], comparisons: readonly Comparison[]): boolean {
  return block.every(({ field, by }) => {
    const level = levels[field] ?? 0
    // "Nearly equal" words share a word; a nearly equal date shares the month.
    if (by === 'whole') return level === 4
    return comparisons[field]?.kind === 'date' && by === 'month' ? level >= 3 : level >= 2
  })
}

/** How true pairs might differ: values missing as often as in the data, one field in five not equal. */
function trialPatterns(comparisons: readonly Comparison[], random: readonly PatternCount[]): readonly (readonly Level[])[] {
  const total = random.reduce((sum, one) => sum + one.count, 0)
  const missing = comparisons.map(
    (_, field) => random.reduce((sum, one) => sum + (one.levels[field] === 0 ? one.count : 0), 0) / Math.max(1, total),
  )
  let state = 0x2545f491
  const next = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return state / 2 ** 32
  }
  return Array.from({ length: trials }, () =>
    comparisons.map(({ kind }, field): Level => {
      const [lack, level] = [next(), next()]
      if (lack < (missing[field] ?? 0)) return 0
      if (level < 0.8) return 4
      const partial = kind === 'name' || kind === 'place' || kind === 'date'
      return partial && level < 0.93 ? (level < 0.88 ? 3 : 2) : 1
    }),
  )
}
