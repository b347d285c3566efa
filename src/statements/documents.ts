import { bulkSubscribers, namesSubscribers, type StatementReading } from './reading.ts'

/** A call of MongoDB's shell: the collection and what is done with it. */
const call =
  /\bdb\s{0,5}(?:\.\s{0,5}getCollection\s{0,5}\(\s{0,5}["'](?<quoted>[\w.$-]{1,120})["']\s{0,5}\)|\[\s{0,5}["'](?<index>[\w.$-]{1,120})["']\s{0,5}\]|\.\s{0,5}(?<plain>[\w$]{1,120}))\s{0,5}\.\s{0,5}(?<does>find|findOne|aggregate|distinct)\s{0,5}\(/

const pair =
  /["']?([A-Za-z_][\w.]{0,60})["']?\s{0,5}:\s{0,5}(?:\{\s{0,5}["']?\$(?:eq|in)["']?\s{0,5}:\s{0,5})?(\[[^\]]{0,100000}\]|"[^"]{0,200}"|'[^']{0,200}'|[+\d][\w.+-]{0,40})/g

/** Reads a query of MongoDB's shell as a statement is read; undefined for a text without one. What follows a second query of the same text is not read. */
export function documentReading(text: string): StatementReading | undefined {
  const found = call.exec(text)
  if (found === null) return undefined
  const { quoted, index, plain, does = '' } = found.groups ?? {}
  const filter = firstArgument(text.slice(found.index + found[0].length))
  const subscribers: { field: string; value: { kind: 'literal'; text: string } }[] = []
  for (const [, name = '', value = ''] of filter.matchAll(pair)) {
    const field = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
    if (!namesSubscribers(field)) continue
    for (const [one] of value.matchAll(/[\w.+@-]{2,200}/g)) subscribers.push({ field, value: { kind: 'literal', text: one } })
  }
  return {
    basis: 'scanned',
    command: does.toUpperCase(),
    tables: [(quoted ?? index ?? plain ?? '').toLowerCase()],
    subscribers,
    fields: [],
    bulk: subscribers.length === 0 || subscribers.length > bulkSubscribers,
  }
}

/** Up to the comma or bracket that ends the first argument: behind it stand fields, no conditions. */
function firstArgument(text: string): string {
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? ''
    if ('([{'.includes(character)) depth += 1
    else if (')]}'.includes(character)) depth -= 1
    if (depth < 0 || (depth === 0 && character === ',')) return text.slice(0, at)
  }
  return text
}
