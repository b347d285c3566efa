import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'

const cookieName = 'breachline'

/** Who may talk to the server: the holder of the token, or the browser that opened the one-time link. */
export interface Door {
  /** Token for programs (`Authorization: Bearer`), new at every start. */
  readonly token: string
  /** A path that sets the browser's cookie, once. */
  newLink(): string
  /** Refuses requests of other pages (Host, Origin) and of anybody without token or cookie. */
  readonly guard: MiddlewareHandler
  /** After `guard`: refuses a browser with its cookie. */
  readonly programsOnly: MiddlewareHandler
  /** Answers the one-time link: cookie and redirect, or a refusal. */
  open(context: Context): Response
}

/** A door for a server on `127.0.0.1:port`; the port is asked late because it is known only when listening. */
export function makeDoor(port: () => number): Door {
  const token = secret()
  const session = secret()
  const links = new Set<string>()
  return {
    token,
    newLink() {
      const code = secret()
      links.add(code)
      return `/open/${code}`
    },
    async guard(context, next) {
      const refusal = refusalOf(context, port())
      if (refusal !== undefined) return refuse(context, 403, refusal)
      if (context.req.path.startsWith('/open/')) return next()
      const cookie = getCookie(context, cookieName)
      if (!same(bearerOf(context), token) && !same(cookie, session)) return refuse(context, 401, 'no valid token or cookie')
      return next()
    },
    programsOnly: (context, next) =>
      same(bearerOf(context), token) ? next() : Promise.resolve(refuse(context, 401, 'this is for commands, not for the page')),
    open(context) {
      const code = context.req.path.slice('/open/'.length)
      if (!links.delete(code)) return refuse(context, 401, 'this link was used already or is not of this start')
      setCookie(context, cookieName, session, { httpOnly: true, sameSite: 'Strict', path: '/' })
      return context.redirect('/', 303)
    },
  }
}

/** A page of another site that reaches us by name tricks sends its own Host or Origin. */
function refusalOf(context: Context, port: number): string | undefined {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  const host = context.req.header('host') ?? ''
  if (!hosts.includes(host)) return 'the request is for another host'
  const origin = context.req.header('origin')
  if (origin !== undefined && !hosts.some((one) => origin === `http://${one}`)) return 'the request comes from another page'
  const site = context.req.header('sec-fetch-site')
  if (site === 'cross-site' && context.req.method !== 'GET') return 'the request comes from another page'
  return undefined
}

function bearerOf(context: Context): string | undefined {
  return /^Bearer ([A-Za-z0-9_-]{43})$/.exec(context.req.header('authorization') ?? '')?.[1]
}

function refuse(context: Context, status: 401 | 403, why: string): Response {
  const hint = 'open the link that "breachline serve" printed, or ask for a new one by starting it again'
  if (context.req.path.startsWith('/api/'))
    return context.json({ error: { code: status === 401 ? 'not-let-in' : 'wrong-origin', message: why, hint } }, status)
  return context.text(`${why}; ${hint}\n`, status)
}

function secret(): string {
  return randomBytes(32).toString('base64url')
}

function same(given: string | undefined, wanted: string): boolean {
  if (given === undefined) return false
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}
