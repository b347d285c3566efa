import { Lexer } from 'yaml'
import { limits } from '../base/index.ts'

/** The lexer's mark in front of a scalar's text. */
const scalarFollows = '\u001f'

/** Whether YAML text nests deeper than the limit: brackets, or list and key marks on one line. The parser itself recurses. */
export function nestsTooDeeply(text: string): boolean {
  let brackets = 0
  let marksOnLine = 0
  let isScalar = false
  for (const token of new Lexer().lex(text)) {
    if (isScalar) isScalar = false
    else if (token === scalarFollows) isScalar = true
    else if (token === '[' || token === '{') brackets++
    else if (token === ']' || token === '}') brackets--
    else if (token === '-' || token === '?') marksOnLine++
    else if (token === '\n' || token === '\r\n') marksOnLine = 0
    if (brackets + marksOnLine > limits.depth) return true
  }
  return false
}
