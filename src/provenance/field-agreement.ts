import type { Linkage } from './linkage.ts'

/** Of one field of a copy: rows of the sample in which it could be compared with a row met, and rows in which it was equal in one of them. */
interface FieldAgreement {
  readonly tag: string
  readonly compared: number
  readonly equal: number
}

/** How the attribute fields of a linkage agree, row by row of the sample. */
export function fieldAgreement(linkage: Linkage): readonly FieldAgreement[] {
  return [...linkage.tags.entries()].flatMap(([bit, tag]) => {
    if (!tag.startsWith('field:')) return []
    let compared = 0
    let equal = 0
    for (const links of linkage.links.values()) {
      if (links.some((link) => ((link.compared >>> bit) & 1) === 1)) compared += 1
      if (links.some((link) => ((link.equal >>> bit) & 1) === 1)) equal += 1
    }
    return [{ tag, compared, equal }]
  })
}
