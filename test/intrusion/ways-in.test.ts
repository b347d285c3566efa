import { expect, test } from 'vitest'
import type { WayIn } from '../../src/intrusion/story.ts'
import { waysIn } from '../../src/intrusion/ways-in.ts'
import { at, sighting } from './made.ts'

const first = sighting({ time: at('10:00'), host: 'ws-1' })
const arrival: WayIn = {
  kind: 'mail',
  where: 'ws-1',
  time: at('09:50'),
  certainty: 0.8,
  text: 'It begins with a mail.',
  cites: [first.cite],
}
const login = {
  from: '203.0.113.7',
  to: 'ws-1',
  account: 'corp\\noor',
  time: at('09:00'),
  certainty: 0.8,
  how: 'type 10',
  cite: first.cite,
}
const path = { logins: [login], certainty: 0.8, switches: [] }

test('what the first process descends from comes before a first step and before logins; these stay as the other reading', () => {
  expect(waysIn({ group: [first], hops: [], path: undefined, arrival, roles: undefined })).toEqual({ entry: arrival })
  const both = waysIn({ group: [first], hops: [], path, arrival, roles: undefined })
  expect(both.entry?.kind).toBe('mail')
  expect(both.alternative).toBeDefined()
})

test('a weaker arrival is the other reading, never the beginning', () => {
  const weak = { ...arrival, kind: 'pam-session' as const, certainty: 0.2 }
  const told = waysIn({ group: [first], hops: [], path, arrival: weak, roles: undefined })
  expect(told.entry?.kind).toBe('rdp')
  expect(waysIn({ group: [first], hops: [], path: undefined, arrival: weak, roles: undefined }).entry?.kind).toBe('first-seen')
})

test('a sighting that is itself a way in stays one', () => {
  const shell = sighting({ time: at('09:00'), host: 'web-1', techniques: ['T1505.003'] })
  const told = waysIn({ group: [shell, first], hops: [], path: undefined, arrival, roles: undefined })
  expect(told.entry?.kind).toBe('web-server')
  expect(told.alternative?.kind).toBe('mail')
})

test('no way in cites a record twice', () => {
  const shell = sighting({ time: at('09:00'), host: 'web-1', techniques: ['T1505.003'] })
  const told = waysIn({ group: [shell, { ...shell, rule: 'another' }], hops: [], path: undefined, roles: undefined })
  expect(told.entry?.cites).toEqual([shell.cite])
})
