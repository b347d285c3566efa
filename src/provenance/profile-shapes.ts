/** Texts that stand for "no value" in exports; only these are ever written into a profile as they stand. */
const nullTokens: ReadonlySet<string> = new Set([
  '',
  '-',
  '--',
  '\\N',
  'NULL',
  'null',
  'Null',
  'None',
  'none',
  'N/A',
  'n/a',
  'NA',
  'NaN',
  'nil',
])

/** The token of "no value" that a cell is, or undefined when it holds one. */
export function nullToken(value: string): string | undefined {
  const text = value.trim()
  return nullTokens.has(text) ? text : undefined
}

/** Longest mask kept; the rest of a long value adds nothing. */
const longestMask = 40

/**
 * The shape of a value without the value: digits are 9, letters A or a, signs stay; runs carry their length (`+99 99-9{7}`),
 * texts with spaces are collapsed to words (`A+a+ A+a+`), for their lengths describe a person.
 */
export function shapeOf(value: string): string {
  const text = value.trim().slice(0, 200)
  const words = text.includes(' ') && text.split(' ').filter((word) => /\p{L}{2}/u.test(word)).length > 1
  let out = ''
  let run = 0
  let last = ''
  const flush = (): void => {
    if (run === 0) return
    if (words && last !== '9') out += `${last}+`
    else out += run <= 2 ? last.repeat(run) : `${last}{${run}}`
    run = 0
  }
  for (const character of text) {
    const kind = kindOf(character)
    if (kind === '' || kind !== last) flush()
    if (kind === '') out += character
    else run += 1
    last = kind
  }
  flush()
  return out.slice(0, longestMask)
}

function kindOf(character: string): '9' | 'A' | 'a' | '' {
  const code = character.codePointAt(0) ?? 0
  if (code < 128) {
    if (code >= 48 && code <= 57) return '9'
    if (code >= 65 && code <= 90) return 'A'
    return code >= 97 && code <= 122 ? 'a' : ''
  }
  if (/\p{N}/u.test(character)) return '9'
  return /\p{Lu}/u.test(character) ? 'A' : /\p{L}|\p{M}/u.test(character) ? 'a' : ''
}

/** How a header is written. */
export type HeaderStyle = 'none' | 'snake' | 'upper-snake' | 'camel' | 'lower' | 'upper' | 'spaced' | 'mixed'

/** The style of most column names; `none` when the names were made up by the reader. */
export function headerStyle(names: readonly string[], header: boolean): HeaderStyle {
  if (!header) return 'none'
  const counts = new Map<HeaderStyle, number>()
  for (const name of names) {
    const style = styleOf(name)
    counts.set(style, (counts.get(style) ?? 0) + 1)
  }
  // One word in lower case fits snake and camel alike.
  const lower = counts.get('lower') ?? 0
  const upper = counts.get('upper') ?? 0
  const whole = names.length
  const several = (style: HeaderStyle, with_: number): boolean => {
    const count = counts.get(style) ?? 0
    return count > 0 && (count + with_) * 10 >= whole * 8
  }
  if (several('snake', lower)) return 'snake'
  if (several('camel', lower)) return 'camel'
  if (several('upper-snake', upper)) return 'upper-snake'
  if (several('spaced', lower + upper + (counts.get('camel') ?? 0))) return 'spaced'
  if (lower * 10 >= whole * 8) return 'lower'
  return upper * 10 >= whole * 8 ? 'upper' : 'mixed'
}

function styleOf(name: string): HeaderStyle {
  if (/^[a-z0-9]+$/.test(name)) return 'lower'
  if (/^[A-Z0-9]+$/.test(name)) return 'upper'
  if (/^[a-z0-9_]+$/.test(name)) return 'snake'
  if (/^[A-Z0-9_]+$/.test(name)) return 'upper-snake'
  if (/^[A-Za-z][A-Za-z0-9]*$/.test(name)) return 'camel'
  return name.includes(' ') ? 'spaced' : 'mixed'
}

const spellings: readonly (readonly [string, RegExp])[] = [
  ['YYYY-MM-DD', /^\d{4}-\d{2}-\d{2}$/],
  ['YYYY-MM-DDThh:mm', /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/],
  ['YYYY-MM-DD hh:mm', /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}/],
  ['YYYY/MM/DD', /^\d{4}\/\d{2}\/\d{2}/],
  ['YYYYMMDD', /^(?:19|20)\d{6}$/],
  ['DD/MM/YYYY', /^\d{1,2}\/\d{1,2}\/\d{4}/],
  ['DD-MM-YYYY', /^\d{1,2}-\d{1,2}-\d{4}/],
  ['DD.MM.YYYY', /^\d{1,2}\.\d{1,2}\.\d{4}/],
  ['DD Mon YYYY', /^\d{1,2} [A-Za-z]{3,9} \d{4}/],
  ['DD-Mon-YYYY', /^\d{1,2}-[A-Za-z]{3,9}-\d{4}/],
]

/** How a date is written (day and month are not told apart), or undefined for a text that is no date. */
export function dateSpelling(value: string): string | undefined {
  const text = value.trim()
  return spellings.find(([, pattern]) => pattern.test(text))?.[0]
}
