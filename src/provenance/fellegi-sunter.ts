/**
 * Probabilistic record linkage after Fellegi and Sunter ("A theory for record linkage", JASA 64, 1969): a pair of records is judged by how
 * far each of its fields agrees. m = share of true pairs with a level of agreement, u = share of strangers with it; the weight of a pair
 * is the sum of log2(m/u). m comes from the EM algorithm over counts of agreement patterns (Winkler, Census Bureau RR2000/05), each block of
 * pairs teaching only the fields it was not made by; u from random pairs. Fields that agree together among strangers (city, state, postcode)
 * count as one, with the joint u of their levels.
 */

/** How far a field agrees: 0 = a value is missing, 1 = differs, 2 = something in common, 3 = nearly equal, 4 = equal. */
export type Level = 0 | 1 | 2 | 3 | 4

/** How many pairs of records agree in this way, one level per compared field. */
export interface PatternCount {
  readonly levels: readonly Level[]
  readonly count: number
}

/** Pairs of one block: what they were blocked on is not learnt from them. */
export interface BlockCounts {
  readonly blocked: readonly number[]
  readonly patterns: readonly PatternCount[]
}

export interface AgreementModel {
  /** Weight of a pattern in bits, before value frequencies are looked at. */
  bits(levels: readonly Level[]): number
  /** The equal fields whose values' own frequencies count: of fields that go together the most telling one. */
  telling(levels: readonly Level[]): readonly number[]
  /** By field and level: share of true pairs, share of strangers. Levels are told among pairs that have both values. */
  readonly m: readonly (readonly number[])[]
  readonly u: readonly (readonly number[])[]
}

/** What is taken for granted about true pairs (by level), and how many pairs that is worth. */
const usual: readonly number[] = [0, 0.04, 0.03, 0.05, 0.88]
const usualWorth = 12
/** Two fields go together when strangers agree in both this many times as often as by chance. */
const together = 2
/** Fewer pairs of strangers than this do not show how often a pattern occurs. */
const fewest = 3
const rounds = 60

/**
 * Fits the model. `random`: pairs drawn at random, of which one in `records` is a true pair. `equalByChance`: u of "equal" by field from the
 * value frequencies, which is exacter than the pairs drawn; undefined = from the pairs.
 */
export function fitAgreement(options: {
  readonly fields: number
  readonly random: readonly PatternCount[]
  readonly blocks: readonly BlockCounts[]
  readonly equalByChance: readonly (number | undefined)[]
  readonly records: number
}): AgreementModel {
  const { fields, random, blocks, equalByChance, records } = options
  // True pairs among the random ones would make agreement look common, and all fields of a small copy go together: they are taken out,
  // first as if every field stood for itself, then by what was learnt.
  const without = (bits: (levels: readonly Level[]) => number): readonly PatternCount[] =>
    random.map(({ levels, count }) => ({ levels, count: count * (1 - probability(bits(levels), 1 / records)) }))
  let strangers = without(bitsAlone(usualM(fields), random, equalByChance))
  let model = withM(usualM(fields), strangers, equalByChance)
  for (let round = 0; round < 2; round += 1) {
    model = withM(maximise(blocks, model, fields), strangers, equalByChance)
    strangers = without(model.bits)
  }
  return withM(model.m, strangers, equalByChance)
}

/** P(true pair) from a weight in bits and the prior probability of a pair. */
function probability(bits: number, prior: number): number {
  const odds = (prior / (1 - Math.min(prior, 0.999_999))) * 2 ** Math.min(bits, 200)
  return odds / (1 + odds)
}

function usualM(fields: number): number[][] {
  return Array.from({ length: fields }, () => [...usual])
}

/** EM: in every block the share of true pairs and the m of the fields it was not made by; expected counts of all blocks together give m. */
function maximise(blocks: readonly BlockCounts[], model: AgreementModel, fields: number): number[][] {
  const sums = Array.from({ length: fields }, () => usual.map((share) => share * usualWorth))
  for (const { blocked, patterns } of blocks) {
    const free = patterns.map(({ levels, count }) => ({
      levels: levels.map((level, at): Level => (blocked.includes(at) ? 0 : level)),
      count,
    }))
    const total = free.reduce((sum, one) => sum + one.count, 0)
    if (total === 0) continue
    // log2 u of the free fields does not change in EM; the weight under the first m gives it.
    const unlike = free.map(({ levels }) => logM(model.m, levels) - model.bits(levels))
    let m: readonly (readonly number[])[] = usualM(fields)
    let share = 0.1
    let expected = free.map(() => 0)
    for (let round = 0; round < rounds; round += 1) {
      expected = free.map(({ levels, count }, at) => count * probability(logM(m, levels) - (unlike[at] ?? 0), share))
      const matched = expected.reduce((sum, one) => sum + one, 0)
      share = Math.min(0.99, Math.max(1e-6, matched / total))
      m = learnt(free, expected, fields)
    }
    for (const [at, { levels }] of free.entries()) {
      for (const [field, level] of levels.entries()) if (level > 0) add(sums, field, level, expected[at] ?? 0)
    }
  }
  return sums.map(shares)
}

function learnt(patterns: readonly PatternCount[], expected: readonly number[], fields: number): number[][] {
  const sums = Array.from({ length: fields }, () => usual.map((share) => share * usualWorth))
  for (const [at, { levels }] of patterns.entries()) {
    for (const [field, level] of levels.entries()) if (level > 0) add(sums, field, level, expected[at] ?? 0)
  }
  return sums.map(shares)
}

function add(sums: number[][], field: number, level: Level, count: number): void {
  const row = sums[field]
  if (row !== undefined) row[level] = (row[level] ?? 0) + count
}

function shares(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, one) => sum + one, 0)
  return counts.map((one) => one / total)
}

function logM(m: readonly (readonly number[])[], levels: readonly Level[]): number {
  let sum = 0
  for (const [field, level] of levels.entries()) if (level > 0) sum += Math.log2(m[field]?.[level] ?? 1)
  return sum
}

function withM(
  m: readonly (readonly number[])[],
  strangers: readonly PatternCount[],
  equalByChance: readonly (number | undefined)[],
): AgreementModel {
  const u = m.map((_, field) => chanceOf(strangers, field, equalByChance[field]))
  const groups = groupsOf(strangers, u)
  const joint = jointChance(strangers, u)
  const perGroup = (levels: readonly Level[]): readonly number[][] =>
    groups.map((group) => group.filter((field) => (levels[field] ?? 0) > 0)).filter((present) => present.length > 0)
  return {
    m,
    u,
    bits: (levels) => perGroup(levels).reduce((sum, present) => sum - Math.log2(joint(present, levels)), logM(m, levels)),
    telling: (levels) =>
      perGroup(levels).flatMap((present) => {
        const equal = present.filter((field) => levels[field] === 4)
        return equal.toSorted((a, b) => (u[a]?.[4] ?? 1) - (u[b]?.[4] ?? 1)).slice(0, 1)
      }),
  }
}

/** The weight of a pattern as if no fields went together. */
function bitsAlone(
  m: readonly (readonly number[])[],
  strangers: readonly PatternCount[],
  equalByChance: readonly (number | undefined)[],
): (levels: readonly Level[]) => number {
  const u = m.map((_, field) => chanceOf(strangers, field, equalByChance[field]))
  return (levels) =>
    levels.reduce((sum: number, level, field) => (level > 0 ? sum - Math.log2(u[field]?.[level] ?? 1) : sum), logM(m, levels))
}

/** u of one field by level, among pairs that have both values. */
function chanceOf(strangers: readonly PatternCount[], field: number, equal: number | undefined): number[] {
  const counts = [0, 0.5, 0.5, 0.5, 0.5]
  for (const { levels, count } of strangers) {
    const level = levels[field] ?? 0
    if (level > 0) counts[level] = (counts[level] ?? 0) + count
  }
  const plain = shares(counts)
  if (equal === undefined) return plain
  const rest = (1 - equal) / (1 - (plain[4] ?? 0))
  return plain.map((share, level) => (level === 4 ? equal : share * rest))
}

/** Fields that agree together among strangers, as groups; a field on its own is a group of one. */
function groupsOf(strangers: readonly PatternCount[], u: readonly (readonly number[])[]): readonly number[][] {
  const group = u.map((_, field) => field)
  for (let a = 0; a < u.length; a += 1) {
    for (let b = a + 1; b < u.length; b += 1) {
      let both = 0
      let total = 0
      let ofA = 0
      let ofB = 0
      for (const { levels, count } of strangers) {
        const [left = 0, right = 0] = [levels[a], levels[b]]
        if (left === 0 || right === 0) continue
        total += count
        if (left > 1) ofA += count
        if (right > 1) ofB += count
        if (left > 1 && right > 1) both += count
      }
      const byChance = total === 0 ? 0 : (ofA * ofB) / total
      if (both < 10 || both < together * byChance) continue
      const [from, to] = [group[b], group[a]]
      for (const [field, of] of group.entries()) if (of === from && to !== undefined) group[field] = to
    }
  }
  return [...Map.groupBy(group.keys(), (field) => group[field])].map(([, members]) => members)
}

/**
 * u of several fields having their levels together. Where random pairs are too few to show it, the level that is rarest by itself:
 * as if the others followed from it, which errs on the side of the stranger.
 */
function jointChance(
  strangers: readonly PatternCount[],
  u: readonly (readonly number[])[],
): (fields: readonly number[], levels: readonly Level[]) => number {
  const known = new Map<string, number>()
  return (fields, levels) => {
    const rarest = fields.reduce((least, field) => Math.min(least, u[field]?.[levels[field] ?? 0] ?? 1), 1)
    if (fields.length === 1) return rarest
    const name = fields.map((field) => `${field}.${levels[field]}`).join(' ')
    const cached = known.get(name)
    if (cached !== undefined) return cached
    let total = 0
    let alike = 0
    for (const pattern of strangers) {
      if (!fields.every((field) => (pattern.levels[field] ?? 0) > 0)) continue
      total += pattern.count
      if (fields.every((field) => pattern.levels[field] === levels[field])) alike += pattern.count
    }
    const chance = rarest * total < fewest ? rarest : Math.min(rarest, Math.max(alike, 0.5) / total)
    known.set(name, chance)
    return chance
  }
}
