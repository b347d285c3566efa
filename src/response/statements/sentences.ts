import { limits, UserError } from '../../base/index.ts'
import { hiddenIn, wordsOf } from './plain-words.ts'

/** A sentence of a statement, where it stands, and its words for comparing. */
export interface TextSentence {
  /** As written, on one line. */
  readonly text: string
  /** Line it begins on, from 1. */
  readonly line: number
  /** Paragraph it stands in, from 0. */
  readonly paragraph: number
  readonly words: readonly string[]
  /** What a reader cannot see of it. */
  readonly hidden?: string
}

/** Sentences of one text; further ones are refused. */
const mostSentences = 4_000

/**
 * The sentences of a text: paragraphs by empty lines and list marks, then full stops that end a sentence. A line break within a paragraph ends nothing, so that no phrase hides in it.
 * Throws a `UserError` for a text over the limit, an empty one, or one that is no text.
 */
export function sentencesOf(text: string, abbreviations: ReadonlySet<string>): TextSentence[] {
  if (Buffer.byteLength(text) > limits.statementBytes)
    throw refused('is larger than the limit', `give at most ${limits.statementBytes / 1024} KiB of plain text`)
  if (text.includes('\u0000')) throw refused('is no plain text', 'save it as plain text, UTF-8')
  const found: TextSentence[] = []
  let paragraph = 0
  let gathered = ''
  let begins = 1
  const close = (): void => {
    if (gathered.trim() !== '') {
      for (const one of split(gathered, abbreviations)) {
        const line = begins + (gathered.slice(0, one.at).match(/\n/g)?.length ?? 0)
        const shown = one.text.replace(/\s+/g, ' ').trim()
        const hidden = hiddenIn(one.text)
        found.push({ text: shown, line, paragraph, words: wordsOf(one.text), ...(hidden === undefined ? {} : { hidden }) })
      }
      paragraph += 1
    }
    gathered = ''
  }
  for (const [index, raw] of text.split(/\r\n|\r|\n|\u0085|\u2028|\u2029/).entries()) {
    const item = /^\s*(?:[-*\u2022\u2013]|#{1,6}|\d{1,2}[.)])\s+/.exec(raw)
    if (raw.trim() === '' || item !== null) close()
    if (raw.trim() === '') continue
    if (gathered === '') begins = index + 1
    gathered += gathered === '' ? raw.slice(item?.[0].length ?? 0) : `\n${raw}`
    if (/^\s*#{1,6}\s/.test(raw)) close()
  }
  close()
  if (found.length === 0) throw refused('is empty', 'write the statement into it')
  if (found.length > mostSentences) throw refused(`has more than ${mostSentences} sentences`, 'give one statement at a time')
  return found
}

function split(text: string, abbreviations: ReadonlySet<string>): { readonly text: string; readonly at: number }[] {
  const parts: { text: string; at: number }[] = []
  let from = 0
  for (const match of text.matchAll(/[.!?\u2026][\u201d"\u2019')\]]{0,2}(?=\s)/gu)) {
    const end = match.index + match[0].length
    const next = /\S/u.exec(text.slice(end, end + 40))?.[0] ?? ''
    const before = /([\p{L}\p{N}]{1,20})$/u.exec(text.slice(Math.max(from, match.index - 20), match.index))?.[1] ?? ''
    if (match[0].startsWith('.') && (abbreviations.has(before.toLowerCase()) || /^\p{L}$/u.test(before))) continue
    if (/^\p{Ll}/u.test(next)) continue
    parts.push({ text: text.slice(from, end), at: from })
    from = end
  }
  if (text.slice(from).trim() !== '') parts.push({ text: text.slice(from), at: from })
  return parts.map((one) => ({ text: one.text, at: one.at + (one.text.length - one.text.trimStart().length) }))
}

function refused(what: string, hint: string): UserError {
  return new UserError({ code: 'statement-unreadable', message: `the statement ${what}`, hint })
}
