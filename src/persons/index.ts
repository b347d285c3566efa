export { canonical } from './canonical.ts'
export { canonicalSql } from './canonical-sql.ts'
export { dialPlan } from './dial-plan.ts'
export type { CanonicalOptions } from './forms.ts'
export {
  attributeKinds,
  identifierKinds,
  isIdentifierKind,
  type AttributeKind,
  type CanonicalKind,
  type IdentifierKind,
} from './kinds.ts'
export { mask } from './mask.ts'
export { partsOf } from './parts.ts'
export { partTag, partTokensSql, tokenKey, tokenOf, tokenParams, tokenSql, type TokenKey } from './token.ts'
