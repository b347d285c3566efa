import type { Known } from './hypothesis.ts'
import type { Linkage } from './linkage.ts'

/**
 * Pairs of registered copies that may have been put together (rule P18): the likeliest copy, and the likeliest extract, with those that explain
 * rows it does not; and the copies that get the most rows when all are tried at once, two by two. At most six pairs.
 */
export function mergedPairs(
  known: readonly Known[],
  composition: readonly { readonly linkage: Linkage; readonly share: number }[],
): readonly (readonly [Known, Known])[] {
  const copies = known.filter((one) => one.kind === 'copy').toSorted((a, b) => b.log - a.log || idOrder(a, b))
  const [first] = copies
  if (first === undefined) return []
  const shared = composition.filter((one) => one.share >= 0.02).slice(0, 3)
  const likely = shared.flatMap((one) => copies.filter((copy) => copy.linkage === one.linkage))
  const pairs: (readonly [Known, Known])[] = []
  const add = (a: Known, b: Known): void => {
    if (a !== b && !pairs.some(([x, y]) => (x === a && y === b) || (x === b && y === a))) pairs.push([a, b])
  }
  for (const [at, one] of likely.entries()) for (const other of likely.slice(at + 1)) add(one, other)
  for (const one of [first, copies.find((copy) => !copy.linkage.copy.history)]) {
    if (one === undefined) continue
    for (const other of gaining(
      one,
      copies.filter((copy) => copy !== one),
    ).slice(0, 2))
      add(one, other)
  }
  return pairs.slice(0, 6)
}

/** Copies that explain at least three rows better than the first does, those that gain most first. */
function gaining(first: Known, others: readonly Known[]): readonly Known[] {
  return others
    .map((other) => {
      let rows = 0
      let gain = 0
      for (const [at, row] of other.fit.rows.entries()) {
        const here = first.fit.rows[at]
        if (row === undefined) continue
        const more = here === undefined ? notHeld : here.different - row.different
        if (more <= 0) continue
        rows += 1
        gain += more
      }
      return { other, rows, gain }
    })
    .filter((one) => one.rows >= 3)
    .toSorted((a, b) => b.gain - a.gain || idOrder(a.other, b.other))
    .map((one) => one.other)
}

/** A row that a copy does not hold counts like so many differing cells. */
const notHeld = 4

function idOrder(a: Known, b: Known): number {
  return a.linkage.copy.id < b.linkage.copy.id ? -1 : 1
}
