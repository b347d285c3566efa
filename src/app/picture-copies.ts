import { lookAlike, nearlySame, type PictureShown, type Shown } from '../claims/index.ts'
import type { CopyColumns } from './picture-estate.ts'

/** Does a copy have the columns that the picture shows? */
export interface CopyMatch {
  readonly copy: string
  readonly holder: string
  readonly system: string
  readonly can: 'can show' | 'cannot show' | 'not known'
  readonly text: string
  /** Headings of the picture that are columns of the copy. */
  readonly places: readonly Shown[]
}

/** Fewer headings say nothing. */
const least = 3

/** Compares the headings of columns in a picture with the columns of copies: `MSISDN`, `Account No` = `account_no`, `Home City` holds `city`. */
export function matchCopies(shown: PictureShown, copies: readonly CopyColumns[]): CopyMatch[] {
  const headings = shown.labels.filter((one) => one.as === 'column')
  return copies.map(({ copy, holder, system, columns }) => {
    const places = headings.filter((heading) => columns.some((column) => means(heading.text, column)))
    const share = headings.length === 0 ? 0 : places.length / headings.length
    const can = headings.length < least ? 'not known' : share >= 0.6 ? 'can show' : share <= 0.2 ? 'cannot show' : 'not known'
    const text =
      headings.length < least
        ? 'Too few headings of columns were read to compare.'
        : `${places.length} of ${headings.length} headings of columns are among its ${columns.length} columns. Headings can be renamed on a screen.`
    return { copy, holder, system, can, text, places }
  })
}

function means(heading: string, column: string): boolean {
  const [a, b] = [lookAlike(heading), lookAlike(column)]
  if (nearlySame(a, b)) return true
  const [few = [], many = []] = [words(heading), words(column)].toSorted((one, other) => one.length - other.length)
  return few.some((word) => word.length > 3) && few.every((word) => many.includes(word))
}

function words(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).flatMap((word) => (word === '' ? [] : [lookAlike(word)]))
}
