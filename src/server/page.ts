import { existsSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { Hono } from 'hono'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
}

/** Headers of every response: nothing from elsewhere, nothing in frames, nothing kept. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
}

/** Serves the built page from `folder`; paths of the page's own (`/case/...`) get the document. */
export function servePage(app: Hono, folder: string): void {
  app.get('*', (context) => {
    const path = context.req.path
    const asset = /^\/assets\/[A-Za-z0-9._-]{1,200}$/.test(path) && !path.includes('..') ? path : '/index.html'
    const file = join(folder, asset)
    if (!existsSync(file))
      return context.text(
        'The page is not built. Run "npm run build" once in the checkout.\n',
        asset === '/index.html' ? 503 : 404,
      )
    return context.body(readFileSync(file), 200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' })
  })
}
