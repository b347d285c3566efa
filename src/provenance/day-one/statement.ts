import type { DayOne, DayWindow } from './answer.ts'
import { listed } from './together.ts'

/** The head of the answer: systems first, then days, then what it does not tell apart. Names systems, never holders. */
export function statementOf(answer: Omit<DayOne, 'statement'>): string {
  const named = (standing: DayOne['systems'][number]['standing']): string[] =>
    answer.systems.filter((one) => one.standing === standing).map((one) => one.system)
  const [can, cannot, open] = [named('can'), named('cannot'), named('not-decided')]
  const parts = [
    ...(can.length === 0 ? [] : [`${listed(can)} can have produced this sample`]),
    ...(open.length === 0 ? [] : [`for ${listed(open)} it is not decided`]),
    ...(cannot.length === 0
      ? []
      : [`${listed(cannot)} cannot${can.length + open.length === 0 ? ' have produced this sample' : ''}`]),
  ]
  const systems = parts.length === 0 ? 'no system was given to compare with' : parts.join('; ')
  const sentences = [
    systems,
    ...(answer.together === undefined ? [] : [answer.together.what]),
    ...(answer.operators?.several === true ? [answer.operators.what] : []),
    ...days(answer.window),
    ...(answer.notSeparated === undefined ? [] : [answer.notSeparated.what]),
  ]
  return sentences.map((sentence) => `${sentence.slice(0, 1).toUpperCase()}${sentence.slice(1)}.`).join(' ')
}

function days({ earliest, latest, estimate }: DayWindow): string[] {
  const span =
    earliest !== undefined && latest !== undefined
      ? `it is from ${earliest} to ${latest}`
      : earliest !== undefined
        ? `it is from ${earliest} or later`
        : latest !== undefined
          ? `it is from ${latest} or earlier`
          : undefined
  if (span === undefined) return []
  return [estimate === undefined ? span : `${span}, by changed values about ${estimate.day} (${estimate.from} to ${estimate.to})`]
}
