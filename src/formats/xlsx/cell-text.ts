const dayMs = 86_400_000

/** What a number stands for by the format of its cell. */
export type NumberFormat = 'number' | 'date'

/** Whether a format code shows days or times: one of its letters outside quotes, brackets and escapes. */
export function isDateCode(code: string): boolean {
  const bare = code
    .slice(0, 500)
    .replaceAll(/"[^"]*"|\\.|_.|\*./g, '')
    .replaceAll(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
  return /[dmyhs]/i.test(bare.replaceAll(/General/gi, '')) && !/[#0?]/.test(bare.replaceAll(/[.]0+/g, ''))
}

/** Numbers of formats that are built in and show days or times. */
export function isDateId(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)
}

/** `45565` is `2024-09-30`, `45565.5` is `2024-09-30 12:00:00`, `0.5` is `12:00:00`; numbers that are no day stay as written. */
export function dateText(written: string, from1904: boolean): string {
  const serial = Number(written)
  if (!Number.isFinite(serial) || serial < 0 || serial >= 2_958_466) return written
  const seconds = Math.round(serial * 86_400)
  const time = new Date(seconds * 1000).toISOString().slice(11, 19)
  if (seconds < 86_400 && !from1904) return time
  const day = Math.floor(seconds / 86_400)
  // The format counts a 29 February 1900 that never was.
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, day < 60 ? 31 : 30)
  const date = new Date(epoch + day * dayMs).toISOString().slice(0, 10)
  return seconds % 86_400 === 0 ? date : `${date} ${time}`
}

/**
 * A number as text, and whether digits were lost. `6.0123456789E10` writes out every digit and becomes `60123456789`; `6.01235E+10`
 * does not and stays; whole numbers of more than 15 digits cannot be kept by the format; fractions are given with the 15 digits that are shown.
 */
export function numberText(written: string): { readonly text: string; readonly lost: boolean } {
  const parts = /^(-?)(\d{1,20})(?:\.(\d{1,40}))?(?:[eE]([+-]?\d{1,3}))?$/.exec(written)
  if (parts === null) return { text: written, lost: false }
  const [, sign = '', whole = '', fraction = '', exponent] = parts
  const power = Number(exponent ?? 0)
  const digits = (whole + fraction).replace(/^0+/, '')
  if (exponent === undefined && fraction === '')
    return { text: written, lost: digits.replace(/0+$/, '').length > 15 || digits.length > 15 }
  if (power > 0 && power < 25) {
    const significant = (whole + fraction).replace(/0+$/, '').length
    const zeros = power - fraction.length
    if (zeros <= 0 && /^0*$/.test(fraction.slice(power)))
      return { text: sign + (whole + fraction).slice(0, whole.length + power), lost: significant > 15 || digits.length > 15 }
    return { text: written, lost: power >= 5 }
  }
  return { text: digits.length > 15 ? String(Number(Number(written).toPrecision(15))) : written, lost: false }
}

/** `_x000D_` stands for a character that XML cannot hold. */
export function unescaped(text: string): string {
  return text.includes('_x')
    ? text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text
}

/** `C7` is column 2 (from 0); undefined when there are no letters or too many. */
export function columnOf(reference: string): number | undefined {
  const letters = /^[A-Z]{1,3}(?=\d)/.exec(reference)?.[0]
  if (letters === undefined) return undefined
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}
