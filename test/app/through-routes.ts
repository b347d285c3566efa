import type { Hono } from 'hono'

/** Asks routes as a command does through the process that serves; a refusal is thrown with its message. */
export function throughRoutes(routes: Hono): <T>(path: string, body?: unknown) => Promise<T> {
  routes.onError((error, context) => context.json({ error: error.message }, 400))
  return async <T>(path: string, body?: unknown): Promise<T> => {
    const response = await routes.request(
      path,
      body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    )
    const answer = (await response.json()) as T & { error?: string }
    if (!response.ok) throw new Error(answer.error)
    return answer
  }
}

/** A part of a desk whose every act writes down what it was asked, and gives what `answer` says. */
export function writingDown(asked: unknown[], room: string, answer: (name: string) => unknown): unknown {
  return new Proxy(
    {},
    {
      get:
        (_, name: string) =>
        (...given: unknown[]): Promise<unknown> => {
          asked.push([`${room}.${name}`, ...given])
          return Promise.resolve(answer(name))
        },
    },
  )
}
