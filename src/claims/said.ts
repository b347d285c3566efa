import type { Cite } from '../evidence/index.ts'
import { doubleQuotes } from './quotation.ts'
import { flatten, sentenceRanges, sentencesWithin, type Frame, type Said } from './sentence.ts'

/**
 * Sentences of one text with their cites. `cite` is asked for ranges in their order; `lines` says that a line break ends a sentence,
 * `casual` that one may begin with a small letter, `open` and `continues` that a quotation goes on behind or comes from before.
 */
export function sentencesOf(
  text: string,
  cite: (from: number, to: number) => Cite,
  options: { readonly lines: boolean; readonly casual?: boolean; readonly open?: boolean; readonly continues?: boolean },
): Said[] {
  const marked = doubleQuotes(text)
  const continues = options.continues === true
  return sentenceRanges(text, options).flatMap((range, index) => {
    const frame: Frame = {
      flat: flatten(marked.slice(range.from, range.to)),
      opens: index === 0 && !continues,
      continues: continues && (index === 0 || /^\s*>/.test(text)),
    }
    const within = options.lines ? [range] : sentencesWithin(marked, range)
    return within.flatMap((piece): Said[] => {
      const flat = flatten(marked.slice(piece.from, piece.to))
      const words = text.slice(piece.from, piece.to)
      const whole = options.lines ? words : unwrapped(words)
      return flat === '' ? [] : [{ text: whole, flat, cite: cite(piece.from, piece.to), frame }]
    })
  })
}

/** Lines broken for their length as one; marks of a block quotation inside are left off. */
function unwrapped(words: string): string {
  const lines = words.split('\n')
  if (lines.length === 1) return words
  const inner = lines.map((line, index) => (index === 0 ? line : line.trimStart().replace(/^>\s?/, '').trimStart()))
  return inner.map((line, index) => (index === lines.length - 1 ? line : line.trimEnd())).join(' ')
}
