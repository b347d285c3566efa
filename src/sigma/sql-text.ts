import { fold } from './fold.ts'
import { dashes, plainText, type Part } from './pattern.ts'
import type { RegexTest, TextTest } from './plan.ts'
import type { SqlValues } from './sql-bind.ts'
import { exactly, never, type SqlBounds } from './sql-bounds.ts'

/**
 * A value folded as `fold` does. The engine's lower case differs from it in three characters: ſ and ς, which are merged
 * afterwards, and İ, which is kept by way of a private character that logs do not hold.
 */
export function foldedSql(value: string): string {
  return `if(isASCII(${value}), lower(${value}), translateUTF8(lowerUTF8(translateUTF8(${value}, 'İ', '${kept}')), 'ςſ${kept}', 'σsİ'))`
}

const kept = '\u{f0130}'

/** How a condition on one value is told: the value as it is, the value folded, and where values are bound. */
export interface ValueSql {
  readonly raw: string
  readonly folded: string
  readonly values: SqlValues
}

/** Text against a pattern, for a value that is there. */
export function textSql(test: TextTest, value: ValueSql): SqlBounds {
  const parts = test.cased
    ? test.parts
    : test.parts.map((part) => (part.kind === 'text' ? { kind: part.kind, text: fold(part.text) } : part))
  // Values in the lake are well-formed: a pattern that is not, stands in none of them.
  if (parts.some((part) => part.kind === 'text' && !part.text.isWellFormed())) return never
  const sql = shapeSql(parts, test.cased ? value.raw : value.folded, value.values)
  const decided = !parts.some((part) => part.kind === 'text' && part.text.includes(kept))
  return decided ? exactly(sql) : { upper: '1', lower: '0' }
}

function shapeSql(parts: readonly Part[], value: string, values: SqlValues): string {
  const plain = plainText(parts)
  if (plain !== undefined) return `${value} = ${values.text(plain)}`
  const texts = parts.filter((part) => part.kind === 'text').map((part) => part.text)
  const simple = parts.every((part) => part.kind === 'text' || part.kind === 'any')
  if (simple && texts.length === 0) return '1'
  const [first = '', last = ''] = texts
  const before = parts[0]?.kind === 'any'
  const after = parts.at(-1)?.kind === 'any'
  if (simple && texts.length === 1) {
    const text = values.text(first)
    if (before && after) return `position(${value}, ${text}) > 0`
    return before ? `endsWith(${value}, ${text})` : `startsWith(${value}, ${text})`
  }
  if (simple && texts.length === 2 && !before && !after)
    return `and(startsWith(${value}, ${values.text(first)}), endsWith(${value}, ${values.text(last)}), length(${value}) >= ${Buffer.byteLength(first) + Buffer.byteLength(last)})`
  return `match(${value}, ${values.text(`(?s)\\A${parts.map(partRegex).join('')}\\z`)})`
}

function partRegex(part: Part): string {
  switch (part.kind) {
    case 'any':
      return '.*'
    case 'one':
      return '.'
    case 'dash':
      return `[${dashes.replace('-', '\\-')}]`
    case 'text':
      return part.text.replace(
        /[\u0000-\u0020!-/:-@[-`{-~]/g,
        (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
      )
  }
}

/** A regex; the engine's dot takes line breaks unless told otherwise. */
export function regexSql(
  test: Pick<RegexTest, 'source' | 'flags'>,
  { raw, values }: Pick<ValueSql, 'raw' | 'values'>,
): SqlBounds {
  if (!test.source.isWellFormed()) return { upper: '1', lower: '0' }
  const flags = `(?${test.flags}${test.flags.includes('s') ? '' : '-s'})`
  return exactly(`match(${raw}, ${values.text(flags + test.source)})`)
}

/** The one text that a test wants equal or contained, when it is as simple as that and folded. */
export function wanted(test: TextTest): { readonly how: 'equal' | 'contained'; readonly text: string } | undefined {
  if (test.cased) return undefined
  const plain = plainText(test.parts)
  if (plain !== undefined) return usable(plain) ? { how: 'equal', text: fold(plain) } : undefined
  const [before, middle, after] = test.parts
  if (test.parts.length !== 3 || before?.kind !== 'any' || middle?.kind !== 'text' || after?.kind !== 'any') return undefined
  return usable(middle.text) ? { how: 'contained', text: fold(middle.text) } : undefined
}

function usable(text: string): boolean {
  return text !== '' && text.isWellFormed() && !text.includes(kept)
}
