/**
 * Tokens inside the engine: 32 hex digits as a number of 128 bits, first digit first, so that numbers are in the order of the text.
 * Groups and joins of numbers cost a fraction of those of text.
 */
export function tokenNumber(text: string): string {
  return `reinterpretAsUInt128(reverse(unhex(${text})))`
}

/** The token of a number of `tokenNumber`. */
export function tokenText(number: string): string {
  return `leftPad(lower(hex(${number})), 32, '0')`
}

/** Numbers of the tokens that the parameter `name` holds, as a set to be tested with IN. */
export function tokensOf(name: string): string {
  return `(SELECT ${tokenNumber('one')} FROM (SELECT arrayJoin({${name}:Array(String)}) AS one))`
}

/** Added to microseconds since 1970 before they are divided: dividing then rounds every time of the engine down, also those before 1970. */
const secondsFrom = '8000000000000000'

/** Whole seconds since 1970 of microseconds since then, rounded down. */
export function secondsOf(micros: string): string {
  return `(intDiv(${micros} + ${secondsFrom}, 1000000) - 8000000000)`
}

/** The first two digits of the token that has `share` of all tokens below it; beyond all of them at 1. */
export function tokenBound(share: number): string {
  return share === 0
    ? ''
    : share >= 1
      ? 'g'
      : Math.round(share * 256)
          .toString(16)
          .padStart(2, '0')
}

/** Bounds that part the tokens into `passes` ranges, as numbers: from, and below (of the last one: none). */
export function tokenRanges(passes: number): readonly { readonly from: string; readonly to: string }[] {
  const all = 1n << 128n
  const bound = (pass: number): bigint => (all * BigInt(pass)) / BigInt(passes)
  return Array.from({ length: passes }, (_one, pass) => ({ from: String(bound(pass)), to: String(bound(pass + 1) - 1n) }))
}

/** Rows of a table with `tokenNumber`s that lie in a range of `tokenRanges`. */
export const inRange = 'subscriber BETWEEN {from:UInt128} AND {to:UInt128}'
