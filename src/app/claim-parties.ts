import type { Party } from '../claims/index.ts'
import type { Entry, Registered } from '../inventory/index.ts'

/** Vendors, their sub-processors, holders of copies and systems of the estate, as names that a claim may bear. */
export function claimParties(entries: readonly (Entry & Partial<Pick<Registered, 'entry' | 'revision'>>)[]): Party[] {
  return entries.flatMap((one): Party[] => {
    const entry = one.entry ?? `${one.kind}:${one.id}`
    const place = { entry, revision: one.revision ?? 1 }
    switch (one.kind) {
      case 'vendor': {
        const what = one.services.length === 0 ? '' : `, ${one.services.join(', ')}`
        const relation = one.status === 'active' ? `vendor${what}` : `vendor until ${one.ended ?? 'a day not known'}${what}`
        const below = (one.subProcessors ?? []).map((name): Party => ({ ...place, name, relation: `supplier of ${one.name}` }))
        return [{ ...place, name: one.name, relation }, ...below]
      }
      case 'copy':
        return [{ ...place, name: one.holder, relation: `holder of a copy${one.cut === undefined ? '' : ` of ${one.cut}`}` }]
      case 'system':
        return [{ ...place, name: one.name, relation: 'system of ours' }]
      default:
        return []
    }
  })
}
