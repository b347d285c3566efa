import { limits } from '../base/index.ts'

/** Messages as lines of a file, and how many were too long to be kept whole. */
export interface Framed {
  readonly lines: Buffer
  readonly tooLong: number
}

const newline = 10

/** One message as one line: what would end the line or cut the text stands as #ooo, as other receivers of syslog write it. */
export function messageLine(message: Uint8Array): Buffer {
  let end = message.length
  while (end > 0 && (message[end - 1] === newline || message[end - 1] === 13 || message[end - 1] === 0)) end -= 1
  if (end === 0) return Buffer.alloc(0)
  const text = Buffer.from(message.buffer, message.byteOffset, end)
  const plain = text.includes(newline) || text.includes(13) || text.includes(0) ? escaped(text) : text
  return Buffer.concat([plain, Buffer.from([newline])])
}

function escaped(text: Buffer): Buffer {
  const parts: Buffer[] = []
  let from = 0
  for (let at = 0; at < text.length; at += 1) {
    const byte = text[at] as number
    if (byte !== newline && byte !== 13 && byte !== 0) continue
    parts.push(text.subarray(from, at), Buffer.from(`#${byte.toString(8).padStart(3, '0')}`))
    from = at + 1
  }
  return Buffer.concat([...parts, text.subarray(from)])
}

/**
 * Cuts what one TCP connection sends into messages (RFC 6587): counted ones (`LENGTH MESSAGE`), or one for each line; both may come
 * on one connection. A message above the limit is passed over and counted.
 */
export class SyslogFrames {
  #held: Buffer = Buffer.alloc(0)
  /** Bytes of a message above the limit still to be passed over; Infinity: to the end of its line. */
  #skip = 0

  feed(bytes: Uint8Array): Framed {
    this.#held = this.#held.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.#held, bytes])
    const lines: Buffer[] = []
    let tooLong = 0
    let at = 0
    while (at < this.#held.length) {
      if (this.#skip > 0) {
        const end = this.#skip === Infinity ? this.#held.indexOf(newline, at) + 1 || Infinity : at + this.#skip
        if (end > this.#held.length) {
          if (this.#skip !== Infinity) this.#skip -= this.#held.length - at
          at = this.#held.length
          break
        }
        at = end
        this.#skip = 0
        continue
      }
      const count = /^(\d{1,9}) (?=<)/.exec(this.#held.toString('latin1', at, at + 16))
      if (count === null && /^\d{1,9} ?$/.test(this.#held.toString('latin1', at, at + 16))) break
      const from = at + (count?.[0].length ?? 0)
      const length = count === null ? undefined : Number(count[1])
      const end = length === undefined ? this.#held.indexOf(newline, at) : from + length
      if ((length ?? 0) > limits.watchMessageBytes) {
        tooLong += 1
        this.#skip = length ?? 0
        at = from
        continue
      }
      if (end < 0 || end > this.#held.length) {
        if (length !== undefined || this.#held.length - at <= limits.watchMessageBytes) break
        tooLong += 1
        this.#skip = Infinity
        continue
      }
      if (end - from > limits.watchMessageBytes) tooLong += 1
      else lines.push(messageLine(this.#held.subarray(from, end)))
      at = length === undefined ? end + 1 : end
    }
    this.#held = Buffer.from(this.#held.subarray(at))
    return { lines: Buffer.concat(lines), tooLong }
  }

  /** The last message of a connection that was closed without the end of a line. */
  end(): Framed {
    const rest = this.#skip > 0 ? Buffer.alloc(0) : messageLine(this.#held)
    this.#held = Buffer.alloc(0)
    return { lines: rest, tooLong: 0 }
  }
}
