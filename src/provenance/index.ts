export type { SourceAnswer, Verdict } from './verdict.ts'
