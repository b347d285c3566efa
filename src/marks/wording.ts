import type { SiteKind } from './site.ts'

const particles = ['bin', 'binti', 'bte', 'anak', 'a/l', 'a/p', 'van', 'der', 'de', 'da', 'von', 'al']
const streets = 'jalan jln lorong lrg persiaran lebuh taman tmn kampung kg street road avenue lane st rd ave'.split(' ')
const everyWord = new RegExp(wordPattern([...particles, ...streets]).source, 'gu')

/** `Ali bin Abu` or `Ali Bin Abu`; only in cells that have small and capital letters besides. */
const particleCase: SiteKind = wordCase({ name: 'particle-case', forms: ['name', 'code', 'text'], words: particles })

/** `Jalan Melur` or `jalan Melur`. */
const streetCase: SiteKind = wordCase({ name: 'street-case', forms: ['place', 'code', 'text'], words: streets })

/** Marks in the case of one word; lost to lower-casing. */
export const casing: readonly SiteKind[] = [particleCase, streetCase]

const pairs: readonly (readonly [whole: string, short: string])[] = [
  ['jalan', 'jln'],
  ['taman', 'tmn'],
  ['lorong', 'lrg'],
  ['kampung', 'kg'],
  ['street', 'st'],
  ['road', 'rd'],
  ['avenue', 'ave'],
]
const short = new Map(pairs)
const whole = new Map(pairs.map(([long, cut]) => [cut, long]))
const anyStreet = wordPattern(pairs.flat())

/**
 * `Jalan` or `Jln`. An abbreviation is another word to whoever compares addresses, so it stands in free text only
 * (columns that nothing is compared with).
 */
export const abbreviation: SiteKind = {
  name: 'street-word',
  group: 'abbreviation',
  forms: ['text'],
  survives: { lowerCasing: true, spaceNormaliser: true },
  read(text) {
    const word = anyStreet.exec(text)?.[0].toLowerCase()
    return word === undefined ? undefined : short.has(word) ? 0 : 1
  },
  write: (text, bit) =>
    text.replace(anyStreet, (word) => {
      const low = word.toLowerCase()
      return cased((bit === 0 ? whole.get(low) : short.get(low)) ?? low, word)
    }),
}

/** Free text with its street words written out: what its form is compared by. */
export function writtenOut(text: string): string {
  return text.toLowerCase().replace(allStreets, (word) => whole.get(word) ?? word)
}

const allStreets = new RegExp(anyStreet.source, 'gu')

function wordCase(of: { readonly name: string; readonly forms: SiteKind['forms']; readonly words: readonly string[] }): SiteKind {
  const pattern = wordPattern(of.words)
  const found = (text: string): RegExpExecArray | null => {
    const word = pattern.exec(text)
    if (word === null) return null
    const rest = text.replace(everyWord, '')
    return /\p{Ll}/u.test(rest) && /\p{Lu}/u.test(rest) ? word : null
  }
  return {
    name: of.name,
    group: 'case',
    forms: of.forms,
    survives: { lowerCasing: false, spaceNormaliser: true },
    read(text) {
      const word = found(text)?.[0]
      return word === undefined
        ? undefined
        : word === word.toLowerCase()
          ? 1
          : word === cased(word.toLowerCase(), 'Xx')
            ? 0
            : undefined
    },
    write(text, bit) {
      const word = found(text)
      if (word === null) return text
      const low = word[0].toLowerCase()
      return text.slice(0, word.index) + (bit === 1 ? low : cased(low, 'Xx')) + text.slice(word.index + low.length)
    },
  }
}

/** The first of the words that stands alone, in any case of ASCII letters. */
function wordPattern(words: readonly string[]): RegExp {
  const either = words.map((word) => word.replaceAll(/[a-z]/g, (one) => `[${one}${one.toUpperCase()}]`))
  return new RegExp(`(?<![\\p{L}\\p{N}/'’-])(?:${either.join('|')})(?![\\p{L}\\p{N}/'’-])`, 'u')
}

/** A small word in the case of another: capitals, small letters, or capitals at the beginning (`A/L` throughout). */
function cased(word: string, like: string): string {
  if (like === like.toLowerCase()) return word
  if (like.length > 1 && like === like.toUpperCase()) return word.toUpperCase()
  return word.includes('/') ? word.toUpperCase() : word.slice(0, 1).toUpperCase() + word.slice(1)
}
