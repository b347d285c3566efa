/** Well-formed text: lone surrogates become U+FFFD. `changed` tells the caller to record a fault. */
export function wellFormed(text: string): { text: string; changed: boolean } {
  return text.isWellFormed() ? { text, changed: false } : { text: text.toWellFormed(), changed: true }
}

// C0 and C1 controls but tab and newline; bidirectional and zero-width controls; line separators; tags.
const unsafe =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu

/**
 * Text that is safe to print to a terminal or put on a page as text: control, bidirectional and invisible
 * characters are written as `\u{202e}`. Nothing is lost and nothing can hide.
 */
export function printable(text: string): string {
  return text.toWellFormed().replace(unsafe, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
}

/** A cell for CSV meant for spreadsheets: text that a spreadsheet would run as a formula gets a leading apostrophe. */
export function csvCell(value: string): string {
  const text = /^[=+\-@\t\r]/.test(value) && !/^[+-]?\d[\d .]*$/.test(value) ? `'${value}` : value
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** `97.2 %`; values near the ends are not rounded to certainty. */
export function percent(share: number): string {
  if (share > 0 && share < 0.001) return '< 0.1 %'
  if (share < 1 && share > 0.999) return '> 99.9 %'
  return `${(share * 100).toFixed(1)} %`
}
