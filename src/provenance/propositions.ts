import { enfsiWords } from './enfsi.ts'
import type { Propositions } from './verdict.ts'
import { answerName, type Outcome } from './wording.ts'

/** The answer against the next best as two propositions about the rows (rule P20); undefined when nothing could be compared. */
export function propositionsOf(outcome: Outcome): Propositions | undefined {
  const { runnerUp, winner } = outcome
  if (runnerUp === undefined || !outcome.met) return undefined
  return {
    first: `the rows were taken from ${answerName(winner)}`,
    second: `the rows were taken from ${answerName(runnerUp.hypothesis)}`,
    log10LR: runnerUp.log10LR,
    words: enfsiWords(runnerUp.log10LR),
  }
}
