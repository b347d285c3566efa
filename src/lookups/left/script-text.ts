/** Characters of a history that a client wrote as octal numbers, and what it writes for the line ends of one statement. */
const [escaped, joined] = [/\\([0-3][0-7]{2})/g, '\u0001']

/**
 * The text of a script or of a client's history, and the line of the file on which a place of it stands. Histories of `libedit` begin with `_HiStOrY_V2_` and
 * write blanks and line ends as octal numbers; psql with `readline` writes the line ends of one statement as U+0001.
 */
export function scriptText(bytes: Uint8Array): { readonly text: string; readonly lineAt: (place: number) => number } {
  const lines = new TextDecoder().decode(bytes).split('\n')
  const octal = lines[0]?.trim() === '_HiStOrY_V2_'
  const starts: number[] = []
  let length = 0
  const read = lines.map((line, at) => {
    const plain = line.replace(/\r$/, '').replaceAll(joined, '\n')
    const text = !octal
      ? plain
      : at === 0
        ? ''
        : plain.replaceAll(escaped, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 8)))
    starts.push(length)
    length += text.length + 1
    return text
  })
  return { text: read.join('\n'), lineAt: (place) => lineOf(starts, place) }
}

/** Number, from 1, of the last start at or before a place. */
function lineOf(starts: readonly number[], place: number): number {
  let [low, high] = [0, starts.length]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) <= place) low = middle
    else high = middle
  }
  return low + 1
}
