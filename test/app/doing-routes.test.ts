import { expect, test } from 'vitest'
import type { Desk } from '../../src/app/index.ts'
import { remoteDoing } from '../../src/cli/remote-doing.ts'
import { doingRoutes } from '../../src/server/routes-doing.ts'
import { throughRoutes, writingDown } from './through-routes.ts'

/** The desks of a case behind the routes, as a command reaches them over HTTP; what reaches them is written down. */
function asking(): { readonly remote: ReturnType<typeof remoteDoing>; readonly asked: unknown[] } {
  const asked: unknown[] = []
  const all = (room: string): unknown =>
    writingDown(asked, room, (name) =>
      name === 'text' ? 'Text' : name === 'state' && room === 'requests' ? [{ number: 'RQ1' }] : { room },
    )
  const desk = { recommendations: all('recommendations'), requests: all('requests'), atRisk: all('atRisk') }
  return { remote: remoteDoing(throughRoutes(doingRoutes(desk as unknown as Desk))), asked }
}

test('what a command asks of a served workspace reaches the desk as it was asked', async () => {
  const { remote, asked } = asking()
  const { recommendations, requests, atRisk } = remote
  const adopt = { act: 'adopt', recommendation: 'R1', owner: 'Aisha Rahman', due: '2026-11-30' } as const
  await recommendations.state('a')
  await recommendations.act('a', { act: adopt, reason: 'x' })
  expect(await requests.state('a')).toEqual([{ number: 'RQ1' }])
  const request = {
    kind: 'evidence',
    to: { kind: 'vendor', name: 'Citrine Outreach' },
    what: ['log'],
    due: '2026-10-20T00:00:00Z',
  } as const
  await requests.draft('a', { request, reason: 'x' })
  const close = { act: 'close', request: 'RQ1', anyway: true } as const
  await requests.act('a', { act: close, reason: 'x' })
  expect(await requests.text('a', { request: 'RQ1', reminder: true })).toBe('Text')
  await atRisk.state('a')
  const release = { act: 'release', persons: ['P-0c32095153f3'] } as const
  await atRisk.act('a', { act: { ...release, persons: [...release.persons] }, reason: 'x' })
  await atRisk.brief('a', 'P-0c32095153f3')
  expect(asked).toEqual([
    ['recommendations.state', 'a'],
    ['recommendations.act', 'a', { act: adopt, reason: 'x' }],
    ['requests.state', 'a'],
    ['requests.draft', 'a', { request, reason: 'x' }],
    ['requests.act', 'a', { act: close, reason: 'x' }],
    ['requests.text', 'a', { request: 'RQ1', reminder: true }],
    ['atRisk.state', 'a'],
    ['atRisk.act', 'a', { act: release, reason: 'x' }],
    ['atRisk.brief', 'a', 'P-0c32095153f3'],
  ])
})

test('an act without a reason, a number in the place of a pseudonym and a day that is none never reach the desk', async () => {
  const { remote, asked } = asking()
  const { recommendations, requests, atRisk } = remote
  await expect(
    recommendations.act('a', { act: { act: 'adopt', recommendation: 'R1', owner: 'A', due: 'soon' }, reason: 'x' }),
  ).rejects.toThrow('act.due')
  await expect(recommendations.act('a', { act: { act: 'drop', recommendation: 'R1' }, reason: ' ' })).rejects.toThrow('reason')
  await expect(requests.act('a', { act: { act: 'close', request: 'D1', anyway: false }, reason: 'x' })).rejects.toThrow(
    'act.request',
  )
  await expect(atRisk.act('a', { act: { act: 'release', persons: ['+60123456789'] }, reason: 'x' })).rejects.toThrow('pseudonym')
  expect(asked).toEqual([])
})
