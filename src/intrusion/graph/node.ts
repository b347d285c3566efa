/** What edges join. */
export type NodeKind =
  | 'host' // a computer by its short name
  | 'address' // an address that no computer of the estate is known to use
  | 'account'
  | 'session' // a logon on a host
  | 'process'
  | 'file'
  | 'content' // the hash of a file's bytes
  | 'persistence' // service, task, run key, subscription
  | 'domain' // a name that was looked up
  | 'access' // a session through VPN, jump host or vendor access
  | 'web-client' // the address that asks a web server
  | 'principal' // who a database takes somebody for
  | 'object' // a table, view or export of a database
  | 'share' // a share or a path below it

const prefixes: Readonly<Record<NodeKind, string>> = {
  host: 'host',
  address: 'addr',
  account: 'acct',
  session: 'sess',
  process: 'proc',
  file: 'file',
  content: 'hash',
  persistence: 'keep',
  domain: 'name',
  access: 'vpn',
  'web-client': 'web',
  principal: 'db',
  object: 'obj',
  share: 'share',
}
const kinds = new Map(Object.entries(prefixes).map(([kind, prefix]) => [prefix, kind as NodeKind]))

/**
 * The text that names a node: prefix, colon, parts with `|` between, all lower case. What lives on a host has the host as its first part:
 * `host:crm-app-03`, `sess:crm-app-03|0x1f4a2`, `proc:crm-app-03|{guid}`, `addr:203.0.113.7`, `obj:cdr-db-01|cdr.calls`.
 */
export function nodeId(kind: NodeKind, ...parts: readonly string[]): string {
  return `${prefixes[kind]}:${parts.join('|').toLowerCase()}`
}

/** Kind and parts of a node's name; throws for a text that is none. */
export function nodeOf(id: string): { readonly kind: NodeKind; readonly parts: readonly string[] } {
  const colon = id.indexOf(':')
  const kind = kinds.get(id.slice(0, colon))
  if (colon < 0 || kind === undefined) throw new Error(`internal error: ${JSON.stringify(id)} names no node`)
  return { kind, parts: id.slice(colon + 1).split('|') }
}

/** The host a node lives on; '' for what lives on none (accounts, addresses, contents, names). */
export function hostOf(id: string): string {
  const { kind, parts } = nodeOf(id)
  switch (kind) {
    case 'address':
    case 'account':
    case 'content':
    case 'domain':
    case 'access':
    case 'web-client':
      return ''
    default:
      return parts[0] ?? ''
  }
}
