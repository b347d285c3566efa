import { Lexer } from 'yaml'
import { limits } from '../base/index.ts'

/** The lexer's mark in front of a scalar's text. */
const scalarFollows = '\u001f'

/** Whether YAML text nests deeper than the limit: brackets, or list and key marks on one line. The parser itself recurses. */
export function nestsTooDeeply(text: string): boolean {
  return mayNestTooDeeply(text) && doesNestTooDeeply(text)
}

/** Whether there are enough of the characters at all, wherever they stand: of most rules there are not, and the lexer can be spared. */
function mayNestTooDeeply(text: string): boolean {
  let brackets = 0
  let marks = 0
  let mostMarks = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === openSquare || code === openCurly) brackets += 1
    else if (code === dash || code === question) {
      marks += 1
      if (marks > mostMarks) mostMarks = marks
    } else if (code === lineFeed) marks = 0
  }
  return brackets + mostMarks > limits.depth
}

const [openSquare, openCurly, dash, question, lineFeed] = [0x5b, 0x7b, 0x2d, 0x3f, 0x0a]

function doesNestTooDeeply(text: string): boolean {
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
