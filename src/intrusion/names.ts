/** Last part of a Windows or Unix path. */
export function basename(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path
}

/** Name of a host without its domain, lower case; an address stays whole; '' for none. */
export function shortName(name: string): string {
  const last = name.toLowerCase().replaceAll('\\', '/').split('/').at(-1) ?? ''
  return last === '-' ? '' : isAddress(last) ? last : (last.split('.')[0] ?? '')
}

/** An account without its domain, lower case: `v.tarra` of `MERIDIAN\v.tarra` and `v.tarra@meridian.example`. */
export function bareAccount(account: string): string {
  const lower = account.toLowerCase()
  return (lower.split('\\').at(-1) ?? lower).split('@')[0] ?? ''
}

/** Is it an address (version 4 or 6) and no name? */
export function isAddress(host: string): boolean {
  return /^[\d.]+$|:/.test(host)
}

/** Names, and the addresses that networks use inside (RFC 1918, RFC 6598, RFC 4193, link-local, loopback). */
export function isInside(host: string): boolean {
  return (
    !isAddress(host) ||
    /^(?:10\.|127\.|0\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|169\.254\.|f[cd]|fe80:|::1?$|::ffff:(?:10|127)\.)/i.test(
      host,
    )
  )
}

/** The network an outside address belongs to: its first three numbers, or its first three groups. */
export function networkOf(address: string): string {
  return address.includes(':') ? address.split(':').slice(0, 3).join(':') : address.split('.').slice(0, 3).join('.')
}
