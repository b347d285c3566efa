import { unreachable } from '../base/index.ts'
import { fold } from './fold.ts'
import { compilePlan, type Matcher } from './matcher.ts'
import { Needles } from './needles.ts'
import { numeralKey } from './numeral.ts'
import type { Rule } from './rule.ts'
import { SkipSearch } from './skip-search.ts'
import type { KnownValues, ValueMemory } from './value-memory.ts'
import type { FieldLayout, FieldRow } from '../events/index.ts'
import { rowView, viewOf, type EventView } from './view.ts'
import { witnessOf } from './witness.ts'

interface FieldIndex {
  readonly values: Map<string, number[]>
  readonly numbers: Map<string, number[]>
  readonly needles: () => Needles
  readonly present: readonly number[]
  /** Value -> rules that may match; repeats are frequent in logs. `written`: by the value as JSON writes it. */
  readonly known: KnownValues
  readonly written: KnownValues
  /** The needles as JSON writes them; undefined when case outside ASCII matters. */
  readonly writtenNeedles: () => Needles | undefined
  /** Most characters in which JSON may write one of the exact values. */
  readonly longest: number
}

/** A field of a layout that rules look at, with the last values met in it. */
interface Look {
  readonly at: number
  readonly index: FieldIndex
  readonly known: KnownValues
  readonly last: string[]
  readonly lastWaiting: (readonly number[])[]
}

const lastKept = 4

/** Texts that a value which is no text (a number, time, address, identifier) may hold once it is written out. */
const numeric = /^[0-9a-fx{}\-:.tzs,]*$|[\n\r]/i

const none: readonly Rule[] = []
const noNumbers: number[] = []

/** The rules of one log source, with an index that leaves few of them to try on an event. */
export class Bucket {
  readonly rules: readonly Rule[]
  readonly #matchers: readonly Matcher[]
  readonly #fields: ReadonlyMap<string, FieldIndex>
  /** Keywords, which count in every field, and what they found in a value. */
  readonly #keywordsByValue: Needles | undefined
  readonly #keywordsKnown: KnownValues
  /** The keywords as JSON writes them, and as they are; undefined when they cannot be sought in a record as a whole. */
  readonly #keywordsWritten: SkipSearch | undefined
  readonly #keywordsPlain: SkipSearch | undefined
  /** Keyword rules that a layout's fixed texts make candidates. */
  readonly #fixed = new WeakMap<FieldLayout, readonly number[]>()
  readonly #always: readonly number[]
  readonly #layouts = new WeakMap<FieldLayout, readonly Look[]>()
  /** Number of the last event that made the rule a candidate. */
  readonly #seen: Uint32Array
  #event = 0
  #found = noNumbers

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
    this.#keywordsByValue = anywhere.size === 0 ? undefined : new Needles(anywhere)
    this.#keywordsKnown = memory.open()
    this.#keywordsPlain = [...anywhere.keys()].some((text) => numeric.test(text)) ? undefined : SkipSearch.of(anywhere)
    this.#keywordsWritten = anywhere.size === 0 ? undefined : SkipSearch.of(writtenForms(anywhere))
    const finish = ({ values, numbers, parts, present }: Draft): FieldIndex => {
      const longest = Math.max(numbers.size > 0 ? 64 : 0, ...values.keys().map((text) => text.length * 6))
      return {
        values,
        numbers,
        present,
        needles: once(() => new Needles(parts)),
        known: memory.open(),
        written: memory.open(),
        writtenNeedles: once(() => asWritten(parts)),
        longest,
      }
    }
    this.#fields = new Map([...drafts].map(([field, one]) => [field, finish(one)]))
    this.#always = always
    this.#seen = new Uint32Array(rules.length)
  }

  /** The rules that match, in the bucket's order. */
  match(event: { readonly fields: Readonly<Record<string, string>>; readonly row?: FieldRow }): readonly Rule[] {
    const { row } = event
    const candidates = row === undefined ? this.#candidates(event.fields) : this.#rowCandidates(row)
    if (candidates.length === 0) return none
    return this.#holding(candidates, row === undefined ? viewOf(event) : rowView(row))
  }

  #holding(candidates: number[], view: EventView): Rule[] {
    const matched: Rule[] = []
    if (candidates.length > 1) candidates.sort((a, b) => a - b)
    for (const number of candidates) {
      const rule = this.rules[number]
      if (rule !== undefined && this.#matchers[number]?.(view) === true) matched.push(rule)
    }
    return matched
  }

  /** The fields of a layout that any rule looks at, with their index. */
  #looks({ layout, writing }: FieldRow): readonly Look[] {
    const known = this.#layouts.get(layout)
    if (known !== undefined) return known
    const looks = layout.names.flatMap((name, at): Look[] => {
      const index = this.#fields.get(name)
      if (index === undefined || layout.at.get(name) !== at) return []
      return [{ at, index, known: writing === 'text' ? index.known : index.written, last: [], lastWaiting: [] }]
    })
    this.#layouts.set(layout, looks)
    return looks
  }

  /** Keyword rules: sought in the record as it is written, or value by value where that does not show everything. */
  #keywords(row: FieldRow): void {
    if (this.#keywordsByValue === undefined) return
    const search = row.writing === 'json' ? this.#keywordsWritten : this.#keywordsPlain
    const written = search === undefined ? undefined : row.written()
    if (written === undefined || search === undefined) {
      for (let at = 0; at < row.layout.names.length; at += 1) this.#addAll(this.#keywordsIn(row.text(at)))
      return
    }
    for (const { text, from, to } of written) search.find(text, from, to, this.#add)
    let fixed = this.#fixed.get(row.layout)
    if (fixed === undefined) {
      fixed = row.layout.fixed.flatMap((text) => this.#keywordsIn(text))
      this.#fixed.set(row.layout, fixed)
    }
    this.#addAll(fixed)
  }

  /** The keyword rules that a value makes candidates. */
  #keywordsIn(value: string): readonly number[] {
    const keywords = this.#keywordsByValue
    if (keywords === undefined) return noNumbers
    let waiting = this.#keywordsKnown.get(value)
    if (waiting === undefined) {
      waiting = gathered((found) => keywords.find(fold(value), found))
      this.#keywordsKnown.set(value, waiting)
    }
    return waiting
  }

  #rowCandidates(row: FieldRow): number[] {
    this.#begin()
    this.#keywords(row)
    const looks = this.#looks(row)
    for (let i = 0; i < looks.length; i += 1) this.#addAll(waitingInRow(row, looks[i] as Look))
    return this.#found
  }

  #candidates(fields: Readonly<Record<string, string>>): number[] {
    this.#begin()
    for (const name of Object.keys(fields)) {
      const value = fields[name]
      if (typeof value !== 'string') continue
      const index = this.#fields.get(name)
      if (index !== undefined) this.#addAll(waitingFor(index, value))
      this.#addAll(this.#keywordsIn(value))
    }
    return this.#found
  }

  /** Another event: no candidates yet but the rules that are always tried. */
  #begin(): void {
    this.#event = (this.#event + 1) >>> 0
    if (this.#event === 0) {
      this.#seen.fill(0)
      this.#event = 1
    }
    this.#found = noNumbers
    this.#addAll(this.#always)
  }

  #addAll(numbers: readonly number[]): void {
    for (let i = 0; i < numbers.length; i += 1) this.#add(numbers[i] as number)
  }

  readonly #add = (number: number): void => {
    if (this.#seen[number] === this.#event) return
    this.#seen[number] = this.#event
    if (this.#found === noNumbers) this.#found = []
    this.#found.push(number)
  }
}

/** Made on first use: logs of one kind need one of the forms. */
function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => (made ??= { value: make() }).value
}

/** Needles as JSON writes them. A slash may be escaped or not: needles with many of them are not sought this way. */
function asWritten(parts: ReadonlyMap<string, readonly number[]>): Needles | undefined {
  const written = writtenForms(parts)
  const needles = written === undefined ? undefined : new Needles(written)
  return needles?.ascii === true ? needles : undefined
}

function writtenForms(parts: ReadonlyMap<string, readonly number[]>): Map<string, readonly number[]> | undefined {
  const written = new Map<string, readonly number[]>()
  for (const [text, rules] of parts) {
    const escaped = JSON.stringify(text).slice(1, -1)
    const slashes = escaped.split('/')
    if (slashes.length > 4) return undefined
    let forms = [slashes[0] ?? '']
    for (const rest of slashes.slice(1)) forms = forms.flatMap((form) => [`${form}/${rest}`, `${form}\\/${rest}`])
    for (const form of forms) written.set(form, [...(written.get(form) ?? []), ...rules])
  }
  return written
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
  const waiting = search(index, value)
  index.known.set(value, waiting)
  return waiting
}

/** The same for a value of a row: one of the last met, or remembered, or searched. */
function waitingInRow(row: FieldRow, look: Look): readonly number[] {
  const { at, known, last, lastWaiting } = look
  for (let i = 0; i < last.length; i += 1) if (row.isRaw(at, last[i] as string)) return lastWaiting[i] as readonly number[]
  const raw = row.raw(at)
  let waiting = known.get(raw)
  if (waiting === undefined) {
    waiting = searchRow(row, at, look)
    known.set(raw, waiting)
  }
  if (raw.length <= 1_024) {
    last.unshift(raw)
    lastWaiting.unshift(waiting)
    if (last.length > lastKept) {
      last.pop()
      lastWaiting.pop()
    }
  }
  return waiting
}

function searchRow(row: FieldRow, at: number, { index }: Look): readonly number[] {
  const needles = row.writing === 'json' ? index.writtenNeedles() : undefined
  const stretch = needles === undefined ? undefined : row.stretch(at)
  if (stretch === undefined || needles === undefined) return search(index, row.text(at))
  return gathered((found) => {
    index.present.forEach(found)
    if (stretch.to - stretch.from <= index.longest) whole(index, row.text(at), found)
    needles.findIn(stretch.text, stretch.from, stretch.to, found)
  })
}

/** The same, looked for in the value. */
function search(index: FieldIndex, value: string): readonly number[] {
  return gathered((found) => {
    index.present.forEach(found)
    whole(index, value, found)
    index.needles().find(fold(value), found)
  })
}

/** Rules that wait for the value as a whole, as text or as a number. */
function whole(index: FieldIndex, value: string, found: (rule: number) => void): void {
  index.values.get(fold(value))?.forEach(found)
  const key = index.numbers.size === 0 ? undefined : numeralKey(value)
  if (key !== undefined) index.numbers.get(key)?.forEach(found)
}

/** Rules named by a search, each once. */
function gathered(search: (found: (rule: number) => void) => void): readonly number[] {
  const rules = new Set<number>()
  search((rule) => rules.add(rule))
  return rules.size === 0 ? noNumbers : [...rules]
}
