import type { Cell, Region } from './cell.ts'
import { lookAlikeHost } from './look-alike.ts'

/** A host, an address or a URL that stands in a picture. */
export interface ShownHost {
  readonly kind: 'host' | 'address' | 'url'
  /** As read, small letters. */
  readonly text: string
  readonly region: Region
  readonly certainty: number
  /** The name as the inventory has it, where it was met; look-alike letters count as one. */
  readonly known?: string
  /** What was read, where a letter was put right by names beside it. */
  readonly read?: string
  /** Where it stands: in the address of a page, or anywhere. */
  readonly inUrl?: boolean
}

/** Last parts of names that make a dotted word a host and not a file or a login. */
const ends =
  /^(?:com|net|org|info|biz|edu|gov|mil|int|io|co|app|dev|cloud|online|site|tech|shop|example|test|invalid|localhost|local|localdomain|lan|intra|intranet|internal|corp|home|arpa|onion|[a-z]{2})$/

/** Hosts, addresses and URLs of a cell. `known`: names by their look-alike form, short names too. */
export function hostsIn(cell: Cell, known: ReadonlyMap<string, string>): ShownHost[] {
  const found: ShownHost[] = []
  const add = (kind: ShownHost['kind'], text: string, inUrl = false): void => {
    const name = kind === 'host' ? known.get(lookAlikeHost(text)) : undefined
    found.push({
      kind,
      text,
      region: cell.region,
      certainty: cell.certainty,
      ...(name === undefined ? {} : { known: name }),
      ...(inUrl ? { inUrl } : {}),
    })
  }
  for (const raw of words(cell.text)) {
    const text = raw.replace(/^[("'[<{]+|[)"'\]>},;.]+$/g, '').toLowerCase()
    const url = /^(?:https?|hxxps?|ftp):?\/{1,2}([^/?#]{1,300})/.exec(text)
    if (url !== null) {
      add('url', text)
      const host = (url[1] ?? '').replace(/^.*@/, '').replace(/:\d{1,5}$/, '')
      if (asAddress(host) !== undefined) add('address', asAddress(host) ?? '', true)
      else if (host !== '') add('host', host, true)
      continue
    }
    const bare = text
      .replace(/^.*[@\\]/, '')
      .replace(/\/.*$/, '')
      .replace(/:\d{1,5}$/, '')
    const address = asAddress(bare)
    if (address !== undefined) add('address', address)
    else if (isHost(bare.replaceAll(',', '.'))) add('host', bare.replaceAll(',', '.'))
    else if (bare.length > 2 && known.has(lookAlikeHost(bare))) add('host', bare)
  }
  return found
}

/** Words of a cell; a name that was torn at a dot (`crm-01. meridian.example`) is put together. */
function words(text: string): string[] {
  return text.replaceAll(/([a-z0-9-]\.) (?=[a-z0-9-]{1,40}\.[a-z])/g, '$1').split(/\s+/)
}

/** Ends of names of files that are ends of hosts too. */
const fileEnds = /^[^.]+\.(?:js|ts|sh|py|rb|md|gz|cs|vb|ps)$/

function isHost(text: string): boolean {
  const parts = text.split('.')
  return (
    parts.length > 1 &&
    !fileEnds.test(text) &&
    text.length <= 253 &&
    parts.every((part) => /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/.test(part)) &&
    ends.test(parts.at(-1) ?? '') &&
    parts.some((part) => part.length > 2)
  )
}

/** An IPv4 address, with letters read for digits put right; or an IPv6 address. */
function asAddress(text: string): string | undefined {
  if (/^[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){3,7}$/.test(text) && /[0-9a-f]/.test(text)) return text
  const digits = text.match(/\d/g)?.length ?? 0
  if (digits * 2 < text.length - 3) return undefined
  const parts = text.replaceAll(',', '.').replaceAll('o', '0').replaceAll(/[li|]/g, '1').split('.')
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255) ? parts.join('.') : undefined
}
