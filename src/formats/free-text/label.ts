/** A label and what it names: `HP: 012-345 6789`. */
export interface Labelled {
  readonly label: string
  readonly value: string
}

/** `Key: value`, `Key = value`, `Key - value` at the start of a text; the label is short and made of words. */
export function labelled(text: string): Labelled | undefined {
  const trimmed = text.trim()
  const at = trimmed.slice(0, 60).search(/[:=：]/)
  if (at < 1) return undefined
  const label = trimmed.slice(0, at).trim()
  const value = trimmed.slice(at + 1)
  // `https://` and `12:30` are no labels.
  if (!isLabel(label) || value.startsWith('//') || (/\d$/.test(label) && /^\d/.test(value))) return undefined
  return { label, value: value.trim() }
}

/** `HP 012-345 6789`: up to two words, then mostly digits. */
function labelledByDigits(text: string): Labelled | undefined {
  const found = /^\s{0,9}(\p{L}[\p{L}./]{0,15}(?: \p{L}{1,15})?)[ .]{1,3}(\+?[\d(][\d ()./-]{4,40})\s{0,9}$/u.exec(
    text.slice(0, 120),
  )
  return found === null || text.length > 120 ? undefined : { label: found[1] ?? '', value: (found[2] ?? '').trim() }
}

function isLabel(text: string): boolean {
  return /^\p{L}[\p{L}\p{N} ._/()#'*-]{0,39}$/u.test(text) && text.split(' ').length <= 5
}

/** A line without the mark of a list (`12.`, `3)`, `-`, `*`, `•`) before it. */
export function withoutMark(line: string): string {
  return line.replace(/^\s{0,20}(?:\d{1,7}[.)]\s{1,9}|\[\d{1,7}\]\s{0,9}|#\d{1,7}[.: ]\s{0,9}|[-*•▪►»]\s{1,9})/, '').trim()
}

/** A line that parts records: empty, or of dashes, equals signs, stars and the like alone. */
export function isRule(line: string): boolean {
  const text = line.trim()
  return text === '' || (text.length < 500 && /^[-=_*#~+.•─━═]{3,}$/.test(text))
}

const separators = ['|', '\t', ';', ' • ', ' / ', ' - ', ' – ', ','] as const

/**
 * The labelled parts of one line (`Nama: Aina | HP 012-345 6789 | IC: 900101-14-1234`), at least two; undefined = the line is no such record. A part
 * without a label belongs to the value before it.
 */
export function labelledParts(line: string): Labelled[] | undefined {
  const text = withoutMark(line)
  if (text.length > 20_000) return undefined
  for (const separator of separators) {
    if (!text.includes(separator)) continue
    const parts = joinParts(text.split(separator, 2_001), separator)
    if (parts !== undefined) return parts
  }
  return bySpaces(text)
}

function joinParts(pieces: readonly string[], separator: string): Labelled[] | undefined {
  const parts: { label: string; value: string }[] = []
  const between = separator === ',' || separator === ';' ? `${separator} ` : ` ${separator.trim()} `
  for (const piece of pieces) {
    const found = labelled(piece) ?? labelledByDigits(piece)
    if (found !== undefined) parts.push({ ...found })
    else {
      const last = parts.at(-1)
      if (last === undefined) return undefined
      if (piece.trim() !== '') last.value = `${last.value}${between}${piece.trim()}`
    }
  }
  return parts.length >= 2 ? parts : undefined
}

/** `Nama: Aina binti Farid HP: 0123456789`: words that end in a colon are the labels. */
function bySpaces(text: string): Labelled[] | undefined {
  const parts: { label: string; words: string[] }[] = []
  for (const word of text.split(/\s+/, 2_000)) {
    if (/^\p{L}[\p{L}\p{N}._/-]{0,19}:$/u.test(word)) parts.push({ label: word.slice(0, -1), words: [] })
    else {
      const last = parts.at(-1)
      if (last === undefined) return undefined
      last.words.push(word)
    }
  }
  if (parts.length < 2 || parts.some((part) => part.words.length === 0 || part.words.length > 12)) return undefined
  return parts.map(({ label, words }) => ({ label, value: words.join(' ') }))
}
