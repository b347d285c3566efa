/** Why one record, template or chunk cannot be read; caught where the fault with its place is made. */
export class Malformed extends Error {
  readonly code: string
  constructor(code: string, what: string) {
    super(what)
    this.code = code
  }
}

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).toUpperCase().padStart(2, '0'))

/** Named little-endian reads over one chunk. Every read outside the bytes throws `Malformed`; nothing is copied. */
export class ChunkBytes {
  readonly bytes: Buffer
  readonly view: DataView
  readonly size: number

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.size = bytes.byteLength
  }

  /** Throws unless `at .. at + length` lies inside the chunk. */
  need(at: number, length: number): void {
    if (!(at >= 0 && length >= 0 && at + length <= this.size)) {
      throw new Malformed('evtx-out-of-bounds', `a value of ${length} bytes at offset ${at} reaches outside its chunk`)
    }
  }

  u8(at: number): number {
    this.need(at, 1)
    return this.bytes[at] as number
  }

  u16(at: number): number {
    this.need(at, 2)
    const b = this.bytes
    return (b[at] as number) | ((b[at + 1] as number) << 8)
  }

  u32(at: number): number {
    this.need(at, 4)
    const b = this.bytes
    return ((b[at] as number) | ((b[at + 1] as number) << 8) | ((b[at + 2] as number) << 16)) + (b[at + 3] as number) * 0x1000000
  }

  i32(at: number): number {
    return this.u32(at) | 0
  }

  u64(at: number): bigint {
    this.need(at, 8)
    return this.bytes.readBigUInt64LE(at)
  }

  /** An unsigned 64-bit integer as decimal text. */
  u64Text(at: number): string {
    const high = this.u32(at + 4)
    return high < 0x200000 ? String(high * 0x100000000 + this.u32(at)) : this.u64(at).toString()
  }

  i64Text(at: number): string {
    this.need(at, 8)
    return this.bytes.readBigInt64LE(at).toString()
  }

  /** UTF-16LE text of `length` bytes, cut at the first NUL that ends it; may be ill-formed. */
  utf16(at: number, length: number): string {
    this.need(at, length)
    const b = this.bytes
    let end = at + (length & ~1)
    while (end > at && b[end - 1] === 0 && b[end - 2] === 0) end -= 2
    if (end - at > 64) return b.toString('utf16le', at, end)
    let text = ''
    for (let i = at; i < end; i += 2) text += String.fromCharCode((b[i] as number) | ((b[i + 1] as number) << 8))
    return text
  }

  /** Text in the Windows Latin-1 code page, trailing NULs cut. */
  ansi(at: number, length: number): string {
    this.need(at, length)
    let end = at + length
    while (end > at && this.bytes[end - 1] === 0) end -= 1
    return this.bytes.toString('latin1', at, end)
  }

  /** Bytes as upper-case hex. */
  hex(at: number, length: number): string {
    this.need(at, length)
    return this.bytes.toString('hex', at, at + length).toUpperCase()
  }

  /** `{5770385F-C22A-43E0-BF4C-06F5698FFBD9}` */
  guid(at: number): string {
    this.need(at, 16)
    const b = this.bytes
    const h = (i: number) => hex[b[at + i] as number] as string
    return `{${h(3)}${h(2)}${h(1)}${h(0)}-${h(5)}${h(4)}-${h(7)}${h(6)}-${h(8)}${h(9)}-${h(10)}${h(11)}${h(12)}${h(13)}${h(14)}${h(15)}}`
  }

  /** `S-1-5-18`; the length must hold all sub-authorities. */
  sid(at: number, length: number): string {
    this.need(at, Math.max(8, length))
    const count = this.u8(at + 1)
    if (8 + count * 4 > length) throw new Malformed('evtx-sid', 'a security identifier is shorter than it says')
    const authority = this.bytes.readUIntBE(at + 2, 6)
    let text = `S-${this.u8(at)}-${authority}`
    for (let i = 0; i < count; i += 1) text += `-${this.u32(at + 8 + i * 4)}`
    return text
  }
}
