import { languages } from './language/languages.ts'
import { currencies, multipliers, numberWords, qualifiers, timeUnits, units } from './lexicon/units.ts'

/** An amount in a sentence: how many of what, and how it is meant. */
export interface Amount {
  readonly quantity: number
  readonly qualifier: 'exactly' | 'at least' | 'at most' | 'about'
  readonly strict?: true
  readonly unit: string
  /** `user data` in `1,886 lines of user data`. */
  readonly of?: string
  /** The amount of a sample or proof, not of what is held: `a sample of 500 lines`. */
  readonly sample?: true
  readonly start: number
}

const byLength = (words: readonly string[]): string =>
  [...words].sort((x, y) => y.length - x.length || (x < y ? -1 : 1)).join('|')
const times = byLength(Object.keys(multipliers))
/** Digits in groups of three (comma, blank or dot), or with decimals behind a dot or a comma. */
const digits = '\\d{1,3}(?:[, ]\\d{3})+(?:\\.\\d{1,6})?|\\d{1,3}(?:\\.\\d{3}){2,}|\\d{1,12}(?:\\.\\d{1,8}|,\\d{1,2}(?!\\d))?'
const numberPattern = new RegExp(
  `(?<![\\w.,:/$€£₿-])(?:(${digits})\\s?(${times})?(\\+)?(?![\\w.,]\\d)|(${byLength(Object.keys(numberWords))})(?:\\s(${times}))?)(?:(?![\\w%:])|(?=[GMT]i?B\\b))`,
  'gi',
)
/** `15 Mei`: a day. */
const month = new RegExp(`^ (?:${languages.flatMap((one) => one.months).join('|')})\\b`, 'i')
const notBetween =
  /\b(?:cases?|times|occasions?|instances?|incidents?|countries|states|hours?|days?|weeks?|months?|years?|the|an?|on|in|at|to|from|by|and|or|with|for|than|that|which|is|are|was|were|have|has|had)\b/i

/** Amounts with a known unit, in order. Times and money are none: see `durationsIn`, `pricesIn`. */
export function amountsIn(flat: string): Amount[] {
  const found: Amount[] = []
  for (const match of flat.matchAll(numberPattern)) {
    const quantity = valueOf(match)
    const rest = flat.slice(match.index + match[0].length)
    const before = flat.slice(0, match.index)
    const unit = unitAfter(rest) ?? unitBefore(before, rest, found.at(-1))
    if (unit === undefined || quantity === undefined || isYear(match, flat) || month.test(rest)) continue
    // `12.500 pelanggan`: nobody counts people in thousandths.
    const thousands = /^\d{1,3}\.\d{3}$/.test(match[1] ?? '') && !/^[KMGT]B$/.test(unit.name) ? 1000 : 1
    const meant = qualifiers.find(([words]) => words.test(before))
    const plus = match[3] !== undefined
    const of =
      /^ of ((?:[\p{L}'-]+ ){0,3}?[\p{L}'-]+?)(?= (?:from|in|on|of|and|were|was|is|are|has|have|with|to|by|for)\b|[.,;:"()!?]|$)/u.exec(
        rest.slice(unit.length),
      )
    found.push({
      quantity: thousands === 1 ? quantity : Math.round(quantity * thousands),
      qualifier: meant?.[1] ?? (plus ? 'at least' : 'exactly'),
      ...(meant?.[2] === true ? { strict: true } : {}),
      unit: unit.name,
      ...(of?.[1] === undefined ? {} : { of: of[1] }),
      ...(/\b(?:sample|preview|excerpt|proof)s? (?:of|with|has|holds|contain(?:s|ing)) (?:the )?(?:first )?$/i.test(before) ||
      /^ ?(?:of )?(?:the )?sample\b/i.test(rest.slice(unit.length))
        ? { sample: true }
        : {}),
      start: match.index,
    })
  }
  return found
}

/** `Records: 4,212,880` names its unit before; `of 1,000 rows, 962 were known` goes on with the one before. */
function unitBefore(before: string, rest: string, last: Amount | undefined): { name: string; length: number } | undefined {
  const label =
    /(?:^|[,;]\s)(?:total |no\.? of |number of )?([\p{L}]{3,20})(?: taken| dumped| affected| stolen)?\s?[:=]\s?$/iu.exec(
      before,
    )?.[1]
  const named = label === undefined ? undefined : units.find(([, words]) => words.exec(label)?.[0].length === label.length)
  if (named) return { name: named[0], length: 0 }
  const goesOn = last !== undefined && /\b(?:of which|of these|of them|[Oo]f [\d.,]+ [\p{L}-]+,)\s$/u.test(before)
  return goesOn && /^\s(?:\w+\s)?(?:have|has|had|were|was|are|is|already|appear\w*|still)\b/.test(rest)
    ? { name: last.unit, length: 0 }
    : undefined
}

/** `in 2024 users ...`: a year, not an amount. */
function isYear(match: RegExpExecArray, flat: string): boolean {
  return /^(?:19|20)\d\d$/.test(match[0]) && /\b(?:in|since|until|by|of|from|[A-Z][a-z]{2,8})\s$/.test(flat.slice(0, match.index))
}

/** The unit within four words after a number: `10 global telecoms companies`. */
function unitAfter(rest: string): { name: string; length: number } | undefined {
  const space = /^ ?/.exec(rest)?.[0].length ?? 0
  let at = space
  for (let skipped = 0; skipped <= 4; skipped += 1) {
    const piece = rest.slice(at)
    if (timeUnits.some(([words]) => words.test(piece)) || currencies.some(([, words]) => skipped === 0 && words.test(piece)))
      return undefined
    for (const [name, words] of units) {
      const match = words.exec(piece)
      if (!match || /^['’]/.test(piece.slice(match[0].length))) continue
      const more = /s$|^[KMGT]i?B$/i.test(match[0]) ? undefined : laterUnit(piece, match[0].length)
      if (more !== undefined) return { name: more.name, length: at + more.length }
      // `640,000 customer records`: the thing counted comes last.
      const counted = /^(?:customer|client|subscriber|user|employee|staff|account|phone number|mobile number)\s/i.exec(piece)
      const next = counted && units.find(([, own]) => own.test(piece.slice(counted[0].length)))
      if (counted && next)
        return { name: next[0], length: at + counted[0].length + (next[1].exec(piece.slice(counted[0].length))?.[0].length ?? 0) }
      return { name, length: at + match[0].length }
    }
    const next =
      /^(?:of (?:your|our|their|its|the) |\p{Ll}{4,9} (?:and|or|dan|atau) (?:former|present|past|prospective|inactive|bekas) |[\p{L}'’-]{1,30} )/u.exec(
        piece,
      )
    if (!next || (!/^of | (?:and|or|dan|atau) /.test(next[0]) && notBetween.test(next[0]))) return undefined
    at += next[0].length
  }
  return undefined
}

/** `SIM registration records`: of a run of nouns the last one in the plural is counted. */
function laterUnit(piece: string, from: number): { name: string; length: number } | undefined {
  for (const match of piece.slice(from).matchAll(/ ([\p{L}-]{2,20})/gu)) {
    if (match.index > 40 || notBetween.test(match[1] ?? '') || /[^\p{L} -]/u.test(piece.slice(from, from + match.index)))
      return undefined
    const rest = piece.slice(from + match.index + 1)
    const unit = units.find(([, words]) => (words.exec(rest)?.[0] ?? '').endsWith('s'))
    if (unit !== undefined) return { name: unit[0], length: from + match.index + 1 + (unit[1].exec(rest)?.[0].length ?? 0) }
  }
  return undefined
}

function valueOf(match: RegExpExecArray | RegExpMatchArray): number | undefined {
  const [, written, letter, , word, larger] = match
  // `one of the networks`, `one more system` count nothing.
  if (word?.toLowerCase() === 'one' && larger === undefined) return undefined
  if (word !== undefined) return (numberWords[word.toLowerCase()] ?? 0) * (multipliers[larger?.toLowerCase() ?? ''] ?? 1)
  return written === undefined ? undefined : numberOf(written, letter)
}

function numberOf(written: string, times: string | undefined): number | undefined {
  const dotted = /^\d{1,3}(?:\.\d{3}){2,}$/.test(written)
  const plain = dotted
    ? written.replaceAll('.', '')
    : /,\d{1,2}$/.test(written) && !written.includes('.')
      ? written.replace(',', '.')
      : written.replace(/[, ]/g, '')
  const factor = times === undefined ? 1 : (multipliers[times.toLowerCase()] ?? 1)
  const value = Number(plain) * factor
  const rounded = factor > 1 ? Math.round(value) : value
  return Number.isSafeInteger(Math.round(rounded)) ? rounded : undefined
}

const signs = 'US\\$|S\\$|\\$|€|£|₿|₹|Rs\\.?|RM|Rp\\.?|USD|EUR|GBP|MYR|SGD|INR|IDR|BTC|XMR|ETH|LTC'
const moneyWords =
  'dolar(?: AS)?|USDT|USD|EUR|GBP|MYR|SGD|INR|IDR|BTC|XMR|ETH|LTC|dollars|euros|pounds|ringgit|rupees|rupiah|bitcoins?|monero|ether'
const moneyNumber = `(${digits})\\s?(${times})?(?![\\w])`
const moneyBefore = new RegExp(`(?<!\\w)(${signs})\\s?${moneyNumber}`, 'gi')
const moneyAfter = new RegExp(`(?<![\\w.,$€£₿])${moneyNumber}\\s?(?:US\\s|in\\s)?(${moneyWords})\\b`, 'gi')
/** `two million dollars` */
const moneySpelled = new RegExp(
  `\\b(${byLength(Object.keys(numberWords))}|an?|se)\\s(${times})\\s(?:US\\s)?(${moneyWords})\\b`,
  'gi',
)
const coins = new Set(['BTC', 'XMR', 'ETH', 'LTC'])

/** Prices: amounts of money with their currency. */
export function pricesIn(flat: string): { quantity: number; unit: string }[] {
  const found: { quantity: number; unit: string }[] = []
  const add = (money: string, written: string, larger: string | undefined) => {
    const unit = currencies.find(([, words]) => words.test(money))?.[0]
    // `1.500 EUR`: three digits behind a dot are thousands, except of coins.
    const grouped = /^\d{1,3}\.\d{3}$/.test(written) && unit !== undefined && !coins.has(unit)
    const quantity = numberOf(grouped ? written.replace('.', '') : written, larger)
    if (unit === undefined || quantity === undefined) return
    if (!found.some((one) => one.quantity === quantity && one.unit === unit)) found.push({ quantity, unit })
  }
  for (const [, word = '', larger = '', money = ''] of flat.matchAll(moneySpelled)) {
    const unit = currencies.find(([, words]) => words.test(money))?.[0]
    const quantity = (numberWords[word.toLowerCase()] ?? 1) * (multipliers[larger.toLowerCase()] ?? 1)
    if (unit !== undefined) found.push({ quantity, unit })
  }
  for (const [, money = '', written = '', larger] of flat.matchAll(moneyBefore)) add(money, written, larger)
  for (const [, written = '', larger, money = ''] of flat.matchAll(moneyAfter)) add(money, written, larger)
  return found
}

/** A span of time in words: `two hours`, `72 hrs`. */
export interface Duration {
  readonly seconds: number
  /** ISO 8601, `PT2H`. */
  readonly iso: string
  readonly start: number
}

const durationPattern = new RegExp(
  `(?<![\\w.,])(\\d{1,4}|${byLength(Object.keys(numberWords))}|a|an)(?:\\s|-)?([a-z]{1,8})\\b`,
  'gi',
)

/** Spans of minutes, hours, days and weeks in a sentence. */
export function durationsIn(flat: string): Duration[] {
  return [...flat.matchAll(durationPattern)].flatMap((match): Duration[] => {
    const [, count = '', word = ''] = match
    const n = /^\d/.test(count) ? Number(count) : /^an?$/i.test(count) ? 1 : (numberWords[count.toLowerCase()] ?? 0)
    const unit = timeUnits.find(([words]) => words.exec(word)?.[0].length === word.length)
    return unit === undefined || n === 0 ? [] : [{ seconds: n * unit[1], iso: isoDuration(n, unit[2]), start: match.index }]
  })
}

function isoDuration(n: number, letter: 'TM' | 'TH' | 'D' | 'W'): string {
  return letter.length === 2 ? `PT${n}${letter.slice(1)}` : `P${n}${letter}`
}
