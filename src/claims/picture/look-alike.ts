/** Letters and digits that a text reader takes for one another, as one of them. */
const alike: readonly (readonly [RegExp, string])[] = [
  [/rn/g, 'm'],
  [/vv/g, 'w'],
  [/[o]/g, '0'],
  [/[il|!]/g, '1'],
  [/s/g, '5'],
  [/b/g, '8'],
  [/z/g, '2'],
  [/g/g, '9'],
]

/** A text for comparing what was read with what is known: without case, spaces and marks, look-alike letters as one. `crm-O1` = `crm-01`. */
export function lookAlike(text: string): string {
  let folded = text.normalize('NFKC').toLowerCase()
  for (const [letters, one] of alike) folded = folded.replace(letters, one)
  return folded.replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/** The same for names of hosts, in which dots and dashes tell names apart. */
export function lookAlikeHost(text: string): string {
  let folded = text.normalize('NFKC').toLowerCase()
  for (const [letters, one] of alike) folded = folded.replace(letters, one)
  return folded.replaceAll(/[^\p{L}\p{N}.-]/gu, '')
}

/** Do two folded texts differ in at most one letter (put in, left out or exchanged)? Short ones must be the same. */
export function nearlySame(a: string, b: string): boolean {
  if (a === b) return true
  if (Math.min(a.length, b.length) < 7 || Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start += 1
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1
  return Math.max(a.length, b.length) - start - end <= 1
}
