import { readFileSync } from 'node:fs'
import { dueNow } from './due.ts'
import { readFacts, type DueAnswer } from '../response/index.ts'

/** What is due on a facts file at `now` (ISO 8601). Opens neither workspace nor lake. Throws a `UserError` naming the field. */
export function dueFile(options: { readonly file: string; readonly now: string; readonly zone?: string }): DueAnswer {
  const text = readFileSync(options.file, 'utf8')
  const facts = readFacts({ file: options.file, text, ...(options.zone === undefined ? {} : { zone: options.zone }) })
  return dueNow(facts, options.now)
}
