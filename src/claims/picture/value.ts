/** Is this text a value rather than a name of something: mostly digits, an amount with its unit, a time, an address? */
export function isValue(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  const digits = text.match(/\d/g)?.length ?? 0
  if (letters + digits === 0 || digits > letters) return true
  if (/[@\\]|:\/\//.test(text) || /^[\w-]+(?:\.[\w-]+)+(?:[:/]\S*)?$/.test(text)) return true
  return digits > 0 && /^[-+]?[\d.,]+ ?(?:%|[kmgt]i?b|ms|s|min|h|d|bps|[kmg]bps|rm|myr|usd|eur)$/i.test(text)
}

/** The shape of a value and nothing of it: letters as x, digits as 9; at most 40 of them. */
export function shapeOf(text: string): string {
  const shape = text
    .replaceAll(/\p{Lu}/gu, 'X')
    .replaceAll(/[\p{Ll}\p{Lo}]/gu, 'x')
    .replaceAll(/\p{N}/gu, '9')
  return shape.length > 40 ? `${shape.slice(0, 40)}...` : shape
}

const date =
  /\b(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{4})\b/i
const time = /\b\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?(?: ?(?:utc|gmt|z|[+-]\d{2}:?\d{2}))?\b/i

/** Does the text hold a day, a time of day? */
export function clockParts(text: string): { readonly date: boolean; readonly time: boolean } {
  return { date: date.test(text), time: time.test(text) }
}
