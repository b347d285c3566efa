import { epochMs, isoMicros, type Moment } from '../base/index.ts'
import { dateIn, timeIn, timeOnDay } from './date.ts'
import { languages, pattern } from './language/languages.ts'
import { durationsIn } from './number.ts'
import type { Passage } from './passage.ts'
import type { Said } from './sentence.ts'
import type { Deadline } from './thread.ts'

const threat = pattern('threat')
const every = pattern('every')
const spanBefore = pattern('span-before')
const spanAfter = pattern('span-after')
const until = pattern('until')
const often = languages.flatMap((one) => Object.entries(one.often).map(([iso, words]) => [iso, new RegExp(words, 'i')] as const))
const today = pattern('today')
const tomorrow = pattern('tomorrow')
const weekdays = languages.flatMap((one) => one.weekdays.map((name, index) => ({ name, index })))
const weekdayWords = new RegExp(`\\b(${weekdays.map((one) => one.name).join('|')})\\b`, 'i')
const weekdayUntil = new RegExp(
  `(?:${until.source}|\\b(?:until|before|by|deadline(?: is|:)?)\\s)(?:next\\s|this\\s|hari\\s)?(?:${weekdayWords.source})`,
  'i',
)
/** `by 12 June`, without a year. */
const monthNames = languages.flatMap((one) => one.months).join('|')
const yearless = new RegExp(
  `(\\b(?:by|until|till|before|sebelum|sehingga|hingga|sampai|menjelang)\\s(?:the\\s)?(?:\\p{L}+day,?\\s)?)(\\d{1,2})(?:st|nd|rd|th)?\\s(${monthNames})\\b(?!,? \\d{4})`,
  'iu',
)
/** `seminggu`: one week. */
const inOne = /\bse(minggu|hari|jam)\b/gi
const vague = pattern('until-vague')

/**
 * Deadlines and recurring threats in a sentence of the actor. A span counts from the post's time when that is known; of a report
 * only the bound is known, and so of the deadline. A weekday or a time of day alone counts from the same; its zone is the time's own,
 * else unknown.
 */
export function deadlinesIn(said: Said, passage: Passage, zone?: string): Deadline[] {
  const flat = said.flat
    .replace(/\bnoon\b/gi, '12:00')
    .replace(/\bmidnight\b/gi, '00:00')
    .replace(inOne, 'satu $1')
  // A post may say no more than `48h.`
  const bare = /^\W*\d{1,3} ?(?:h|hrs?|hours|days?|jam|hari)\W*$/i.test(flat)
  if (!bare && !threat.test(flat)) return []
  const found: Deadline[] = []
  const from = passage.at ?? passage.reportedAt
  for (const span of durationsIn(flat)) {
    const before = flat.slice(0, span.start)
    const after = flat.slice(span.start)
    if (every.test(before)) found.push({ text: said.text, every: span.iso, ...(from ? { from } : {}), cite: said.cite })
    else if (bare || spanBefore.test(before) || spanAfter.test(after)) {
      const at = later(from, span.seconds)
      found.push({ text: said.text, within: span.iso, ...(from ? { from } : {}), ...(at ? { at } : {}), cite: said.cite })
    }
  }
  const again = found.length > 0 ? undefined : often.find(([, words]) => words.test(flat))
  if (again !== undefined) found.push({ text: said.text, every: again[0], ...(from ? { from } : {}), cite: said.cite })
  const dated = dateIn(withYear(flat, from), zone)
  if (dated && until.test(beforeDate(flat, dated.moment.text ?? '')))
    found.push({ text: said.text, at: endOfDay(dated), cite: said.cite })
  else if (found.length === 0 && dated === undefined) {
    const at = relative(flat, from, zone)
    if (at !== undefined) found.push({ text: said.text, ...(from ? { from } : {}), at, cite: said.cite })
    else if (vague.test(flat)) found.push({ text: said.text, cite: said.cite })
  }
  return found
}

/** What stands before a date, whose year may have been added. */
function beforeDate(flat: string, text: string): string {
  const whole = flat.indexOf(text)
  return flat.slice(0, whole >= 0 ? whole : flat.indexOf(text.slice(0, 6)))
}

/** A day without its year behind a word such as `by`, with the year in which it comes next after the text's time. */
function withYear(flat: string, from: Moment | undefined): string {
  if (from === undefined) return flat
  return flat.replace(yearless, (whole: string, lead: string, day: string, month: string) => {
    const year = Number(from.at.slice(0, 4))
    const read = dateIn(`${day} ${month} ${year}`)
    if (read === undefined) return whole
    return `${lead}${day} ${month} ${read.moment.at.slice(0, 10) < from.at.slice(0, 10) ? year + 1 : year}`
  })
}

/** `by Thursday 18:00 UTC`, `today at 15:00`: the next such time after the post. */
function relative(flat: string, from: Moment | undefined, zone: string | undefined): Moment | undefined {
  if (from === undefined) return undefined
  const time = timeIn(flat)
  const named = weekdayUntil.test(flat) ? weekdayWords.exec(flat)?.[1]?.toLowerCase() : undefined
  const target = weekdays.find((one) => one.name === named)?.index
  const days =
    target !== undefined ? (target + 7 - weekdayOf(from)) % 7 : today.test(flat) ? 0 : tomorrow.test(flat) ? 1 : undefined
  if (days === undefined || (time === undefined && target === undefined)) return undefined
  const own = time?.zone ?? zone ?? offsetOf(from)
  const day = { ...from, at: isoMicros(epochMs(from.at) + days * 86_400_000) }
  const at = timeOnDay(day, time ?? { digits: '23:59:59' }, own)
  if (at === undefined) return undefined
  const passed = at.at < from.at && target !== undefined
  const bound = from.bound === undefined ? {} : { bound: from.bound }
  return { ...at, ...(passed ? { at: isoMicros(epochMs(at.at) + 7 * 86_400_000) } : {}), ...bound }
}

/** The offset that the source itself writes behind its time. */
function offsetOf(moment: Moment): string | undefined {
  return moment.zone === 'stated'
    ? /([+-]\d{2}:?\d{2})\)?\s*$/.exec(moment.text ?? '')?.[1]?.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')
    : undefined
}

/** 0 = Monday. */
function weekdayOf(moment: Moment): number {
  return (new Date(epochMs(moment.at)).getUTCDay() + 6) % 7
}

function later(from: Moment | undefined, seconds: number): Moment | undefined {
  if (!from) return undefined
  return {
    at: isoMicros(epochMs(from.at) + seconds * 1000, from.at.slice(23, 26)),
    zone: from.zone,
    ...(from.bound ? { bound: from.bound } : {}),
  }
}

function endOfDay(dated: { moment: Moment; day: boolean }): Moment {
  if (!dated.day) return dated.moment
  return { ...dated.moment, at: isoMicros(epochMs(dated.moment.at) + 86_399_000) }
}
