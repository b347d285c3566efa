import { isRule, labelled } from '../free-text/label.ts'
import { isAddress, parseCredential, separators } from './credential.ts'

/** How a list of logins is written. */
export type ListShape =
  | { readonly kind: 'lines'; readonly separator: string; readonly urls: boolean }
  | { readonly kind: 'blocks' }

/**
 * Tells a list of logins by its first lines: most lines are `url:login:password` or address and password, or the text has blocks with a URL, a login and a
 * password. Undefined = something else; a table with a header is never one.
 */
export function sniffCredentials(lines: readonly string[]): ListShape | undefined {
  const said = lines.filter((line) => !isRule(line)).slice(0, 200)
  if (said.length === 0) return undefined
  if (hasBlocks(said)) return { kind: 'blocks' }
  for (const separator of separators) {
    let urls = 0
    let pairs = 0
    let plain = 0
    for (const line of said) {
      const one = parseCredential(line, separator)
      if (one === undefined) continue
      if (one.url !== '') urls += 1
      else if (isAddress(one.login) && isPassword(one.password, separator)) pairs += 1
      else if (separator === ':' && isPlainPair(line)) plain += 1
    }
    // A table of addresses and numbers has a header, or numbers of one form; passwords have neither.
    if (
      urls === 0 &&
      ((separator !== ':' && !isAddress(parseCredential(said[0] ?? '', separator)?.login ?? '')) || oneForm(said, separator))
    )
      continue
    const all = urls + pairs
    if (urls > 0 && all >= said.length * 0.6 && urls * 2 >= all) return { kind: 'lines', separator, urls: true }
    if (said.length >= 2 && all >= said.length * 0.8) return { kind: 'lines', separator, urls: urls > 0 }
    if (said.length >= 5 && all + plain >= said.length * 0.9) return { kind: 'lines', separator, urls: urls > 0 }
  }
  return undefined
}

/** Names of the parts of a block in stealer logs; undefined for what such logs do not name. */
export function blockName(label: string): string | undefined {
  const key = label.toLowerCase().replaceAll(/[^a-z]/g, '')
  if (/^(?:url|host|hostname|link|site|website|origin|originurl)$/.test(key)) return 'url'
  if (/^(?:user|username|login|usr|userlogin|loginname|email|mail)$/.test(key)) return 'login'
  if (/^(?:password|pass|pwd|passwd|userpassword)$/.test(key)) return 'password'
  if (/^(?:soft|software|application|app|browser|program)$/.test(key)) return 'application'
  return /^(?:profile|storage|date|created|time|ip|country|hwid|filename)$/.test(key) ? key : undefined
}

function hasBlocks(said: readonly string[]): boolean {
  const counts = { url: 0, login: 0, password: 0 }
  for (const line of said) {
    const found = labelled(line.slice(0, 2_000))
    const name = found === undefined ? undefined : blockName(found.label)
    if (name === 'url' || name === 'login' || name === 'password') counts[name] += 1
  }
  return (
    counts.password > 0 &&
    counts.login > 0 &&
    (counts.url > 0 || counts.password > 2) &&
    counts.url + counts.login + counts.password > said.length * 0.5
  )
}

/** What stands behind an address in a list without colons: one word with a digit or sign in it, else it is a table of names. */
function isPassword(text: string, separator: string): boolean {
  if (separator === ':') return !/^\s/.test(text)
  return !text.includes(separator) && /^\S{4,64}$/.test(text) && /[^\p{L}-]/u.test(text)
}

/** Whether most of what stands behind the separator has the same form, letter for letter and digit for digit. */
function oneForm(said: readonly string[], separator: string): boolean {
  const counts = new Map<string, number>()
  for (const line of said) {
    const { password } = parseCredential(line, separator) ?? { password: '' }
    const form = password.slice(0, 100).replaceAll(/\p{L}/gu, 'a').replaceAll(/\d/g, '9')
    counts.set(form, (counts.get(form) ?? 0) + 1)
  }
  return said.length >= 3 && Math.max(...counts.values()) > said.length * 0.6
}

/** `name:password` without a space, and no time, row of a table or address of a network. */
function isPlainPair(line: string): boolean {
  return (
    /^[^\s:,;|"]{3,64}:[^\s]{4,64}$/.test(line.trim()) &&
    !/\d{4}-\d{2}-\d{2}T?\d{0,2}:/.test(line) &&
    !/^\d{1,2}:\d{2}/.test(line.trim()) &&
    !/^[0-9a-f]{2}(?::[0-9a-f]{2}){3}/i.test(line.trim())
  )
}
