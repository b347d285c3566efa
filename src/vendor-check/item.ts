import { canonicalJson, UserError } from '../base/index.ts'
import { canonical, identifierKinds, isIdentifierKind, attributeKinds, type CanonicalKind } from '../persons/index.ts'

/** The kinds that make up an item, in their order: at least two, one of them an identifier (rule V2). */
export type ItemSpec = readonly CanonicalKind[]

/** Reads `msisdn+iccid`. Throws a `UserError` for an unknown kind and for an item that could be guessed by counting. */
export function itemSpec(text: string): ItemSpec {
  const known: readonly string[] = [...identifierKinds, ...attributeKinds]
  const parts = text.split('+').map((part) => part.trim())
  const refuse = (why: string): never => {
    throw new UserError({
      code: 'item-wrong',
      message: `an item cannot be "${text}": ${why}`,
      hint: `join two or more of ${known.join(', ')} with +, such as msisdn+iccid or msisdn+name`,
      exitCode: 2,
    })
  }
  const strange = parts.find((part) => !known.includes(part))
  if (strange !== undefined) return refuse(`"${strange}" is no kind of value`)
  if (new Set(parts).size < parts.length) return refuse('a kind stands twice')
  if (parts.length < 2) return refuse('one value alone can be guessed by counting through the numbers there are')
  if (!parts.some(isIdentifierKind)) return refuse('it holds no identifier')
  return parts as unknown as ItemSpec
}

/** The item of a row: its values in canonical form, each named by its kind; undefined when one of them is missing or no such value. */
export function itemOf(
  spec: ItemSpec,
  values: readonly string[],
  options: { readonly country?: string | undefined },
): string | undefined {
  const country = options.country === undefined ? {} : { country: options.country }
  const parts: [string, string][] = []
  for (const [at, kind] of spec.entries()) {
    const value = canonical(kind, values[at] ?? '', country)
    if (value === undefined) return undefined
    parts.push([kind, value])
  }
  return canonicalJson(parts)
}
