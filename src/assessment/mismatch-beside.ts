import type { PartKind } from './assessment-part.ts'
import type { Mismatch } from './handed-over.ts'

/** Which mismatches bear on which part: periods and installations on what logs would show, agreement and age on what the sample shows. */
const bearing: Readonly<Record<Mismatch['rule'], readonly PartKind[]>> = {
  H1: ['access', 'system', 'insider-help'],
  H2: ['access', 'system'],
  H3: ['system', 'data'],
  H4: ['system', 'data'],
  H5: ['access', 'system', 'insider-help'],
  H6: ['access', 'system'],
}

/** The mismatches that bear on a part. */
export function bearingOn(all: readonly Mismatch[], part: PartKind): Mismatch[] {
  return all.filter((one) => bearing[one.rule].includes(part))
}
