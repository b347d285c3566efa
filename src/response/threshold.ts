import { unreachable, type Moment } from '../base/index.ts'
import type { Facts, Persons } from './facts.ts'
import { judgementWords } from './judgement.ts'
import type { Condition, ConditionGroup } from './law-schema.ts'

export type Met = 'yes' | 'no' | 'unknown'

/** One threshold of a rule, answered: met when any of its conditions is, unknown when none is and one is unknown. */
interface AnsweredThreshold {
  readonly text: string
  readonly met: Met
}

/**
 * Answers thresholds or exemptions from the facts. `due` tells of rules before it in the same law, for "the first notice is due".
 * Nothing is guessed: a judgement nobody gave and a count nobody knows are `unknown`.
 */
export function answerGroups(
  groups: readonly ConditionGroup[],
  facts: Facts,
  due: ReadonlyMap<string, Met>,
): AnsweredThreshold[] {
  return groups.map((group) => {
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

/** The count of persons that holds: the last one in time, else the one stated for the whole. */
export function personsNow(facts: Facts): Persons {
  return inTime(facts).at(-1) ?? facts.persons
}

/**
 * The later count with which a group was first met, when the counts before it did not meet it: the moment a threshold was crossed.
 * Undefined when it was met from the start, is not met, or holds no condition on persons.
 */
export function crossedAt(
  group: ConditionGroup,
  facts: Facts,
  due: ReadonlyMap<string, Met>,
): { readonly at: Moment; readonly text: string } | undefined {
  if (!group.any.some((one) => 'personsOver' in one || 'personsAtLeast' in one)) return undefined
  const met = (persons: Persons): boolean =>
    group.any.some((one) => answerCondition(one, { ...facts, persons, counts: [] }, due).met === 'yes')
  if (met(facts.persons)) return undefined
  const first = inTime(facts).find(met)
  return first === undefined ? undefined : { at: first.at, text: personsText(first) }
}

function inTime(facts: Facts): (Persons & { readonly at: Moment })[] {
  return (facts.counts ?? []).toSorted((a, b) => (a.at.at < b.at.at ? -1 : a.at.at > b.at.at ? 1 : 0))
}

function answerCondition(condition: Condition, facts: Facts, due: ReadonlyMap<string, Met>): AnsweredThreshold {
  if ('personsOver' in condition) return answerCount(condition.personsOver + 1, facts)
  if ('personsAtLeast' in condition) return answerCount(condition.personsAtLeast, facts)
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

/** A lower bound can meet a count, only an upper bound can miss it. */
function answerCount(least: number, facts: Facts): AnsweredThreshold {
  const persons = personsNow(facts)
  const { min, max } = persons
  const met = min !== undefined && min >= least ? 'yes' : max !== undefined && max < least ? 'no' : 'unknown'
  return { text: `persons affected: ${personsText(persons)}`, met }
}

/** `1,886` */
export function figure(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** `at least 1,886`, `120 to 900`, `at most 40`, `not known` */
export function personsText(persons: Persons): string {
  const { min, max } = persons
  if (min !== undefined && max !== undefined) return min === max ? figure(min) : `${figure(min)} to ${figure(max)}`
  if (min !== undefined) return `at least ${figure(min)}`
  return max === undefined ? 'not known' : `at most ${figure(max)}`
}
