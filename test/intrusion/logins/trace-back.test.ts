import { expect, test } from 'vitest'
import type { LoginPath } from '../../../src/intrusion/logins/login-path.ts'
import { onwardOf } from '../../../src/intrusion/logins/onward.ts'
import { pathText } from '../../../src/intrusion/logins/tell-path.ts'
import { traceBack } from '../../../src/intrusion/logins/trace-back.ts'
import { memoryGraph } from '../graph/memory-graph.ts'
import { at, sighting } from '../made.ts'
import { edge, session } from './made-edges.ts'

const cite = sighting({ time: at('10:00'), host: 'srv-2' }).cite
const last = { from: 'jmp-1', to: 'srv-2', account: 'corp\\adm', time: at('10:00'), cite }

function way({ logins }: LoginPath): string {
  return logins.map((one) => `${one.from}>${one.to} ${one.account}`).join(', ')
}

test('logins are followed back to the address outside, under one account', async () => {
  const graph = memoryGraph([
    edge('addr:203.0.113.7', 'access', 'vpn:adm|1', { at: '08:00', account: 'adm' }),
    ...session('jmp-1|0x1', { from: 'vpn:adm|1', account: 'corp\\adm', at: '08:10', until: '12:00' }),
  ])
  const path = await traceBack(graph, last)
  expect(way(path)).toBe('203.0.113.7>jmp-1 corp\\adm, jmp-1>srv-2 corp\\adm')
  expect(path.logins[0]).toMatchObject({ access: true, certainty: 0.9 })
  expect(path.switches).toEqual([])
  expect(pathText(path)).toContain('203.0.113.7 > jmp-1 (adm, ')
})

test('a session that had ended, or had not begun, leads to nothing', async () => {
  for (const [from, until] of [
    ['08:00', '09:30'],
    ['10:30', '12:00'],
  ] as const) {
    const graph = memoryGraph(session('jmp-1|0x1', { from: 'host:ws-1', account: 'corp\\adm', at: from, until }))
    expect(way(await traceBack(graph, last))).toBe('jmp-1>srv-2 corp\\adm')
  }
})

test('an account that changes its name is told: clear where one other was there, unclear where two were', async () => {
  const user = session('jmp-1|0x1', { from: 'host:ws-1', account: 'corp\\noor', at: '09:00', until: '12:00' })
  const clear = await traceBack(memoryGraph(user), last)
  expect(clear.switches).toEqual([{ on: 'jmp-1', from: 'corp\\noor', to: 'corp\\adm', clear: true }])
  expect(pathText(clear)).toContain('On jmp-1 the account changed from noor to adm.')
  const two = [...user, ...session('jmp-1|0x2', { from: 'host:ws-9', account: 'corp\\mei', at: '09:30', until: '12:00' })]
  const unclear = await traceBack(memoryGraph(two), last)
  expect(unclear.switches).toMatchObject([{ clear: false }])
  expect(unclear.certainty).toBeLessThanOrEqual(0.5)
  expect(unclear.other?.from).toBe('ws-1')
  expect(pathText(unclear)).not.toContain('changed from')
})

test('the same account comes before others; with two sessions of it each is half as sure', async () => {
  const edges = [
    ...session('jmp-1|0x1', { from: 'host:ws-1', account: 'corp\\adm', at: '09:00', until: '12:00' }),
    ...session('jmp-1|0x2', { from: 'host:ws-2', account: 'corp\\noor', at: '09:30', until: '12:00' }),
  ]
  const one = await traceBack(memoryGraph(edges), last)
  expect(way(one)).toBe('ws-1>jmp-1 corp\\adm, jmp-1>srv-2 corp\\adm')
  const more = [...edges, ...session('jmp-1|0x3', { from: 'host:ws-3', account: 'corp\\adm', at: '09:40', until: '12:00' })]
  const halved = await traceBack(memoryGraph(more), last)
  expect(halved.certainty).toBeCloseTo(one.certainty / 2, 2)
})

test('the process that made a login names its session, whoever else was on the host', async () => {
  const graph = memoryGraph([
    ...session('jmp-1|0x1', { from: 'host:ws-1', account: 'corp\\noor', at: '09:00', until: '12:00' }),
    ...session('jmp-1|0x2', { from: 'host:ws-2', account: 'corp\\mei', at: '09:30', until: '12:00' }),
    edge('sess:jmp-1|0x1', 'runs', 'proc:jmp-1|{a}', { at: '09:50' }),
    ...session('srv-2|0x9', { from: 'proc:jmp-1|{a}', account: 'corp\\adm', at: '10:00', until: '11:00' }),
  ])
  const path = await traceBack(graph, last)
  expect(way(path)).toBe('ws-1>jmp-1 corp\\noor, jmp-1>srv-2 corp\\adm')
  expect(path.switches).toEqual([{ on: 'jmp-1', from: 'corp\\noor', to: 'corp\\adm', clear: true }])
  expect(path.other).toBeUndefined()
})

test('logins in a circle end', async () => {
  const graph = memoryGraph([
    ...session('jmp-1|0x1', { from: 'host:srv-2', account: 'corp\\adm', at: '09:00', until: '12:00' }),
    ...session('srv-2|0x1', { from: 'host:jmp-1', account: 'corp\\adm', at: '08:00', until: '12:00' }),
  ])
  const path = await traceBack(graph, last)
  expect(path.logins.length).toBeLessThanOrEqual(3)
})

test('where a session went on to is told by its processes; what ran in another session is not followed', async () => {
  const move = sighting({ time: at('10:00'), host: 'srv-2', account: 'corp\\adm', controlledFrom: 'jmp-1' })
  const edges = (owner: string) => [
    ...session('srv-2|0x9', { from: 'host:jmp-1', account: 'corp\\adm', at: '10:00', until: '12:00' }),
    ...session('srv-2|0x8', { from: 'host:ws-4', account: 'corp\\mei', at: '10:00', until: '12:00' }),
    edge(owner, 'runs', 'proc:srv-2|{p}', { at: '10:05' }),
    ...session('db-3|0x1', { from: 'proc:srv-2|{p}', account: 'corp\\sa', at: '10:20', until: '11:00' }),
  ]
  const onward = await onwardOf(memoryGraph(edges('sess:srv-2|0x9')), [move])
  expect(onward).toMatchObject([{ from: 'srv-2', to: 'db-3', account: 'corp\\sa', onward: true }])
  expect(await onwardOf(memoryGraph(edges('sess:srv-2|0x8')), [move])).toEqual([])
})
