/**
 * Perceptual hash of a picture: of each of eight rows, is a shade brighter than the one to its right? 64 bits as 16 hex digits
 * (difference hash). `grey` holds 9 x 8 shades, row by row. Pictures that differ in a few bits look the same to a person; a copy
 * saved anew differs in one or two.
 */
export function differenceHash(grey: Uint8Array): string {
  let bits = 0n
  for (let y = 0; y < 8; y++)
    for (let x = 0; x < 8; x++) bits = (bits << 1n) | ((grey[y * 9 + x] ?? 0) > (grey[y * 9 + x + 1] ?? 0) ? 1n : 0n)
  return bits.toString(16).padStart(16, '0')
}
