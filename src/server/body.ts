import type { Context } from 'hono'
import type { z } from 'zod'
import { exitCodes, limits, UserError } from '../base/index.ts'

/** The JSON body of a request, checked; a `UserError` names the first field that does not fit. */
export async function body<Schema extends z.ZodType>(context: Context, schema: Schema): Promise<z.infer<Schema>> {
  if (context.req.header('content-type')?.split(';')[0] !== 'application/json')
    throw new UserError({ code: 'not-json', message: 'the request carries no JSON', hint: 'send content-type application/json' })
  const text = await context.req.text()
  if (text.length > limits.requestBytes)
    throw new UserError({ code: 'request-too-large', message: 'the request is too large', hint: 'send less at a time' })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new UserError({ code: 'not-json', message: 'the request is not valid JSON', hint: 'send one JSON object', cause })
  }
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const first = result.error.issues[0]
  throw new UserError({
    code: 'request-wrong',
    message: `${first?.path.join('.') || 'the request'}: ${first?.message ?? 'does not fit'}`,
    hint: 'see the types of the API in src/server/api.ts',
    exitCode: exitCodes.usage,
  })
}
