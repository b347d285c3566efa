/** One word of a pattern: words or beginnings of words, left out or not; or a gap of up to `most` words. */
type Element =
  | {
      readonly kind: 'word'
      readonly words: ReadonlySet<string>
      readonly beginnings: readonly string[]
      readonly optional: boolean
    }
  | { readonly kind: 'gap'; readonly most: number }
  | { readonly kind: 'not'; readonly words: ReadonlySet<string>; readonly beginnings: readonly string[] }

/** A pattern over words; see `compilePattern`. */
export type WordPattern = readonly Element[]

/** Words `from` to `to` (excluded) of a sentence. */
export interface WordRange {
  readonly from: number
  readonly to: number
}

const widestGap = 12

/**
 * Reads a pattern: words apart by blanks; `a|b` one of them; `word*` a beginning; `word?` may be absent; `~3` up to three words of any kind;
 * `!a|b` not followed by these; `<name>` the words of a set. Throws an `Error` that names the pattern; data files are checked when they are read.
 */
export function compilePattern(text: string, sets: Readonly<Record<string, string>>): WordPattern {
  const elements = text
    .split(/\s+/)
    .filter((part) => part !== '')
    .map((part): Element => {
      const gap = /^~(\d{1,2})$/.exec(part)
      if (gap !== null) {
        const most = Number(gap[1])
        if (most < 1 || most > widestGap) throw new Error(`the gap in "${text}" is not 1 to ${widestGap}`)
        return { kind: 'gap', most }
      }
      const not = part.startsWith('!')
      const optional = part.endsWith('?')
      const bare = part.slice(not ? 1 : 0, optional ? -1 : undefined)
      const all = bare.split('|').flatMap((one) => {
        const set = /^<([a-z0-9-]+)>$/.exec(one)
        if (set === null) return [one]
        const words = sets[set[1] ?? '']
        if (words === undefined) throw new Error(`"${text}" names no set: ${one}`)
        return words.split('|')
      })
      if (all.some((one) => !/^[\p{Ll}\p{N}']+\*?$/u.test(one)))
        throw new Error(`"${text}" holds something that is no word: ${part}`)
      const beginnings = all.filter((one) => one.endsWith('*')).map((one) => one.slice(0, -1))
      const words = new Set(all.filter((one) => !one.endsWith('*')))
      return not ? { kind: 'not', words, beginnings } : { kind: 'word', words, beginnings, optional }
    })
  const [first] = elements
  if (first === undefined || first.kind !== 'word' || first.optional) throw new Error(`"${text}" must begin with a word`)
  return elements
}

/** The first place where a pattern stands among words; work grows with words times pattern, whatever the words are. */
export function findPattern(words: readonly string[], pattern: WordPattern, from = 0): WordRange | undefined {
  for (let start = from; start < words.length; start += 1) {
    const to = endAt(words, pattern, start)
    if (to !== undefined) return { from: start, to }
  }
  return undefined
}

/** The first place of any of the patterns. */
export function findAny(words: readonly string[], patterns: readonly WordPattern[], from = 0): WordRange | undefined {
  let first: WordRange | undefined
  for (const pattern of patterns) {
    const found = findPattern(words, pattern, from)
    if (found !== undefined && (first === undefined || found.from < first.from)) first = found
  }
  return first
}

function endAt(words: readonly string[], pattern: WordPattern, start: number): number | undefined {
  let places = new Set([start])
  for (const element of pattern) {
    const next = new Set<number>()
    for (const place of places) {
      const word = words[place]
      switch (element.kind) {
        case 'gap':
          for (let step = 0; step <= element.most && place + step <= words.length; step += 1) next.add(place + step)
          break
        case 'not':
          if (word === undefined || !fits(word, element)) next.add(place)
          break
        case 'word':
          if (element.optional) next.add(place)
          if (word !== undefined && fits(word, element)) next.add(place + 1)
          break
      }
    }
    if (next.size === 0) return undefined
    places = next
  }
  return Math.min(...places)
}

function fits(word: string, element: Pick<Extract<Element, { kind: 'not' }>, 'words' | 'beginnings'>): boolean {
  return element.words.has(word) || element.beginnings.some((one) => word.startsWith(one))
}
