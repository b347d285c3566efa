import { limits } from '../../base/index.ts'

/** The bytes of one JSON value, or why there is none. */
export type Frame =
  | { readonly kind: 'value'; readonly bytes: Buffer; readonly line: number; readonly from: number }
  | {
      readonly kind: 'lost'
      readonly why: 'syntax' | 'size' | 'depth' | 'truncated' | 'text'
      readonly line: number
      readonly from: number
    }

const open = { brace: 0x7b, bracket: 0x5b } as const
const close = { brace: 0x7d, bracket: 0x5d } as const
const quote = 0x22
const backslash = 0x5c
const newline = 0x0a
const comma = 0x2c
const colon = 0x3a

/**
 * Cuts UTF-8 bytes into top-level JSON values by their brackets: objects one after another, spread over lines or not, and
 * the elements of a top-level array. After broken JSON it takes up again at a line that begins with an opening brace no
 * deeper indented than the broken value. Linear; holds at most one value of `limits.documentBytes`.
 */
export class Framer {
  readonly #max: number
  #state: 'between' | 'value' | 'drop' | 'junk' | 'resync' = 'between'
  #inArray = false
  #line = 1
  #column = 0
  #lineBlank = true
  #offset = 0
  #inString = false
  #escaped = false
  #previous = 0
  #stack: number[] = []
  #depth = 0
  #parts: Buffer[] = []
  #size = 0
  #from = 0
  #startLine = 1
  #startColumn = 0

  constructor(max: number = limits.documentBytes) {
    this.#max = max
  }

  /** The values that end in this block. */
  feed(bytes: Buffer): Frame[] {
    const frames: Frame[] = []
    let start = 0
    for (let i = 0; i < bytes.length; i += 1) {
      if (this.#inString && !this.#escaped && (this.#state === 'value' || this.#state === 'drop')) {
        const after = plainEnd(bytes, i)
        this.#column += after - i
        i = after
        if (i === bytes.length) break
      }
      const c = bytes[i] as number
      if (this.#state === 'value' || this.#state === 'drop') {
        const was = this.#state
        if (!this.#inside(c, frames)) {
          if (was === 'value' && this.#depth === 0) frames.push(this.#finish(bytes.subarray(start, i + 1)))
          this.#parts = []
          // A brace that cannot stand here but begins a line begins the next value.
          if ((this.#state as string) === 'between' && c === open.brace && this.#depth > 0) this.#begin(c, i)
          start = i
        }
      } else {
        this.#outside(c, i, frames)
        if ((this.#state as string) === 'value') start = i
      }
      if (c === newline) {
        this.#line += 1
        this.#column = 0
        this.#lineBlank = true
      } else {
        this.#column += 1
        if (c !== 0x20 && c !== 0x09 && c !== 0x0d) this.#lineBlank = false
      }
    }
    if (this.#state === 'value') this.#keep(bytes.subarray(start), frames)
    this.#offset += bytes.length
    return frames
  }

  /** What the end of the source leaves open. */
  end(): Frame[] {
    return this.#state === 'value' || this.#state === 'drop' ? [this.#lost('truncated')] : []
  }

  #outside(c: number, i: number, frames: Frame[]): void {
    if (this.#state === 'junk') {
      if (c === newline || (this.#inArray && c === comma)) this.#state = 'between'
      return
    }
    if (this.#state === 'resync') {
      if (c === open.brace && this.#lineBlank && this.#column <= this.#startColumn) this.#begin(c, i)
      else if (this.#inArray && c === close.bracket && this.#lineBlank && this.#column < this.#startColumn) {
        this.#inArray = false
        this.#state = 'between'
      }
      return
    }
    if (c === 0x20 || c === 0x09 || c === 0x0d || c === newline || c === 0x1e) return
    if (c === open.brace) this.#begin(c, i)
    else if (c === open.bracket && this.#inArray) this.#begin(c, i)
    else if (c === open.bracket) this.#inArray = true
    else if (c === close.bracket && this.#inArray) this.#inArray = false
    else if (c !== comma) {
      frames.push({ kind: 'lost', why: 'text', line: this.#line, from: this.#offset + i })
      this.#state = 'junk'
    }
  }

  #begin(c: number, i: number): void {
    this.#state = 'value'
    this.#stack = [c]
    this.#depth = 1
    this.#inString = false
    this.#escaped = false
    this.#previous = c
    this.#parts = []
    this.#size = 0
    this.#from = this.#offset + i
    this.#startLine = this.#line
    this.#startColumn = this.#column
  }

  /** One byte of a value; false when the value ended here, well or badly. */
  #inside(c: number, frames: Frame[]): boolean {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false
      else if (c === backslash) this.#escaped = true
      else if (c === quote) this.#inString = false
      else if (c === newline) return this.#broken(frames)
      return true
    }
    if (c === 0x20 || c === 0x09 || c === 0x0d || c === newline) return true
    const previous = this.#previous
    this.#previous = c
    if (c === quote) this.#inString = true
    else if (c === open.brace || c === open.bracket) {
      if (this.#state === 'value' && !this.#mayOpen(previous)) return this.#broken(frames, c === open.brace && this.#lineBlank)
      this.#depth += 1
      if (this.#state === 'value') {
        if (this.#depth > limits.depth) this.#drop('depth', frames)
        else this.#stack.push(c)
      }
    } else if (c === close.brace || c === close.bracket) {
      if (this.#state === 'value' && this.#stack.pop() !== (c === close.brace ? open.brace : open.bracket))
        return this.#broken(frames)
      this.#depth -= 1
      if (this.#depth === 0) {
        this.#state = 'between'
        return false
      }
    }
    return true
  }

  #mayOpen(previous: number): boolean {
    return this.#stack.at(-1) === open.brace ? previous === colon : previous === comma || previous === open.bracket
  }

  #broken(frames: Frame[], atLineStart = false): false {
    if (this.#state === 'value') frames.push(this.#lost('syntax'))
    this.#depth = Math.max(this.#depth, 1)
    this.#inString = false
    this.#state = atLineStart ? 'between' : 'resync'
    return false
  }

  #drop(why: 'depth' | 'size', frames: Frame[]): void {
    frames.push(this.#lost(why))
    this.#state = 'drop'
    this.#parts = []
  }

  #keep(bytes: Buffer, frames: Frame[]): void {
    this.#size += bytes.length
    if (this.#size > this.#max) this.#drop('size', frames)
    else this.#parts.push(Buffer.from(bytes))
  }

  #finish(tail: Buffer): Frame {
    if (this.#size + tail.length > this.#max) return this.#lost('size')
    const bytes = this.#parts.length === 0 ? tail : Buffer.concat([...this.#parts, tail])
    return { kind: 'value', bytes, line: this.#startLine, from: this.#from }
  }

  #lost(why: 'syntax' | 'size' | 'depth' | 'truncated'): Frame {
    return { kind: 'lost', why, line: this.#startLine, from: this.#from }
  }
}

/** Where a run of bytes that change nothing inside a string ends. */
function plainEnd(bytes: Buffer, from: number): number {
  let at = from
  for (; at < bytes.length; at += 1) {
    const c = bytes[at]
    if (c === quote || c === backslash || c === newline) break
  }
  return at
}
