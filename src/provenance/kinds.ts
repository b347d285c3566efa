import { isBeside, isTwo, type Hypothesis } from './hypothesis.ts'
import { model } from './model.ts'
import type { Verdict } from './verdict.ts'

/**
 * Real, recycled, fabricated, mixed or a list of logins (rule P15): copies and unknown copy split into real and mixed, leaks into recycled
 * and mixed; two copies merged are mixed. A list of logins carries passwords or login pages; a table of subscribers does not.
 */
export function kindsOf(options: {
  readonly hypotheses: readonly Hypothesis[]
  readonly weightOf: ReadonlyMap<Hypothesis, number>
  readonly fabricated: number
  readonly logins: boolean
}): Verdict['kind'] {
  const { hypotheses, weightOf, fabricated } = options
  let mixed = 0
  let recycled = 0
  let real = 0
  for (const one of hypotheses) {
    const weight = weightOf.get(one) ?? 0
    if (one.kind === 'fabricated') continue
    const share = isTwo(one) || isBeside(one) ? 1 : (one.mixture?.mixed ?? 0)
    mixed += weight * share
    if (one.kind === 'leak') recycled += weight * (1 - share)
    else real += weight * (1 - share)
  }
  const combo = options.logins ? Math.min(fabricated, model.loginList) : 0
  return { real, recycled, fabricated: fabricated - combo, mixed, combo }
}
