import { createServer } from 'node:http'
import { rmSync, writeFileSync } from 'node:fs'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Desk, Shelf } from '../app/index.ts'
import { exitCodes, limits, UserError } from '../base/index.ts'
import type { ApiError } from './api.ts'
import { makeDoor, type Door } from './guard.ts'
import { securityHeaders, servePage } from './page.ts'
import { exposureRoutes } from './routes-exposure.ts'
import { caseRoutes } from './routes-case.ts'
import { dueRoutes } from './routes-due.ts'
import { doingRoutes } from './routes-doing.ts'
import { leavingRoutes } from './routes-leaving.ts'
import { playbookRoutes } from './routes-playbook.ts'
import { shareRoutes } from './routes-share.ts'
import { statementRoutes } from './routes-statement.ts'
import { taxiiRoutes } from './taxii.ts'
import { storyRoutes } from './routes-story.ts'

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
  const listener = getRequestListener(
    serverApp({ desk: options.desk, door, pageFolder: options.pageFolder, shelf: options.shelf }).fetch,
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
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function serverApp(options: {
  readonly desk: Desk
  readonly door: Door
  readonly pageFolder: string
  readonly shelf: Shelf | undefined
}): Hono {
  const { desk, door, pageFolder, shelf } = options
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
  app.route('/api/cases', dueRoutes(desk))
  app.route('/api/cases', playbookRoutes(desk))
  app.route('/api/cases', statementRoutes(desk))
  app.route('/api/exposure', exposureRoutes(desk))
  app.route('/api/cases', doingRoutes(desk))
  app.route('/api/cases', leavingRoutes(desk))
  app.route('/api/cases', caseRoutes(desk))
  app.route('/api/cases', storyRoutes(desk.stories))
  app.route('/api/cases', shareRoutes(desk))
  app.all('/api/*', (context) =>
    context.json<ApiError>(
      { error: { code: 'no-such-route', message: 'there is no such route', hint: 'see src/server/api.ts' } },
      404,
    ),
  )
  servePage(app, pageFolder)
  app.onError((error, context) => {
    if (error instanceof UserError) {
      const { code, message, hint } = error
      return context.json<ApiError>({ error: { code, message, hint } }, code.endsWith('-unknown') ? 404 : 400)
    }
    const hint = 'the command that serves printed nothing personal; run it again with BREACHLINE_DEBUG=1 to see where'
    return context.json<ApiError>({ error: { code: 'internal', message: 'something of ours went wrong', hint } }, 500)
  })
  return app
}
