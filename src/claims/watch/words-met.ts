import { canonical } from '../../persons/index.ts'
import { latinLook } from '../links.ts'
import { foldName } from '../name.ts'
import type { WatchWord } from './watch-word.ts'

/** Where a word stands in a text for the first time, and how often; positions are in `text`, the text as it was read. */
export interface Meet {
  readonly word: WatchWord
  readonly how: 'as-written' | 'look-alike'
  readonly times: number
  readonly text: string
  readonly from: number
  readonly to: number
}

/** Signs of a post that are looked at. */
const mostSigns = 65_536
/** Folded names shorter than this count only as they are written: others fold to them by chance. */
const surely = 6

/** The words that stand in a text, in the order of the words: as they are written, and as look-alikes, each once. Linear in the text for every number of words. */
export function meetsOf(whole: string, words: readonly WatchWord[], country?: string): Meet[] {
  const text = plainOf(whole)
  const found = { 'as-written': new Map<WatchWord, Meet>(), 'look-alike': new Map<WatchWord, Meet>() }
  const meet: Tell = (word, how, from, to) => {
    const before = found[how].get(word)
    found[how].set(word, before === undefined ? { word, how, times: 1, text, from, to } : { ...before, times: before.times + 1 })
  }
  meetNames(text, words, meet)
  meetDomains(text, words, meet)
  meetNumbers(text, { words, country, meet })
  return words.flatMap((word) => [found['as-written'].get(word) ?? [], found['look-alike'].get(word) ?? []].flat())
}

type Tell = (word: WatchWord, how: Meet['how'], from: number, to: number) => void

/** A text as it is read: one form of each letter, nothing unseen, dots of defanged names as dots. */
function plainOf(text: string): string {
  return text
    .slice(0, mostSigns)
    .normalize('NFKC')
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g, '')
    .replace(/\[\.\]|\(\.\)|\[dot\]|\(dot\)/gi, '.')
}

function meetNames(text: string, words: readonly WatchWord[], tell: Tell): void {
  const byFirst = new Map<string, { readonly word: WatchWord; readonly folded: readonly string[]; readonly plain: string }[]>()
  const list = (first: string, word: WatchWord, folded: readonly string[]): void => {
    byFirst.set(first, [
      ...(byFirst.get(first) ?? []),
      { word, folded, plain: word.text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '') },
    ])
  }
  for (const word of words) {
    if (word.kind !== 'name') continue
    const folded = tokensOf(word.text).map(({ token }) => foldName(token))
    list(folded[0] ?? '', word, folded)
    if (folded.length > 1) list(folded.join(''), word, [folded.join('')])
  }
  if (byFirst.size === 0) return
  const tokens = tokensOf(text)
  const folds = tokens.map(({ token }) => foldName(token))
  for (const [at, fold] of folds.entries()) {
    for (const { word, folded, plain } of byFirst.get(fold) ?? []) {
      if (!folded.every((one, next) => folds[at + next] === one)) continue
      const met = tokens.slice(at, at + folded.length)
      const written = met.map(({ token }) => token.toLowerCase()).join('')
      const how = written === plain ? 'as-written' : 'look-alike'
      if (how === 'look-alike' && folded.join('').length < surely) continue
      tell(word, how, met[0]?.from ?? 0, met.at(-1)?.to ?? 0)
    }
  }
}

function tokensOf(text: string): { readonly token: string; readonly from: number; readonly to: number }[] {
  return [...text.matchAll(/[\p{L}\p{N}$@!]+/gu)].map((one) => ({
    token: one[0],
    from: one.index,
    to: one.index + one[0].length,
  }))
}

const hosts = /(?<![\p{L}\p{N}-])[\p{L}\p{N}][\p{L}\p{N}-]{0,62}(?:\.[\p{L}\p{N}][\p{L}\p{N}-]{0,62}){1,8}/gu

function meetDomains(text: string, words: readonly WatchWord[], tell: Tell): void {
  const plain = new Map<string, WatchWord[]>()
  const alike = new Map<string, WatchWord[]>()
  for (const word of words) {
    if (word.kind !== 'domain') continue
    plain.set(word.text, [...(plain.get(word.text) ?? []), word])
    const look = lookOf(word.text)
    alike.set(look, [...(alike.get(look) ?? []), word])
  }
  if (plain.size === 0) return
  for (const { 0: written, index } of text.matchAll(hosts)) {
    const host = written.toLowerCase()
    const labels = host.split('.')
    const ends = labels.map((_, at) => labels.slice(at).join('.'))
    const named = ends.flatMap((end) => plain.get(end) ?? [])
    for (const word of named) tell(word, 'as-written', index, index + written.length)
    if (named.length > 0) continue
    for (const word of new Set(ends.flatMap((end) => alike.get(lookOf(end)) ?? [])))
      tell(word, 'look-alike', index, index + written.length)
  }
}

/** What a host's name looks like: letters of other scripts, digits and pairs as the letters they are taken for. */
function lookOf(host: string): string {
  return latinLook(host)
    .toLowerCase()
    .replace(/rn/g, 'm')
    .replace(/vv/g, 'w')
    .replace(/0/g, 'o')
    .replace(/[1i|]/g, 'l')
    .replace(/5/g, 's')
}

function meetNumbers(
  text: string,
  { words, country, meet }: { readonly words: readonly WatchWord[]; readonly country: string | undefined; readonly meet: Tell },
): void {
  const ranges = words.flatMap((word) => {
    const [from = '', to = ''] = word.kind === 'numbers' ? word.text.split('-') : []
    return from === '' ? [] : [{ word, from, to }]
  })
  if (ranges.length === 0) return
  const options = country === undefined ? {} : { country }
  for (const { 0: run, index } of text.matchAll(/(?<![\d.])\+?\d[\d ()-]{6,18}\d(?!\d)/g)) {
    const digits = run.replace(/\D/g, '')
    const number = (canonical('msisdn', run, options) ?? digits).replace(/\D/g, '')
    for (const { word, from, to } of ranges)
      if (number.length === from.length && number >= from && number <= to) meet(word, 'as-written', index, index + run.length)
  }
}
