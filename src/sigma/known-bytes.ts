/** Places looked at for one value: a hostile log may be made to meet in one place, and is then remembered less. */
const mostTries = 64

/** Rules that a value makes candidates, remembered by the value's bytes: a table without a text for every look-up. */
export class KnownBytes {
  /** Number of an entry, from 1; 0: free. */
  #slots = new Int32Array(64)
  #hashes = new Int32Array(32)
  #places = new Int32Array(32)
  #sizes = new Int32Array(32)
  #rules: (readonly number[])[] = []
  #bytes = Buffer.alloc(1024)
  #view = viewOf(this.#bytes)
  #used = 0

  get(bytes: DataView, from: number, to: number): readonly number[] | undefined {
    const hash = hashOf(bytes, from, to)
    const mask = this.#slots.length - 1
    for (let tried = 0; tried < mostTries; tried += 1) {
      const entry = (this.#slots[(hash + tried) & mask] as number) - 1
      if (entry < 0) return undefined
      if (this.#hashes[entry] === hash && this.#sizes[entry] === to - from && this.#isAt(entry, bytes, from))
        return this.#rules[entry]
    }
    return undefined
  }

  /** Adds a value that is not known yet. */
  set(bytes: DataView, from: number, to: number, rules: readonly number[]): void {
    const entry = this.#rules.length
    if (entry === this.#hashes.length) this.#grow()
    const size = to - from
    if (this.#used + size > this.#bytes.length) {
      const larger = Buffer.alloc((this.#used + size) * 2)
      larger.set(this.#bytes.subarray(0, this.#used))
      this.#bytes = larger
      this.#view = viewOf(larger)
    }
    this.#bytes.set(new Uint8Array(bytes.buffer, bytes.byteOffset + from, size), this.#used)
    const hash = hashOf(bytes, from, to)
    this.#hashes[entry] = hash
    this.#places[entry] = this.#used
    this.#sizes[entry] = size
    this.#rules.push(rules)
    this.#used += size
    this.#link(entry, hash)
  }

  clear(): void {
    this.#slots = new Int32Array(64)
    this.#hashes = new Int32Array(32)
    this.#places = new Int32Array(32)
    this.#sizes = new Int32Array(32)
    this.#rules = []
    this.#bytes = Buffer.alloc(1024)
    this.#view = viewOf(this.#bytes)
    this.#used = 0
  }

  #isAt(entry: number, bytes: DataView, from: number): boolean {
    const own = this.#places[entry] as number
    const size = this.#sizes[entry] as number
    const view = this.#view
    let at = 0
    for (; at + 4 <= size; at += 4) if (view.getInt32(own + at) !== bytes.getInt32(from + at)) return false
    for (; at < size; at += 1) if (view.getUint8(own + at) !== bytes.getUint8(from + at)) return false
    return true
  }

  #link(entry: number, hash: number): void {
    const mask = this.#slots.length - 1
    for (let tried = 0; tried < mostTries; tried += 1) {
      const slot = (hash + tried) & mask
      if (this.#slots[slot] !== 0) continue
      this.#slots[slot] = entry + 1
      return
    }
  }

  #grow(): void {
    const longer = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const grown = new Int32Array(old.length * 2)
      grown.set(old)
      return grown
    }
    this.#hashes = longer(this.#hashes)
    this.#places = longer(this.#places)
    this.#sizes = longer(this.#sizes)
    this.#slots = new Int32Array(this.#slots.length * 2)
    for (let entry = 0; entry < this.#rules.length; entry += 1) this.#link(entry, this.#hashes[entry] as number)
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
}

function hashOf(bytes: DataView, from: number, to: number): number {
  let hash = to - from
  let at = from
  for (; at + 4 <= to; at += 4) hash = mixed(hash ^ bytes.getInt32(at))
  for (; at < to; at += 1) hash = mixed(hash ^ bytes.getUint8(at))
  return hash ^ (hash >>> 15)
}

function mixed(hash: number): number {
  const product = Math.imul(hash, 0x9e3779b1)
  return product ^ (product >>> 13)
}
