/** Where skipping stands: outside everything, or inside something that may run over chunks. */
export type SkipState =
  | { readonly kind: 'plain' }
  | { readonly kind: 'quote'; readonly quote: string }
  | { readonly kind: 'dollar'; readonly tag: string }
  | { readonly kind: 'line-comment' }
  | { readonly kind: 'block-comment' }

/**
 * Skips a statement up to and with its `;`, over quotes, dollar quotes and comments. Returns how far it came, the state to go on in
 * when the text ended first, and whether the end was met.
 */
export function skipStatement(
  text: string,
  from: number,
  options: { state: SkipState; backslash: boolean; atEnd: boolean },
): {
  next: number
  state: SkipState
  done: boolean
} {
  let state = options.state
  let at = from
  while (at < text.length) {
    switch (state.kind) {
      case 'plain': {
        const special = findSpecial(text, at)
        if (special === -1) return { next: text.length, state, done: false }
        at = special
        const character = text[at] ?? ''
        if (character === ';') return { next: at + 1, state, done: true }
        // Two-character openers and dollar tags need what follows them.
        if (at + 70 > text.length && !options.atEnd && (character === '-' || character === '/' || character === '$'))
          return { next: at, state, done: false }
        const opened = openedAt(text, at)
        state = opened.state
        at = opened.next
        break
      }
      case 'quote': {
        const quoted = afterQuote(text, at, { quote: state.quote, backslash: options.backslash && state.quote !== '`' })
        if (!quoted.closed) return { next: quoted.next, state, done: false }
        at = quoted.next
        state = { kind: 'plain' }
        break
      }
      case 'dollar':
      case 'line-comment':
      case 'block-comment': {
        const ending: string = state.kind === 'dollar' ? state.tag : state.kind === 'line-comment' ? '\n' : '*/'
        const end = text.indexOf(ending, at)
        if (end === -1) return { next: Math.max(at, text.length - ending.length + 1), state, done: false }
        at = end + ending.length
        state = { kind: 'plain' }
        break
      }
    }
  }
  return { next: at, state, done: false }
}

const special = /[;'"`$/#-]/g

function findSpecial(text: string, from: number): number {
  special.lastIndex = from
  return special.exec(text)?.index ?? -1
}

function openedAt(text: string, at: number): { state: SkipState; next: number } {
  const character = text[at] ?? ''
  if (character === "'" || character === '"' || character === '`')
    return { state: { kind: 'quote', quote: character }, next: at + 1 }
  if (text.startsWith('--', at)) return { state: { kind: 'line-comment' }, next: at + 2 }
  if (text.startsWith('/*', at)) return { state: { kind: 'block-comment' }, next: at + 2 }
  if (character === '$') {
    const tag = /\$(?:[A-Za-z_][A-Za-z0-9_]{0,62})?\$/y
    tag.lastIndex = at
    const found = tag.exec(text)?.[0]
    if (found !== undefined) return { state: { kind: 'dollar', tag: found }, next: at + found.length }
  }
  return { state: { kind: 'plain' }, next: at + 1 }
}

function afterQuote(
  text: string,
  from: number,
  literal: { quote: string; backslash: boolean },
): { next: number; closed: boolean } {
  for (let at = from; at < text.length; at += 1) {
    const character = text[at]
    if (character === literal.quote) return { next: at + 1, closed: true }
    if (!literal.backslash || character !== '\\') continue
    // A backslash at the very end escapes what the next chunk begins with: stay in front of it.
    if (at + 1 === text.length) return { next: at, closed: false }
    at += 1
  }
  return { next: text.length, closed: false }
}
