import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { exitCodes, UserError, type ExitCode } from '../base/index.ts'
import type { Signer } from '../evidence/index.ts'
import { signingAgent } from './signing-agent.ts'

/** The process that serves a workspace, as its note tells. */
export interface Serving {
  readonly pid: number
  readonly port: number
  readonly token: string
}

/** How a command reaches the process that serves. */
export interface Served {
  /** A path under `/api/cases` and a body to post; the answer, or a `UserError` as the server said it. */
  readonly call: <T>(path: string, body?: unknown) => Promise<T>
  /** The same for an answer in JSON lines, each given to `told`. */
  readonly lines: (path: string, body: unknown, told: (line: object) => void) => Promise<void>
}

/** The process that serves this workspace and holds it; undefined without one, and for a note that a killed server left behind. */
export function servingOf(workspace: string): Serving | undefined {
  const { pid, port, token } = noteOf(workspace, 'serve.json')
  if (typeof pid !== 'number' || typeof port !== 'number' || typeof token !== 'string') return undefined
  // Another process on that port would be given the token, and asked to be believed.
  return noteOf(workspace, 'lock.json')['pid'] === pid ? { pid, port, token } : undefined
}

function noteOf(workspace: string, name: string): Record<string, unknown> {
  const path = join(workspace, 'run', name)
  try {
    return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** Lists of those to be told can take minutes. */
const answerWithinMs = 600_000

/** Reaches it, in the name of who serves, or of `as` once that person was let in. `locked`: what is thrown when nobody answers. */
export function servedBy(given: { serving: Serving; locked: UserError; cancelled: AbortSignal; as?: string }): Served {
  const { serving, locked, cancelled, as } = given
  const ask = (path: string, body: unknown, signal: AbortSignal): Promise<Response> =>
    reach(serving, { path: `/api/cases${path}`, body, signal, ...(as === undefined ? {} : { as }) }).catch((cause: unknown) => {
      if (cancelled.aborted) throw cause
      throw locked
    })
  return {
    async call<T>(path: string, body?: unknown): Promise<T> {
      const response = await ask(path, body, AbortSignal.any([cancelled, AbortSignal.timeout(answerWithinMs)]))
      if (response.ok && response.headers.get('content-type')?.startsWith('text/') === true) return (await response.text()) as T
      const answer: unknown = await response.json().catch(() => ({}))
      if (response.ok) return answer as T
      throw refusal(answer, response.status)
    },
    async lines(path, body, told) {
      const response = await ask(path, body, cancelled)
      if (!response.ok) throw refusal(await response.json().catch(() => ({})), response.status)
      for await (const line of linesOf(response, cancelled)) told(JSON.parse(line) as object)
    },
  }
}

/** The lines of an answer that comes bit by bit. */
async function* linesOf(response: Response, cancelled: AbortSignal): AsyncGenerator<string> {
  let rest = ''
  try {
    for await (const part of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
      const lines = `${rest}${part}`.split('\n')
      rest = lines.pop() ?? ''
      yield* lines.filter((line) => line !== '')
    }
  } catch (cause) {
    if (cancelled.aborted) throw cause
    throw new UserError({
      code: 'server-gone',
      message: 'the process that serves the workspace ended before the work was done',
      hint: 'give the command again',
      exitCode: exitCodes.environment,
      cause,
    })
  }
}

/** Does work in the name of a person whose key is here: it signs in this process, asked by the one that serves, and nowhere else. */
export async function actingAs<T>(
  given: { serving: Serving; locked: UserError; cancelled: AbortSignal; signer: Signer; now: () => string },
  work: (served: Served) => Promise<T>,
): Promise<T> {
  const { serving, cancelled, signer, now } = given
  const { name, role, publicKey } = signer
  const agent = await signingAgent(signer, now)
  let as: string | undefined
  try {
    const response = await reach(serving, {
      path: '/api/signers',
      body: { name, role, publicKey, port: agent.port, secret: agent.secret },
      signal: cancelled,
    })
    const answer = (await response.json().catch(() => ({}))) as { readonly signer?: string }
    if (!response.ok || answer.signer === undefined) throw refusal(answer, response.status)
    as = answer.signer
    return await work(servedBy({ ...given, as }))
  } finally {
    if (as !== undefined)
      await reach(serving, { path: '/api/signers', method: 'DELETE', as, signal: AbortSignal.timeout(2_000) }).catch(
        () => undefined,
      )
    agent.close()
  }
}

function reach(
  { port, token }: Serving,
  asked: {
    readonly path: string
    readonly body?: unknown
    readonly method?: 'DELETE'
    readonly as?: string
    readonly signal: AbortSignal
  },
): Promise<Response> {
  const { path, body, as, signal } = asked
  return fetch(`http://127.0.0.1:${port}${path}`, {
    method: asked.method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      ...(as === undefined ? {} : { 'x-breachline-signer': as }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    redirect: 'error',
    signal,
  })
}

/** What the server said of its refusal, with the exit code the same refusal has without a server. */
export function refusal(answer: unknown, status?: number): UserError {
  const said =
    typeof answer === 'object' && answer !== null && 'error' in answer
      ? (answer.error as Partial<Record<'code' | 'message' | 'hint', string>> & { readonly exitCode?: ExitCode })
      : {}
  const { code = 'served-refused', message = `the server answered ${status ?? 'nothing'}`, hint = 'stop it and try again' } = said
  const exitCode = Object.values(exitCodes).find((one) => one === said.exitCode) ?? exitCodes.badInput
  return new UserError({ code, message, hint, exitCode })
}
