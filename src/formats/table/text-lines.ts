import { limits } from '../../base/index.ts'

/** A physical line without its end; `tooLong` lines carry no text (it was never held). */
export interface TextLine {
  readonly line: number
  readonly text: string
  readonly tooLong: boolean
}

/**
 * Decoded text as arrays of physical lines (ends `\n`, `\r\n`; `\r` alone when `ending` says so), one array per chunk.
 * A line above `limits.lineBytes` characters is dropped while it is read and told by `tooLong`.
 */
export async function* textLines(chunks: AsyncIterable<string>, ending: '\n' | '\r' = '\n'): AsyncIterable<TextLine[]> {
  let line = 0
  let parts: string[] = []
  let held = 0
  let tooLong = false
  const end = (tail: string): TextLine => {
    line += 1
    const over = tooLong || held + tail.length > limits.lineBytes
    let text = over ? '' : parts.length === 0 ? tail : parts.join('') + tail
    if (ending === '\n' && text.endsWith('\r')) text = text.slice(0, -1)
    parts = []
    held = 0
    tooLong = false
    return { line, text, tooLong: over }
  }
  for await (const chunk of chunks) {
    const lines: TextLine[] = []
    let from = 0
    for (let at = chunk.indexOf(ending); at !== -1; at = chunk.indexOf(ending, from)) {
      lines.push(end(chunk.slice(from, at)))
      from = at + 1
    }
    if (from < chunk.length && !tooLong) {
      held += chunk.length - from
      if (held > limits.lineBytes) {
        parts = []
        tooLong = true
      } else parts.push(chunk.slice(from))
    }
    if (lines.length > 0) yield lines
  }
  if (tooLong || held > 0) yield [end('')]
}
