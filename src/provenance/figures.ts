import type { Verdict } from './verdict.ts'

/**
 * A verdict with its probabilities given to 12 decimals and its ratios to 9: sums of floating-point numbers depend on the order of the rows' tokens,
 * and so on the key of the workspace, behind that (rule P10).
 */
export function settledFigures(verdict: Verdict): Verdict {
  return {
    ...verdict,
    kind: {
      real: at(verdict.kind.real, 12),
      recycled: at(verdict.kind.recycled, 12),
      fabricated: at(verdict.kind.fabricated, 12),
      mixed: at(verdict.kind.mixed, 12),
      combo: at(verdict.kind.combo, 12),
    },
    sources: verdict.sources.map((one) => ({ ...one, posterior: at(one.posterior, 12), log10LR: at(one.log10LR, 9) })),
    unknownCopy: at(verdict.unknownCopy, 12),
    knownLeaks: verdict.knownLeaks.map((one) => ({ ...one, posterior: at(one.posterior, 12) })),
    fabricated: at(verdict.fabricated, 12),
    ...(verdict.merged === undefined
      ? {}
      : { merged: { ...verdict.merged, shares: [at(verdict.merged.shares[0], 9), at(verdict.merged.shares[1], 9)] as const } }),
    ...(verdict.propositions === undefined
      ? {}
      : { propositions: { ...verdict.propositions, log10LR: at(verdict.propositions.log10LR, 9) } }),
  }
}

/** Rounded; never -0. */
function at(value: number, decimals: number): number {
  return Number(value.toFixed(decimals)) + 0
}
