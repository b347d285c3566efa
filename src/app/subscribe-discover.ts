import { z } from 'zod'
import { exitCodes, printable, UserError } from '../base/index.ts'
import { askPeer, smallAnswer, wrongAnswer, type PeerConnection } from './subscribe-ask.ts'

/** A collection of a peer. */
export interface PeerCollection {
  readonly url: string
  readonly id: string
  readonly title: string
  readonly canRead: boolean
  readonly canWrite: boolean
}

/** Checks an address: HTTPS, or HTTP on this machine only. Throws a `UserError`. */
export function peerAddress(text: string): URL {
  const url = URL.parse(text)
  const local = url !== null && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)
  if (
    url === null ||
    !(url.protocol === 'https:' || (url.protocol === 'http:' && local)) ||
    url.username !== '' ||
    url.password !== ''
  )
    throw new UserError({
      code: 'peer-address',
      message: 'this is no address of a peer',
      hint: 'give https://HOST/taxii2/ (http only on this machine), and the token apart from it',
      exitCode: exitCodes.usage,
    })
  url.hash = ''
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  return url
}

const discovery = z.looseObject({
  default: z.string().max(2_000).optional(),
  api_roots: z.array(z.string().max(2_000)).max(100).optional(),
})
const root = z.looseObject({ versions: z.array(z.string().max(200)) })
const collection = z.looseObject({
  id: z.string().regex(/^[0-9A-Za-z-]{1,100}$/),
  title: z.string().max(1_000).default(''),
  can_read: z.boolean(),
  can_write: z.boolean(),
})
const collections = z.looseObject({ collections: z.array(z.unknown()).max(1_000).default([]) })

/** The collections behind an address: of a server, an API root, or one collection. An address on another host is not followed. */
export async function collectionsOf(address: URL, peer: PeerConnection): Promise<readonly PeerCollection[]> {
  const first = await smallAnswer(await askPeer(address, peer))
  const single = collection.safeParse(first)
  if (single.success) return [collectionAt(address, single.data)]
  const found = discovery.safeParse(first)
  const roots = found.success ? [found.data.default, ...(found.data.api_roots ?? [])].filter((one) => one !== undefined) : []
  const base = root.safeParse(first).success || roots.length === 0 ? address : sameHost(roots[0] ?? '', address)
  const list = collections.safeParse(await smallAnswer(await askPeer(new URL('collections/', base), peer)))
  if (!list.success) throw wrongAnswer('tells no collections')
  return list.data.collections.flatMap((one) => {
    const read = collection.safeParse(one)
    return read.success ? [collectionAt(new URL(`collections/${read.data.id}/`, base), read.data)] : []
  })
}

function collectionAt(url: URL, read: z.infer<typeof collection>): PeerCollection {
  return {
    url: url.href,
    id: read.id,
    title: printable(read.title).slice(0, 100),
    canRead: read.can_read,
    canWrite: read.can_write,
  }
}

function sameHost(text: string, address: URL): URL {
  const url = URL.parse(text, address.href)
  if (url === null || url.origin !== address.origin) throw wrongAnswer('names an API root on another host')
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  return url
}
