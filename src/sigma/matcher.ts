import { unreachable } from '../base/index.ts'
import { compileGlob } from './glob.ts'
import { compileNetwork } from './network.ts'
import { compileComparison } from './numeral.ts'
import { plainText } from './pattern.ts'
import type { Plan, Relation, Test } from './plan.ts'
import { compileRegex } from './regex.ts'
import { timePart } from './time-part.ts'
import type { EventView } from './view.ts'
import { fold } from './fold.ts'

export type Matcher = (view: EventView) => boolean

/** Compiles a plan to a test of one event. Parts shared by reference are compiled once through `compiled`. */
export function compilePlan(plan: Plan, compiled = new Map<Plan, Matcher>()): Matcher {
  const earlier = compiled.get(plan)
  if (earlier !== undefined) return earlier
  const matcher = compileNode(plan, compiled)
  compiled.set(plan, matcher)
  return matcher
}

function compileNode(plan: Plan, compiled: Map<Plan, Matcher>): Matcher {
  switch (plan.kind) {
    case 'and': {
      const of = plan.of.toSorted((a, b) => effort(a) - effort(b)).map((one) => compilePlan(one, compiled))
      return (view) => {
        for (let i = 0; i < of.length; i += 1) if (!(of[i] as Matcher)(view)) return false
        return true
      }
    }
    case 'or': {
      const of = [
        ...mergePlain(plan.of),
        ...plan.of.filter((one) => plainKey(one) === undefined).map((one) => compilePlan(one, compiled)),
      ]
      return (view) => of.some((one) => one(view))
    }
    case 'not': {
      const of = compilePlan(plan.of, compiled)
      return (view) => !of(view)
    }
    case 'at-least': {
      const of = plan.of.map((one) => compilePlan(one, compiled))
      return (view) => {
        let holding = 0
        return of.some((one) => one(view) && ++holding >= plan.n)
      }
    }
    case 'named':
      return compilePlan(plan.of, compiled)
    case 'field':
      return compileTest(plan.field, plan.test)
    case 'anywhere': {
      const fields = anywhereFields(plan.test)
      return (view) => view.names().some((name) => fields(view, name))
    }
    default:
      return unreachable(plan)
  }
}

/** Rough work of trying a plan: of parts that must all hold, those that cost little are tried first. */
function effort(plan: Plan): number {
  switch (plan.kind) {
    case 'and':
    case 'or':
    case 'at-least':
      return plan.of.reduce((sum, one) => sum + effort(one), 0)
    case 'not':
    case 'named':
      return effort(plan.of)
    case 'anywhere':
      return 1_000
    case 'field':
      return plan.test.kind === 'regex' ? 100 : 1
    default:
      return unreachable(plan)
  }
}

/** Compiles a keyword's test of one field of an event. */
export function anywhereFields(test: Extract<Plan, { kind: 'anywhere' }>['test']): (view: EventView, field: string) => boolean {
  const passes = test.kind === 'regex' ? compileRegex(test) : compileGlob(test.parts, test.cased)
  const raw = test.kind === 'regex' || test.cased
  return (view, field) => {
    const value = raw ? view.text(field) : view.folded(field)
    return value !== undefined && passes(value)
  }
}

/** Compiles the test of one field. */
export function compileTest(field: string, test: Test): Matcher {
  const onText = (passes: (value: string) => boolean): Matcher => {
    return (view) => {
      const value = view.text(field)
      return value !== undefined && passes(value)
    }
  }
  switch (test.kind) {
    case 'text': {
      const passes = compileGlob(test.parts, test.cased)
      if (test.cased) return onText(passes)
      return (view) => {
        const value = view.folded(field)
        return value !== undefined && passes(value)
      }
    }
    case 'regex':
      return onText(compileRegex(test))
    case 'number':
      return onText(compileComparison(test.op, test.value))
    case 'network':
      return onText(compileNetwork(test.network))
    case 'present':
      return (view) => view.text(field) !== undefined
    case 'absent':
      return (view) => view.text(field) === undefined
    case 'same-as': {
      const read = (view: EventView, name: string): string | undefined => (test.cased ? view.text(name) : view.folded(name))
      return (view) => {
        const value = read(view, field)
        const other = read(view, test.other)
        return value !== undefined && other !== undefined && relates(value, test.relation, other)
      }
    }
    case 'time-part': {
      const passes = compileComparison(test.op, test.value)
      return onText((value) => {
        const part = timePart(value, test.part)
        return part !== undefined && passes(part)
      })
    }
    default:
      return unreachable(test)
  }
}

function relates(value: string, relation: Relation, other: string): boolean {
  switch (relation) {
    case 'equals':
      return value === other
    case 'contains':
      return value.includes(other)
    case 'startswith':
      return value.startsWith(other)
    case 'endswith':
      return value.endsWith(other)
    default:
      return unreachable(relation)
  }
}

/** Long lists of plain values of one field become one look-up. */
function mergePlain(of: readonly Plan[]): Matcher[] {
  const sets = new Map<string, Set<string>>()
  for (const one of of) {
    const key = plainKey(one)
    if (key === undefined) continue
    const set = sets.get(key.field) ?? new Set()
    sets.set(key.field, set.add(key.text))
  }
  return [...sets].map(([field, set]) => (view) => {
    const value = view.folded(field)
    return value !== undefined && set.has(value)
  })
}

function plainKey(plan: Plan): { readonly field: string; readonly text: string } | undefined {
  if (plan.kind !== 'field' || plan.test.kind !== 'text' || plan.test.cased) return undefined
  const text = plainText(plan.test.parts)
  return text === undefined ? undefined : { field: plan.field, text: fold(text) }
}
