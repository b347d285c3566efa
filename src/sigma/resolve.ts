import { unreachable } from '../base/index.ts'
import type { Condition } from './condition.ts'
import type { Plan } from './plan.ts'
import { RuleProblem } from './problem.ts'

/** Puts the plans of the search identifiers into a condition; throws RuleProblem on a name the rule does not define. */
export function resolve(condition: Condition, searches: ReadonlyMap<string, Plan>): Plan {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return { kind: condition.kind, of: condition.of.map((one) => resolve(one, searches)) }
    case 'not':
      return { kind: 'not', of: resolve(condition.of, searches) }
    case 'name': {
      const found = searches.get(condition.name)
      if (found === undefined) throw unknown(condition)
      return found
    }
    case 'of':
      return quantified(condition, searches)
    default:
      return unreachable(condition)
  }
}

function quantified(condition: Extract<Condition, { kind: 'of' }>, searches: ReadonlyMap<string, Plan>): Plan {
  const of: Plan[] = []
  const them = condition.names.toLowerCase() === 'them'
  for (const [name, plan] of searches) {
    if (them ? !name.startsWith('_') : nameMatches(condition.names, name)) of.push(plan)
  }
  if (of.length === 0) throw unknown({ name: condition.names, column: condition.column })
  if (condition.n === 'all') return { kind: 'and', of }
  if (condition.n === 0) throw new RuleProblem(`condition, column ${condition.column}: '0 of' asks for nothing`)
  if (condition.n > of.length) {
    throw new RuleProblem(
      `condition, column ${condition.column}: ${condition.n} are asked for, but only ${of.length} are defined`,
    )
  }
  return condition.n === 1 ? { kind: 'or', of } : { kind: 'at-least', n: condition.n, of }
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
