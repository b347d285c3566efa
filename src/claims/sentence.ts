import { languages } from './language/languages.ts'
import type { Cite } from '../evidence/index.ts'
import { doubleQuotes } from './quotation.ts'

/** A sentence as written, its flattened form for matching, and where it stands. */
export interface Said {
  readonly text: string
  readonly flat: string
  readonly cite: Cite
  /** Stands in a headline, which repeats what the text says. */
  readonly title?: true
  /** The sentence with the whole of the quotation it stands in: who speaks is told of it once. */
  readonly frame: Frame
}

/** A sentence together with all sentences of the quotations in it. */
export interface Frame {
  readonly flat: string
  /** True for the first of a paragraph or post. */
  readonly opens: boolean
  /** True where a paragraph goes on with a quotation that the one before left open, or that it introduced with a colon. */
  readonly continues: boolean
}

const abbreviation = /(?:^|[\s("])(?:Mr|Mrs|Ms|Dr|Prof|Inc|Ltd|Co|Corp|Bhd|Sdn|No|vs|approx|e\.g|i\.e|etc|St|[A-Z])\.$/
const invisible =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g
const longest = 4_000
/** A quotation longer than this is taken for a stray quotation mark. */
const quoteLength = 2_400

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
    .replace(casual, (word) => plainly.get(word) ?? word)
    .trim()
}

/** Words of messages and what is read for them (`korang`: `anda`); in names, links and capitals nothing is replaced. */
const plainly = new Map(languages.flatMap((one) => Object.entries(one.casual)))
const casual = new RegExp(`(?<![\\p{L}\\p{N}@#/_.'-])(?:${[...plainly.keys()].join('|')})(?![\\p{L}\\p{N}_'/-]|\\.\\p{L})`, 'gu')

/**
 * Splits a paragraph into sentences, as ranges of the text (UTF-16). Quoted speech stays with the words around it; a line
 * break ends a sentence where `lines` says so (chat posts); `open` says that the last quotation goes on in the next paragraph; `casual`
 * that a sentence may begin with a small letter (posts).
 */
export function sentenceRanges(
  text: string,
  options: { readonly lines: boolean; readonly open?: boolean; readonly casual?: boolean },
): Range[] {
  const marked = doubleQuotes(text)
  const ranges: Range[] = []
  const close = closings(marked)
  let from = 0
  let quoteEnd = -1
  const cut = (to: number) => {
    addTrimmed(ranges, { text: marked, from, to })
    from = to
  }
  for (let at = 0; at < marked.length; at += 1) {
    const character = marked[at] as string
    if (character === '\n' && options.lines) {
      cut(at + 1)
      quoteEnd = -1
    } else if (at > quoteEnd && (character === '“' || character === '"')) {
      const end = close(character === '“' ? '”' : '"', at + 1)
      const broken = options.lines && end >= 0 && marked.slice(at, Math.min(end, at + quoteLength)).includes('\n')
      if (end >= 0 && end - at <= quoteLength && !broken) quoteEnd = end
      else if (end < 0 && options.open === true) quoteEnd = marked.length
    }
    const inside = at < quoteEnd && quoteEnd - at > 1
    if (!inside) {
      const end = sentenceEnd(marked, at, options.casual)
      if (end !== undefined) cut(end)
    }
  }
  cut(marked.length)
  return ranges
}

/** The sentences inside one range of `sentenceRanges`, those of its quotations among them; `marked` is the text with double marks. */
export function sentencesWithin(marked: string, range: Range): Range[] {
  const found: Range[] = []
  let from = range.from
  for (let at = range.from; at < range.to; at += 1) {
    const end = sentenceEnd(marked, at)
    if (end === undefined || end >= range.to) continue
    // `"... not touched," X said` goes on behind the quotation.
    if (/^\s*\p{Ll}/u.test(marked.slice(end, end + 12))) continue
    addTrimmed(found, { text: marked, from, to: end })
    from = end
  }
  addTrimmed(found, { text: marked, from, to: range.to })
  return found
}

/** A range of a text in UTF-16 units, end excluded. */
export interface Range {
  readonly from: number
  readonly to: number
}

function addTrimmed(ranges: Range[], piece: { readonly text: string } & Range): void {
  const words = piece.text.slice(piece.from, piece.to)
  const start = piece.from + (words.length - words.trimStart().length)
  const end = piece.from + words.trimEnd().length
  if (end > start) ranges.push({ from: start, to: end })
}

/** Where the sentence ends whose full stop stands at `at`, closing marks included. */
function sentenceEnd(text: string, at: number, casual = false): number | undefined {
  const character = text[at] as string
  if (!/[.!?…]/.test(character)) return undefined
  const close = /^[”"’')\]]*/.exec(text.slice(at + 1, at + 5))?.[0].length ?? 0
  const next = text.slice(at + 1 + close, at + 12 + close)
  const ends =
    next === '' || /^\s+(?:>\s?)?["“‘'([#>*-]*[\p{Lu}\p{N}]/u.test(next) || (casual && close === 0 && /^\s+\p{Ll}/u.test(next))
  const short = character === '.' && abbreviation.test(text.slice(Math.max(0, at - 8), at + 1))
  return ends && !short ? at + 1 + close : undefined
}

/** Finds the next closing mark, each place searched once. */
function closings(text: string): (mark: string, from: number) => number {
  const known = new Map<string, number>()
  return (mark, from) => {
    const last = known.get(mark)
    if (last !== undefined && (last < 0 || last >= from)) return last
    const found = text.indexOf(mark, from)
    known.set(mark, found)
    return found
  }
}
