// Detection rules in the Sigma language: reading, planning, matching in memory, explaining.
export { attackOf, type Attack } from './attack.ts'
export { detectionOf, type Detection } from './detection.ts'
export { explain, type Explanation } from './explain.ts'
export { loadRules, type RuleFile } from './load.ts'
export type { Plan, Test } from './plan.ts'
export { compile, type RuleSet } from './rule-set.ts'
export type { Level, LogSource, NotLoaded, Rule } from './rule.ts'
export type { Placeholders } from './values.ts'
