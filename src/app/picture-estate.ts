import type { Entry, Registered } from '../inventory/index.ts'

/** What is known of a system's pages. */
export interface SystemScreen {
  readonly id: string
  readonly name: string
  readonly entry: string
  readonly revision: number
  readonly hosts: readonly string[]
  /** Its name, and those of the products it is made of. */
  readonly names: readonly string[]
  readonly labels: readonly string[]
}

/** Columns of a copy of customers' data. */
export interface CopyColumns {
  readonly copy: string
  readonly holder: string
  readonly system: string
  readonly columns: readonly string[]
}

type Listed = Entry & Partial<Pick<Registered, 'entry' | 'revision'>>

/** Systems of an inventory with what their pages show. */
export function screensOf(entries: readonly Listed[]): SystemScreen[] {
  return entries.flatMap((one): SystemScreen[] => {
    if (one.kind !== 'system') return []
    const parts = entries.flatMap((other) => (other.kind === 'product' && other.system === one.id ? [other.name] : []))
    const { id, name, hosts } = one
    const place = { entry: one.entry ?? `system:${id}`, revision: one.revision ?? 1 }
    return [{ id, name, ...place, hosts, names: [name, ...parts], labels: one.screenLabels ?? [] }]
  })
}

/** Copies that an inventory lists with their fields. */
export function columnsOf(entries: readonly Listed[]): CopyColumns[] {
  return entries.flatMap((one) =>
    one.kind === 'copy' && one.fields.length > 0
      ? [{ copy: one.id, holder: one.holder, system: one.system ?? '', columns: one.fields }]
      : [],
  )
}
