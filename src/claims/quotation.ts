/** Opens a quotation in single marks: at the beginning of a word, and a straight one only before a capital. */
const opening = /(?<![\p{L}\p{N}’'.,])(?:‘(?=[\p{L}\p{N}“"[])|'(?=\p{Lu}))/gu
/** May close one: no letter follows. */
const closing = { '‘': /’(?![\p{L}\p{N}])/gu, "'": /'(?![\p{L}\p{N}])/gu } as const
/** A quotation longer than this is taken for a stray quotation mark. */
const longest = 2_400

/**
 * Writes quotations in single marks (`‘We ...’`) with double ones, and marks inside them with single ones, so that one rule reads
 * both customs. In: any text. Out: text of the same length in UTF-16 units; apostrophes stay.
 */
export function doubleQuotes(text: string): string {
  if (!/[‘']/.test(text)) return text
  const marks: [number, string][] = []
  let after = 0
  for (const match of text.matchAll(opening)) {
    if (match.index < after) continue
    const sign = match[0] as '‘' | "'"
    const end = endOf(text, match.index, sign)
    if (end === undefined) continue
    marks.push([match.index, '“'], [end, '”'])
    for (const inner of text.slice(match.index + 1, end).matchAll(/[“”"]/g))
      marks.push([match.index + 1 + inner.index, inner[0] === '“' ? '‘' : '’'])
    after = end + 1
  }
  if (marks.length === 0) return text
  const pieces: string[] = []
  let from = 0
  for (const [at, mark] of marks.sort(([a], [b]) => a - b)) {
    pieces.push(text.slice(from, at), mark)
    from = at + 1
  }
  pieces.push(text.slice(from))
  return pieces.join('')
}

/** The closing mark: behind a stop or comma, else one that is no possessive (`customers’ data`). */
function endOf(text: string, start: number, sign: '‘' | "'"): number | undefined {
  const part = text.slice(start + 1, start + 1 + longest)
  let possible: number | undefined
  for (const { index } of part.matchAll(closing[sign])) {
    const at = start + 1 + index
    if (/[.,!?;:…]/.test(part[index - 1] ?? '')) return possible !== undefined && opensBetween(text, possible, at) ? possible : at
    const possessive = /[sz]/i.test(part[index - 1] ?? '') && /^\s+\p{Ll}/u.test(part.slice(index + 1, index + 4))
    if (!possessive) return possible !== undefined && opensBetween(text, possible, at) ? possible : at
    possible ??= at
  }
  return sign === '‘' ? possible : undefined
}

function opensBetween(text: string, from: number, to: number): boolean {
  return new RegExp(opening.source, 'u').test(text.slice(from + 1, to))
}
