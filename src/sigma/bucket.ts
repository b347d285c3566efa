import { unreachable } from '../base/index.ts'
import { fold } from './fold.ts'
import { compilePlan, type Matcher } from './matcher.ts'
import { Needles } from './needles.ts'
import { numeralKey } from './numeral.ts'
import type { Rule } from './rule.ts'
import type { KnownValues, ValueMemory } from './value-memory.ts'
import { EventView } from './view.ts'
import { witnessOf } from './witness.ts'

interface FieldIndex {
  readonly values: Map<string, number[]>
  readonly numbers: Map<string, number[]>
  readonly needles: Needles
  readonly present: readonly number[]
  /** Keywords that count in every field; shared by all of them. */
  readonly anywhere: Needles | undefined
  /** Raw value -> rules that may match; repeats are frequent in logs. */
  readonly known: KnownValues
}

/** The rules of one log source, with an index that leaves few of them to try on an event. */
export class Bucket {
  readonly rules: readonly Rule[]
  readonly #matchers: readonly Matcher[]
  readonly #fields: ReadonlyMap<string, FieldIndex>
  /** For fields that only keyword rules read. */
  readonly #otherFields: FieldIndex | undefined
  readonly #always: readonly number[]
  /** Number of the last event that made the rule a candidate. */
  readonly #seen: Uint32Array
  #event = 0

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
    const drafts = new Map<string, Draft>()
    const draft = (field: string): Draft => {
      const found = drafts.get(field) ?? emptyDraft()
      drafts.set(field, found)
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
            file(draft(atom.field).values, atom.text, number)
            break
          case 'number':
            file(draft(atom.field).numbers, atom.text, number)
            break
          case 'part':
            file(draft(atom.field).parts, atom.text, number)
            break
          case 'present':
            draft(atom.field).present.push(number)
            break
          case 'part-anywhere':
            file(anywhere, atom.text, number)
            break
          default:
            unreachable(atom)
        }
      }
    }
    const keywords = anywhere.size === 0 ? undefined : new Needles(anywhere)
    const finish = ({ values, numbers, parts, present }: Draft): FieldIndex => {
      return { values, numbers, present, needles: new Needles(parts), anywhere: keywords, known: memory.open() }
    }
    this.#fields = new Map([...drafts].map(([field, one]) => [field, finish(one)]))
    this.#otherFields = keywords === undefined ? undefined : finish(emptyDraft())
    this.#always = always
    this.#seen = new Uint32Array(rules.length)
  }

  /** The rules that match, in the bucket's order. */
  match(event: { readonly fields: Readonly<Record<string, string>> }): Rule[] {
    const candidates = this.#candidates(event.fields)
    if (candidates.length === 0) return []
    const view = new EventView(event)
    const matched: Rule[] = []
    for (const number of candidates.sort((a, b) => a - b)) {
      const rule = this.rules[number]
      if (rule !== undefined && this.#matchers[number]?.(view) === true) matched.push(rule)
    }
    return matched
  }

  #candidates(fields: Readonly<Record<string, string>>): number[] {
    this.#event = (this.#event + 1) >>> 0
    if (this.#event === 0) {
      this.#seen.fill(0)
      this.#event = 1
    }
    const candidates: number[] = []
    const add = (number: number): void => {
      if (this.#seen[number] === this.#event) return
      this.#seen[number] = this.#event
      candidates.push(number)
    }
    for (const number of this.#always) add(number)
    for (const name of Object.keys(fields)) {
      const index = this.#fields.get(name) ?? this.#otherFields
      const value = fields[name]
      if (index === undefined || typeof value !== 'string') continue
      for (const number of waitingFor(index, value)) add(number)
    }
    return candidates
  }
}

interface Draft {
  readonly values: Map<string, number[]>
  readonly numbers: Map<string, number[]>
  readonly parts: Map<string, number[]>
  readonly present: number[]
}

function emptyDraft(): Draft {
  return { values: new Map(), numbers: new Map(), parts: new Map(), present: [] }
}

function file(map: Map<string, number[]>, text: string, number: number): void {
  const filed = map.get(text)
  if (filed === undefined) map.set(text, [number])
  else if (filed.at(-1) !== number) filed.push(number)
}

/** The rules that a value of the field makes candidates. */
function waitingFor(index: FieldIndex, value: string): readonly number[] {
  const earlier = index.known.get(value)
  if (earlier !== undefined) return earlier
  const folded = fold(value)
  const found = new Set(index.present)
  for (const number of index.values.get(folded) ?? []) found.add(number)
  if (index.numbers.size > 0) {
    const key = numeralKey(value)
    if (key !== undefined) for (const number of index.numbers.get(key) ?? []) found.add(number)
  }
  index.needles.find(folded, (number) => found.add(number))
  index.anywhere?.find(folded, (number) => found.add(number))
  const waiting = [...found]
  index.known.set(value, waiting)
  return waiting
}
