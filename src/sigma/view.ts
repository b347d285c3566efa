import type { FieldLayout, FieldRow, LogEvent } from '../events/index.ts'
import { fold } from './fold.ts'

/** An event as matchers read it: values by field name, folded once. */
export interface EventView {
  text(field: string): string | undefined
  folded(field: string): string | undefined
  names(): readonly string[]
}

/** The view of an event whose fields are all at hand. */
export function viewOf(event: Pick<LogEvent, 'fields'>): EventView {
  return new FieldsView(event.fields)
}

class FieldsView implements EventView {
  readonly #fields: LogEvent['fields']
  readonly #folded = new Map<string, string>()

  constructor(fields: LogEvent['fields']) {
    this.#fields = fields
  }

  text(field: string): string | undefined {
    const value: unknown = Object.hasOwn(this.#fields, field) ? this.#fields[field] : undefined
    return typeof value === 'string' ? value : undefined
  }

  folded(field: string): string | undefined {
    const known = this.#folded.get(field)
    if (known !== undefined) return known
    const value = this.text(field)
    if (value === undefined) return undefined
    const folded = fold(value)
    this.#folded.set(field, folded)
    return folded
  }

  names(): readonly string[] {
    return Object.keys(this.#fields)
  }
}

/** The view of the events of a layout, one after another; texts of values that did not change are kept from one to the next. */
export class RowView implements EventView {
  readonly #layout: FieldLayout
  #row: FieldRow | undefined
  readonly #texts: string[] = []
  readonly #textOf: number[] = []
  readonly #folded: string[] = []
  readonly #foldedOf: number[] = []
  /** Stands for the version of values that have none. */
  #event = 0

  constructor(layout: FieldLayout) {
    this.#layout = layout
  }

  /** Turns to an event of the layout; to none, so that nothing of the last one is kept alive. */
  turn(row: FieldRow | undefined): void {
    this.#row = row
    this.#event -= 1
  }

  text(field: string): string | undefined {
    const at = this.#layout.at.get(field)
    return at === undefined ? undefined : this.#textAt(at)
  }

  folded(field: string): string | undefined {
    const at = this.#layout.at.get(field)
    if (at === undefined) return undefined
    const version = this.#version(at)
    if (this.#foldedOf[at] === version) return this.#folded[at]
    this.#foldedOf[at] = version
    const text = this.#textAt(at)
    return (this.#folded[at] = this.#row?.isAscii(at) === true ? text.toLowerCase() : fold(text))
  }

  names(): readonly string[] {
    return this.#layout.names
  }

  #textAt(at: number): string {
    const version = this.#version(at)
    if (this.#textOf[at] === version) return this.#texts[at] as string
    this.#textOf[at] = version
    return (this.#texts[at] = uncut(this.#row?.text(at) ?? ''))
  }

  #version(at: number): number {
    return this.#row?.version(at) || this.#event
  }
}

/** The text, not as a cut of a longer one, which it would keep alive. */
function uncut(text: string): string {
  return ` ${text}`.slice(1)
}
