import { limits } from '../base/index.ts'
import { inGrammar } from './dialects.ts'
import { parseStatement } from './parse.ts'
import type { StatementReading, StatementValue } from './reading.ts'
import { scanWords } from './scan.ts'
import { words, type Word } from './words.ts'

/** Beyond these a text is only scanned: the parser's time and memory grow faster than the text. */
const parsedChars = 20_000
const parsedWords = 2_000
const scannedWords = 200_000

/** Statement shapes remembered by one reader. */
const shapesKept = 5_000

/**
 * A reader of statements that remembers shapes: statements that differ only in their literals are parsed once.
 * Takes the text of a statement of any length; never throws.
 */
export function statementReader(): (statement: string) => StatementReading {
  const shapes = new Map<string, StatementReading | undefined>()
  return (given) => {
    const own = words(given, scannedWords)
    const changed = inGrammar(given, own)
    const [statement, found] = changed === undefined ? [given, own] : [changed, words(changed, scannedWords)]
    if (statement.length > parsedChars || found.length > parsedWords || tooDeep(found)) return scanWords(found)
    const { shape, literals } = shapeOf(statement, found)
    let reading = shapes.get(shape)
    if (reading === undefined && !shapes.has(shape)) {
      reading = parseStatement(shape)
      if (shapes.size >= shapesKept) shapes.clear()
      shapes.set(shape, reading)
    }
    // Some texts mean something to the grammar (intervals, casts): then the statement is parsed as it stands.
    if (reading === undefined) return parseStatement(statement) ?? scanWords(found)
    return withLiterals(reading, literals)
  }
}

function tooDeep(found: readonly Word[]): boolean {
  let depth = 0
  for (const { text, kind } of found) {
    if (kind === 'sign' && (text === '(' || text === '[')) depth += 1
    if (kind === 'sign' && (text === ')' || text === ']')) depth -= 1
    if (depth > limits.depth) return true
  }
  // Chains of operators nest in the tree as deep as they are long.
  return (
    found.filter((word) => word.text === 'not' || word.text === 'and' || word.text === 'or' || word.kind === 'sign').length >
    1_500
  )
}

/** Private use characters mark where a literal stood. */
const mark = '\uE000'

/** The statement with each text, and each number of six digits or more, replaced by a numbered mark. */
function shapeOf(statement: string, found: readonly Word[]): { shape: string; literals: string[] } {
  const literals: string[] = []
  const parts: string[] = []
  let at = 0
  for (const word of found) {
    if (word.kind !== 'text' && !(word.kind === 'number' && /^\d{6,}$/.test(word.text))) continue
    parts.push(statement.slice(at, word.from), `'${mark}${literals.length}${mark}'`)
    literals.push(word.text)
    at = word.to
  }
  parts.push(statement.slice(at))
  return { shape: parts.join(''), literals }
}

function withLiterals(reading: StatementReading, literals: readonly string[]): StatementReading {
  if (literals.length === 0) return reading
  const { window } = reading
  return {
    ...reading,
    subscribers: reading.subscribers.map(({ field, value }) => ({ field, value: unmarked(value, literals) })),
    ...(window === undefined
      ? {}
      : {
          window: {
            field: window.field,
            ...(window.from === undefined ? {} : { from: unmarked(window.from, literals) }),
            ...(window.to === undefined ? {} : { to: unmarked(window.to, literals) }),
          },
        }),
  }
}

function unmarked(value: StatementValue, literals: readonly string[]): StatementValue {
  if (value.kind === 'parameter' || !value.text.startsWith(mark)) return value
  return { kind: 'literal', text: literals[Number(value.text.slice(1, -1))] ?? '' }
}
