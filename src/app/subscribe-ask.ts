import { exitCodes, limits, UserError } from '../base/index.ts'

const mediaType = 'application/taxii+json;version=2.1'
const answerMs = 60_000
const smallBytes = 1024 * 1024

/** How a peer is reached. `fetch` is the platform's, or a test's. */
export interface PeerConnection {
  readonly token?: string
  readonly fetch: typeof fetch
  readonly signal?: AbortSignal
}

/** A small JSON answer. */
export async function smallAnswer(response: Response): Promise<unknown> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > smallBytes) throw wrongAnswer('sent an answer that is too large')
    parts.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'))
  } catch {
    throw wrongAnswer('sent no JSON')
  }
}

/**
 * Asks a peer; a body makes it a report. Redirects are not followed. A `UserError` where it cannot be reached, refuses the token, or
 * does not speak TAXII.
 */
export async function askPeer(url: URL, { token, fetch: get, signal }: PeerConnection, body?: string): Promise<Response> {
  const timeout = AbortSignal.timeout(body === undefined ? limits.sharedMs : answerMs)
  let response: Response
  try {
    response = await get(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        accept: mediaType,
        ...(body === undefined ? {} : { 'content-type': mediaType }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body }),
      // A redirect could lead anywhere, the token with it.
      redirect: 'manual',
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    })
  } catch (cause) {
    signal?.throwIfAborted()
    throw new UserError({
      code: 'peer-unreachable',
      message: `${url.host} cannot be reached`,
      hint: 'check the address, and that its server runs',
      exitCode: exitCodes.environment,
      cause,
    })
  }
  if (response.status === 401 || response.status === 403)
    throw new UserError({
      code: 'peer-token',
      message: `${url.host} refuses the token`,
      hint: 'give the token that the peer gave you with --token-file FILE or BREACHLINE_TAXII_TOKEN',
    })
  if (!response.ok) throw wrongAnswer(`answered ${response.status}`)
  if (!(response.headers.get('content-type') ?? '').toLowerCase().startsWith('application/taxii+json'))
    throw wrongAnswer('does not speak TAXII 2.1')
  return response
}

/** What a peer did wrong. */
export function wrongAnswer(what: string): UserError {
  return new UserError({
    code: 'peer-answer',
    message: `the peer ${what}`,
    hint: 'check the address; a TAXII 2.1 server is needed',
  })
}
