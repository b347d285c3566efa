import { limits, type Fault, type Place, fault } from '../base/index.ts'
import type { JsonObject, JsonValue } from '../formats/index.ts'

/** What limits took away while flattening; each becomes a fault. */
export interface Cuts {
  fields: boolean
  chars: boolean
}

/**
 * A JSON object as flat names and text: members of objects are joined by dots, scalars of an array by newlines, objects in
 * an array get their index as a name. Numbers and truth values as written; null is ''. Bounded by `limits.eventFields` and
 * `limits.fieldChars`.
 */
export function flatten(
  value: JsonObject,
  cuts: Cuts,
  rename: (name: string) => string = (name) => name,
): Record<string, string> {
  const fields: Record<string, string> = {}
  let count = 0
  const put = (name: string, text: string): void => {
    count += 1
    if (count > limits.eventFields) {
      cuts.fields = true
      return
    }
    if (text.length > limits.fieldChars) cuts.chars = true
    fields[safe(rename(name))] = text.length > limits.fieldChars ? text.slice(0, limits.fieldChars).toWellFormed() : text
  }
  const walk = (prefix: string, one: JsonValue): void => {
    if (typeof one !== 'object' || one === null) put(prefix, one === null ? '' : String(one))
    else if (Array.isArray(one)) {
      const list = one as readonly JsonValue[]
      if (list.every((item) => typeof item !== 'object' || item === null))
        put(prefix, list.map((item) => (item === null ? '' : String(item))).join('\n'))
      else for (let i = 0; i < list.length && count <= limits.eventFields; i += 1) walk(`${prefix}.${i}`, list[i] ?? null)
    } else {
      for (const [key, member] of Object.entries(one as JsonObject)) {
        if (count > limits.eventFields) return
        walk(prefix === '' ? key : `${prefix}.${key}`, member)
      }
    }
  }
  walk('', value)
  return fields
}

/** Faults for what was cut. */
export function cutFaults(cuts: Cuts, where: Place): Fault[] {
  const todo = 'Look at the original for the rest.'
  return [
    ...(cuts.fields
      ? [fault('fields-cut', `The record has more than ${limits.eventFields} fields; the others were left out.`, where, todo, 0)]
      : []),
    ...(cuts.chars
      ? [fault('field-cut', `A field is longer than ${limits.fieldChars} characters and was cut.`, where, todo, 0)]
      : []),
  ]
}

function safe(name: string): string {
  return name === '__proto__' ? '(__proto__)' : name
}
