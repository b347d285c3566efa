import { unreachable } from '../base/index.ts'
import type { Facts } from './facts.ts'
import { judgementWords } from './judgement.ts'
import type { Condition, LawRule } from './law.ts'

export type Met = 'yes' | 'no' | 'unknown'

/** One threshold of a rule, answered: met when any of its conditions is, unknown when none is and one is unknown. */
interface AnsweredThreshold {
  readonly text: string
  readonly met: Met
}

/**
 * Answers a rule's thresholds from the facts. `due` tells of rules before it in the same law, for "the first notice is due".
 * Nothing is guessed: a judgement nobody gave and a count nobody knows are `unknown`.
 */
export function answerThresholds(rule: LawRule, facts: Facts, due: ReadonlyMap<string, Met>): AnsweredThreshold[] {
  return rule.thresholds.map((group) => {
    const answers = group.any.map((condition) => answerCondition(condition, facts, due))
    const met = answers.some((one) => one.met === 'yes') ? 'yes' : answers.some((one) => one.met === 'unknown') ? 'unknown' : 'no'
    const detail = group.any.length > 1 ? ` (${answers.map((one) => one.text).join('; ')})` : ''
    return { text: `${group.text}${detail}`, met }
  })
}

/** All thresholds together: `no` as soon as one is not met. */
export function allMet(thresholds: readonly AnsweredThreshold[]): Met {
  if (thresholds.some((one) => one.met === 'no')) return 'no'
  return thresholds.some((one) => one.met === 'unknown') ? 'unknown' : 'yes'
}

function answerCondition(condition: Condition, facts: Facts, due: ReadonlyMap<string, Met>): AnsweredThreshold {
  if ('personsOver' in condition) {
    const { min, max } = facts.persons
    const met =
      min !== undefined && min > condition.personsOver
        ? 'yes'
        : max !== undefined && max <= condition.personsOver
          ? 'no'
          : 'unknown'
    return { text: `persons affected: ${personsText(facts.persons)}`, met }
  }
  if ('judgement' in condition) {
    const answer = facts.judgements[condition.judgement]?.answer ?? 'unknown'
    const met = answer === 'unknown' ? 'unknown' : answer === condition.is ? 'yes' : 'no'
    const word = answer === 'unknown' ? 'not decided' : answer
    return { text: `${judgementWords[condition.judgement]}: ${word}`, met }
  }
  if ('rule' in condition) {
    const met = due.get(condition.rule) ?? 'no'
    return { text: met === 'unknown' ? 'not established' : met, met }
  }
  return unreachable(condition)
}

/** `at least 1,886`, `120 to 900`, `at most 40`, `not known` */
function personsText(persons: Facts['persons']): string {
  const figure = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',')
  const { min, max } = persons
  if (min !== undefined && max !== undefined) return min === max ? figure(min) : `${figure(min)} to ${figure(max)}`
  if (min !== undefined) return `at least ${figure(min)}`
  return max === undefined ? 'not known' : `at most ${figure(max)}`
}
