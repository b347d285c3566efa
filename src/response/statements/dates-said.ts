import type { StatementLanguage } from './language.ts'

/** A date in a sentence; `minute`: of the day, when a time of day stands with it. `word`: where it stands. */
export interface DateSaid {
  /** `YYYY-MM-DD`, as written, in whatever zone the text means. */
  readonly day: string
  readonly minute?: number
  readonly word: number
}

/** The dates of a sentence, in its order; a date without a year takes `year`. Day before month where digits alone are written. */
export function datesIn(words: readonly string[], languages: readonly StatementLanguage[], year: number): DateSaid[] {
  const found: DateSaid[] = []
  const month = (word: string | undefined): number | undefined =>
    word === undefined ? undefined : languages.map(({ file }) => file.months[word]).find((one) => one !== undefined)
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    const iso = /^(\d{4})-(\d{2})-(\d{2})(?:t(\d{2}):(\d{2}))?$/.exec(word)
    if (iso !== null) {
      add(
        at,
        { y: Number(iso[1]), m: Number(iso[2]), d: Number(iso[3]) },
        at,
        iso[4] === undefined ? undefined : Number(iso[4]) * 60 + Number(iso[5]),
      )
      continue
    }
    const digits = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(word)
    if (digits !== null) {
      add(at, { y: Number(digits[3]), m: Number(digits[2]), d: Number(digits[1]) }, at)
      continue
    }
    const m = month(word)
    if (m === undefined) continue
    const before = dayOf(words[at - 1])
    const after = dayOf(words[at + 1])
    if (before !== undefined) {
      // `between 1 and 2 July 2026`: the first day takes the month of the second.
      const range = /^(?:and|to|until|dan|hingga|sehingga)$/.test(words[at - 2] ?? '') ? dayOf(words[at - 3]) : undefined
      const y = yearOf(words[at + 1])
      if (range !== undefined && month(words[at - 2]) === undefined) add(at - 3, { y: y ?? year, m, d: range }, at)
      add(at - 1, { y: y ?? year, m, d: before }, y === undefined ? at : at + 1)
    } else if (after !== undefined) {
      const y = yearOf(words[at + 2])
      add(at, { y: y ?? year, m, d: after }, y === undefined ? at + 1 : at + 2)
    }
  }
  return found

  function add(word: number, { y, m, d }: { y: number; m: number; d: number }, last: number, given?: number): void {
    const day = `${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`
    const time = Date.parse(`${day}T00:00:00Z`)
    if (Number.isNaN(time) || new Date(time).getUTCDate() !== d) return
    const minute = given ?? timeNear(words, last, languages)
    found.push({ day, word, ...(minute === undefined ? {} : { minute }) })
  }
}

function dayOf(word: string | undefined): number | undefined {
  const [, digits] = /^(\d{1,2})(?:st|nd|rd|th|hb)?$/.exec(word ?? '') ?? []
  const day = Number(digits)
  return digits !== undefined && day >= 1 && day <= 31 ? day : undefined
}

function yearOf(word: string | undefined): number | undefined {
  return /^(?:19|20)\d{2}$/.test(word ?? '') ? Number(word) : undefined
}

/** A time of day within three words after a date: `14:40`, `2:40 pm`. */
function timeNear(words: readonly string[], last: number, languages: readonly StatementLanguage[]): number | undefined {
  for (let at = last + 1; at <= last + 3 && at < words.length; at += 1) {
    const clock = /^(\d{1,2}):(\d{2})$/.exec(words[at] ?? '')
    if (clock === null) continue
    const hour = Number(clock[1])
    const minute = Number(clock[2])
    if (hour > 23 || minute > 59) return undefined
    const next = `${words[at + 1] ?? ''}${words[at + 1]?.length === 1 ? (words[at + 2] ?? '') : ''}`
    const later = hour < 12 && languages.some(({ file }) => file.afternoon.includes(next))
    const midnight = hour === 12 && languages.some(({ file }) => file.morning.includes(next))
    return (midnight ? 0 : later ? hour + 12 : hour) * 60 + minute
  }
  return undefined
}
