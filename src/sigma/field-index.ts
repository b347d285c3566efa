import type { FieldRow } from '../events/index.ts'
import { ByteNeedles } from './byte-needles.ts'
import { fold } from './fold.ts'
import type { Keywords } from './keywords.ts'
import { Needles } from './needles.ts'
import { distinct } from './numbers.ts'
import { numeralKey } from './numeral.ts'
import type { KnownTexts, KnownWritten, ValueMemory } from './value-memory.ts'
import { writtenForms } from './written-forms.ts'

/** What rules wait for in a field: whole values and numbers, parts of values, or any value; by the numbers of the rules. */
export interface Awaited {
  readonly values: Map<string, number[]>
  readonly numbers: Map<string, number[]>
  readonly parts: Map<string, number[]>
  readonly present: number[]
}

/** Says which rules a value of one field makes candidates; remembers what it said, as values repeat often in logs. */
export class FieldIndex {
  readonly #awaited: Awaited
  readonly #needles: () => Needles
  /** The parts as JSON writes them, and as they are; undefined when case outside ASCII matters. */
  readonly #inJson: () => ByteNeedles | undefined
  readonly #inText: () => ByteNeedles | undefined
  /** Most bytes in which one of the exact values may be written. */
  readonly #longest: number
  readonly #known: KnownTexts
  /** These count keywords, too. */
  readonly #knownJson: KnownWritten
  readonly #knownText: KnownWritten
  readonly #keywords: Keywords | undefined

  constructor(awaited: Awaited, keywords: Keywords | undefined, memory: ValueMemory) {
    const { values, numbers, parts } = awaited
    this.#awaited = awaited
    this.#keywords = keywords
    this.#needles = once(() => new Needles(parts))
    this.#inJson = once(() => {
      const written = writtenForms(parts)
      return written === undefined ? undefined : ByteNeedles.of(written)
    })
    this.#inText = once(() => ByteNeedles.of(parts))
    this.#longest = Math.max(numbers.size > 0 ? 64 : 0, ...values.keys().map((text) => text.length * 6))
    this.#known = memory.texts()
    this.#knownJson = memory.written()
    this.#knownText = memory.written()
  }

  /** The rules that a value makes candidates, keywords left out. */
  of(value: string): readonly number[] {
    const earlier = this.#known.get(value)
    if (earlier !== undefined) return earlier
    const found = [...this.#awaited.present]
    this.#whole(value, found)
    this.#needles().find(fold(value), found)
    const waiting = distinct(found)
    this.#known.set(value, waiting)
    return waiting
  }

  /** The rules that a value of a row makes candidates, by keywords too. */
  inRow(row: FieldRow, at: number): readonly number[] {
    const written = row.written(at)
    if (written === undefined) return distinct([...this.of(row.text(at)), ...(this.#keywords?.of(row.text(at)) ?? [])])
    const known = row.writing === 'json' ? this.#knownJson : this.#knownText
    const earlier = known.get(written)
    if (earlier !== undefined) return earlier
    const needles = row.writing === 'json' ? this.#inJson() : this.#inText()
    const found = [...this.#awaited.present]
    if (needles === undefined || !row.isPlain(at)) found.push(...this.of(row.text(at)))
    else {
      const { bytes, from, to } = written
      if (to - from <= this.#longest) this.#whole(row.text(at), found)
      needles.find(bytes, from, to, found)
    }
    if (this.#keywords !== undefined) found.push(...this.#keywords.inRow(row, at))
    const waiting = distinct(found)
    known.set(written, waiting)
    return waiting
  }

  /** Rules that wait for the value as a whole, as text or as a number. */
  #whole(value: string, found: number[]): void {
    const { values, numbers } = this.#awaited
    found.push(...(values.get(fold(value)) ?? []))
    const key = numbers.size === 0 ? undefined : numeralKey(value)
    if (key !== undefined) found.push(...(numbers.get(key) ?? []))
  }
}

/** Made on first use: logs of one kind need one of the forms. */
function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => (made ??= { value: make() }).value
}
