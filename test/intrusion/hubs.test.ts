import { expect, test } from 'vitest'
import { cluster, sharedHosts } from '../../src/intrusion/cluster.ts'
import { composeStories } from '../../src/intrusion/compose.ts'
import { withControllers, type Roles } from '../../src/intrusion/usual/roles.ts'
import { at, move, sighting } from './made.ts'

const none: Roles = {
  roleOf: () => undefined,
  vendorOf: () => undefined,
  leftOn: () => undefined,
  networkOf: () => undefined,
  listed: () => '',
}
const one = sighting({ time: at('08:00'), host: 'ws-1', account: 'corp\\noor' })
const other = sighting({ time: at('09:00'), host: 'ws-2', account: 'corp\\mei' })

test('a scanner that logs on everywhere joins nothing, whether anything was seen on it or not', () => {
  const scans = ['ws-1', 'ws-2'].flatMap((to) =>
    ['07:50', '08:10', '08:50', '09:10'].map((time) => move({ time: at(time), from: 'scan-1', to, account: 'corp\\svc-scan' })),
  )
  expect(cluster([one, other], scans)).toHaveLength(2)
  const odd = sighting({ time: at('07:40'), host: 'scan-1', account: 'corp\\noor', level: 'medium' })
  const roles: Roles = { ...none, roleOf: (host) => (host === 'scan-1' ? 'manager' : undefined) }
  const groups = cluster([odd, one, other], scans, sharedHosts([odd, one, other], roles))
  expect(groups.find((group) => group.includes(other))).toEqual([other])
})

test('a controller known from its tickets alone joins two intruders no more than one that the inventory names', () => {
  const control = (time: string, from: string, account: string) =>
    sighting({ time: at(time), host: 'dc-1', account, title: `Controlled from ${from}`, level: 'medium', controlledFrom: from })
  const all = [one, control('08:30', 'ws-1', 'corp\\noor'), other, control('09:30', 'ws-2', 'nt authority\\anonymous logon')]
  const moves = [
    move({ time: at('08:30'), from: 'ws-1', to: 'dc-1', account: 'corp\\noor', control: true }),
    move({ time: at('08:40'), from: 'ws-1', to: 'dc-1', account: 'nt authority\\system', means: 'connection' }),
    move({ time: at('09:30'), from: 'ws-2', to: 'dc-1', account: 'nt authority\\anonymous logon', control: true }),
  ]
  expect(cluster(all, moves)).toHaveLength(1)
  const roles = withControllers(none, new Set(['dc-1']))
  const groups = cluster(all, moves, sharedHosts(all, roles))
  expect(groups.map((group) => group.map((each) => each.host).join(' '))).toEqual(['ws-1 dc-1', 'ws-2 dc-1'])
})

test('an administrator account that is used on twenty hosts joins nothing; on two hosts it does', () => {
  const admin = 'corp\\adm'
  const pair = [
    sighting({ time: at('08:00'), host: 'srv-1', account: admin }),
    sighting({ time: at('08:30'), host: 'srv-2', account: admin }),
  ]
  const rounds = Array.from({ length: 20 }, (_, n) =>
    move({ time: at('07:00'), from: 'ws-9', to: `srv-${n + 10}`, account: admin }),
  )
  expect(cluster(pair, rounds)).toHaveLength(2)
  expect(cluster(pair, rounds.slice(0, 3))).toHaveLength(1)
})

test('where nothing tells what is usual, a host joins what was seen on it within a day; two days apart, or by little, it does not', () => {
  const span = { from: '2026-03-01T00:00:00.000000Z', to: '2026-03-05T00:00:00.000000Z' }
  const seen = (day: number, level: 'high' | 'low') =>
    sighting({ time: `2026-03-0${day}T08:00:00.000000Z`, host: 'ws-1', level, title: `Act ${day}` })
  const stories = (...all: ReturnType<typeof seen>[]) =>
    composeStories({ sightings: all, movements: [], reads: [], silences: [], span }).length
  expect(stories(seen(1, 'high'), seen(2, 'high'))).toBe(1)
  expect(stories(seen(1, 'high'), seen(3, 'high'))).toBe(2)
  expect(stories(seen(1, 'high'), seen(2, 'low'))).toBe(1)
})

test('what went on from a host the morning after is of the story that took it the evening before', () => {
  const span = { from: '2026-03-01T00:00:00.000000Z', to: '2026-03-05T00:00:00.000000Z' }
  const control = (time: string, from: string, host: string) =>
    sighting({ time, host, title: `Controlled from ${from}`, level: 'medium', controlledFrom: from, account: 'corp\\adm' })
  const evening = control('2026-03-01T20:00:00.000000Z', 'ws-1', 'srv-1')
  const morning = control('2026-03-02T09:00:00.000000Z', 'srv-1', 'srv-2')
  const elsewhere = control('2026-03-02T09:00:00.000000Z', 'srv-7', 'srv-2')
  const told = (...sightings: (typeof evening)[]) =>
    composeStories({ sightings, movements: [], reads: [], silences: [], span }).length
  expect(told(evening, morning)).toBe(1)
  expect(told(evening, elsewhere)).toBe(2)
})
