import type { SharedIndicator } from '../redaction/share-view.ts'

/** The STIX pattern that finds an indicator. */
export function patternOf({ kind, value }: Pick<SharedIndicator, 'kind' | 'value'>): string {
  const quoted = `'${value.replaceAll(/[\\']/g, (sign) => `\\${sign}`)}'`
  switch (kind) {
    case 'ip':
      return `[ipv${value.includes(':') ? 6 : 4}-addr:value = ${quoted}]`
    case 'domain':
      return `[domain-name:value = ${quoted}]`
    case 'url':
      // Indicators are compared without their scheme: both are looked for.
      return `[url:value = 'http://${quoted.slice(1)} OR url:value = 'https://${quoted.slice(1)}]`
    case 'hash':
      return `[file:hashes.${hashName(value)} = ${quoted}]`
    case 'file':
      return `[file:name = ${quoted}]`
  }
}

function hashName(value: string): string {
  return value.length === 32 ? 'MD5' : value.length === 40 ? "'SHA-1'" : "'SHA-256'"
}
