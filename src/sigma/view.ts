import type { FieldRow, LogEvent } from '../events/index.ts'
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

/** The view of an event whose fields are decoded when they are asked for. */
export function rowView(row: FieldRow): EventView {
  return new RowView(row)
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

class RowView implements EventView {
  readonly #row: FieldRow
  readonly #texts: string[] = []
  readonly #folded: string[] = []

  constructor(row: FieldRow) {
    this.#row = row
  }

  text(field: string): string | undefined {
    const at = this.#row.layout.at.get(field)
    return at === undefined ? undefined : this.#textAt(at)
  }

  folded(field: string): string | undefined {
    const at = this.#row.layout.at.get(field)
    return at === undefined ? undefined : (this.#folded[at] ??= fold(this.#textAt(at)))
  }

  names(): readonly string[] {
    return this.#row.layout.names
  }

  #textAt(at: number): string {
    return (this.#texts[at] ??= this.#row.text(at))
  }
}
