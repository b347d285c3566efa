import type { FieldLayout, FieldRow } from '../events/index.ts'
import type { FieldIndex } from './field-index.ts'
import type { Keywords } from './keywords.ts'
import { distinct, noNumbers } from './numbers.ts'
import { RowView } from './view.ts'

/** A field of a layout that rules look at, with its last value. */
interface Look {
  readonly at: number
  readonly index: FieldIndex | undefined
  version: number
  waiting: readonly number[]
}

/** The last event of a layout, as far as the next one may be like it. */
interface Last {
  readonly looks: readonly Look[]
  /** Rules that every event of the layout makes candidates. */
  readonly always: readonly number[]
  readonly view: RowView
  candidates: readonly number[]
}

/** Finds the rules to be tried on events known by the places of their values; only values that changed since the last event of the layout are looked at. */
export class RowCandidates {
  readonly #fields: ReadonlyMap<string, FieldIndex>
  readonly #keywords: Keywords | undefined
  readonly #always: readonly number[]
  readonly #layouts = new WeakMap<FieldLayout, Last>()

  /** `always`: rules to be tried on every event. */
  constructor(fields: ReadonlyMap<string, FieldIndex>, keywords: Keywords | undefined, always: readonly number[]) {
    this.#fields = fields
    this.#keywords = keywords
    this.#always = always
  }

  /** The rules to be tried, in order, and the event as they look at it. */
  of(row: FieldRow): Last {
    const { layout } = row
    let last = this.#layouts.get(layout)
    if (last === undefined) this.#layouts.set(layout, (last = this.#begin(layout)))
    let changed = false
    const { looks } = last
    for (let i = 0; i < looks.length; i += 1) {
      const look = looks[i] as Look
      const version = row.version(look.at)
      if (version === look.version && version !== 0) continue
      look.version = version
      const waiting = this.#waiting(row, look)
      if (waiting === look.waiting) continue
      look.waiting = waiting
      changed = true
    }
    if (changed) last.candidates = inOrder(last)
    return last
  }

  #begin(layout: FieldLayout): Last {
    const looks = layout.names.flatMap((name, at): Look[] => {
      const index = layout.at.get(name) === at ? this.#fields.get(name) : undefined
      return index === undefined && this.#keywords === undefined ? [] : [{ at, index, version: 0, waiting: noNumbers }]
    })
    const always = distinct([...this.#always, ...layout.fixed.flatMap((text) => this.#keywords?.of(text) ?? [])])
    return { looks, always, view: new RowView(layout), candidates: always.toSorted((a, b) => a - b) }
  }

  #waiting(row: FieldRow, { at, index }: Look): readonly number[] {
    return index?.inRow(row, at) ?? this.#keywords?.inRow(row, at) ?? noNumbers
  }
}

function inOrder({ looks, always }: Last): readonly number[] {
  const all: number[] = [...always]
  for (const { waiting } of looks) for (let i = 0; i < waiting.length; i += 1) all.push(waiting[i] as number)
  return all.length < 2 ? all : [...new Set(all)].sort((a, b) => a - b)
}
