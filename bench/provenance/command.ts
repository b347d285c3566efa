import { writeFileSync } from 'node:fs'
import { UserError } from '../../src/base/index.ts'
import { dayOneAccuracy, type DayOneAccuracy } from '../day-one.ts'
import { accuracyText } from './accuracy-text.ts'
import { judgeOne, measureAccuracy, reporting } from './accuracy.ts'
import { reliabilityPicture } from './picture.ts'

/** Leaks of the day-one part of a reporting run. */
const dayOneLeaks = 300

/** Options of `npm run bench -- provenance` that ask for the accuracy on generated leaks; all texts as given. */
export interface AccuracyArguments {
  readonly seeds?: string | undefined
  readonly leaks?: string | undefined
  readonly seed?: string | undefined
  readonly leak?: string | undefined
  readonly customers?: string | undefined
  readonly out?: string | undefined
  readonly picture?: string | undefined
  readonly signal: AbortSignal
  readonly report: (line: string) => void
}

/** Measures the accuracy, or judges one leak; gives it as text and as one document. Throws a `UserError` for options that mean nothing. */
export async function accuracyCommand(given: AccuracyArguments): Promise<{ readonly text: string; readonly document: object }> {
  const size = given.customers === undefined ? {} : { size: whole(given.customers, '--customers') }
  if (given.leak !== undefined) {
    if (given.seed === undefined) throw usage('--leak names one leak of a seed', 'give --seed too')
    const one = await judgeOne(whole(given.seed, '--seed'), whole(given.leak, '--leak'), size.size)
    return { text: `${JSON.stringify(one, undefined, 2)}\n`, document: one }
  }
  const count = given.leaks === undefined ? reporting.leaks : whole(given.leaks, '--leaks')
  const result = await measureAccuracy({
    seeds: given.seed === undefined ? range(given.seeds) : [whole(given.seed, '--seed')],
    leaks: Array.from({ length: count }, (_, at) => at),
    ...size,
    ...(given.out === undefined ? {} : { out: given.out }),
    signal: given.signal,
    report: given.report,
  })
  if (given.picture !== undefined) writeFileSync(given.picture, reliabilityPicture(result))
  if (given.seed !== undefined) return { text: accuracyText(result), document: result }
  given.signal.throwIfAborted()
  given.report(`day one: ${dayOneLeaks} leaks with nothing registered`)
  const dayOne: DayOneAccuracy = await dayOneAccuracy({ leaks: dayOneLeaks })
  return { text: accuracyText(result, dayOne), document: { ...result, dayOne } }
}

function range(text: string | undefined): readonly number[] {
  if (text === undefined) return reporting.seeds
  const match = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(text)
  const from = Number(match?.[1])
  const to = Number(match?.[2] ?? match?.[1])
  if (match === null || to < from) throw usage(`--seeds "${text}" is no range`, 'give one such as 260-299')
  return Array.from({ length: to - from + 1 }, (_, at) => from + at)
}

function whole(text: string, option: string): number {
  const value = Number(text)
  if (Number.isSafeInteger(value) && value >= 0) return value
  throw usage(`${option} "${text}" is no whole number`, 'give one such as 25')
}

function usage(message: string, hint: string): UserError {
  return new UserError({ code: 'usage', message, hint, exitCode: 2 })
}
