import { fault, printable, type Fault, type Place } from '../base/index.ts'
import type { EntryKind } from './entry.ts'

/** An entry as a file gives it, unchecked. */
export interface RawEntry {
  readonly kind: EntryKind
  readonly fields: Readonly<Record<string, unknown>>
  readonly place: Place
}

/** What looks odd in data objects: no place, a system that the same import does not name, no category. */
export function objectRemarks(raws: readonly RawEntry[]): Fault[] {
  const systems = new Set(
    raws
      .filter((one) => one.kind === 'system')
      .flatMap((one) => [one.fields['id'], one.fields['name']])
      .flatMap((name) => (typeof name === 'string' ? [name.toLowerCase()] : [])),
  )
  return raws.filter((one) => one.kind === 'object').flatMap((raw) => remarksOf(raw, systems))
}

function remarksOf({ fields, place }: RawEntry, systems: ReadonlySet<string>): Fault[] {
  const { id, system, hosts, data } = fields
  const name = typeof id === 'string' ? `object "${printable(id).slice(0, 100)}"` : 'object'
  const found: Fault[] = []
  const remark = (code: string, what: string, field: string, todo: string): void =>
    void found.push(fault(code, `${name}: ${what}`, { ...place, field }, todo, 0))
  if (system === undefined && !filled(hosts))
    remark(
      'inventory-object-place',
      'neither system nor hosts',
      'system',
      'Name where it lies; until then its name means it on every host.',
    )
  else if (typeof system === 'string' && systems.size > 0 && !systems.has(system.toLowerCase()))
    remark('inventory-object-system', 'its system is not in this file', 'system', 'Give the id or the name of a system.')
  if (!filled(data))
    remark(
      'inventory-object-data',
      'no category of data',
      'data',
      'Say what it holds of persons, or data = ["none"] when it holds nothing.',
    )
  return found
}

function filled(value: unknown): boolean {
  return (Array.isArray(value) && value.length > 0) || (typeof value === 'string' && value !== '')
}
