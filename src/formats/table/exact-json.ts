/** A number by its digits; in JSON text it stands as written. */
export class Digits {
  readonly source: string
  constructor(source: string) {
    this.source = source
  }
  toJSON(): unknown {
    return (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(this.source)
  }
}

/** Numbers whose digits a float could change: fractions, exponents, 16 digits and more, minus zero. */
const inexact = /[:[,]\s{0,9}-?(?:\d{16}|\d{1,15}[.eE])|-0/

/** JSON with every number kept as its digits: identifiers of more than 15 digits do not survive a float. Throws where it is no JSON. */
export function parseExact(text: string): unknown {
  if (!inexact.test(text)) return JSON.parse(text)
  const reviver = (_key: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === 'number' && context?.source !== undefined ? new Digits(context.source) : value
  return (JSON.parse as (text: string, reviver: unknown) => unknown)(text, reviver)
}
