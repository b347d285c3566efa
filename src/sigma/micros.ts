let knownDay = ''
let knownMs = 0

/**
 * Microseconds since 1970 of fixed-width UTC text; undefined for '' and for any other text. Before 1685 and after 2255 the number
 * is exact to some microseconds only.
 */
export function microsOf(time: string): number | undefined {
  if (time.length !== 27) return undefined
  if (knownDay === '' || !time.startsWith(knownDay)) {
    const day = time.slice(0, 10)
    const ms = Date.parse(`${day}T00:00:00.000Z`)
    if (Number.isNaN(ms)) return undefined
    knownDay = day
    knownMs = ms
  }
  const seconds = two(time, 11) * 3_600 + two(time, 14) * 60 + two(time, 17)
  const micros = (two(time, 20) * 100 + two(time, 22)) * 100 + two(time, 24)
  const at = knownMs * 1_000 + seconds * 1_000_000 + micros
  return Number.isNaN(at) ? undefined : at
}

/** The number of two digits. */
function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}
