import { unreachable } from '../base/index.ts'
import type { LogEvent } from '../events/index.ts'
import { testOf } from './matched-fields.ts'
import { anywhereFields } from './matcher.ts'
import { patternText } from './pattern.ts'
import type { Plan, Test } from './plan.ts'
import { isWrittenFor } from './rule-set.ts'
import type { Rule } from './rule.ts'
import { viewOf, type EventView } from './view.ts'

/** One node of a rule with its answer for one event. */
export interface Explanation {
  /** What is asked, in words: `Image ends with…` in Sigma's notation, `all of`, `selection`. */
  readonly what: string
  readonly holds: boolean
  /** Fields of the event that decided, with their values; empty for nodes with parts. */
  readonly fields: Readonly<Record<string, string>>
  readonly of: readonly Explanation[]
}

/** Why a rule matches an event or does not: every part of it, tried without short cuts. */
export function explain(rule: Rule, event: LogEvent): Explanation {
  const view = viewOf(event)
  const { product, category, service } = rule.logsource
  const source = node(
    `log source ${[product, category, service].filter((part) => part !== '').join(' / ')}`,
    isWrittenFor(rule.logsource, event),
  )
  const detection = explainPlan(rule.plan, view)
  return node(rule.title, source.holds && detection.holds, [source, detection])
}

function explainPlan(plan: Plan, view: EventView): Explanation {
  switch (plan.kind) {
    case 'and': {
      const of = plan.of.map((one) => explainPlan(one, view))
      return node(
        'all of',
        of.every((one) => one.holds),
        of,
      )
    }
    case 'or': {
      const of = plan.of.map((one) => explainPlan(one, view))
      return node(
        'any of',
        of.some((one) => one.holds),
        of,
      )
    }
    case 'at-least': {
      const of = plan.of.map((one) => explainPlan(one, view))
      return node(`at least ${plan.n} of`, of.filter((one) => one.holds).length >= plan.n, of)
    }
    case 'not': {
      const of = explainPlan(plan.of, view)
      return node('not', !of.holds, [of])
    }
    case 'named': {
      const of = explainPlan(plan.of, view)
      return node(plan.name, of.holds, [of])
    }
    case 'field': {
      const names = plan.test.kind === 'same-as' ? [plan.field, plan.test.other] : [plan.field]
      return leaf(`${plan.field} ${testText(plan.test)}`, testOf(plan)(view), names, view)
    }
    case 'anywhere': {
      const passes = anywhereFields(plan.test)
      const names = view.names().filter((name) => passes(view, name))
      return leaf(`any field ${testText(plan.test)}`, names.length > 0, names, view)
    }
    default:
      return unreachable(plan)
  }
}

function testText(test: Test): string {
  switch (test.kind) {
    case 'text':
      return `${test.cased ? 'is exactly' : 'is'} '${patternText(test.parts)}'`
    case 'regex':
      return `fits the regex ${test.source}${test.flags === '' ? '' : ` (${test.flags})`}`
    case 'number':
      return `${signs[test.op]} ${test.value}`
    case 'network':
      return `is in ${test.network.text}`
    case 'present':
      return 'is present'
    case 'absent':
      return 'is absent'
    case 'same-as':
      return `${test.relation} the field ${test.other}`
    case 'time-part':
      return `has a ${test.part} ${signs[test.op]} ${test.value}`
    default:
      return unreachable(test)
  }
}

const signs = { eq: '=', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const

function node(what: string, holds: boolean, of: readonly Explanation[] = []): Explanation {
  return { what, holds, fields: {}, of }
}

function leaf(what: string, holds: boolean, names: readonly string[], view: EventView): Explanation {
  const fields = names.flatMap((name) => {
    const value = view.text(name)
    return value === undefined ? [] : [[name, value] as const]
  })
  return { what, holds, fields: Object.fromEntries(fields), of: [] }
}
