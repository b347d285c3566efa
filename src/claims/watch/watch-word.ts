import { printable, UserError } from '../../base/index.ts'
import { canonical } from '../../persons/index.ts'

/** What is looked for in public posts: a name, an internet domain, or a range of phone numbers. */
export interface WatchWord {
  readonly kind: 'name' | 'domain' | 'numbers'
  /** As it is shown: `Meridian Telekom`, `meridian.example`, `60123000000-60123999999`. */
  readonly text: string
  /** Whose it is: `ours`, or an entry of the inventory (`vendor:orbis`). */
  readonly of: string
}

/** Letters and digits a name has at least: shorter ones stand in every text. */
const fewestSigns = 4
const label = '[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?'
const domainForm = new RegExp(`^${label}(?:\\.${label}){1,8}$`, 'u')

/** Checks a word as a person writes it. Throws a `UserError` (usage) that says what is wrong with it. */
export function watchWord(
  kind: WatchWord['kind'],
  written: string,
  options: { readonly of: string; readonly country?: string },
): WatchWord {
  const { of, country } = options
  const text = printable(written.normalize('NFKC')).trim()
  const wrong = (why: string, hint: string): UserError =>
    new UserError({ code: 'watch-word', message: `${JSON.stringify(text.slice(0, 100))} ${why}`, hint, exitCode: 2 })
  switch (kind) {
    case 'name':
      if (text.length > 100 || [...text.matchAll(/[\p{L}\p{N}]/gu)].length < fewestSigns)
        throw wrong('is no name to look for', `a name has ${fewestSigns} letters or digits at least, and 100 signs at most`)
      return { kind, text, of }
    case 'domain': {
      const domain = text.toLowerCase().replace(/\.$/, '')
      if (!domainForm.test(domain))
        throw wrong('is no internet domain', 'write it as meridian.example, without https:// and path')
      return { kind, text: domain, of }
    }
    case 'numbers': {
      const [from, to] = rangeOf(text, country) ?? []
      if (from === undefined || to === undefined)
        throw wrong(
          'is no range of phone numbers',
          'write a beginning as 60123*, or first and last as 60123000000-60123999999, with country code (or --country)',
        )
      return { kind, text: `${from}-${to}`, of }
    }
  }
}

/** First and last number of a range, both as long: digits with the country code. A beginning stands for numbers of eleven digits. */
function rangeOf(text: string, country: string | undefined): readonly [string, string] | undefined {
  const plain = text.replace(/[\s+()]/g, '')
  const begins = /^(\d{4,10})\*$/.exec(plain)?.[1]
  if (begins !== undefined) return begins.startsWith('0') ? undefined : [begins.padEnd(11, '0'), begins.padEnd(11, '9')]
  const ends = /^(\d{8,15})-(\d{8,15})$/.exec(plain)
  if (ends === null) return undefined
  const options = country === undefined ? {} : { country }
  const [from, to] = [ends[1], ends[2]].map((number = '') => canonical('msisdn', number, options) ?? number)
  if (from === undefined || to === undefined || from.length !== to.length || from > to || from.startsWith('0')) return undefined
  return [from, to]
}
