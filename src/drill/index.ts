// Generated breaches with sealed truth: writes files, other rooms read them.
export { writeDrill, type DrillOptions } from './write-drill.ts'
export { scoreDrill, type Score, type ScoredAnswer, type ScoreTable } from './score.ts'
export type { Truth } from './truth.ts'
export type { InventRequest, Inventor, LeakField, LeakRecord } from './leaks/fields.ts'
export { drawLeak } from './leaks/leak.ts'
export type { GeneratedFile } from './leaks/table.ts'
export type { Leak, LeakTruth } from './leaks/truth.ts'
export { copyFile, drawWorld, ownFile, type World } from './leaks/world.ts'
export { intrusionNames, scenarioNames, type ScenarioOptions } from './scenarios/scenario.ts'
export type { AttackTruth, ScenarioTruth } from './scenarios/scenario-truth.ts'
export { scoreScenario } from './scenarios/score-scenario.ts'
export { writeScenario } from './scenarios/write-scenario.ts'
export {
  generateReads,
  ordinaryReadLog,
  type GeneratedRead,
  type GeneratedReason,
  type ReadLogOptions,
  type ReadLogTruth,
} from './lookups/read-log.ts'
export { Random } from './random.ts'
