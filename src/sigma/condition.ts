import { limits } from '../base/index.ts'
import { RuleProblem } from './problem.ts'

/** A condition as written: identifiers are not resolved yet. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'name'; readonly name: string; readonly column: number }
  /** `1 of x*`, `all of them`: `n` is a count or `all`; `names` a pattern with `*`, or `them`. */
  | { readonly kind: 'of'; readonly n: number | 'all'; readonly names: string; readonly column: number }

interface Token {
  readonly text: string
  /** Position in the condition, from 1. */
  readonly column: number
}

/**
 * Reads a condition. Binding from weak to strong: `or`, `and`, `not`, `N of x`, parentheses. Throws RuleProblem with
 * the column of what is wrong.
 */
export function parseCondition(text: string): Condition {
  const tokens = tokenize(text)
  let at = 0
  const here = (): Token => tokens[at] ?? { text: '', column: text.length + 1 }
  const isWord = (word: string): boolean => here().text.toLowerCase() === word
  const fail = (what: string): RuleProblem => new RuleProblem(`condition, column ${here().column}: ${what}`)

  const chain = (kind: 'and' | 'or', depth: number, operand: (depth: number) => Condition): Condition => {
    const first = operand(depth)
    if (!isWord(kind)) return first
    const of = [first]
    while (isWord(kind)) {
      at++
      of.push(operand(depth))
    }
    return { kind, of }
  }
  const either = (depth: number): Condition => chain('or', depth, both)
  const both = (depth: number): Condition => chain('and', depth, unary)
  const unary = (depth: number): Condition => {
    if (depth > limits.depth) throw fail(`more than ${limits.depth} levels of parentheses and 'not'`)
    const token = here()
    if (token.text === '') throw fail('something is missing at the end')
    if (isWord('not')) {
      at++
      return { kind: 'not', of: unary(depth + 1) }
    }
    if (token.text === '(') {
      at++
      const inner = either(depth + 1)
      if (here().text !== ')') throw fail(here().text === '' ? "a ')' is missing" : `'${here().text}' is not expected here`)
      at++
      return inner
    }
    return operand()
  }
  const operand = (): Condition => {
    const token = here()
    if (token.text === ')' || isWord('and') || isWord('or') || isWord('of')) throw fail(`'${token.text}' is not expected here`)
    at++
    if (!isWord('of') || !/^(?:\d{1,4}|all)$/i.test(token.text)) return { kind: 'name', name: token.text, column: token.column }
    at++
    const names = here()
    if (names.text === '' || names.text === '(' || names.text === ')')
      throw fail("a name, a pattern or 'them' is missing after 'of'")
    at++
    return { kind: 'of', n: /^all$/i.test(token.text) ? 'all' : Number(token.text), names: names.text, column: names.column }
  }

  const whole = either(0)
  if (here().text !== '') throw fail(`'${here().text}' is not expected here`)
  return whole
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  for (const match of text.matchAll(/[()]|[\w*.-]+|[^\s]/g)) {
    const token = { text: match[0], column: match.index + 1 }
    if (token.text === '|')
      throw new RuleProblem(`condition, column ${token.column}: aggregations ('| count() …') are not supported`)
    if (!/^[()]$|^[\w*.-]+$/.test(token.text)) throw new RuleProblem(`condition, column ${token.column}: unknown character`)
    tokens.push(token)
  }
  if (tokens.length === 0) throw new RuleProblem('the condition is empty')
  return tokens
}
