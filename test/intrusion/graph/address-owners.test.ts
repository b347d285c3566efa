import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressOwners } from '../../../src/intrusion/graph/address-owners.ts'

type OwnerRun = Parameters<typeof addressOwners>[0][number]

const hour = 3_600_000
const start = Date.parse('2026-03-02T00:00:00Z')
const run = (node: string, first: number, last: number, votes = 5): OwnerRun => ({
  address: '10.0.0.5',
  node,
  first: start + first * hour,
  last: start + last * hour,
  votes,
})
const told = (owners: ReturnType<typeof addressOwners>): string[] =>
  owners.map((one) => `${one.node} ${one.since.slice(5, 16)} ${one.until.slice(5, 16)}`)

test('an address is somebody’s from a day before the first record to a day after the last, and nobody’s beyond', () => {
  expect(told(addressOwners([run('host:a', 0, 2)], []))).toEqual(['host:a 03-01T00:00 03-03T02:00'])
})

test('a new owner has an address from its first record on', () => {
  expect(told(addressOwners([run('host:a', 0, 2), run('host:b', 10, 12)], []))).toEqual([
    'host:a 03-01T00:00 03-02T10:00',
    'host:b 03-02T10:00 03-03T12:00',
  ])
})

test('one weak record of somebody else between records of one owner changes nothing; several do', () => {
  expect(told(addressOwners([run('host:a', 0, 2), run('host:b', 3, 3, 1), run('host:a', 4, 6)], []))).toEqual([
    'host:a 03-01T00:00 03-03T06:00',
  ])
  expect(addressOwners([run('host:a', 0, 2), run('host:b', 3, 3, 3), run('host:a', 4, 6)], [])).toHaveLength(3)
})

test('a session that lent an address comes before what hosts say of it, and ends when the next begins', () => {
  const lent = [
    { address: '10.0.0.5', node: 'vpn:a|1', since: start + hour, until: start + 2 * hour },
    { address: '10.0.0.5', node: 'vpn:b|2', since: start + 3 * hour },
    { address: '10.0.0.5', node: 'vpn:c|3', since: start + 4 * hour, until: start + 5 * hour },
  ]
  expect(told(addressOwners([run('host:a', 0, 6)], lent))).toEqual([
    'host:a 03-01T00:00 03-02T01:00',
    'vpn:a|1 03-02T01:00 03-02T02:00',
    'host:a 03-02T02:00 03-02T03:00',
    'vpn:b|2 03-02T03:00 03-02T04:00',
    'vpn:c|3 03-02T04:00 03-02T05:00',
    'host:a 03-02T05:00 03-03T06:00',
  ])
})

test('intervals of one address never overlap and are never empty', () => {
  const node = fc.constantFrom('host:a', 'host:b', 'host:c')
  const runs = fc
    .array(fc.tuple(node, fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 5 })), {
      maxLength: 8,
    })
    .map((all) => {
      let at = 0
      return all.map(([name, gap, length, votes]) => {
        const first = at + gap
        at = first + length
        return run(name, first, at, votes)
      })
    })
  const lent = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 200 }), fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined })), {
      maxLength: 4,
    })
    .map((all) =>
      all.map(([since, length], index) => ({
        address: '10.0.0.5',
        node: `vpn:u|${index}`,
        since: start + since * hour,
        ...(length === undefined ? {} : { until: start + (since + length) * hour }),
      })),
    )
  fc.assert(
    fc.property(runs, lent, (some, sessions) => {
      const owners = addressOwners(some, sessions)
      for (const [index, one] of owners.entries()) {
        expect(one.since < one.until).toBe(true)
        const next = owners[index + 1]
        if (next !== undefined) expect(one.until <= next.since).toBe(true)
      }
    }),
  )
})
