// Generated breaches with sealed truth: writes files, other rooms read them.
export { writeDrill, type DrillOptions } from './write-drill.ts'
export { scoreDrill, type Score, type ScoredAnswer, type ScoreTable } from './score.ts'
export type { Truth } from './truth.ts'
