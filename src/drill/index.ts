// Generated breaches with sealed truth: writes files, other rooms read them.
export { writeDrill, type DrillOptions } from './write-drill.ts'
export { scoreDrill, type Score, type ScoredAnswer, type ScoreTable } from './score.ts'
export type { Truth } from './truth.ts'
export type { InventRequest, Inventor, LeakField, LeakRecord } from './leaks/fields.ts'
export { drawLeak } from './leaks/leak.ts'
export type { GeneratedFile } from './leaks/table.ts'
export type { Leak, LeakTruth } from './leaks/truth.ts'
export { copyFile, drawWorld, ownFile, type World } from './leaks/world.ts'
