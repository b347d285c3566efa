import { latinLook } from './links.ts'
import { pattern } from './language/languages.ts'
import { companyForms, notOrganisations, sentenceStarts } from './lexicon/roles.ts'

/** A capitalised name in a flattened sentence. */
export interface Name {
  readonly text: string
  readonly start: number
  readonly end: number
}

const headingWord = pattern('heading-word', 'iu')
const organisationWord = pattern('organisation-word', 'u')

const leet: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
  l: 'i',
}

/**
 * Folds a name for comparison: case, punctuation and digits written for letters do not count (`R00TK1T` and `Rootkit` are one);
 * digits standing alone stay (`APT 10`).
 */
export function foldName(name: string): string {
  return latinLook(name)
    .toLowerCase()
    .split(/[\s._-]+/)
    .map((word) => (/[a-z]/.test(word) ? word.replace(/[013457@$!l]/g, (sign) => leet[sign] as string) : word))
    .join('')
    .replace(/[^\p{L}\p{N}]/gu, '')
}

const word =
  /(?=[\p{L}\p{N}$@])(?:\p{Lu}|(?=\d{0,4}\p{Lu})[\d]|(?=\d\p{Ll}\p{Lu})\d|(?=\p{Ll}{1,2}\p{Lu}|\p{Ll}\.\p{Lu})\p{Ll}|[$@](?=\p{L}))[\p{L}\p{N}$@&-]*(?:\.\p{L}[\p{L}\p{N}]*)*/u

/** Capitalised names in a flattened sentence, in order: runs of up to six words; words that only begin sentences are left off. */
export function namesIn(flat: string): Name[] {
  const found: Name[] = []
  const tokens = [...flat.matchAll(new RegExp(word, 'gu'))].filter((token) => !/[\p{L}\p{N}]/u.test(flat[token.index - 1] ?? ' '))
  const shouted = isShouted(flat)
  let run: Name | undefined
  const close = () => {
    if (run) found.push(run)
    run = undefined
  }
  for (const token of tokens) {
    const [text] = token
    const start = token.index
    const end = start + text.length
    if (shouted && sentenceStarts.has(text.toLowerCase())) {
      close()
      continue
    }
    if (run && /^ (?:& )?$/.test(flat.slice(run.end, start)) && run.text.split(' ').length < 6) {
      run = { text: flat.slice(run.start, end), start: run.start, end }
      continue
    }
    close()
    if (!sentenceStarts.has(text.toLowerCase())) run = { text, start, end }
  }
  close()
  return found.map((name) => numbered(withoutTechnical(name), flat))
}

/** True for a sentence in capitals: there every word looks like a name. */
function isShouted(flat: string): boolean {
  const capitals = flat.match(/\p{Lu}/gu)?.length ?? 0
  const words = flat.split(' ')
  // A headline in which every word has its capital.
  if (words.length >= 5 && words.length <= 20 && words.filter((one) => /^\p{Lu}/u.test(one)).length >= 0.8 * words.length)
    return true
  return capitals >= 12 && capitals > 2 * (flat.match(/\p{Ll}/gu)?.length ?? 0)
}

/** `Insiden Data Cempaka Net`: a company's name without the words of a heading before it. */
export function withoutHeading(name: string): string {
  const heading = organisationWord.test(name) ? headingWord.exec(name)?.[0] : undefined
  const rest = heading === undefined ? name : name.slice(heading.length)
  return rest.includes(' ') ? rest : name
}

/** `CRM Jalur Lebar Utama`, `Selat Telekom MY DB`: an abbreviation of technology or country in front or behind is no part of the name. */
function withoutTechnical(name: Name): Name {
  const words = name.text.split(' ')
  let from = 0
  let to = words.length
  while (to - from > 2 && (isTechnical(words[to - 1] ?? '') || isCountryCode(words[to - 1] ?? ''))) to -= 1
  while (to - from > 2 && isTechnical(words[from] ?? '')) from += 1
  from += words.slice(from, to).length - withoutHeading(words.slice(from, to).join(' ')).split(' ').length
  if (from === 0 && to === words.length) return name
  const start = name.start + words.slice(0, from).join(' ').length + (from > 0 ? 1 : 0)
  const text = words.slice(from, to).join(' ')
  return { text, start, end: start + text.length }
}

function isCountryCode(word: string): boolean {
  return /^[A-Z]{2}$/.test(word) && display.of(word) !== undefined
}

function isTechnical(word: string): boolean {
  return /^\p{L}{2,6}$/u.test(word) && /\p{Lu}.*\p{Lu}/u.test(word) && notOrganisations.has(word.toLowerCase())
}

/** `APT 10`: a number right behind a name in capitals belongs to it. */
function numbered(name: Name, flat: string): Name {
  const digits = /^ \d{1,3}\b(?![\d.,%]| (?:days|hours|lines|records|rows|months|GB|TB))/.exec(flat.slice(name.end))
  if (!digits || !/[\p{Lu}]{2}$/u.test(name.text)) return name
  return { text: name.text + digits[0], start: name.start, end: name.end + digits[0].length }
}

/** The words of an organisation's name without its company form: `Maxis Berhad` gives `maxis`. */
export function organisationKey(name: string): string {
  const words = latinLook(name).toLowerCase().split(' ')
  while (words.length > 1 && companyForms.has((words.at(-1) ?? '').replace(/\./g, ''))) words.pop()
  return words.join(' ').replace(/[^\p{L}\p{N} ]/gu, '')
}

const countries = new Set<string>()
const display = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
for (let first = 65; first <= 90; first += 1)
  for (let second = 65; second <= 90; second += 1) {
    const name = display.of(String.fromCharCode(first, second))
    if (name !== undefined) countries.add(name.toLowerCase())
  }

/** False for countries, regions, channels, months, technical abbreviations: names that are no organisation. */
export function mayBeOrganisation(name: string): boolean {
  const lower = name.toLowerCase()
  if (
    countries.has(lower) ||
    lower.length < 3 ||
    /^\d+(?:[kmgt]b|k|m)$/.test(lower) ||
    /^(?:mr|mrs|ms|dr|encik|puan|datuk|dato|tan sri|jalan|lorong|taman|kampung|kota)\b/.test(lower)
  )
    return false
  return !lower.split(' ').every((one) => notOrganisations.has(one))
}

/** `Bharavi Telecom India` without the country behind the name. */
export function withoutCountry(name: string): string {
  const words = name.split(' ')
  return words.length > 2 && countries.has((words.at(-1) ?? '').toLowerCase()) ? words.slice(0, -1).join(' ') : name
}
