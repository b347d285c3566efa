const address = /^(?:[\d.]+|[0-9a-f]*:[0-9a-f:.%]+)$/i

/** A host's name in lower case without its domain (behind a dot or in front of a backslash); an address stays whole; '' for `-` and nothing. */
export function hostName(text: string): string {
  const whole = text.trim().toLowerCase()
  const name = whole.slice(whole.lastIndexOf('\\') + 1)
  if (name === '-' || address.test(name)) return name === '-' ? '' : name
  const dot = name.indexOf('.')
  return dot > 0 ? name.slice(0, dot) : name
}

/** `domain\name` in lower case, or the bare name; '' for `-` and nothing. A name written `name@REALM` loses the realm when a domain stands beside it. */
export function accountName(domain: string | undefined, name: string | undefined): string {
  if (name === undefined || name === '' || name === '-') return ''
  const lower = name.toLowerCase()
  if (domain === undefined || domain === '' || domain === '-' || lower.includes('\\')) return lower
  const at = lower.indexOf('@')
  return `${domain.toLowerCase()}\\${at > 0 ? lower.slice(0, at) : lower}`
}

/** An address as text: without port, IPv4-in-IPv6 prefix and scope; '' for `-`, `LOCAL` and anything that is no address. */
export function ipText(text: string | undefined): string {
  if (text === undefined || text === '' || text === '-') return ''
  const withPort = /^(?:([\d.]{7,15})|\[([\da-f:.%]{2,60})\]):\d{1,5}$/i.exec(text)
  if (withPort !== null) return ipText(withPort[1] ?? withPort[2])
  const plain = (text.startsWith('::ffff:') ? text.slice(7) : text).replace(/%.*$/, '').toLowerCase()
  return address.test(plain) ? plain : ''
}

/** A port number, or 0. */
export function portOf(text: string | undefined): number {
  const port = Number(text ?? '')
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : 0
}
