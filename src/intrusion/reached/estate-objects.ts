import type { Cite } from '../../evidence/index.ts'
import { hostsOfObject, namesObject, type DataObject, type Entry, type Registered } from '../../inventory/index.ts'
import type { Via } from './act.ts'

/** The data objects of the inventory, ready to be asked. */
export interface EstateObjects {
  /** The object that a name or path on a host means; the one with the longest pattern when several do. */
  find(via: Via, host: string, name: string): KnownObject | undefined
  /** Objects that lie on a host. */
  on(host: string): readonly KnownObject[]
}

/** An object with where it lies and how it is cited. */
export interface KnownObject extends DataObject {
  readonly on: readonly string[]
  readonly cite?: Cite
}

const kindsOf: Readonly<Record<Via, readonly DataObject['type'][]>> = {
  database: ['table', 'database'],
  share: ['share', 'folder', 'file', 'bucket'],
  file: ['file', 'folder', 'share'],
  command: ['table', 'database', 'file', 'folder', 'share'],
  flow: [],
  web: ['api', 'file', 'folder', 'bucket'],
  dns: [],
}

/** Indexes the data objects of an inventory. */
export function estateObjects(entries: readonly Entry[]): EstateObjects {
  const systems = entries.filter((one) => one.kind === 'system')
  const known = entries
    .filter((one) => one.kind === 'object')
    .map((one): KnownObject => {
      const { entry, revision } = one as Partial<Registered>
      const cite = entry === undefined || revision === undefined ? {} : { cite: { kind: 'inventory' as const, entry, revision } }
      return { ...one, on: hostsOfObject(one, systems), ...cite }
    })
  const length = (one: KnownObject): number => Math.max(...(one.patterns ?? [one.name]).map((pattern) => pattern.length))
  return {
    find: (via, host, name) =>
      known
        .filter(
          (one) => kindsOf[via].includes(one.type) && (one.on.length === 0 || one.on.includes(host)) && namesObject(one, name),
        )
        .toSorted((a, b) => length(b) - length(a) || (a.id < b.id ? -1 : 1))[0],
    on: (host) => known.filter((one) => one.on.includes(host)),
  }
}

/** Categories of personal data in an object; `none` is the inventory's word for none. */
export function categoriesOf(object: Pick<DataObject, 'data'> | undefined): string[] {
  return (object?.data ?? []).filter((one) => one.toLowerCase() !== 'none')
}
