/** Identifiers that single out a subscriber, a SIM, a device or a line. */
export const identifierKinds = [
  'msisdn',
  'imsi',
  'imei',
  'iccid',
  'national-id',
  'email',
  'contract',
  'cpe-serial',
  'mac',
  'ip',
  'user-name',
] as const

/** Values that describe a person or a line without singling it out. */
export const attributeKinds = ['date', 'name', 'place', 'code'] as const

export type IdentifierKind = (typeof identifierKinds)[number]
export type AttributeKind = (typeof attributeKinds)[number]

/** Everything that has a canonical form (SPEC.md). */
export type CanonicalKind = IdentifierKind | AttributeKind

/** True for the kinds that single somebody or something out. */
export function isIdentifierKind(kind: string): kind is IdentifierKind {
  return (identifierKinds as readonly string[]).includes(kind)
}
