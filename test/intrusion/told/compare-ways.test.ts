import { expect, test } from 'vitest'
import { composeStories } from '../../../src/intrusion/compose.ts'
import type { Story } from '../../../src/intrusion/story.ts'
import { waysOf } from '../../../src/intrusion/told/compare-ways.ts'
import { at, move, sighting } from '../made.ts'

const chain = [
  sighting({ time: at('08:00'), host: 'web-1', title: 'Web Shell', tactics: ['persistence'], techniques: ['T1505.003'] }),
  sighting({ time: at('09:00'), host: 'web-1', title: 'Hive Saved', account: 'corp\\svc' }),
  sighting({ time: at('11:00'), host: 'app-2', title: 'Service Installed', account: 'corp\\svc' }),
  sighting({ time: at('12:00'), host: 'dc-3', title: 'Directory Copied', level: 'critical' }),
]
const moves = [
  move({ time: at('10:55'), from: 'web-1', to: 'app-2' }),
  move({ time: at('11:50'), from: 'app-2', to: 'dc-3', account: 'corp\\adm' }),
]

function storyOf(sightings: typeof chain, movements = moves): Story {
  const [story, ...others] = composeStories({ sightings, movements, reads: [], silences: [] })
  if (story === undefined || others.length > 0) throw new Error('the test wants one story')
  return story
}

test('the way in as told explains what its moves lead to; the alternative begins later and its contradiction is said', () => {
  const { told, other } = waysOf(storyOf(chain))
  expect(told).toMatchObject({ where: 'web-1', follows: [1, 2, 3, 4], apart: [], against: [], hosts: ['web-1', 'app-2', 'dc-3'] })
  expect(told?.paths).toEqual([['web-1', 'app-2', 'dc-3']])
  expect(other).toMatchObject({ where: 'app-2', follows: [3, 4], apart: [1, 2] })
  expect(other?.against.map((one) => one.text)[0]).toContain('reached from web-1')
  expect(other?.certainty).toBeUndefined()
})

test('a step that no move leads to stands apart, and a beginning there that explains little is no alternative', () => {
  const etl = sighting({ time: at('12:30'), host: 'crm-9', title: 'Table Copied', account: 'corp\\svc' })
  const { told, other } = waysOf(storyOf([...chain, etl]))
  expect(told?.apart).toEqual([5])
  expect(other?.where).not.toBe('crm-9')
})

test('a step before its host was reached does not follow from the move that comes later', () => {
  const early = sighting({ time: at('08:30'), host: 'app-2', title: 'Something Before', account: 'corp\\svc' })
  const { told } = waysOf(storyOf([...chain, early]))
  expect(told?.apart).toEqual([2])
})

test('a beginning that nothing contradicts comes before one that explains more but was reached', () => {
  const earlier = [
    sighting({ time: at('07:10'), host: 'pc-7', title: 'Mail Opened', account: 'corp\\svc' }),
    sighting({ time: at('07:20'), host: 'pc-7', title: 'Script Run', account: 'corp\\svc' }),
  ]
  const { told, other } = waysOf(storyOf([...earlier, ...chain]))
  expect(told?.where).toBe('web-1')
  expect(other).toMatchObject({ where: 'pc-7', follows: [1, 2], against: [] })
})

test('control that only a step tells of, out of a gateway, leads on; the gateway itself is no other beginning', () => {
  const cite = { kind: 'exhibit', sha256: 'c'.repeat(64), file: 'vpn.log', at: { kind: 'line', n: 7 } } as const
  const session = sighting({ time: at('07:00'), host: 'gw-1', title: 'Session', account: 'corp\\vendor', cite })
  const inside = sighting({
    time: at('07:02'),
    host: 'jump-2',
    title: 'Controlled from gw-1',
    account: 'corp\\vendor',
    controlledFrom: 'gw-1',
  })
  const story = storyOf([session, inside], [])
  const entry = {
    kind: 'vpn',
    where: '203.0.113.9',
    time: at('07:00'),
    certainty: 0.8,
    text: 'A session.',
    cites: [cite],
  } as const
  const { told, other } = waysOf({ ...story, initialAccess: entry })
  expect(told).toMatchObject({ follows: [1, 2], hosts: ['203.0.113.9', 'gw-1', 'jump-2'] })
  expect(other?.where).toBe('jump-2')
  expect(other?.against.map((one) => one.text)).toHaveLength(1)
})

test('data read from a host ties it to the host of the data, data that lay open does not', () => {
  const reached = (certainty: 'read' | 'could be reached') => {
    const data = { certainty, host: 'db-8', peers: ['dc-3'], accounts: [], records: 1, categories: [], first: at('12:10') }
    return [{ what: 'cdr', kind: 'database object', text: 't', cites: [], data }]
  }
  const read = sighting({ time: at('12:20'), host: 'db-8', title: 'Rows Read', account: 'corp\\svc' })
  const story = storyOf([...chain, read])
  expect(waysOf({ ...story, reached: reached('read') }).told?.apart).toEqual([])
  expect(waysOf({ ...story, reached: reached('could be reached') }).told?.apart).toEqual([5])
})

test('a next best beginning that the story itself tells is the alternative, followed over its logins', () => {
  const story = storyOf(chain)
  const cite = { kind: 'exhibit', sha256: 'd'.repeat(64), file: 'gw.log', at: { kind: 'line', n: 3 } } as const
  const login = { from: '203.0.113.9', to: 'web-1', account: 'corp\\v', time: at('07:30'), certainty: 0.5, how: 'type 10', cite }
  const [first, ...rest] = story.lateralMovement
  if (first === undefined) throw new Error('the story has moves')
  const logins = { logins: [login], certainty: 0.5, switches: [] }
  const alternative = {
    kind: 'vpn',
    where: '203.0.113.9',
    time: at('07:30'),
    certainty: 0.4,
    text: 'By a login.',
    cites: [cite],
  } as const
  const { other } = waysOf({ ...story, alternative, lateralMovement: [{ ...first, logins }, ...rest] })
  expect(other).toMatchObject({ where: '203.0.113.9', certainty: 0.4, apart: [], against: [] })
  expect(other?.hosts).toEqual(['203.0.113.9', 'web-1', 'app-2', 'dc-3'])
})

test('one host alone has no alternative', () => {
  const { told, other } = waysOf(storyOf(chain.slice(0, 2), []))
  expect(told?.follows).toEqual([1, 2])
  expect(other).toBeUndefined()
})
