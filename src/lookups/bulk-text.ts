import type { LookupReview } from './review.ts'

/** What was read at once, in words: rows, or a file with the period of its name and how many subscribers it holds. */
export function bulkText(one: LookupReview['bulk'][number]): string {
  const many = one.rows < 0 ? '' : `${one.rows} ${one.counted ?? 'row'}${one.counted !== undefined || one.rows === 1 ? '' : 's'}`
  if (one.file === undefined) return many === '' ? 'rows not recorded' : many
  return `file ${one.file}${periodText(one)}, ${many === '' ? 'number of subscribers not recorded' : `${many} by its manifest`}`
}

function periodText({ from, until }: LookupReview['bulk'][number]): string {
  if (from === undefined || until === undefined) return ', its name states no period'
  const days = Math.round((Date.parse(until) - Date.parse(from)) / 86_400_000)
  return days <= 1 ? ` of ${from}` : ` of ${days} days from ${from}`
}
