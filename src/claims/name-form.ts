import { pattern } from './language/languages.ts'

const legal = pattern('legal-form', 'u')
const alias = /((?:\p{Lu}[\p{L}\p{N}&-]*)(?: \p{Lu}[\p{L}\p{N}&-]*){1,5}) \((?:the )?"?(\p{Lu}[\p{Lu}\p{N}&-]{1,7})"?\)/gu

/** A company's name as it is shown: without its legal form, capitals as names are written. In: a form of the name as it stands in a text. */
export function shownName(name: string): string {
  const short = name.replace(legal, '').trim()
  const kept = short === '' ? name : short
  if (/\p{Ll}/u.test(kept) || !kept.includes(' ')) return kept
  return kept.toLowerCase().replace(/(?<![\p{L}\p{N}])\p{Ll}/gu, (letter) => letter.toUpperCase())
}

/** Forms not written in capitals throughout, where there are any. */
export function unshouted(forms: readonly string[]): readonly string[] {
  const written = forms.filter((one) => /\p{Ll}/u.test(one))
  return written.length > 0 ? written : forms
}

/** Short forms that texts give in brackets behind a name (`Juniper Hollow Telecom (JHT)`), each with the name it stands for. */
export function aliasesIn(texts: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const text of texts)
    for (const [, name = '', short = ''] of text.matchAll(alias))
      if (isShort(short, name) && !found.has(short)) found.set(short, name)
  return found
}

/** The letters of a short form stand in the name, in order. */
function isShort(short: string, name: string): boolean {
  let at = 0
  for (const letter of name.toLowerCase()) if (letter === short[at]?.toLowerCase()) at += 1
  return at === short.length
}
