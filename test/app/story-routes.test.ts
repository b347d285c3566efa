import { expect, test } from 'vitest'
import type { Desk } from '../../src/app/index.ts'
import { storyRoutes } from '../../src/server/routes-story.ts'

/** A desk that writes down what it is asked. */
function asking(): { readonly routes: ReturnType<typeof storyRoutes>; readonly asked: unknown[] } {
  const asked: unknown[] = []
  const answer =
    (name: string) =>
    (...given: unknown[]): Promise<unknown> => {
      asked.push([name, ...given])
      return Promise.resolve({})
    }
  const desk = { view: answer('view'), density: answer('density'), events: answer('events'), annotate: answer('annotate') }
  const routes = storyRoutes(desk as unknown as Desk['stories'])
  routes.onError((error, context) => context.text(error.message, 400))
  return { routes, asked }
}

const range = 'from=2026-01-06T00:00:00Z&to=2026-01-07T00:00:00Z'

test('what the page asks reaches the desk: several hosts, buckets as a number, a host or none', async () => {
  const { routes, asked } = asking()
  await routes.request('/meridian/story-view?story=S_1')
  await routes.request(`/meridian/story-density?${range}&buckets=80&host=web-01&host=cdr-db`)
  await routes.request(`/meridian/story-density?${range}`)
  await routes.request(`/meridian/story-events?${range}&host=web-01`)
  await routes.request(`/meridian/story-events?${range}`)
  const times = { from: '2026-01-06T00:00:00Z', to: '2026-01-07T00:00:00Z' }
  expect(asked).toEqual([
    ['view', 'meridian', 'S_1'],
    ['density', 'meridian', { ...times, buckets: 80, hosts: ['web-01', 'cdr-db'] }],
    ['density', 'meridian', { ...times, buckets: 240, hosts: [] }],
    ['events', 'meridian', { ...times, host: 'web-01' }],
    ['events', 'meridian', times],
  ])
})

test('what is no time, too much, or unknown is refused before the desk is asked', async () => {
  const { routes, asked } = asking()
  const many = Array.from({ length: 61 }, (_, n) => `host=h${n}`).join('&')
  for (const path of [
    'story-density?from=monday&to=2026-01-07T00:00:00Z',
    `story-density?${range}&buckets=100000`,
    `story-density?${range}&${many}`,
    "story-events?from=2026-01-06T00:00:00Z'&to=2026-01-07T00:00:00Z",
    `story-events?${range}&sql=1`,
    'story-events',
  ])
    expect((await routes.request(`/meridian/${path}`)).status, path).toBe(400)
  for (const body of [
    { story: 'S_1', text: ' ' },
    { story: 'S_1', step: 0, text: 'x' },
    { text: 'x' },
    { story: 'S_1', text: 'x', by: 'y' },
  ])
    expect(
      (
        await routes.request('/meridian/story-notes', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        })
      ).status,
    ).toBe(400)
  expect(asked).toEqual([])
})
