import { unreachable } from '../base/index.ts'
import { fold } from './fold.ts'
import { plainText } from './pattern.ts'
import type { Plan, Test, TextTest } from './plan.ts'
import { numeralKey } from './numeral.ts'
import { rarity } from './rarity.ts'
import { requiredText } from './regex.ts'

/** Something simple an event shows. Texts are folded. */
type Atom =
  | { readonly kind: 'value'; readonly field: string; readonly text: string }
  | { readonly kind: 'number'; readonly field: string; readonly text: string }
  | { readonly kind: 'part'; readonly field: string; readonly text: string }
  | { readonly kind: 'present'; readonly field: string }
  | { readonly kind: 'part-anywhere'; readonly text: string }

/**
 * A necessary condition of a plan: an event that matches shows at least one of the atoms. Undefined when no such
 * list is known, so that the plan must always be tried.
 */
type Witness = readonly Atom[]

// A rule belongs to the log sources of many events.
const found = new WeakMap<Plan, { readonly witness: Witness | undefined }>()

/** Finds the witness of a plan that few events will show, judged by the length of its texts. */
export function witnessOf(plan: Plan): Witness | undefined {
  let known = found.get(plan)
  if (known === undefined) found.set(plan, (known = { witness: find(plan) }))
  return known.witness
}

function find(plan: Plan): Witness | undefined {
  switch (plan.kind) {
    case 'and':
      return cheapest(plan.of.map(find))
    case 'or':
    case 'at-least':
      return union(plan.of.map(find))
    case 'not':
      return undefined
    case 'named':
      return find(plan.of)
    case 'field':
      return fieldWitness(plan.field, plan.test)
    case 'anywhere': {
      const text = plan.test.kind === 'regex' ? fold(requiredText(plan.test.source)) : longestText(plan.test)
      return text === '' ? undefined : [{ kind: 'part-anywhere', text }]
    }
    default:
      return unreachable(plan)
  }
}

function fieldWitness(field: string, test: Test): Witness | undefined {
  const present: Witness = [{ kind: 'present', field }]
  switch (test.kind) {
    case 'text': {
      const plain = plainText(test.parts)
      if (plain !== undefined) return [{ kind: 'value', field, text: fold(plain) }]
      const text = longestText(test)
      return text === '' ? present : [{ kind: 'part', field, text }]
    }
    case 'regex': {
      const text = fold(requiredText(test.source))
      return text === '' ? present : [{ kind: 'part', field, text }]
    }
    case 'number':
      return test.op === 'eq' ? [{ kind: 'number', field, text: numeralKey(test.value) ?? test.value }] : present
    case 'network':
    case 'present':
    case 'same-as':
    case 'time-part':
      return present
    case 'absent':
      return undefined
    default:
      return unreachable(test)
  }
}

function longestText(test: TextTest): string {
  let longest = ''
  for (const part of test.parts) if (part.kind === 'text' && rarity(part.text) > rarity(longest)) longest = part.text
  return fold(longest)
}

function union(all: readonly (Witness | undefined)[]): Witness | undefined {
  const atoms: Atom[] = []
  for (const one of all) {
    if (one === undefined) return undefined
    for (const atom of one) atoms.push(atom)
  }
  return atoms
}

function cheapest(all: readonly (Witness | undefined)[]): Witness | undefined {
  let best: Witness | undefined
  for (const one of all) {
    if (one !== undefined && (best === undefined || cost(one) < cost(best))) best = one
  }
  return best
}

/** Rough share of events that show one of the atoms; only the order matters. */
function cost(witness: Witness): number {
  let sum = 0
  for (const atom of witness) {
    switch (atom.kind) {
      case 'value':
        sum += 0.5 ** Math.min(4 + rarity(atom.text), 12)
        break
      case 'number':
        sum += 0.05
        break
      case 'part':
        sum += 0.5 ** Math.min(rarity(atom.text), 12)
        break
      case 'part-anywhere':
        sum += 0.1 + 0.5 ** Math.min(rarity(atom.text), 12)
        break
      case 'present':
        sum += 0.9
        break
      default:
        unreachable(atom)
    }
  }
  return sum
}
