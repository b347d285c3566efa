/** Shades along a side of what is hashed, and frequencies along a side that are kept: 64 bits. */
const side = 32
const kept = 8

/**
 * Perceptual hash of a picture: which of its 8 x 8 lowest frequencies (discrete cosine transform, the constant ones left out) are above
 * their median. 16 hex digits. `grey` holds 32 x 32 shades, row by row. On pages of programs, which are flat for the most part, a
 * difference hash changes in many bits when the picture is saved anew; this one in two as a rule.
 */
export function perceptualHash(grey: Uint8Array): string {
  const rows = Array.from({ length: side }, (_, y) =>
    frequencies(Array.from({ length: side }, (_, x) => grey[y * side + x] ?? 0)),
  )
  const both: number[] = []
  for (let across = 0; across < kept; across++) {
    const column = frequencies(rows.map((row) => row[across] ?? 0))
    for (let down = 0; down < kept; down++) both.push(column[down] ?? 0)
  }
  const median = both.toSorted((a, b) => a - b)[both.length / 2] ?? 0
  let bits = 0n
  for (const one of both) bits = (bits << 1n) | (one > median ? 1n : 0n)
  return bits.toString(16).padStart(16, '0')
}

/** The lowest frequencies of a row but the constant one. */
function frequencies(row: readonly number[]): number[] {
  return Array.from({ length: kept }, (_, at) =>
    row.reduce((sum, shade, x) => sum + shade * Math.cos((Math.PI * (2 * x + 1) * (at + 1)) / (2 * side)), 0),
  )
}
