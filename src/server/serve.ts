import { createServer } from 'node:http'
import { rmSync, writeFileSync } from 'node:fs'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Desk, Shelf } from '../app/index.ts'
import { exitCodes, limits, UserError } from '../base/index.ts'
import type { Signer } from '../evidence/index.ts'
import { apiOf } from './api-of.ts'
import { refused } from './error-of.ts'
import { makeDoor, type Door } from './guard.ts'
import { securityHeaders, servePage } from './page.ts'
import { oneAtATime } from './routes-intake.ts'
import { signersHere, type Signers } from './signers.ts'
import { taxiiRoutes } from './taxii.ts'

/** A running server on loopback. */
export interface Serving {
  readonly port: number
  /** A link that opens the page, once. */
  newLink(): string
  stop(): Promise<void>
}

/**
 * Serves a desk on 127.0.0.1. `noteFile` (0600) tells other commands of this user port and token while the server runs.
 * Throws a `UserError` when the port is taken.
 */
export async function serve(options: {
  readonly desk: Desk
  /** The desk of another person, who acts through this server with a key of their own; a `UserError` for one who may not. */
  readonly deskFor: (signer: Signer) => Desk
  readonly pageFolder: string
  readonly noteFile: string
  readonly pid: number
  /** 0 = any free port. */
  readonly port: number
  /** What peers may fetch under `/taxii2/`; nothing when absent. */
  readonly shelf?: Shelf
}): Promise<Serving> {
  let port = options.port
  const door = makeDoor(() => port)
  const turn = oneAtATime()
  const signers = signersHere((signer) => apiOf(options.deskFor(signer), turn))
  const listener = getRequestListener(
    serverApp({ api: apiOf(options.desk, turn), signers, door, pageFolder: options.pageFolder, shelf: options.shelf }).fetch,
  )
  const server = createServer((request, response) => void listener(request, response))
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        new UserError({
          code: 'port-taken',
          message: `port ${options.port} on 127.0.0.1 cannot be used (${cause.code ?? 'error'})`,
          hint: 'give another one with --port N, or leave it out',
          exitCode: exitCodes.environment,
          cause,
        }),
      ),
    )
    server.listen({ port, host: '127.0.0.1' }, resolve)
  })
  const address = server.address()
  port = typeof address === 'object' && address !== null ? address.port : port
  writeFileSync(options.noteFile, `${JSON.stringify({ pid: options.pid, port, token: door.token })}\n`, { mode: 0o600 })
  return {
    port,
    newLink: () => `http://127.0.0.1:${port}${door.newLink()}`,
    async stop() {
      rmSync(options.noteFile, { force: true })
      signers.close()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      // Whoever asked is gone: the work stops at its next safe place, and the workspace is let go of after that.
      await turn.ended()
    },
  }
}

function serverApp(options: {
  readonly api: Hono
  readonly signers: Signers
  readonly door: Door
  readonly pageFolder: string
  readonly shelf: Shelf | undefined
}): Hono {
  const { api, signers, door, pageFolder, shelf } = options
  const app = new Hono()
  app.use(async (context, next) => {
    await next()
    for (const [name, value] of Object.entries(securityHeaders)) context.res.headers.set(name, value)
  })
  // Peers have tokens of their own and no cookie: their routes stand before the door of the page.
  if (shelf !== undefined) app.mount('/taxii2', taxiiRoutes(shelf).fetch)
  app.use(door.guard)
  app.use(bodyLimit({ maxSize: limits.requestBytes }))
  app.get('/open/:code', (context) => door.open(context))
  // Commands alone act for other persons and have files of this machine read; the page has no business there.
  app.use('/api/signers', door.programsOnly)
  app.use('/api/cases/-/intake', door.programsOnly)
  app.route('/api/signers', signers.routes)
  app.all('/api/*', (context) => (signers.apiOf(context) ?? api).fetch(context.req.raw))
  servePage(app, pageFolder)
  app.onError(refused)
  return app
}
