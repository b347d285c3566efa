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
  const cutter = new LineCutter(ending)
  for await (const chunk of chunks) {
    const lines = cutter.add(chunk)
    if (lines.length > 0) yield lines
  }
  const last = cutter.end()
  if (last !== undefined) yield [last]
}

/** `textLines` for text that is handed over piece by piece. */
export class LineCutter {
  readonly #ending: '\n' | '\r'
  #line = 0
  #parts: string[] = []
  #held = 0
  #tooLong = false

  constructor(ending: '\n' | '\r') {
    this.#ending = ending
  }

  /** The lines that end in this piece. */
  add(chunk: string): TextLine[] {
    const lines: TextLine[] = []
    let from = 0
    for (let at = chunk.indexOf(this.#ending); at !== -1; at = chunk.indexOf(this.#ending, from)) {
      lines.push(this.#end(chunk.slice(from, at)))
      from = at + 1
    }
    if (from < chunk.length && !this.#tooLong) {
      this.#held += chunk.length - from
      if (this.#held > limits.lineBytes) {
        this.#parts = []
        this.#tooLong = true
      } else this.#parts.push(chunk.slice(from))
    }
    return lines
  }

  /** Counts lines that were read otherwise. */
  pass(lines: number): void {
    this.#line += lines
  }

  /** The last line, when it has no end. */
  end(): TextLine | undefined {
    return this.#tooLong || this.#held > 0 ? this.#end('') : undefined
  }

  #end(tail: string): TextLine {
    this.#line += 1
    const over = this.#tooLong || this.#held + tail.length > limits.lineBytes
    let text = over ? '' : this.#parts.length === 0 ? tail : this.#parts.join('') + tail
    if (this.#ending === '\n' && text.endsWith('\r')) text = text.slice(0, -1)
    this.#parts = []
    this.#held = 0
    this.#tooLong = false
    return { line: this.#line, text, tooLong: over }
  }
}
