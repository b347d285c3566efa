/** A word of a statement; comments and white space are left out. */
export interface Word {
  readonly kind: 'name' | 'text' | 'number' | 'parameter' | 'sign'
  /** Names lower case without quotes, texts with their escapes resolved, the rest as written. */
  readonly text: string
  /** Where it stands in the statement. */
  readonly from: number
  readonly to: number
}

const plain =
  /([A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)|(\d[\d.]*(?:[eE][+-]?\d{1,9})?)|(\$\d{1,9}|\?|:[A-Za-z_]\w{0,100}|:\d{1,4})|(::|<>|!=|<=|>=|\|\||[\s\S])/y

/** Words of a statement, in time linear in its length; at most `most` of them. An unclosed text runs to the end. */
export function words(statement: string, most: number): Word[] {
  const found: Word[] = []
  let at = 0
  while (at < statement.length && found.length < most) {
    const code = statement.charCodeAt(at)
    const character = statement[at] ?? ''
    if (code <= 0x20) at += 1
    else if (statement.startsWith('--', at)) at = endOf(statement, '\n', at)
    else if (statement.startsWith('/*', at)) at = endOf(statement, '*/', at)
    else if (character === "'" || character === '"' || character === '`') {
      const end = quoteEnd(statement, at)
      const text = statement.slice(at + 1, Math.max(at + 1, end - 1)).replaceAll(character + character, character)
      found.push({
        kind: character === "'" ? 'text' : 'name',
        text: character === "'" ? text : text.toLowerCase(),
        from: at,
        to: end,
      })
      at = end
    } else if (character === '$' && /\$(?:[A-Za-z_]\w{0,62})?\$/y.test(statement.slice(at, at + 66))) {
      const tag = /\$(?:[A-Za-z_]\w{0,62})?\$/y.exec(statement.slice(at, at + 66))?.[0] ?? '$$'
      const end = endOf(statement, tag, at + tag.length)
      found.push({
        kind: 'text',
        text: statement.slice(at + tag.length, Math.max(at + tag.length, end - tag.length)),
        from: at,
        to: end,
      })
      at = end
    } else {
      plain.lastIndex = at
      const match = plain.exec(statement)
      if (match === null) break
      const [all, name, number, parameter] = match
      const kind = name !== undefined ? 'name' : number !== undefined ? 'number' : parameter !== undefined ? 'parameter' : 'sign'
      found.push({ kind, text: kind === 'name' ? all.toLowerCase() : all, from: at, to: plain.lastIndex })
      at = plain.lastIndex
    }
  }
  return found
}

function endOf(text: string, ending: string, from: number): number {
  const end = text.indexOf(ending, from)
  return end === -1 ? text.length : end + ending.length
}

function quoteEnd(text: string, from: number): number {
  const quote = text[from] ?? "'"
  let at = text.indexOf(quote, from + 1)
  while (at !== -1 && text[at + 1] === quote) at = text.indexOf(quote, at + 2)
  return at === -1 ? text.length : at + 1
}
