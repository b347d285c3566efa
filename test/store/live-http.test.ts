import { createServer as httpServer } from 'node:http'
import { createServer as netServer, type AddressInfo, type Server } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { parseLiveAddress } from '../../src/store/index.ts'
import { openLiveEngine } from '../../src/store/live-engine.ts'

/** Starts a server on a free port of this machine. */
async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

async function asked(address: string): Promise<unknown[]> {
  const engine = await openLiveEngine({ address: parseLiveAddress(address), password: 'invented', directory: '' })
  try {
    const rows: unknown[] = []
    for await (const batch of engine.ask({ sql: 'SELECT 1 AS n', params: {} })) rows.push(...batch)
    return rows
  } finally {
    await engine.close()
  }
}

test('a table over https:// is asked with TLS at the port of the address', async () => {
  let first: number | undefined
  const port = await listening(
    netServer((socket) => {
      socket.once('data', (bytes) => {
        first = bytes[0]
        socket.destroy()
      })
      socket.on('error', () => undefined)
    }),
  )
  await expect(asked(`https://reader@127.0.0.1:${port}/lake?table=cdr`)).rejects.toThrow()
  // A handshake record of TLS; a plain request would begin with a letter.
  expect(first).toBe(0x16)
})

test('a table over http:// is asked at the port of the address, in the name of its user', async () => {
  const seen: { method: string | undefined; user: string; body: string }[] = []
  const port = await listening(
    httpServer((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        const [, basic = ''] = (request.headers.authorization ?? '').split(' ')
        seen.push({ method: request.method, user: Buffer.from(basic, 'base64').toString(), body })
        expect(request.url).not.toContain('invented')
        response.end('{"n":1}\n')
      })
    }),
  )
  expect(await asked(`http://reader@127.0.0.1:${port}/lake?table=cdr`)).toEqual([{ n: 1 }])
  expect(seen).toMatchObject([{ method: 'POST', user: 'reader:invented', body: expect.stringContaining('SELECT 1 AS n') }])
})
