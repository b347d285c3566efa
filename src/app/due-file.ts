import { readFileSync } from 'node:fs'
import { epochMs, exitCodes, parseIso, placeText, UserError } from '../base/index.ts'
import {
  assessHarm,
  factsAt,
  readCalendars,
  readFacts,
  type DueAnswer,
  type Facts,
  type HarmAssessment,
  type HolidayCalendar,
} from '../response/index.ts'
import { dueNow } from './due.ts'

interface AskedFile {
  readonly file: string
  /** ISO 8601. */
  readonly now: string
  /** Time travel: only what was known then, counted then. */
  readonly at?: string
  readonly zone?: string
  /** Files with own lists of holidays, before the shipped ones. */
  readonly holidays?: readonly string[]
}

/** What is due on a facts file. Opens neither workspace nor lake. Throws a `UserError` naming the field. */
export function dueFile(asked: AskedFile): DueAnswer {
  return dueNow(factsIn(asked), asked.at ?? asked.now, ownHolidays(asked.holidays ?? []))
}

/** Harm per regime on a facts file, as far as it says enough. */
export function harmFile(asked: AskedFile): HarmAssessment {
  return assessHarm(factsIn(asked))
}

/** Own lists of holidays from files. A `UserError` names the first that does not fit. */
function ownHolidays(paths: readonly string[]): readonly HolidayCalendar[] {
  const { calendars, faults } = readCalendars(paths.map((name) => ({ name, text: readFileSync(name, 'utf8') })))
  const [wrong] = faults
  if (wrong === undefined) return calendars
  throw new UserError({
    code: 'calendar-file-invalid',
    message: `${placeText(wrong.where)}: ${wrong.what}`,
    hint: wrong.todo,
    exitCode: exitCodes.badInput,
  })
}

function factsIn({ file, at, zone }: AskedFile): Facts {
  const facts = readFacts({ file, text: readFileSync(file, 'utf8'), ...(zone === undefined ? {} : { zone }) })
  const moment = at === undefined ? undefined : parseIso(at)
  return moment === undefined ? facts : factsAt(facts, epochMs(moment.at))
}
