import { createServer } from 'node:http'

/** A TAXII 2.1 peer with one collection; after `hold` it answers nothing more about objects. `asked` and `askedAgain`: it was asked in vain. */
export async function fakePeer(object: object): Promise<{
  readonly url: string
  readonly asked: Promise<void>
  readonly askedAgain: Promise<void>
  readonly left: Promise<void>
  hold(): void
  close(): void
}> {
  let held = false
  const asked = Promise.withResolvers<void>()
  const askedAgain = Promise.withResolvers<void>()
  let times = 0
  const left = Promise.withResolvers<void>()
  const collection = { id: '91a7b528-80eb-42ed-a74d-c6fbd5a26116', title: 'Released', can_read: true, can_write: false }
  const peer = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? ''
    const answer = path.endsWith('/objects/')
      ? { more: false, objects: [object] }
      : path.endsWith('/collections/')
        ? { collections: [collection] }
        : path === '/taxii2/'
          ? { title: 'Peer', default: '/api/', api_roots: ['/api/'] }
          : { title: 'Peer', versions: ['application/taxii+json;version=2.1'], max_content_length: 1_000_000 }
    if (held && path.endsWith('/objects/')) {
      times += 1
      ;(times === 1 ? asked : askedAgain).resolve()
      response.once('close', () => left.resolve())
      return
    }
    response.writeHead(200, { 'content-type': 'application/taxii+json;version=2.1' }).end(JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => peer.listen({ port: 0, host: '127.0.0.1' }, resolve))
  const address = peer.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/taxii2/`,
    asked: asked.promise,
    askedAgain: askedAgain.promise,
    left: left.promise,
    hold: () => void (held = true),
    close() {
      peer.closeAllConnections()
      peer.close()
    },
  }
}
