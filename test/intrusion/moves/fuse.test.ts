import { expect, test } from 'vitest'
import { MoveFuser } from '../../../src/intrusion/moves/fuse.ts'
import { sightingsOfMoves } from '../../../src/intrusion/moves/sightings.ts'
import type { Trace } from '../../../src/intrusion/moves/trace.ts'

let record = 0
/** A trace between two hosts, at a second of the day all tests play on. */
function trace(kind: Trace['kind'], at: string, given: Partial<Trace> = {}): Trace {
  record += 1
  const cite = { kind: 'exhibit', sha256: 'a'.repeat(64), file: 'x.evtx', at: { kind: 'record', n: record } } as const
  return { kind, time: `2026-03-02T${at}.000000Z`, from: 'ws-1', to: 'srv-2', account: 'corp\\mei', session: '', cite, ...given }
}

const hosts = { controllers: new Set(['dc-1']), recording: new Set(['srv-2', 'dc-1', 'ws-1']) }
function fuseMoves(traces: readonly Trace[], of = hosts, lots = [traces]): ReturnType<MoveFuser['finish']> {
  const fuser = new MoveFuser(of)
  for (const lot of lots) fuser.add(lot)
  return fuser.finish()
}
const pairs = (traces: readonly Trace[]): string[] =>
  fuseMoves(traces, hosts).moves.map((move) => `${move.from} ${move.to} ${move.account}`)

test('reaching a host is no move, however many records say so', () => {
  const reaching = (['network logon', 'ticket for the host', 'connection', 'share opened'] as const).map((kind) =>
    trace(kind, '08:00:00'),
  )
  expect(pairs(reaching)).toEqual([])
})

test('a process in the session that a logon opened is a move from where the logon came', () => {
  const logon = trace('network logon', '08:00:00', { session: '0x1' })
  const process = trace('process of the session', '08:00:02', { from: '', session: '0x1' })
  expect(pairs([process, logon])).toEqual(['ws-1 srv-2 corp\\mei'])
  expect(pairs([process])).toEqual([])
  expect(pairs([{ ...process, session: '0x2' }, logon])).toEqual([])
  // In the desktop of somebody who is logged on, processes are that person's own.
  expect(fuseMoves([{ ...process }, { ...logon, kind: 'remote desktop' }], hosts).moves.flatMap((move) => move.means)).toEqual([
    'remote desktop',
  ])
})

test('a service without an account belongs to the host that opened the service manager, and to none when two did', () => {
  const service = trace('service installed', '08:00:10', { from: '', account: '' })
  const opened = trace('service manager opened', '08:00:05')
  expect(pairs([opened, service])).toEqual(['ws-1 srv-2 corp\\mei'])
  const both = fuseMoves([opened, trace('service manager opened', '08:00:06', { from: 'ws-9' }), service], hosts).moves
  expect(both.every((move) => !move.means.includes('service installed'))).toBe(true)
  expect(pairs([service])).toEqual([])
})

test('a remote call counts with the logon that answers it, and nowhere on a controller', () => {
  const call = trace('endpoint mapper asked', '08:00:00', { account: '' })
  const answer = trace('network logon', '08:00:01')
  expect(pairs([call])).toEqual([])
  expect(pairs([call, answer])).toEqual(['ws-1 srv-2 corp\\mei'])
  expect(pairs([call, answer].map((one) => ({ ...one, to: 'dc-1' })))).toEqual([])
})

test('what was refused is an attempt', () => {
  const { moves, attempts } = fuseMoves(
    [trace('connection refused', '08:00:00'), trace('endpoint mapper asked', '08:00:00')],
    hosts,
  )
  expect(moves).toEqual([])
  expect(attempts.map((one) => `${one.from} ${one.to}`)).toEqual(['ws-1 srv-2'])
})

test('a computer calling itself moves nowhere', () => {
  for (const from of ['srv-2', 'fe80::1', '127.0.0.1', '::1'])
    expect(pairs([trace('service manager opened', '08:00:00', { from }), trace('task made', '08:00:01', { from })])).toEqual([])
})

test('kinds of records add up to certainty, repetition does not', () => {
  const one = trace('service manager opened', '08:00:00')
  const certainty = (traces: readonly Trace[]): number => fuseMoves(traces, hosts).moves[0]?.certainty ?? 0
  expect(certainty([one, trace('service manager opened', '08:00:30')])).toBe(certainty([one]))
  expect(certainty([one, trace('task made', '08:00:30')])).toBeGreaterThan(certainty([one]))
})

test('who controls ten hosts in a day manages them; a desktop is no sign by itself', () => {
  const rollout = Array.from({ length: 10 }, (_, at) => trace('service manager opened', `08:${10 + at}:00`, { to: `srv-${at}` }))
  expect(sightingsOfMoves(fuseMoves(rollout, hosts).moves)).toEqual([])
  expect(sightingsOfMoves(fuseMoves(rollout.slice(0, 9), hosts).moves)).toHaveLength(9)
  expect(sightingsOfMoves(fuseMoves([trace('remote desktop', '08:00:00')], hosts).moves)).toEqual([])
})

test('moves are the same when records come in lots: a burst and a session go on from one to the next, an hour old session is still known', () => {
  const traces = [
    trace('network logon', '08:00:00', { session: '0x1' }),
    trace('process of the session', '08:00:40', { from: '', session: '0x1' }),
    trace('service manager opened', '08:01:20'),
    trace('service installed', '08:01:50', { from: '', account: '' }),
    trace('network logon', '09:30:00', { from: 'ws-9', session: '0x7' }),
    trace('process of the session', '10:45:00', { from: '', session: '0x1' }),
    trace('process of the session', '10:59:00', { from: '', session: '0x8' }),
    trace('connection refused', '11:00:00', { from: 'ws-3' }),
  ]
  const whole = fuseMoves(traces)
  expect(whole.moves.map((move) => `${move.from} ${move.means.length}`)).toEqual(['ws-1 4', 'ws-1 1'])
  expect(whole.attempts).toHaveLength(1)
  for (const at of [1, 2, 3, 4, 5, 6, 7]) expect(fuseMoves(traces, hosts, [traces.slice(0, at), traces.slice(at)])).toEqual(whole)
  expect(
    fuseMoves(
      traces,
      hosts,
      traces.map((one) => [one]),
    ),
  ).toEqual(whole)
})
