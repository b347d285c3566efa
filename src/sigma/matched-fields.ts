import { unreachable } from '../base/index.ts'
import type { LogEvent, RowEvent } from '../events/index.ts'
import { anywhereFields, compileTest, type Matcher } from './matcher.ts'
import type { Plan } from './plan.ts'
import { RowView, viewOf, type EventView } from './view.ts'

/** An event as it is looked at after it matched: only the fields asked for are decoded where that gives the same. */
export function viewOfMatched(event: LogEvent & { readonly row?: RowEvent['row'] }): EventView {
  const { row } = event
  if (row === undefined || row.derived) return viewOf(event)
  const view = new RowView(row.layout)
  view.turn(row)
  return view
}

/** The fields that made a plan hold, with their values, sorted by name; parts under `not` decide nothing here. */
export function matchedFields(plan: Plan, view: EventView): Record<string, string> {
  const names: string[] = []
  holds(plan, view, names)
  const fields: Record<string, string> = {}
  for (const name of [...new Set(names)].sort()) {
    const value = view.text(name)
    if (value !== undefined) fields[name] = value
  }
  return fields
}

// The thousandth detection of a rule must not compile its regexes again.
const compiled = new WeakMap<Plan, Matcher>()

/** The compiled test of a field, made once. */
export function testOf(plan: Extract<Plan, { readonly kind: 'field' }>): Matcher {
  let passes = compiled.get(plan)
  if (passes === undefined) compiled.set(plan, (passes = compileTest(plan.field, plan.test)))
  return passes
}

/** Whether the plan holds; adds the fields of the parts that made it so. */
function holds(plan: Plan, view: EventView, names: string[]): boolean {
  const before = names.length
  const answer = (held: boolean): boolean => {
    if (!held) names.length = before
    return held
  }
  switch (plan.kind) {
    case 'and':
      return answer(plan.of.every((one) => holds(one, view, names)))
    case 'or':
      return plan.of.reduce((held, one) => holds(one, view, names) || held, false)
    case 'at-least':
      return answer(plan.of.reduce((held, one) => held + (holds(one, view, names) ? 1 : 0), 0) >= plan.n)
    case 'not': {
      const held = holds(plan.of, view, names)
      names.length = before
      return !held
    }
    case 'named':
      return holds(plan.of, view, names)
    case 'field':
      if (!testOf(plan)(view)) return false
      names.push(plan.field)
      if (plan.test.kind === 'same-as') names.push(plan.test.other)
      return true
    case 'anywhere': {
      const passes = anywhereFields(plan.test)
      for (const name of view.names()) if (passes(view, name)) names.push(name)
      return names.length > before
    }
    default:
      return unreachable(plan)
  }
}
