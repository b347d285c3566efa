/** A word of a command line, quotes taken off; `sign` for what parts commands. */
export interface ShellWord {
  readonly kind: 'word' | 'sign'
  readonly text: string
  /** Where it begins in the line. */
  readonly from: number
}

const signs = /(?:\|\||&&|<<<|<<-?|>>|[|;&<>()\n])/y

/**
 * The words of a command line as a shell of Unix parts them, in time linear in its length; never throws. A backslash stands for itself in front of letters, so
 * that paths of Windows stay whole. A quote without its end is a character like any other.
 */
export function shellWords(line: string): ShellWord[] {
  const found: ShellWord[] = []
  let [text, from] = ['', -1]
  const add = (at: number, more: string): void => {
    if (from === -1) from = at
    text += more
  }
  const close = (): void => {
    if (from !== -1) found.push({ kind: 'word', text, from })
    text = ''
    from = -1
  }
  const lastOf = { "'": line.lastIndexOf("'"), '"': line.lastIndexOf('"') }
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at] ?? ''
    if ((character === "'" || character === '"') && lastOf[character] > at) {
      const { inside, end } = quoted(line, at, character)
      add(at, inside)
      at = end
    } else if (character === '\\' && at + 1 < line.length && !/[\w.\\]/.test(line[at + 1] ?? '')) {
      if (line[at + 1] !== '\n') add(at, line[at + 1] ?? '')
      at += 1
    } else if (character === ' ' || character === '\t' || character === '\r') close()
    else {
      signs.lastIndex = at
      const sign = signs.exec(line)?.[0]
      if (sign === undefined) add(at, character)
      else {
        close()
        found.push({ kind: 'sign', text: sign, from: at })
        at += sign.length - 1
      }
    }
  }
  close()
  return found
}

/** What stands between quotes, and where they end. */
function quoted(line: string, open: number, quote: string): { readonly inside: string; readonly end: number } {
  let inside = ''
  for (let at = open + 1; at < line.length; at += 1) {
    const character = line[at] ?? ''
    if (character === quote) return { inside, end: at }
    const next = line[at + 1] ?? ''
    if (quote === '"' && character === '\\' && /["\\$`\n]/.test(next)) {
      if (next !== '\n') inside += next
      at += 1
    } else inside += character
  }
  return { inside, end: line.length }
}
