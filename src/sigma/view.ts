import type { LogEvent } from '../events/index.ts'
import { fold } from './fold.ts'

/** An event as matchers read it: values by field name, folded once. */
export class EventView {
  readonly fields: LogEvent['fields']
  readonly #folded = new Map<string, string>()

  constructor(event: Pick<LogEvent, 'fields'>) {
    this.fields = event.fields
  }

  text(field: string): string | undefined {
    const value: unknown = Object.hasOwn(this.fields, field) ? this.fields[field] : undefined
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
    return Object.keys(this.fields)
  }
}
