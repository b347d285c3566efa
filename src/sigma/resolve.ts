import { unreachable } from '../base/index.ts'
import type { Condition } from './condition.ts'
import type { Plan } from './plan.ts'
import { RuleProblem } from './problem.ts'

/**
 * Puts the plans of the search identifiers into a condition; throws RuleProblem on a name the rule does not define. A search
 * without a plan asks nothing and leaves the condition; undefined when nothing is asked at all.
 */
export function resolve(condition: Condition, searches: ReadonlyMap<string, Plan | undefined>): Plan | undefined {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const of = condition.of.flatMap((one) => resolve(one, searches) ?? [])
      return of.length === condition.of.length ? { kind: condition.kind, of } : few(condition.kind, of)
    }
    case 'not': {
      const of = resolve(condition.of, searches)
      return of === undefined ? undefined : { kind: 'not', of }
    }
    case 'name':
      if (!searches.has(condition.name)) throw unknown(condition)
      return searches.get(condition.name)
    case 'of':
      return quantified(condition, searches)
    default:
      return unreachable(condition)
  }
}

function quantified(
  condition: Extract<Condition, { kind: 'of' }>,
  searches: ReadonlyMap<string, Plan | undefined>,
): Plan | undefined {
  const them = condition.names.toLowerCase() === 'them'
  const named = [...searches].filter(([name]) => (them ? !name.startsWith('_') : nameMatches(condition.names, name)))
  if (named.length === 0) throw unknown({ name: condition.names, column: condition.column })
  const of = named.flatMap(([, plan]) => plan ?? [])
  if (of.length === 0) return undefined
  if (condition.n === 'all') return { kind: 'and', of }
  if (condition.n === 0) throw new RuleProblem(`condition, column ${condition.column}: '0 of' asks for nothing`)
  if (condition.n > of.length) {
    throw new RuleProblem(
      `condition, column ${condition.column}: ${condition.n} are asked for, but only ${of.length} are defined`,
    )
  }
  return condition.n === 1 ? { kind: 'or', of } : { kind: 'at-least', n: condition.n, of }
}

function few(kind: 'and' | 'or', of: readonly Plan[]): Plan | undefined {
  return of.length <= 1 ? of[0] : { kind, of }
}

/** `*` stands for any number of characters, at any place of the pattern. */
function nameMatches(pattern: string, name: string): boolean {
  const [head = '', ...rest] = pattern.split('*')
  const tail = rest.pop()
  if (tail === undefined) return pattern === name
  if (!name.startsWith(head) || !name.endsWith(tail) || name.length < head.length + tail.length) return false
  let at = head.length
  for (const piece of rest) {
    const found = name.slice(0, name.length - tail.length).indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return true
}

function unknown(of: { readonly name: string; readonly column: number }): RuleProblem {
  return new RuleProblem(`condition, column ${of.column}: the rule defines no search identifier '${of.name.slice(0, 80)}'`)
}
