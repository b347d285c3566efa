import type { DataItem, NoticeTexts } from './texts.ts'

/** The kind of personal data that a column holds, by its meaning (`msisdn`, `code:plan`); undefined where it says nothing of a person. */
export function dataItemOf(texts: NoticeTexts, meaning: string): DataItem | undefined {
  const [, field = ''] = meaning.split(':')
  return texts.items.find(
    (item) =>
      item.meanings.some((one) => (one.endsWith(':') ? meaning.startsWith(one) : meaning === one)) &&
      (item.words === undefined || item.words.some((word) => field.includes(word))),
  )
}

/** Kinds of data in the order of the data file, without repeats. */
export function sortedItems(texts: NoticeTexts, ids: Iterable<string>): DataItem[] {
  const wanted = new Set(ids)
  return texts.items.filter((one) => wanted.has(one.id))
}
