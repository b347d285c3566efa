import type { Command } from 'commander'
import { exitCodes, parseIso, UserError, type Moment } from '../base/index.ts'

/** A command that only gathers others: `copy`, `case`, `drill`. */
export function group(program: Command, name: string, description: string): Command {
  return program.commands.find((one) => one.name() === name) ?? program.command(name).description(description)
}

/** Adds what is worth knowing and examples to a command's help. */
export function withExamples(command: Command, lines: readonly string[], remark = ''): Command {
  const text = remark === '' ? '' : `\n${remark}\n`
  return command.addHelpText('after', `${text}\nExamples:\n${lines.map((line) => `  breachline ${line}\n`).join('')}`)
}

/** Wrong use of the command line. */
export function usage(message: string, hint: string): UserError {
  return new UserError({ code: 'usage', message, hint, exitCode: exitCodes.usage })
}

/** A whole number from 0. */
export function wholeNumber(text: string, option: string): number {
  const value = Number(text)
  if (/^\d{1,15}$/.test(text) && Number.isSafeInteger(value)) return value
  throw usage(`${option} "${text}" is no whole number`, 'give a number such as 1')
}

/** A whole number from 1; undefined where the option is not given. */
export function positiveNumber(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined
  const count = wholeNumber(text, option)
  if (count === 0) throw usage(`${option} is 0`, 'give 1 or more')
  return count
}

/** Numbers from 1 and ranges of them, `3,5-7`; a thousand at most. */
export function numbers(text: string, option: string): number[] {
  const found = text.split(',').flatMap((part) => {
    const [, from = '', to = from] = /^\s*(\d{1,6})(?:-(\d{1,6}))?\s*$/.exec(part) ?? []
    const count = Number(to) - Number(from) + 1
    return from === '' || Number(from) === 0 || count < 1 || count > 1_000
      ? [Number.NaN]
      : Array.from({ length: count }, (_, at) => Number(from) + at)
  })
  if (found.length > 1_000 || found.some(Number.isNaN)) throw usage(`${option} "${text}" are no numbers`, 'write them as 3,5-7')
  return found
}

/** One of the words allowed. */
export function oneOf<Word extends string>(text: string, words: readonly Word[], option: string): Word {
  const found = words.find((one) => one === text)
  if (found !== undefined) return found
  throw usage(`${option} "${text}" is not known`, `use one of ${words.join(', ')}`)
}

/** A moment in ISO 8601 with its zone: nothing that a person decides on is left to a guess. */
export function isoMoment(text: string, option: string): Moment {
  const moment = parseIso(text)
  if (moment?.zone === 'stated') return moment
  throw usage(`${option} "${text}" is no ISO 8601 time with its zone`, 'write it as 2026-10-06T09:12:00+08:00')
}

/** A day that exists, `2026-01-06`. */
export function utcDay(text: string, option: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && parseIso(text) !== undefined) return text
  throw usage(`${option} "${text}" is no day`, 'write it as 2026-01-06')
}

/** A value that the command cannot do without. */
export function needed(value: string | undefined, option: string, hint: string): string {
  if (value !== undefined && value.trim() !== '') return value
  throw usage(`${option} is missing`, hint)
}

/** `{ [name]: value }`, or nothing when there is no value: for options that may be absent. */
export function given<Name extends string, Value>(name: Name, value: Value | undefined): { [K in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [K in Name]?: Value })
}
