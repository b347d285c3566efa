import type { Word } from './words.ts'

/** Signs and words after which a value stands: there `?` and `:name` are bind values, elsewhere operators and slices. */
const beforeValues = new Set(
  '= < > <= >= <> != ( , || + - * / and or not between like in limit offset fetch top values when then else select set return escape'.split(
    ' ',
  ),
)

/** What Teradata puts in front of a request. */
const locking =
  /^\s{0,100}lock(?:ing)?\s[^;]{1,300}?\s(?:for|in)\s{1,20}(?:access|read|share|write)\s{1,20}(?:mode\s{1,20})?(?:nowait\s{1,20})?/i

/**
 * A statement in the words of the grammar, undefined where it is so already: bind values of Oracle (`:1`, `:name`), Snowflake and others (`?`) as `$1`, `$2` in the
 * order in which they stand, and Teradata's `SEL` and `LOCKING ... FOR ACCESS`. `found` are the words of the statement.
 */
export function inGrammar(statement: string, found: readonly Word[]): string | undefined {
  const parts: string[] = []
  let at = 0
  const put = (word: { readonly from: number; readonly to: number }, text: string): void => {
    parts.push(statement.slice(at, word.from), text)
    at = word.to
  }
  const lock = found[0]?.text.startsWith('lock') === true ? locking.exec(statement)?.[0] : undefined
  const begin = lock?.length ?? 0
  if (lock !== undefined) put({ from: 0, to: begin }, '')
  const numbered = found.some((word) => word.kind === 'parameter' && word.text.startsWith('$'))
  let bound = 0
  let last: Word | undefined
  for (const word of found) {
    if (word.from < begin) continue
    if (last === undefined && word.kind === 'name' && word.text === 'sel') put(word, 'SELECT')
    else if (
      word.kind === 'parameter' &&
      !numbered &&
      last !== undefined &&
      beforeValues.has(last.text) &&
      last.kind !== 'text'
    ) {
      bound += 1
      put(word, `$${bound}`)
    }
    last = word
  }
  return parts.length === 0 ? undefined : [...parts, statement.slice(at)].join('')
}
