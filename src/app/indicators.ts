import { isIPv6 } from 'node:net'

export const indicatorKinds = ['ip', 'domain', 'url', 'hash', 'file', 'path', 'email', 'user', 'registry'] as const
export type IndicatorKind = (typeof indicatorKinds)[number]

/** How far what is known about an indicator may travel; as the source writes it, lower case. */
export interface IndicatorOrigin {
  /** Who says so: the feed, the report, the file. */
  readonly source: string
  /** As the source writes it. */
  readonly date?: string
  readonly tlp?: string
  readonly pap?: string
}

/** Something to look for. */
export interface Indicator extends IndicatorOrigin {
  readonly kind: IndicatorKind
  /** As it is compared: refanged, without the differences that do not count. */
  readonly value: string
  /** As the source writes it. */
  readonly written: string
}

/** Writes defanged text as it was: `hxxp://evil[.]example`, `1.2.3[.]4`, `user[at]evil(dot)example`. */
export function refanged(text: string): string {
  return text
    .replace(/^(\s*)h(?:xx|\*\*|tt)p(s?)(?=\[?:)/i, '$1http$2')
    .replace(/\bhxxp(s?)\b/gi, 'http$1')
    .replace(/\bfxp(?=:)/gi, 'ftp')
    .replaceAll(/\[:\/\/\]|\[:\]\/\//g, '://')
    .replaceAll(/\s?[[({](?:\.|dot)[\])}]\s?/gi, '.')
    .replaceAll(/\s?[[({](?:@|at)[\])}]\s?/gi, '@')
    .replaceAll(/\[:\]/g, ':')
    .replaceAll(/\\\./g, '.')
}

/** An indicator of a kind in the form in which it is compared; undefined when the text is none of that kind. */
export function comparable(kind: IndicatorKind, text: string): string | undefined {
  const plain = text.trim()
  if (plain === '' || plain.length > 2_048) return undefined
  switch (kind) {
    case 'ip':
      return canonicalAddress(plain)
    case 'domain':
      return canonicalDomain(plain)
    case 'url':
      return canonicalUrl(plain)
    case 'hash':
      return /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i.test(plain) ? plain.toLowerCase() : undefined
    case 'email': {
      const [name = '', domain = '', ...more] = plain.split('@')
      const host = canonicalDomain(domain)
      return more.length > 0 || host === undefined || !/^[^\s"<>]{1,128}$/.test(name)
        ? undefined
        : `${name.toLowerCase()}@${host}`
    }
    case 'file':
      return /[\\/]/.test(plain) || plain.length < 3 ? undefined : plain.toLowerCase()
    case 'path':
      return /[\\/]/.test(plain) && plain.length >= 4 ? pathForm(plain) : undefined
    case 'user':
      return plain.toLowerCase()
    case 'registry':
      return /[\\/]/.test(plain) ? registryForm(plain) : undefined
  }
}

/** What kind of indicator a text is, when only one is likely. */
export function kindOf(text: string): IndicatorKind | undefined {
  const plain = text.trim()
  if (canonicalAddress(plain) !== undefined) return 'ip'
  if (comparable('hash', plain) !== undefined) return 'hash'
  if (/^[a-z][a-z0-9+.-]{1,20}:\/\//i.test(plain)) return canonicalUrl(plain) === undefined ? undefined : 'url'
  if (/^(?:hk(?:lm|cu|u|cr|cc|ey_[a-z_]+)|\\registry)\\/i.test(plain)) return 'registry'
  if (comparable('email', plain) !== undefined) return 'email'
  if (/^(?:[a-z]:[\\/]|\\\\|%[a-z]+%\\|\/[^/\s])/i.test(plain)) return 'path'
  if (fileEnd.test(plain) && !/[\\/]/.test(plain)) return 'file'
  if (canonicalDomain(plain) !== undefined) return 'domain'
  // A host and a path without a scheme.
  return /^[^\s/\\]+\.[^\s/\\]+\//.test(plain) && canonicalUrl(plain) !== undefined ? 'url' : undefined
}

/** Ends that are file names first, also where they are domains too. */
const fileEnd =
  /\.(?:exe|dll|sys|scr|ps1|psm1|bat|cmd|vbs|vbe|js|jse|wsf|hta|lnk|jar|msi|zip|rar|7z|iso|img|doc|docx|docm|xls|xlsx|xlsm|ppt|pptx|pdf|rtf|txt|tmp|dat|bin|php|aspx?|ashx|jspx?|py|elf|so|cab|gz|tgz)$/i

/** IPv4 in decimal, IPv6 in its shortest form; an IPv4 address inside IPv6 is the IPv4 address. */
export function canonicalAddress(text: string): string | undefined {
  if (text.length > 60) return undefined
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) {
    // A zero in front would make it octal to some programs.
    if (/(?:^|\.)0\d/.test(text)) return undefined
    const parts = text.split('.').map(Number)
    return parts.every((part) => part < 256) ? parts.join('.') : undefined
  }
  const plain = text.replace(/^\[(.*)\]$/, '$1').replace(/%[\w.-]+$/, '')
  if (!isIPv6(plain)) return undefined
  const short = new URL(`http://[${plain}]/`).hostname.slice(1, -1)
  const four = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(short)
  if (four === null) return short
  const [high, low] = [Number.parseInt(four[1] ?? '', 16), Number.parseInt(four[2] ?? '', 16)]
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

/** A domain in lower case and ASCII (`xn--`), without the dot at its end. */
export function canonicalDomain(text: string): string | undefined {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/^\*\.|\.$/g, '')
  if (plain.length > 253 || !/^[\p{L}\p{N}_.-]+$/u.test(plain) || !/\.[\p{L}][\p{L}\p{N}-]+$/u.test(plain)) return undefined
  const ascii = /^[\u0000-\u007f]*$/.test(plain) ? plain : URL.parse(`http://${plain}/`)?.hostname
  if (ascii === undefined || ascii.split('.').some((label) => label === '' || label.length > 63)) return undefined
  return ascii
}

/** A URL without scheme, user, default port, fragment and the slash at its end; host in lower case. */
function canonicalUrl(text: string): string | undefined {
  const url = URL.parse(/^[a-z][a-z0-9+.-]{1,20}:\/\//i.test(text) ? text : `http://${text}`)
  if (url === null || url.hostname === '') return undefined
  if (canonicalDomain(url.hostname) === undefined && canonicalAddress(url.hostname) === undefined) return undefined
  return `${url.host.toLowerCase()}${url.pathname}${url.search}`.replace(/\/$/, '')
}

/** A path as it is compared: lower case, slashes one way and single. */
export function pathForm(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[\\/]+/g, '/')
    .replace(/(?<=.)\/$/, '')
}

const hives: Readonly<Record<string, string>> = {
  hkey_local_machine: 'hklm',
  hkey_current_user: 'hkcu',
  hkey_users: 'hku',
  hkey_classes_root: 'hkcr',
  hkey_current_config: 'hkcc',
}

/** Text with registry keys in it as they are compared: short names of hives, slashes one way. */
export function registryForm(text: string): string {
  return pathForm(text)
    .replaceAll(/hkey_(?:local_machine|current_user|users|classes_root|current_config)(?![a-z])/g, (name) => hives[name] ?? name)
    .replaceAll(/\/registry\/machine(?=\/|$)/g, 'hklm')
    .replaceAll(/\/registry\/user(?=\/|$)/g, 'hku')
    .replaceAll(/\b(hk(?:lm|cu|u|cr|cc)):(?=\/)/g, '$1')
}
