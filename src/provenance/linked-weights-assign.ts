/** A sample row and a person it may be. Several versions of a person give several candidates. */
export interface Candidate {
  readonly n: number
  readonly person: string
  /** log2 of the likelihood ratio. */
  readonly bits: number
}

export interface Assigned extends Candidate {
  readonly probability: number
}

/** Rounds in which the share of rows that the copy holds is estimated. */
const rounds = 20

/**
 * One person to each row and one row to each person, the most probable first. P(row is person j) = o_j / (1 + sum of o over all persons),
 * o = share / (1 - share) / persons * 2^bits, where `share` (of rows that the copy holds) is estimated from the rows themselves. Rows that say the
 * same are the same row. `rows`: their contents by number.
 */
export function assign(options: {
  readonly candidates: readonly Candidate[]
  readonly rows: ReadonlyMap<number, string>
  readonly persons: number
  readonly least: number
}): readonly Assigned[] {
  const { candidates, rows, persons, least } = options
  const contents = new Set(rows.values())
  const best = new Map<string, Map<string, number>>()
  for (const { n, person, bits } of candidates) {
    const content = rows.get(n) ?? ''
    const known = best.get(content) ?? new Map<string, number>()
    known.set(person, Math.max(known.get(person) ?? Number.NEGATIVE_INFINITY, bits))
    best.set(content, known)
  }
  // In the order of the contents, so that sums do not depend on the order of the rows.
  const lists = [...best].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([content, list]) => ({ content, list: sorted(list) }))
  let share = 0.5
  for (let round = 0; round < rounds; round += 1) {
    let inside = 0
    for (const { list } of lists) inside += held(list, share, persons)
    share = Math.min(0.99, Math.max(0.001, (inside + 1) / (contents.size + 2)))
  }
  const edges = lists.flatMap(({ content, list }) => {
    const none = 1 - held(list, share, persons)
    return list.map(({ person, bits }) => ({ content, person, bits, probability: none * oddsOf(bits, share, persons) }))
  })
  const taken = new Set<string>()
  const given = new Map<string, (typeof edges)[number]>()
  const order = edges
    .filter((edge) => edge.probability >= least)
    .toSorted(
      (a, b) =>
        b.probability - a.probability || b.bits - a.bits || compared(a.content, b.content) || compared(a.person, b.person),
    )
  for (const edge of order) {
    if (taken.has(edge.person) || given.has(edge.content)) continue
    taken.add(edge.person)
    given.set(edge.content, edge)
  }
  return [...rows].flatMap(([n, content]): Assigned[] => {
    const edge = given.get(content)
    return edge === undefined ? [] : [{ n, person: edge.person, bits: edge.bits, probability: edge.probability }]
  })
}

function sorted(list: ReadonlyMap<string, number>): readonly { readonly person: string; readonly bits: number }[] {
  return [...list].map(([person, bits]) => ({ person, bits })).toSorted((a, b) => b.bits - a.bits || compared(a.person, b.person))
}

function oddsOf(bits: number, share: number, persons: number): number {
  return (share / (1 - share) / persons) * 2 ** Math.min(bits, 900)
}

/** P(the row is one of these persons). */
function held(list: readonly { readonly bits: number }[], share: number, persons: number): number {
  const sum = list.reduce((total, { bits }) => total + oddsOf(bits, share, persons), 0)
  return sum / (1 + sum)
}

function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
