import { canonical, type CanonicalOptions } from '../persons/index.ts'
import type { MarksKey } from './marks-key.ts'

/** The spellings of a day: one is drawn for all dates of an extract. */
export const dateSpellings = ['2026-03-31', '31/03/2026', '31-03-2026', '31.03.2026', '31 Mar 2026'] as const

export type DateSpelling = (typeof dateSpellings)[number]

/** How codes are written throughout an extract. */
export const codeSpellings = ['as-is', 'capitals', 'small'] as const

export type CodeSpelling = (typeof codeSpellings)[number]

/** One of several spellings, drawn for the whole extract. */
export function drawSpelling<Spelling extends string>(
  key: MarksKey,
  extract: { readonly holder: string; readonly extract: string },
  from: readonly Spelling[],
): Spelling {
  const [drawn] = key.draw(`mark:${from.length}-spellings`, `${extract.holder}\u001e${extract.extract}`)
  return from[Math.floor(drawn * from.length)] as Spelling
}

/** A date in the spelling; as it is when it has a time of day, is no date, or would be read as another day. */
export function spelledDate(text: string, spelling: DateSpelling, options: CanonicalOptions): string {
  const day = canonical('date', text, options)
  if (day === undefined || text.trim().length > longestDay) return text
  const [year = '', month = '', date = ''] = day.split('-')
  const written = writeDay(spelling, { year, month, date })
  return canonical('date', written, options) === day ? written : text
}

/** The spelling in which a day is written; undefined for any other text. */
export function dateSpellingOf(text: string): DateSpelling | undefined {
  const shape = text.trim().replaceAll(/[0-9]/g, '0')
  return dateSpellings.find((one) =>
    one === '31 Mar 2026' ? /^00 [A-Z][a-z]{2} 0000$/.test(shape) : one.replaceAll(/[0-9]/g, '0') === shape,
  )
}

/** A code in the spelling of the extract; its canonical form is its small letters, so any case has the same. */
export function spelledCode(text: string, spelling: CodeSpelling): string {
  const written = spelling === 'capitals' ? text.toUpperCase() : spelling === 'small' ? text.toLowerCase() : text
  return canonical('code', written) === canonical('code', text) ? written : text
}

const longestDay = 12
const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function writeDay(
  spelling: DateSpelling,
  { year, month, date }: { readonly year: string; readonly month: string; readonly date: string },
): string {
  switch (spelling) {
    case '2026-03-31':
      return `${year}-${month}-${date}`
    case '31/03/2026':
      return `${date}/${month}/${year}`
    case '31-03-2026':
      return `${date}-${month}-${year}`
    case '31.03.2026':
      return `${date}.${month}.${year}`
    case '31 Mar 2026':
      return `${date} ${monthNames[Number(month) - 1] ?? ''} ${year}`
  }
}
