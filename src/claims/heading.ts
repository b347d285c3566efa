import { namesIn } from './name.ts'

/** What an organisation publishes in its own words. */
const own =
  /\b(?:frequently asked questions|faqs?|(?:public |press |official |media )?statement|press release|notice|advisory|bulletin|security alert|alert|announcement|communiqu[ée])\b/i

/**
 * Who writes under a heading, by its form: `Advisory: National CERT`, `Harrow Net, 2 March 2027`. `own` is true when the heading
 * says that the words are that organisation's own. Undefined for headlines, which are sentences.
 */
export function headedBy(flat: string): { readonly name: string; readonly own: boolean } | undefined {
  const kind = own.exec(flat)
  const lead = kind && kind.index === 0 ? /^\s?(?:[:,|-]|of|by|from)\s(?:the\s)?/i.exec(flat.slice(kind[0].length)) : undefined
  const rest = kind && lead ? flat.slice(kind[0].length + lead[0].length) : flat.replace(/^the\s/i, '')
  const name = namesIn(rest)[0]
  if (!name || name.start !== 0) return undefined
  if (!lead && !/^\s?(?:[,:|]|-\s)/.test(rest.slice(name.end))) return undefined
  return { name: name.text, own: kind !== null }
}
