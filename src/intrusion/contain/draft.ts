import type { Cite } from '../../evidence/index.ts'
import type { ContainmentStep, Phase, Removed } from './containment.ts'

/** A step of the plan before it has its number; `key` names it for those that must come after it. */
export interface Draft {
  readonly key: string
  readonly phase: Phase
  readonly text: string
  readonly removes?: Removed
  readonly rests?: ContainmentStep['rests']
  readonly steps: readonly number[]
  readonly after?: readonly string[]
  readonly cites: readonly Cite[]
}

const phases: readonly Phase[] = ['prepare', 'preserve', 'cut', 'reset', 'rebuild']

/** Numbers drafts by phase, within a phase in the order given; says of what rests on suspicion that it does. */
export function numbered(drafts: readonly Draft[]): ContainmentStep[] {
  const ordered = phases.flatMap((phase) => drafts.filter((one) => one.phase === phase))
  const numbers = new Map(ordered.map((one, at) => [one.key, at + 1]))
  return ordered.map(({ key, text, rests = 'shown', after = [], steps, ...rest }) => ({
    ...rest,
    n: numbers.get(key) ?? 0,
    text:
      rests === 'suspected' ? `${text} This rests on suspicion only${rest.phase === 'cut' ? ': confirm it first' : ''}.` : text,
    rests,
    steps: [...new Set(steps)].sort((a, b) => a - b).slice(0, 30),
    after: after.flatMap((one) => numbers.get(one) ?? []).sort((a, b) => a - b),
  }))
}
