import type { PictureLine, PictureWord } from './reading.ts'

/** Words in lines from top to bottom, each line from left to right; `text` has an empty line where a gap of more than a line stands. */
export function linesOf(words: readonly PictureWord[]): { readonly lines: readonly PictureLine[]; readonly text: string } {
  const rows: { middle: number; height: number; words: PictureWord[] }[] = []
  for (const word of words.toSorted((a, b) => middleOf(a) - middleOf(b) || a.region.x - b.region.x)) {
    const row = rows.at(-1)
    if (row !== undefined && Math.abs(middleOf(word) - row.middle) < Math.max(row.height, word.region.height) * 0.45) {
      row.words.push(word)
      row.height = Math.max(row.height, word.region.height)
    } else rows.push({ middle: middleOf(word), height: word.region.height, words: [word] })
  }
  // A line of marks alone is what was left of a frame.
  const written = rows.filter((row) => row.words.some((word) => /[\p{L}\p{N}]/u.test(word.text)))
  const lines = written.map((row): PictureLine => {
    const inOrder = row.words.toSorted((a, b) => a.region.x - b.region.x)
    return { text: inOrder.map((word) => word.text).join(' '), region: around(inOrder) }
  })
  const text = lines.map((line, at) => {
    const before = lines[at - 1]
    const gap = before === undefined ? 0 : line.region.y - (before.region.y + before.region.height)
    return `${gap > line.region.height * 1.6 ? '\n' : ''}${line.text}`
  })
  return { lines, text: text.join('\n').trim() }
}

function middleOf(word: PictureWord): number {
  return word.region.y + word.region.height / 2
}

function around(words: readonly PictureWord[]): PictureWord['region'] {
  const x = Math.min(...words.map((word) => word.region.x))
  const y = Math.min(...words.map((word) => word.region.y))
  const right = Math.max(...words.map((word) => word.region.x + word.region.width))
  const bottom = Math.max(...words.map((word) => word.region.y + word.region.height))
  return { x, y, width: right - x, height: bottom - y }
}
