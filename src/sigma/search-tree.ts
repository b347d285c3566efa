import { unreachable } from '../base/index.ts'
import type { Chain } from './modifiers.ts'
import { withAny } from './pattern.ts'
import type { Plan, Test } from './plan.ts'
import { RuleProblem } from './problem.ts'
import { openNames, type Placeholders } from './values.ts'

/** One value of an item: the tests it stands for (any must pass), or a text whose placeholders have no values yet. */
export type SearchValue =
  | { readonly kind: 'tests'; readonly of: readonly Test[] }
  | {
      readonly kind: 'open'
      readonly text: string
      readonly chain: Chain
      readonly known: Placeholders
      /** Where it stands in its search. */
      readonly path: readonly (string | number)[]
    }

/** `field|modifiers: values`, before it is a plan: what pipelines work on. */
export interface SearchItem {
  readonly kind: 'item'
  /** '' searches the whole event. */
  readonly field: string
  readonly link: 'and' | 'or'
  readonly values: readonly SearchValue[]
}

export type Search =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Search[] }
  | { readonly kind: 'not'; readonly of: Search }
  | SearchItem

/** The items of a search, in order. */
export function itemsOf(search: Search): SearchItem[] {
  switch (search.kind) {
    case 'item':
      return [search]
    case 'not':
      return itemsOf(search.of)
    case 'and':
    case 'or':
      return search.of.flatMap(itemsOf)
    default:
      return unreachable(search)
  }
}

/** The search with every item replaced; an item replaced by nothing goes, and so does what is left empty. */
export function mapItems(search: Search, change: (item: SearchItem) => Search | undefined): Search | undefined {
  switch (search.kind) {
    case 'item':
      return change(search)
    case 'not': {
      const of = mapItems(search.of, change)
      return of === undefined ? undefined : { kind: 'not', of }
    }
    case 'and':
    case 'or': {
      const of = search.of.flatMap((one) => mapItems(one, change) ?? [])
      return of.length === 0 ? undefined : { kind: search.kind, of }
    }
    default:
      return unreachable(search)
  }
}

/** The plan of a search; throws when a placeholder has no values. */
export function planOfSearch(search: Search): Plan {
  switch (search.kind) {
    case 'item':
      return grouped(
        search.link,
        search.values.map((value) => planOfValue(search.field, value)),
      )
    case 'not':
      return { kind: 'not', of: planOfSearch(search.of) }
    case 'and':
    case 'or':
      return grouped(search.kind, search.of.map(planOfSearch))
    default:
      return unreachable(search)
  }
}

function planOfValue(field: string, value: SearchValue): Plan {
  if (value.kind === 'open')
    throw new RuleProblem(
      `no values are given for the placeholder '%${openNames(value.text, value.known)[0]?.slice(0, 60) ?? ''}%'`,
      value.path,
    )
  return grouped(
    'or',
    value.of.map((test): Plan => {
      if (field !== '') return { kind: 'field', field, test }
      if (test.kind === 'text') return { kind: 'anywhere', test: { ...test, parts: withAny(test.parts, 'around') } }
      if (test.kind === 'regex') return { kind: 'anywhere', test }
      throw new RuleProblem('a search over the whole event takes text or a regex')
    }),
  )
}

function grouped(kind: 'and' | 'or', of: readonly Plan[]): Plan {
  const [only] = of
  return only !== undefined && of.length === 1 ? only : { kind, of }
}
