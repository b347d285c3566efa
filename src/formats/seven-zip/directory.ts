import { crc32 } from 'node:zlib'

const startBytes = 32
const mostBytes = 65_536
const encodedHeader = 0x17
/** The method `7zAES` as a coder names it. */
const aes = Buffer.from([0x06, 0xf1, 0x07, 0x01])

/**
 * Does the directory of a 7z archive stand encrypted (`-mhe`)? Told by the archive's own header, which is never encrypted: it names the methods that
 * the directory went through. `false` for a header that is cut or damaged.
 */
export function encryptedDirectory(size: number, read: (from: number, to: number) => Uint8Array): boolean {
  if (size < startBytes) return false
  const start = Buffer.from(read(0, startBytes))
  if (start.readUInt32LE(8) !== crc32(start.subarray(12, startBytes))) return false
  const [from, length] = [start.readBigUInt64LE(12) + BigInt(startBytes), start.readBigUInt64LE(20)]
  if (length === 0n || length > BigInt(mostBytes) || from + length > BigInt(size)) return false
  const header = Buffer.from(read(Number(from), Number(from + length)))
  return header[0] === encodedHeader && start.readUInt32LE(28) === crc32(header) && header.includes(aes)
}
