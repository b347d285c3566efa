import { request as plainRequest, type IncomingMessage } from 'node:http'
import { request as secureRequest } from 'node:https'
import { TLSSocket } from 'node:tls'
import { printable, UserError } from '../base/index.ts'
import { packageVersion } from './package-root.ts'

/** An answer of a web server as it came. */
export interface FetchedPage {
  /** Asked for, and where the answer came from after redirects. */
  readonly url: string
  readonly answeredBy: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly certificate?: { readonly subject: string; readonly issuer: string; readonly fingerprint: string }
  readonly body: Uint8Array
  /** The page is longer than what was taken of it. */
  readonly cut: boolean
}

/** Bytes taken of a page, milliseconds for it, and redirects followed. */
const most = { bytes: 10 * 1024 * 1024, ms: 30_000, redirects: 5 } as const

/**
 * Fetches a page the person named: one request (with `headers` beside our own), redirects followed, nothing run, no cookie sent, certificates looked at and not trusted (an attacker's
 * page is still to be seen). Throws a `UserError` when nothing answers.
 */
export async function fetchPage(
  url: string,
  options: { readonly signal?: AbortSignal; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<FetchedPage> {
  let at = pageUrl(url)
  for (let redirects = 0; ; redirects += 1) {
    const { answer, certificate } = await ask(at, options)
    const location = answer.headers.location
    const status = answer.statusCode ?? 0
    if (status >= 300 && status < 400 && location !== undefined && redirects < most.redirects) {
      answer.destroy()
      at = pageUrl(URL.parse(location, at.href)?.href ?? location)
      continue
    }
    const { body, cut } = await bodyOf(answer)
    return {
      url,
      answeredBy: at.href,
      status,
      headers: Object.fromEntries(
        Object.entries(answer.headers).map(([name, value]) => [name, printable([value ?? ''].flat().join(', ')).slice(0, 2_000)]),
      ),
      ...(certificate === undefined ? {} : { certificate }),
      body,
      cut,
    }
  }
}

/** An address of the web; a `UserError` (usage) for anything else. */
export function pageUrl(text: string): URL {
  const url = URL.parse(text)
  if (url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '') return url
  throw new UserError({
    code: 'page-address',
    message: `${JSON.stringify(printable(text).slice(0, 200))} is no address of a page`,
    hint: 'write it whole, with http:// or https:// and without user or password',
    exitCode: 2,
  })
}

interface Answer {
  readonly answer: IncomingMessage
  readonly certificate?: FetchedPage['certificate']
}

function ask(url: URL, { signal, headers }: NonNullable<Parameters<typeof fetchPage>[1]>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const failed = (cause: unknown): void =>
      reject(
        new UserError({
          code: 'page-not-reached',
          message: `${url.host} does not answer (${cause instanceof Error && 'code' in cause ? String(cause.code) : 'no answer'})`,
          hint: 'try again; that a page cannot be reached is worth a note',
          exitCode: 4,
          cause,
        }),
      )
    const options = {
      method: 'GET',
      headers: {
        'user-agent': `Breachline/${packageVersion()} (page watch)`,
        accept: 'text/html,*/*;q=0.5',
        'accept-encoding': 'identity',
        ...headers,
      },
      signal: AbortSignal.any([AbortSignal.timeout(most.ms), ...(signal === undefined ? [] : [signal])]),
    }
    const asked =
      url.protocol === 'https:' ? secureRequest(url, { ...options, rejectUnauthorized: false }) : plainRequest(url, options)
    asked.once('response', (answer) => {
      const certificate = answer.socket instanceof TLSSocket ? certificateOf(answer.socket) : undefined
      resolve({ answer, ...(certificate === undefined ? {} : { certificate }) })
    })
    asked.once('error', failed)
    asked.end()
  })
}

function certificateOf(socket: TLSSocket): FetchedPage['certificate'] {
  const { subject, issuer, fingerprint256 } = socket.getPeerCertificate()
  const named = (name: { CN?: string | string[]; O?: string | string[] } | undefined): string =>
    printable([name?.CN ?? name?.O ?? ''].flat().join(', ')).slice(0, 500)
  return fingerprint256 === undefined
    ? undefined
    : { subject: named(subject), issuer: named(issuer), fingerprint: fingerprint256 }
}

async function bodyOf(answer: IncomingMessage): Promise<{ readonly body: Uint8Array; readonly cut: boolean }> {
  const parts: Buffer[] = []
  let size = 0
  try {
    for await (const part of answer as AsyncIterable<Buffer>) {
      parts.push(part.subarray(0, most.bytes - size))
      size += part.length
      if (size > most.bytes) return { body: Buffer.concat(parts), cut: true }
    }
  } catch {
    return { body: Buffer.concat(parts), cut: true }
  } finally {
    answer.destroy()
  }
  return { body: Buffer.concat(parts), cut: false }
}
