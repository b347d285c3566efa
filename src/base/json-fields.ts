/** An object of parsed JSON whose members nobody has checked. */
export type JsonFields = Readonly<Record<string, unknown>>

/** A member that should be an object; anything else counts as one without members. */
export function objectOf(value: unknown): JsonFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonFields) : {}
}

/** A member that should be a list; anything else counts as an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : []
}
