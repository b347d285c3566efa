/** Letters of other scripts that look like Latin ones, in lower case. */
const lookAlikes: Readonly<Record<string, string>> = {
  // Cyrillic
  а: 'a',
  в: 'b',
  е: 'e',
  ё: 'e',
  з: '3',
  і: 'i',
  ї: 'i',
  ј: 'j',
  к: 'k',
  м: 'm',
  н: 'h',
  о: 'o',
  р: 'p',
  с: 'c',
  т: 't',
  у: 'y',
  х: 'x',
  ѕ: 's',
  һ: 'h',
  ԁ: 'd',
  ԛ: 'q',
  ԝ: 'w',
  ӏ: 'l',
  г: 'r',
  п: 'n',
  // Greek
  α: 'a',
  β: 'b',
  γ: 'y',
  ε: 'e',
  η: 'n',
  ι: 'i',
  κ: 'k',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  σ: 'o',
  τ: 't',
  υ: 'u',
  χ: 'x',
  ω: 'w',
  ϲ: 'c',
  ϳ: 'j',
  // Armenian and Latin beyond the alphabet
  օ: 'o',
  ս: 'u',
  ո: 'n',
  հ: 'h',
  ց: 'g',
  զ: 'q',
  ѡ: 'w',
  ı: 'i',
  ȷ: 'j',
  ɑ: 'a',
  ɡ: 'g',
  ɩ: 'i',
  ʟ: 'l',
  ɴ: 'n',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ħ: 'h',
}

/** Characters that nobody sees: soft hyphen, zero-width and directional ones, variation selectors, tags, fillers. */
const invisible = /\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffb]/gu
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/gu
const otherScript = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u
const latin = /\p{Script=Latin}/u

/** What of a text a reader cannot see, or sees as something else; undefined when nothing is. */
export function hiddenIn(text: string): string | undefined {
  // `search` and `match` begin anew on each call; `test` of a global pattern would not.
  if (!text.isWellFormed()) return 'broken characters'
  if (text.search(control) >= 0) return 'control characters'
  const found = text.replace(/\p{Extended_Pictographic}\ufe0f/gu, '').match(invisible)
  if (found !== null) return `${found.length} invisible character${found.length === 1 ? '' : 's'} (U+${codeOf(found[0])})`
  const mixed = text.split(/[^\p{L}]+/u).find((word) => latin.test(word) && otherScript.test(word))
  if (mixed !== undefined) return 'letters of another alphabet inside a word'
  const foreign = text
    .split(/[^\p{L}]+/u)
    .find((word) => otherScript.test(word) && asLatin(word.toLowerCase()).search(/[^a-z]/) < 0)
  if (foreign !== undefined && latin.test(text)) return 'a word of another alphabet that looks like a Latin one'
  return undefined
}

/** The words of a sentence for comparing: lower case, without accents and invisible characters, look-alike letters as Latin ones; numbers, dates and times whole, a semicolon by itself. */
export function wordsOf(text: string): string[] {
  const plain = asLatin(
    text
      .toWellFormed()
      .replace(invisible, '')
      .replace(control, ' ')
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase()
      .replace(/[\u2018\u2019\u02bc\u0060\u00b4\uff07]/gu, "'"),
  )
  return (
    plain
      .match(
        /\d{4}-\d{2}-\d{2}(?:t\d{2}:\d{2})?|\d{1,2}\/\d{1,2}\/\d{4}|\d{1,2}:\d{2}(?!\d)|\d{1,15}(?:[.,]\d{1,15}){0,6}|[\p{L}\p{N}]+(?:'\p{L}+){0,2}|;/gu,
      )
      ?.slice(0, mostWords) ?? []
  )
}

/** Words of one sentence that are read; a longer one is read to here. */
const mostWords = 2_000

function asLatin(text: string): string {
  let latinText = ''
  for (const character of text) latinText += lookAlikes[character] ?? character
  return latinText
}

function codeOf(character: string | undefined): string {
  return (character?.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
}
