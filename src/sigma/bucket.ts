import { unreachable } from '../base/index.ts'
import type { FieldRow } from '../events/index.ts'
import { FieldIndex, type Awaited } from './field-index.ts'
import { Keywords } from './keywords.ts'
import { compilePlan, type Matcher } from './matcher.ts'
import { RowCandidates } from './row-candidates.ts'
import type { Rule } from './rule.ts'
import type { ValueMemory } from './value-memory.ts'
import { viewOf, type EventView } from './view.ts'
import { witnessOf } from './witness.ts'

const none: readonly Rule[] = []

/** The rules of one log source, with an index that leaves few of them to try on an event. */
export class Bucket {
  readonly rules: readonly Rule[]
  readonly #matchers: readonly Matcher[]
  readonly #fields: ReadonlyMap<string, FieldIndex>
  readonly #keywords: Keywords | undefined
  readonly #always: readonly number[]
  readonly #rows: RowCandidates

  /** `rules` in the order they are reported in; `compiled` and `memory` are shared between buckets. */
  constructor(
    rules: readonly Rule[],
    { compiled, memory }: { readonly compiled: Map<Rule, Matcher>; readonly memory: ValueMemory },
  ) {
    this.rules = rules
    this.#matchers = rules.map((rule) => {
      const matcher = compiled.get(rule) ?? compilePlan(rule.plan)
      compiled.set(rule, matcher)
      return matcher
    })
    const { fields, anywhere, always } = awaitedBy(rules)
    this.#keywords = anywhere.size === 0 ? undefined : new Keywords(anywhere, memory)
    this.#fields = new Map([...fields].map(([field, one]) => [field, new FieldIndex(one, this.#keywords, memory)]))
    this.#always = always
    this.#rows = new RowCandidates(this.#fields, this.#keywords, always)
  }

  /** The rules that match, in the bucket's order. */
  match(event: { readonly fields: Readonly<Record<string, string>>; readonly row?: FieldRow }): readonly Rule[] {
    const { row } = event
    if (row === undefined) return this.#holding(this.#candidates(event.fields), viewOf(event))
    const { candidates, view } = this.#rows.of(row)
    if (candidates.length === 0) return none
    view.turn(row)
    const holding = this.#holding(candidates, view)
    view.turn(undefined)
    return holding
  }

  #holding(candidates: readonly number[], view: EventView): readonly Rule[] {
    let matched: Rule[] | undefined
    for (let i = 0; i < candidates.length; i += 1) {
      const number = candidates[i] as number
      if (this.#matchers[number]?.(view) === true) (matched ??= []).push(this.rules[number] as Rule)
    }
    return matched ?? none
  }

  #candidates(fields: Readonly<Record<string, string>>): readonly number[] {
    const found = new Set(this.#always)
    for (const name of Object.keys(fields)) {
      const value = fields[name]
      if (typeof value !== 'string') continue
      for (const number of this.#fields.get(name)?.of(value) ?? []) found.add(number)
      for (const number of this.#keywords?.of(value) ?? []) found.add(number)
    }
    return [...found].sort((a, b) => a - b)
  }
}

/** What the rules wait for, by field and anywhere; and those that wait for nothing in particular. */
function awaitedBy(rules: readonly Rule[]): {
  readonly fields: ReadonlyMap<string, Awaited>
  readonly anywhere: ReadonlyMap<string, number[]>
  readonly always: readonly number[]
} {
  const fields = new Map<string, Awaited>()
  const of = (field: string): Awaited => {
    const found = fields.get(field) ?? { values: new Map(), numbers: new Map(), parts: new Map(), present: [] }
    fields.set(field, found)
    return found
  }
  const anywhere = new Map<string, number[]>()
  const always: number[] = []
  for (const [number, rule] of rules.entries()) {
    const witness = witnessOf(rule.plan)
    if (witness === undefined) always.push(number)
    for (const atom of witness ?? []) {
      switch (atom.kind) {
        case 'value':
          file(of(atom.field).values, atom.text, number)
          break
        case 'number':
          file(of(atom.field).numbers, atom.text, number)
          break
        case 'part':
          file(of(atom.field).parts, atom.text, number)
          break
        case 'present':
          of(atom.field).present.push(number)
          break
        case 'part-anywhere':
          file(anywhere, atom.text, number)
          break
        default:
          unreachable(atom)
      }
    }
  }
  return { fields, anywhere, always }
}

function file(map: Map<string, number[]>, text: string, number: number): void {
  const filed = map.get(text)
  if (filed === undefined) map.set(text, [number])
  else if (filed.at(-1) !== number) filed.push(number)
}
