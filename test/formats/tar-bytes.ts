export interface TarEntry {
  readonly name: string
  readonly data?: string | Uint8Array
  /** Type flag; a plain file without. */
  readonly type?: string
  /** Size written down instead of the true one. */
  readonly stated?: number
}

/** A ustar archive with any names, types and sizes, as an attacker would write it. */
export function tar(entries: readonly TarEntry[]): Buffer {
  return Buffer.concat([...entries.map(entryBytes), Buffer.alloc(1024)])
}

function entryBytes({ name, data = '', type = '0', stated }: TarEntry): Buffer {
  const body = Buffer.from(data as string)
  const header = Buffer.alloc(512)
  header.write(name, 0, 100)
  header.write('0000644\0', 100)
  header.write(`${(stated ?? body.length).toString(8).padStart(11, '0')}\0`, 124)
  header.write('00000000000\0', 136)
  header.write('        ', 148)
  header.write(type, 156)
  header.write('ustar\x0000', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([header, body, Buffer.alloc((512 - (body.length % 512)) % 512)])
}

/** The body of a pax header with these records. */
export function paxRecords(records: Readonly<Record<string, string>>): string {
  return Object.entries(records)
    .map(([name, value]) => {
      const tail = ` ${name}=${value}\n`
      let length = Buffer.byteLength(tail) + 1
      while (String(length).length + Buffer.byteLength(tail) !== length) length += 1
      return `${length}${tail}`
    })
    .join('')
}
