import { canonical, mask, tokenOf, type IdentifierKind, type TokenKey } from '../persons/index.ts'

/** A subscriber as the tables hold one: never the identifier itself. */
export interface SubscriberToken {
  readonly token: string
  readonly masked: string
}

/** Identifiers remembered by one reader; a log names the same ones again and again. */
const remembered = 200_000

const kindByName: readonly (readonly [RegExp, IdentifierKind])[] = [
  [/imsi/, 'imsi'],
  [/imei/, 'imei'],
  [/iccid/, 'iccid'],
  [/nric|national|id_card|ic_no/, 'national-id'],
  [/email/, 'email'],
  [/account|contract|customer/, 'contract'],
]

/**
 * Turns identifiers into tokens. The name of the field tells the kind where it can; `subscriber` may hold any: 15 digits are an
 * IMSI, then a telephone number, an address, a contract number. Gives undefined for text that is no identifier.
 */
export function subscriberReader(options: {
  readonly key: TokenKey
  readonly country?: string
}): (field: string, raw: string) => SubscriberToken | undefined {
  const known = new Map<string, SubscriberToken | undefined>()
  const country = options.country === undefined ? {} : { country: options.country }
  return (field, raw) => {
    const named = kindByName.find(([pattern]) => pattern.test(field.toLowerCase()))?.[1]
    const anyKind = named === undefined && /^subscriber/i.test(field)
    const cacheKey = `${named ?? (anyKind ? '*' : 'msisdn')}\u0000${raw}`
    if (known.has(cacheKey)) return known.get(cacheKey)
    const found = read(named === undefined ? (anyKind ? guesses(raw) : ['msisdn']) : [named], raw)
    if (known.size >= remembered) known.clear()
    known.set(cacheKey, found)
    return found
  }

  function read(kinds: readonly IdentifierKind[], raw: string): SubscriberToken | undefined {
    for (const kind of kinds) {
      const text = canonical(kind, raw, country)
      if (text !== undefined) return { token: tokenOf(options.key, kind, text), masked: mask(kind, text) }
    }
    return undefined
  }
}

function guesses(raw: string): readonly IdentifierKind[] {
  if (/^\s{0,5}\d{15}\s{0,5}$/.test(raw)) return ['imsi', 'msisdn']
  return raw.includes('@') ? ['email'] : ['msisdn', 'contract']
}
