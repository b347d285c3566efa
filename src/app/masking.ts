/** Exhibits of these roles hold customers' records: their cells are masked until somebody states a purpose. */
const recordRoles: ReadonlySet<string> = new Set(['sample', 'copy', 'leak', 'audit', 'explain', 'left-behind'])

/** A line that names a password, as records of stolen logins have it: nothing of the value is shown. */
const secretLine = /^([ \t]{0,10}(?:pass|password|passwd|pwd|kata laluan|kata sandi|sandi)[ \t]{0,5}[:=])[^\n]+$/gim

/** Does the drawer mask this exhibit's text? */
export function isMasked(role: string): boolean {
  return recordRoles.has(role)
}

/** A record of an access log or of recorded reasons: in tables every word of two characters or more is starred out with its digits, for a login may be short. */
export function maskedRow(text: string, isTable: boolean): string {
  if (!isTable) return maskedText(text, false)
  return maskedText(text, false).replace(
    /(?<![\p{L}\p{N}])\p{L}[\p{L}\p{N}'._-]{1,60}/gu,
    (word) => `${word.slice(0, 1)}${'*'.repeat(Math.min(word.length - 1, 8))}`,
  )
}

/**
 * Original text with personal values made unreadable: lines of passwords, runs of seven or more digits, addresses of mail, and in tables
 * every longer word. What is left shows the shape of the record, not the person.
 */
export function maskedText(text: string, isTable: boolean): string {
  const withoutNumbers = text
    .replace(secretLine, '$1***')
    .replace(/[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,255}/g, (mail) => `${mail.slice(0, 1)}***@***`)
    .replace(/\+?\d[\d -]{5,30}\d/g, (digits) => {
      const bare = digits.replace(/\D/g, '')
      return bare.length < 7 || /^\d{4}-\d{2}-\d{2}$/.test(digits)
        ? digits
        : `${digits.slice(0, 3)}${'*'.repeat(bare.length - 5)}${bare.slice(-2)}`
    })
  if (!isTable) return withoutNumbers
  return withoutNumbers.replace(
    /[\p{L}][\p{L}'.]{3,60}/gu,
    (word) => `${word.slice(0, 1)}${'*'.repeat(Math.min(word.length - 1, 8))}`,
  )
}
