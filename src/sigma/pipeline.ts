import type { Condition } from './condition.ts'
import type { Search } from './search-tree.ts'

/** What a rule must be for a transformation to apply. */
export type RuleCondition =
  | { readonly kind: 'log-source'; readonly product: string; readonly category: string; readonly service: string }
  | { readonly kind: 'contains-item'; readonly field: string; readonly value: string | undefined }
  | { readonly kind: 'is-rule' | 'is-correlation' }
  | { readonly kind: 'attribute'; readonly attribute: string; readonly op: AttributeOperator; readonly value: string }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'state'; readonly key: string; readonly value: string; readonly op: 'eq' | 'ne' }
  | { readonly kind: 'applied'; readonly id: string }

export type AttributeOperator = 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte' | 'in' | 'not_in'

/** What the values of an item must be. */
export interface ItemCondition {
  readonly every: boolean
  readonly test: (value: ItemText) => boolean
}

/** A value of an item as conditions see it; `text` is undefined for what is no text. */
export interface ItemText {
  readonly text: string | undefined
  readonly isNull: boolean
}

/** What a field's name must be; '' is the whole event. */
export interface FieldCondition {
  readonly matches: (field: string) => boolean
}

/** Conditions joined; without any it holds. */
export interface Conditions<C> {
  readonly all: readonly { readonly name: string; readonly of: C }[]
  readonly link: 'and' | 'or'
  readonly negated: boolean
  readonly expression?: Condition
}

export type Transformation =
  /** New names of a field; undefined leaves it as it is. */
  | { readonly kind: 'rename'; readonly names: (field: string) => readonly string[] | undefined }
  | { readonly kind: 'drop' }
  | { readonly kind: 'fail-item' | 'fail-rule'; readonly message: string }
  | {
      readonly kind: 'add-condition'
      readonly search: (logsource: Readonly<Record<'product' | 'category' | 'service', string>>) => Search
      readonly negated: boolean
    }
  | { readonly kind: 'log-source'; readonly product: string; readonly category: string; readonly service: string }
  | { readonly kind: 'replace'; readonly replace: (text: string) => string; readonly skip: boolean; readonly interpret: boolean }
  | { readonly kind: 'map'; readonly values: ReadonlyMap<string, readonly string[]> }
  | { readonly kind: 'state' | 'attribute'; readonly key: string; readonly value: string }
  | { readonly kind: 'placeholders'; readonly values: (name: string) => readonly string[] | undefined }
  /** Touches only what rules list for display. */
  | { readonly kind: 'nothing' }

export interface Step {
  readonly id: string
  readonly of: Transformation
  readonly rule: Conditions<RuleCondition>
  readonly item: Conditions<ItemCondition>
  readonly field: Conditions<FieldCondition>
}

/** A processing pipeline; pipelines run in order of priority, then in the order given. */
export interface Pipeline {
  readonly name: string
  readonly priority: number
  readonly steps: readonly Step[]
  readonly file: string
}

/** Whether joined conditions hold, when each is asked by `ask`. */
export function holds<C>(conditions: Conditions<C>, ask: (one: C) => boolean): boolean {
  const { all, link, negated, expression } = conditions
  if (all.length === 0) return true
  const answer =
    expression === undefined
      ? link === 'and'
        ? all.every(({ of }) => ask(of))
        : all.some(({ of }) => ask(of))
      : evaluate(expression, (name) => all.some((one) => one.name === name && ask(one.of)))
  return answer !== negated
}

function evaluate(condition: Condition, ask: (name: string) => boolean): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.of.every((one) => evaluate(one, ask))
    case 'or':
      return condition.of.some((one) => evaluate(one, ask))
    case 'not':
      return !evaluate(condition.of, ask)
    case 'name':
      return ask(condition.name)
    case 'of':
      return false
  }
}
