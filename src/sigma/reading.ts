import { unreachable } from '../base/index.ts'
import type { Correlation, CorrelationPart } from './correlation.ts'
import { GroupTable } from './group-table.ts'
import { KeyRing } from './key-ring.ts'
import { RowKey } from './row-key.ts'

/** What correlations need of the values of an event: nothing, the amount in a field, or its texts, told apart. */
export interface Reading {
  /** What is kept of an event of a part until `leave`. NaN: it does not count. Events leave in the order they came. */
  read(fields: Readonly<Record<string, string>>, part: number): number
  /** What stands for it when events are compared, to be kept instead from then on: an amount, or a number for the texts. */
  mark(kept: number): number
  /** The event counts no more, but has not left. */
  release(kept: number): void
  leave(kept: number): void
}

/** A reading and its name: correlations over the same parts whose readings have the same name share one. */
export function readingOf({ type, percentile, parts }: Correlation): { readonly name: string; readonly make: () => Reading } {
  const named = (kind: string, of: readonly (readonly string[])[]): string => JSON.stringify([kind, ...of])
  const texts = parts.map((part) => part.valueFields)
  const first = parts.map((part) => part.valueFields.slice(0, 1))
  switch (type) {
    case 'event_count':
    case 'temporal':
    case 'temporal_ordered':
      return { name: named('events', []), make: () => anyEvent }
    case 'value_count':
      return { name: named('texts', texts), make: () => new Texts(texts) }
    case 'value_percentile':
      if (percentile === undefined) return { name: named('texts', texts), make: () => new Texts(texts) }
      return { name: named('amounts', first), make: () => new Amounts(parts) }
    case 'value_sum':
    case 'value_avg':
    case 'value_median':
      return { name: named('amounts', first), make: () => new Amounts(parts) }
    default:
      return unreachable(type)
  }
}

const anyEvent: Reading = {
  read: () => 0,
  mark: (kept) => kept,
  release() {
    // Nothing is held.
  },
  leave() {
    // Nothing is held.
  },
}

/**
 * Texts of most events are never compared: their keys are kept as they came, below zero: -1 - place. Only when a group may come to
 * meet a condition do its texts get numbers, and what is too long for a short key gets one at once.
 */
class Texts implements Reading {
  readonly #fields: readonly (readonly string[])[]
  readonly #table = new GroupTable({ spelled: false })
  readonly #keys = new KeyRing()
  readonly #key = new RowKey()

  constructor(fields: readonly (readonly string[])[]) {
    this.#fields = fields
  }

  read(fields: Readonly<Record<string, string>>, part: number): number {
    if (!this.#key.write(fields, this.#fields[part] ?? [])) return Number.NaN
    return this.#key.length > 0 ? -1 - this.#keys.push(this.#key) : this.#number()
  }

  mark(kept: number): number {
    if (kept >= 0) return kept
    this.#keys.read(-1 - kept, this.#key)
    return this.#number()
  }

  #number(): number {
    const number = this.#table.numberOfKey(this.#key)
    this.#table.hold(number)
    return number
  }

  release(kept: number): void {
    if (kept >= 0) this.#table.release(kept)
  }

  leave(kept: number): void {
    if (kept >= 0) this.#table.release(kept)
    else this.#keys.forget(-1 - kept)
  }
}

class Amounts implements Reading {
  readonly #fields: readonly string[]

  constructor(parts: readonly CorrelationPart[]) {
    this.#fields = parts.map((part) => part.valueFields[0] ?? '')
  }

  read(fields: Readonly<Record<string, string>>, part: number): number {
    const value: unknown = fields[this.#fields[part] ?? '']
    return typeof value === 'string' ? amountOf(value) : Number.NaN
  }

  mark(kept: number): number {
    return kept
  }

  release(): void {
    // Nothing is held.
  }

  leave(): void {
    // Nothing is held.
  }
}

const digits = /^-?\d{1,15}(?:\.\d{1,9})?$/
const hexDigits = /^0[xX][0-9a-fA-F]{1,13}$/

/** The amount a field states; NaN for other text and for more than fifteen digits. */
function amountOf(text: string): number {
  if (text.length === 0 || text.length > 15) return amountOfAny(text)
  let amount = 0
  for (let n = 0; n < text.length; n++) {
    const digit = text.charCodeAt(n) - 48
    if (digit < 0 || digit > 9) return amountOfAny(text)
    amount = amount * 10 + digit
  }
  return amount
}

function amountOfAny(text: string): number {
  return digits.test(text) || hexDigits.test(text) ? Number(text) : Number.NaN
}
