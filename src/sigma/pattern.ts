/** A piece of a pattern: text, `*`, `?`, or any of the dashes and the slash that start a Windows flag. */
export type Part = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'any' | 'one' | 'dash' }

/** The characters Windows programs take for the start of a flag. */
export const dashes = '-/–—―'

/**
 * Reads a Sigma string: `*` and `?` are wildcards, `\*` and `\?` the plain characters, `\\` one backslash,
 * and a backslash before anything else stands for itself.
 */
export function parsePattern(text: string): Part[] {
  const parts: Part[] = []
  let plain = ''
  const wild = (kind: 'any' | 'one'): void => {
    if (plain !== '') parts.push({ kind: 'text', text: plain })
    plain = ''
    if (kind === 'one' || parts.at(-1)?.kind !== 'any') parts.push({ kind })
  }
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    const next = text.charAt(at + 1)
    if (character === '\\' && (next === '*' || next === '?' || next === '\\')) {
      plain += next
      at++
    } else if (character === '*') wild('any')
    else if (character === '?') wild('one')
    else plain += character
  }
  if (plain !== '') parts.push({ kind: 'text', text: plain })
  return parts
}

/** The pattern with a `*` before, after or around it. */
export function withAny(parts: readonly Part[], where: 'before' | 'after' | 'around'): Part[] {
  const wrapped = [...parts]
  if (where !== 'after' && wrapped[0]?.kind !== 'any') wrapped.unshift({ kind: 'any' })
  if (where !== 'before' && wrapped.at(-1)?.kind !== 'any') wrapped.push({ kind: 'any' })
  return wrapped
}

/** The text itself when the pattern has no wildcard, else undefined. */
export function plainText(parts: readonly Part[]): string | undefined {
  if (parts.length === 0) return ''
  const [only] = parts
  return parts.length === 1 && only?.kind === 'text' ? only.text : undefined
}

/** Marks the dashes that start a flag (not inside a word, a letter or digit after) as interchangeable. */
export function withDashes(parts: readonly Part[]): Part[] {
  return parts.flatMap((part) => (part.kind === 'text' ? splitDashes(part.text) : [part]))
}

/** The pattern written as Sigma writes it; a flag's dash is shown as `-`. */
export function patternText(parts: readonly Part[]): string {
  return parts
    .map((part) => {
      switch (part.kind) {
        case 'text':
          return part.text.replace(/[*?]/g, String.raw`\$&`)
        case 'any':
          return '*'
        case 'one':
          return '?'
        case 'dash':
          return '-'
      }
    })
    .join('')
}

function splitDashes(text: string): Part[] {
  const parts: Part[] = []
  let from = 0
  for (let at = 0; at < text.length; at++) {
    if (!dashes.includes(text.charAt(at)) || isWord(text.charAt(at - 1)) || !isWord(text.charAt(at + 1))) continue
    if (at > from) parts.push({ kind: 'text', text: text.slice(from, at) })
    parts.push({ kind: 'dash' })
    from = at + 1
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) })
  return parts
}

function isWord(character: string): boolean {
  return /^[\p{L}\p{N}_]$/u.test(character)
}
