import { readFileSync } from 'node:fs'
import { epochMs, parseIso } from '../base/index.ts'
import { assessHarm, factsAt, readFacts, type DueAnswer, type Facts, type HarmAssessment } from '../response/index.ts'
import { dueNow } from './due.ts'

interface AskedFile {
  readonly file: string
  /** ISO 8601. */
  readonly now: string
  /** Time travel: only what was known then, counted then. */
  readonly at?: string
  readonly zone?: string
}

/** What is due on a facts file. Opens neither workspace nor lake. Throws a `UserError` naming the field. */
export function dueFile(asked: AskedFile): DueAnswer {
  return dueNow(factsIn(asked), asked.at ?? asked.now)
}

/** Harm per regime on a facts file, as far as it says enough. */
export function harmFile(asked: AskedFile): HarmAssessment {
  return assessHarm(factsIn(asked))
}

function factsIn({ file, at, zone }: AskedFile): Facts {
  const facts = readFacts({ file, text: readFileSync(file, 'utf8'), ...(zone === undefined ? {} : { zone }) })
  const moment = at === undefined ? undefined : parseIso(at)
  return moment === undefined ? facts : factsAt(facts, epochMs(moment.at))
}
