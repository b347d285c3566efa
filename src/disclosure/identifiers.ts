import { limits, UserError, type ByteSource } from '../base/index.ts'
import { readLines } from '../formats/index.ts'
import { canonical, tokenOf, type IdentifierKind, type TokenKey } from '../persons/index.ts'

const kinds: readonly IdentifierKind[] = ['imsi', 'msisdn', 'email', 'contract']

/** The tokens an identifier may stand under in a log of accesses: a text of fifteen digits is an IMSI or a number. */
export function tokensFor(text: string, options: { readonly key: TokenKey; readonly country: string }): readonly string[] {
  const country = options.country === '' ? {} : { country: options.country }
  const long = /^\s{0,5}\d{15}\s{0,5}$/.test(text)
  const found: string[] = []
  for (const kind of kinds) {
    if ((kind === 'imsi' && !long) || (kind === 'contract' && found.length > 0)) continue
    const known = canonical(kind, text, country)
    if (known !== undefined) found.push(tokenOf(options.key, kind, known))
  }
  return found
}

/**
 * Identifiers of a text with one a line (the first cell, where a line has several), as tokens: one list per identifier. A first line that
 * is no identifier is a heading. Throws a `UserError` that names lines, never what stands in them.
 */
export async function readIdentifiers(
  source: ByteSource,
  options: { readonly key: TokenKey; readonly country: string },
): Promise<readonly (readonly string[])[]> {
  const found: (readonly string[])[] = []
  const wrong: number[] = []
  for await (const { records } of readLines(source))
    for (const { n, text } of records) {
      const cell = (text.split(/[,;\t]/, 1)[0] ?? '').replaceAll('"', '').trim()
      if (cell === '') continue
      const tokens = /\d/.test(cell) || cell.includes('@') ? tokensFor(cell, options) : []
      if (tokens.length > 0) found.push(tokens)
      else if (n > 1) wrong.push(n)
    }
  if (wrong.length > 0 || found.length === 0 || found.length > limits.listedPersons)
    throw new UserError({
      code: 'identifiers-unreadable',
      message:
        found.length > limits.listedPersons
          ? `${source.name} has ${found.length} identifiers, more than ${limits.listedPersons}`
          : wrong.length > 0
            ? `${source.name}: line ${wrong.slice(0, 5).join(', ')} holds no identifier known here`
            : `${source.name} holds no identifier`,
      hint: 'write one telephone number, IMSI, address or contract number a line, and give --country for numbers written the national way',
    })
  return found
}
