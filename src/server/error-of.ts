import type { Context } from 'hono'
import { exitCodes, UserError } from '../base/index.ts'
import type { ApiError } from './api.ts'

/** The one shape of every error. */
export function refused(error: Error, context: Context): Response {
  const said = errorOf(error)
  const status = said.error.code === 'internal' ? 500 : said.error.code.endsWith('-unknown') ? 404 : 400
  return context.json<ApiError>(said, status)
}

/** What is said of an error: a `UserError` as it is, of anything else only that it is ours. */
export function errorOf(error: unknown): ApiError {
  if (error instanceof UserError) {
    const { code, message, hint, exitCode } = error
    return { error: { code, message, hint, exitCode } }
  }
  const hint = 'the command that serves printed nothing personal; run it again with BREACHLINE_DEBUG=1 to see where'
  return { error: { code: 'internal', message: 'something of ours went wrong', hint, exitCode: exitCodes.internal } }
}
