import type { ApiError } from '../../../src/server/api.ts'
import { printableAnswer } from '../text/printable-answer.ts'
import { Failure } from './failure.ts'

/** GET of a JSON answer with every text made printable; throws `Failure`. */
export async function read<T>(path: string, signal?: AbortSignal): Promise<T> {
  return printableAnswer(await answer<T>(path, signal === undefined ? {} : { signal }))
}

/** POST of a JSON body; as `read`. */
export async function send<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const init: RequestInit = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    ...(signal === undefined ? {} : { signal }),
  }
  return printableAnswer(await answer<T>(path, init))
}

/** Path of a case's route: `casePath('demo', 'cite')`. */
export function casePath(caseId: string, rest = ''): string {
  return `/api/cases/${encodeURIComponent(caseId)}${rest === '' ? '' : `/${rest}`}`
}

async function answer<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(path, { ...init, credentials: 'same-origin' }).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new Failure(
      'not-reached',
      'The Breachline server on this machine does not answer.',
      'Start it again with "breachline serve" and open the link it prints.',
    )
  })
  if (response.status === 401)
    throw new Failure(
      'not-let-in',
      'This window has not been let in.',
      'Open the link that "breachline serve" printed. It works once; start the command again for a new one.',
    )
  if (!response.ok) throw await refusal(response)
  return (await response.json()) as T
}

async function refusal(response: Response): Promise<Failure> {
  try {
    const { error } = (await response.json()) as ApiError
    return new Failure(error.code, error.message, error.hint)
  } catch {
    return new Failure(
      'no-answer',
      `The server answered ${response.status}.`,
      'Reload the page, or start "breachline serve" again.',
    )
  }
}
