import type { Cite } from '../evidence/index.ts'

/** A sentence as written, its flattened form for matching, and where it stands. */
export interface Said {
  readonly text: string
  readonly flat: string
  readonly cite: Cite
  /** True for the first sentence of a paragraph or post. */
  readonly opens: boolean
}

const abbreviation = /(?:^|[\s("])(?:Mr|Mrs|Ms|Dr|Prof|Inc|Ltd|Co|Corp|Bhd|Sdn|No|vs|approx|e\.g|i\.e|etc|St|[A-Z])\.$/
const invisible =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g
const longest = 4_000
/** A quotation longer than this is taken for a stray quotation mark. */
const quoteLength = 800

/** One line of plain quotes, dashes and single spaces, without mark-up and invisible characters: for matching only, never shown. */
export function flatten(text: string): string {
  return text
    .slice(0, longest)
    .replace(invisible, '')
    .replace(/[‘’ʼ`]/g, "'")
    .replace(/[“”„«»]/g, '"')
    .replace(/[‐-―]/g, '-')
    .replace(/\*\*|__|~~/g, '')
    .replace(/^\s*(?:#{1,6}\s|>\s?|[-*+•]\s)/, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/**
 * Splits a paragraph into sentences, as ranges of the text (UTF-16). Quoted speech stays with the words around it; a line
 * break ends a sentence where `lines` says so (chat posts).
 */
export function sentenceRanges(text: string, options: { readonly lines: boolean }): { from: number; to: number }[] {
  const ranges: { from: number; to: number }[] = []
  let from = 0
  let quoteEnd = -1
  const cut = (to: number) => {
    const piece = text.slice(from, to)
    const start = from + (piece.length - piece.trimStart().length)
    const end = from + piece.trimEnd().length
    if (end > start) ranges.push({ from: start, to: end })
    from = to
  }
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] as string
    if (character === '\n' && options.lines) {
      cut(at + 1)
      quoteEnd = -1
    } else if (at > quoteEnd && (character === '“' || character === '"')) {
      const length = text.slice(at + 1, at + quoteLength).indexOf(character === '“' ? '”' : '"')
      const close = at + 1 + length
      if (length >= 0 && !(options.lines && text.slice(at, close).includes('\n'))) quoteEnd = close
    }
    const inside = at < quoteEnd && quoteEnd - at > 1
    if (!inside && /[.!?…]/.test(character)) {
      const close = /^[”"’')\]]*/.exec(text.slice(at + 1, at + 5))?.[0].length ?? 0
      const next = text.slice(at + 1 + close, at + 12 + close)
      const ends = next === '' || /^\s+["“‘'([#>*-]*[\p{Lu}\p{N}]/u.test(next)
      const short = character === '.' && abbreviation.test(text.slice(Math.max(0, at - 8), at + 1))
      if (ends && !short) cut(at + 1 + close)
    }
  }
  cut(text.length)
  return ranges
}
