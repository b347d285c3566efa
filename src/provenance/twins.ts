import { sha256 } from '../base/index.ts'
import type { Examined } from './examined.ts'
import type { Hypothesis, Known } from './hypothesis.ts'

/**
 * Copies that hold the same tested rows with the same agreement in every weighed field cannot be told apart by this sample (rule P14):
 * each gets the best log likelihood among them. A copy with history is dated by its days and stands alone.
 */
export function joinTwins(
  hypotheses: readonly Hypothesis[],
  examined: Examined,
): { readonly hypotheses: readonly Hypothesis[]; readonly twins: ReadonlyMap<string, readonly string[]> } {
  const groups = new Map<string, Known[]>()
  for (const one of hypotheses) {
    if (one.kind !== 'copy' || one.linkage.copy.history || one.linkage.links.size === 0) continue
    const mark = signature(one, examined)
    groups.set(mark, [...(groups.get(mark) ?? []), one])
  }
  const twins = new Map<string, string[]>()
  const shared = new Map<string, number>()
  for (const group of groups.values()) {
    const best = Math.max(...group.map((one) => one.log))
    for (const one of group) {
      const { id } = one.linkage.copy
      shared.set(id, best)
      twins.set(
        id,
        group
          .map((other) => other.linkage.copy.id)
          .filter((other) => other !== id)
          .toSorted(),
      )
    }
  }
  return {
    twins,
    hypotheses: hypotheses.map((one) =>
      one.kind === 'copy' ? { ...one, log: shared.get(one.linkage.copy.id) ?? one.log } : one,
    ),
  }
}

function signature(one: Known, examined: Examined): string {
  const tags = one.linkage.tags
    .map((tag, bit) => ({ tag, bit }))
    .filter(({ tag }) => examined.cells.has(tag))
    .toSorted((a, b) => (a.tag < b.tag ? -1 : 1))
  const rows = one.fit.rows.map((row) =>
    row === undefined
      ? '-'
      : tags.map(({ tag, bit }) => `${tag}${(row.link.compared >>> bit) & 1}${(row.link.equal >>> bit) & 1}`).join(','),
  )
  return sha256(rows.join('\n'))
}
