/** A login as a list of stolen ones gives it. */
export interface Credential {
  readonly url: string
  readonly login: string
  readonly password: string
}

/** Characters that part url, login and password in such lists. */
export const separators = [':', ';', '|', '\t', ' ', ','] as const

const scheme = /^[a-z][a-z0-9+.-]{1,19}:\/\//i
const host = /^(?:[\p{L}\p{N}_-]{1,63}\.){1,8}[\p{L}\p{N}-]{2,63}(?::\d{1,5})?(?:\/[^\s]{0,4000})?$/u
const email = /^[^\s@:;|,/]{1,64}@[^\s@:;|,/.]{1,63}\.[^\s@:;|,/]{1,255}$/

/**
 * One line as `url:login:password`, `login:password:url` or `login:password`, parted by `separator`. A URL may have a scheme, a port and colons in its
 * path; a password may hold the separator. Undefined = the line is none of these. Linear in its length.
 */
export function parseCredential(line: string, separator: string): Credential | undefined {
  const text = line.trim()
  if (text.length < 3 || text.length > 20_000) return undefined
  const opening = scheme.exec(text)?.[0]
  if (opening !== undefined) return behindUrl(text, { separator, from: opening.length })
  const later = text.indexOf(`${separator}http`)
  if (later > 0 && scheme.test(text.slice(later + 1))) return beforeUrl(text, { separator, later })
  const parts = text.split(separator, 1_001)
  if (parts.length < 2) return undefined
  const [first = '', second = '', ...rest] = parts
  if (parts.length >= 3 && !email.test(first) && host.test(/^\d{1,5}(?:\/|$)/.test(second) ? `${first}:${second}` : first))
    return behindUrl(text, { separator, from: 0 })
  const password = [second, ...rest].join(separator)
  return isLogin(first) && password !== '' && !password.startsWith('//') ? { url: '', login: first, password } : undefined
}

function behindUrl(text: string, at: { separator: string; from: number }): Credential | undefined {
  const { separator } = at
  // The host, and its port where the separator is a colon.
  const slash = text.indexOf('/', at.from)
  let start = at.from
  const port = /^[^\s/:;|,]{1,255}:\d{1,5}(?=[/:;|,\s])/.exec(text.slice(at.from, at.from + 270))?.[0]
  if (port !== undefined && (separator !== ':' || hasTwo(text, separator, at.from + port.length))) start = at.from + port.length
  const parts = text.slice(start).split(separator, 1_001)
  if (parts.length < 3) return undefined
  const middle = parts.slice(1, -1)
  // A path may hold colons: the login is the first part that is an address, else the first that is no path.
  const address = middle.findIndex((part) => email.test(part))
  const plain = slash === -1 ? 0 : middle.findIndex((part) => part !== '' && !part.includes('/'))
  const index = address !== -1 ? address : plain
  const login = middle[index]
  if (index === -1 || login === undefined || !isLogin(login)) return undefined
  return {
    url: text.slice(0, start) + parts.slice(0, index + 1).join(separator),
    login,
    password: parts.slice(index + 2).join(separator),
  }
}

function beforeUrl(text: string, at: { separator: string; later: number }): Credential | undefined {
  const [login = '', ...rest] = text.slice(0, at.later).split(at.separator, 1_001)
  if (rest.length === 0 || !isLogin(login)) return undefined
  return { url: text.slice(at.later + 1), login, password: rest.join(at.separator) }
}

function hasTwo(text: string, separator: string, from: number): boolean {
  const first = text.indexOf(separator, from)
  return first !== -1 && text.includes(separator, first + 1)
}

function isLogin(text: string): boolean {
  return text.length >= 1 && text.length <= 200 && !/[\s/"<>{}]/.test(text)
}

/** Whether a text is an e-mail address by its form. */
export function isAddress(text: string): boolean {
  return email.test(text)
}
