import type { Verdict } from '../provenance/index.ts'

/** The cap of every likelihood ratio that is given (rule P10 of `provenance`), as log10. */
const cap = 6

/** `3.4`, `-2.0`, `at least 6`, `at most -6`: log10 of a likelihood ratio, with its cap said. */
export function ratioText(log10LR: number): string {
  if (log10LR >= cap) return `at least ${cap}`
  return log10LR <= -cap ? `at most -${cap}` : log10LR.toFixed(1)
}

/**
 * The likelihood ratio as an expert reports it, in one sentence: the words of the ENFSI scale, which of the two propositions they
 * support, and both propositions in full. It is no probability of either.
 */
export function propositionsText({ first, second, log10LR, words }: NonNullable<Verdict['propositions']>): string {
  const [likelier, other, size] = log10LR >= 0 ? [first, second, log10LR] : [second, first, -log10LR]
  if (words.startsWith('no support'))
    return `The figures give no support for one of these two propositions over the other (log10 LR ${ratioText(log10LR)}): that ${first}; that ${second}.`
  return `The figures give ${words} (log10 LR ${ratioText(size)}, ENFSI scale) for the proposition that ${likelier}, over the proposition that ${other}.`
}

/** The posterior of what the verdict says, as a fraction of 1: of copies that cannot be told apart together; undefined when nothing is established. */
export function posteriorOf(verdict: Verdict): number | undefined {
  const [first] = verdict.sources
  const leak = verdict.knownLeaks[0]?.posterior ?? 0
  switch (verdict.verdict) {
    case 'agrees-with-copy':
      return first?.posterior
    case 'copies-not-separable': {
      const group = new Set([first?.copy, ...(first?.alsoHeldBy ?? [])])
      return Math.min(
        1,
        verdict.sources.filter((one) => group.has(one.copy)).reduce((sum, one) => sum + one.posterior, 0),
      )
    }
    case 'mixed':
      return Math.max(first?.posterior ?? 0, verdict.unknownCopy, leak)
    case 'unknown-copy':
      return verdict.unknownCopy
    case 'recycled':
      return leak
    case 'fabricated':
    case 'login-list':
      return verdict.fabricated
    case 'not-established':
      return undefined
  }
}

/** `2026-03-31 (95 %: 2026-03-30 to 2026-04-02)`: the day whose values the rows have; undefined when nothing dates them. */
export function asOfText(verdict: Verdict): string | undefined {
  const asOf = verdict.sources.find((one) => one.asOf !== undefined)?.asOf
  return asOf === undefined ? undefined : `${asOf.day} (95 %: ${asOf.from} to ${asOf.to})`
}
