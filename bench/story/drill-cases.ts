import { intrusionNames, type ScenarioOptions } from '../../src/drill/index.ts'

/** A generated estate to be told: a scenario under some conditions. */
export interface DrillCase {
  readonly scenario: (typeof intrusionNames)[number] | 'benign'
  readonly variant: 'plain' | 'no Sysmon' | '30 % dropped' | 'silent host' | 'second attacker'
  readonly seed: number
  readonly options: ScenarioOptions
}

const conditions: readonly (readonly [DrillCase['variant'], ScenarioOptions])[] = [
  ['plain', {}],
  ['no Sysmon', { sysmon: false }],
  ['30 % dropped', { drop: 0.3 }],
  ['silent host', { silentHost: true }],
]

/** All scenarios under all conditions, for so many seeds from the first on; ordinary work knows no silent host and no second attacker. */
export function drillCases(first: number, seeds: number): readonly DrillCase[] {
  const all: DrillCase[] = []
  for (let seed = first; seed < first + seeds; seed += 1)
    for (const [at, scenario] of [...intrusionNames, 'benign' as const].entries()) {
      for (const [variant, options] of conditions)
        if (scenario !== 'benign' || variant !== 'silent host') all.push({ scenario, variant, seed, options })
      if (scenario === 'benign') continue
      const second = intrusionNames[(at + 1 + (seed % (intrusionNames.length - 1))) % intrusionNames.length]
      if (second !== undefined) all.push({ scenario, variant: 'second attacker', seed, options: { second } })
    }
  return all
}
