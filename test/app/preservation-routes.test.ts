import { expect, test } from 'vitest'
import type { Desk } from '../../src/app/index.ts'
import { caseRoutes } from '../../src/server/routes-case.ts'

/** A desk that writes down what it is asked. */
function asking(): { readonly routes: ReturnType<typeof caseRoutes>; readonly asked: unknown[] } {
  const asked: unknown[] = []
  const answer =
    (name: string) =>
    (...given: unknown[]): Promise<unknown> => {
      asked.push([name, ...given])
      return Promise.resolve({ text: 'Request', number: 'P1' })
    }
  const desk = { lostNext: answer('lostNext'), preservation: answer('preservation'), recordLoss: answer('recordLoss') }
  const routes = caseRoutes(desk as unknown as Desk)
  routes.onError((error, context) => context.text(error.message, 400))
  return { routes, asked }
}

const post = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

test('what is lost next is asked with the period given, and without one', async () => {
  const { routes, asked } = asking()
  await routes.request('/meridian/lost-next')
  await routes.request('/meridian/lost-next?from=2026-01-06&to=2026-01-20')
  expect(asked).toEqual([
    ['lostNext', 'meridian', {}],
    ['lostNext', 'meridian', { from: '2026-01-06', to: '2026-01-20' }],
  ])
})

test('a request and a loss reach the desk as they were sent', async () => {
  const { routes, asked } = asking()
  const written = await routes.request(
    '/meridian/preservation',
    post({ source: 'vpn-2', record: true, period: { from: '2026-01-06' } }),
  )
  expect(await written.json()).toEqual({ text: 'Request', number: 'P1' })
  await routes.request('/meridian/losses', post({ source: 'vpn-2', from: '2026-01-06', reason: 'Gone' }))
  expect(asked).toEqual([
    ['preservation', 'meridian', { source: 'vpn-2', record: true, period: { from: '2026-01-06' } }],
    ['recordLoss', 'meridian', { source: 'vpn-2', from: '2026-01-06', reason: 'Gone' }],
  ])
})

test('days that are none, a loss without a reason and unknown members are refused before the desk is asked', async () => {
  const { routes, asked } = asking()
  for (const [path, body] of [
    ['losses', { source: 'vpn-2', from: 'monday', reason: 'Gone' }],
    ['losses', { source: 'vpn-2', from: '2026-01-06', reason: '' }],
    ['preservation', { source: 'vpn-2' }],
    ['preservation', { source: 'vpn-2', record: true, title: 'x' }],
  ] as const)
    expect((await routes.request(`/meridian/${path}`, post(body))).status).toBe(400)
  expect(asked).toEqual([])
})
