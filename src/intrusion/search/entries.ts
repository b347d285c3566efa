import type { Edge } from '../graph/edge.ts'
import { hostOf, nodeOf } from '../graph/node.ts'
import { basename } from '../names.ts'
import { addressOf, isOutside, type Roles } from './estate.ts'
import type { Link, Links } from './links.ts'
import type { EntryKind } from './tree.ts'

/** A node at which the search may end, and how sure it is that somebody came in there. */
export interface Gate {
  readonly kind: EntryKind
  readonly certainty: number
}

const reading = new Set(
  [
    'outlook hxoutlook thunderbird winword excel powerpnt onenote msaccess acrord32 acrobat',
    'chrome msedge firefox iexplore opera brave wordpad winrar 7zfm hh',
  ].flatMap((line) => line.split(' ')),
)

/**
 * What kind of way in the source of this link is, if it is one (rule S7). An access is a way in itself only where nothing is known to lead to it,
 * so it must have been read before it is asked about.
 */
export function gateOf(link: Link, { roles, links }: { readonly roles: Roles; readonly links: Links }): Gate | undefined {
  const { edge } = link
  const { certainty } = edge
  switch (nodeOf(edge.src).kind) {
    case 'web-client':
      return edge.kind === 'web-request' ? webGate(edge, roles) : undefined
    case 'address':
      return edge.kind === 'logon' || edge.kind === 'access' ? addressGate(edge, roles) : undefined
    case 'access':
      return links.into(edge.src).length === 0
        ? { kind: roles.isVendor(edge.src, edge.account) ? 'vendor-session' : 'vpn', certainty }
        : undefined
    case 'process':
      return edge.kind === 'starts' && reading.has(programOf(edge.src, links))
        ? { kind: 'mail', certainty: Math.min(certainty, 0.7) }
        : undefined
    case 'file':
      return /\b(removable|usbstor|usb)\b/i.test(edge.detail) ? { kind: 'usb', certainty } : undefined
    default:
      return undefined
  }
}

function webGate(edge: Edge, roles: Roles): Gate {
  const address = addressOf(edge.src)
  if (roles.isPartner(address)) return { kind: 'partner-network', certainty: edge.certainty }
  const hidden = roles.facesInternet(hostOf(edge.dst)) === false && isOutside(address)
  return { kind: 'web-server', certainty: hidden ? edge.certainty / 2 : edge.certainty }
}

function addressGate(edge: Edge, roles: Roles): Gate | undefined {
  const address = addressOf(edge.src)
  const { certainty } = edge
  if (roles.isPartner(address)) return { kind: 'partner-network', certainty }
  if (!isOutside(address)) return undefined
  if (edge.kind === 'access') return { kind: roles.isVendor(edge.dst, edge.account) ? 'vendor-session' : 'vpn', certainty }
  return { kind: /\b(3389|type 10|remote desktop)\b/.test(edge.detail) ? 'rdp' : 'remote-logon', certainty }
}

/** The program a process ran, without `.exe`: from its stub, from what its own start says, or from the image it was loaded from. */
function programOf(process: string, links: Links): string {
  const stub = nodeOf(process)
    .parts.find((part) => part.startsWith('?'))
    ?.slice(1)
  const into = links.into(process)
  const started = into.find(({ edge }) => edge.kind === 'starts' || edge.kind === 'runs')?.edge.detail.split(',')[0]
  const loaded = into.find(({ edge }) => edge.kind === 'loads' && edge.src.endsWith('.exe'))?.edge.src
  const named = [stub, started, loaded].find((one) => one !== undefined && one !== '') ?? ''
  return basename(named.toLowerCase()).replace(/\.exe$/, '')
}
