import { expect, test } from 'vitest'
import { entryOf } from '../../src/intrusion/entry.ts'
import { hopsOf } from '../../src/intrusion/movements.ts'
import { followAstray } from '../../src/intrusion/odd/astray.ts'
import { countedUp } from '../../src/intrusion/odd/counted-up.ts'
import { bitsOfRarity, bitsOfRatio, quantile } from '../../src/intrusion/odd/rarity.ts'
import { shownApart, shownBits } from '../../src/intrusion/threshold.ts'
import { composeStories } from '../../src/intrusion/compose.ts'
import { rolesOf } from '../../src/intrusion/usual/roles.ts'
import { joinWaves } from '../../src/intrusion/waves.ts'
import type { Engine } from '../../src/store/index.ts'
import { at, move, sighting } from './made.ts'

const entry = { kind: 'vendor-session', text: 'It begins with a session of the account v.kestrel.' } as const
const strange = sighting({
  time: at('20:00'),
  host: 'vpn-1',
  account: 'v.kestrel',
  sourceIp: '198.51.100.7',
  bits: 6,
  entry,
  eventClass: 'authentication',
  tactics: ['initial-access'],
})
const account = 'meridian\\v.kestrel'

test('a session from a strange place is followed from host to host; its owner at work elsewhere is not', () => {
  const moves = [
    move({ time: at('20:02'), from: 'vpn-1', to: 'jmp-1', account, means: 'remote desktop' }),
    move({ time: at('20:10'), from: 'jmp-1', to: 'fs-1', account, means: 'remote desktop' }),
    move({ time: at('20:11'), from: 'ws-9', to: 'app-1', account, means: 'remote desktop' }),
    move({ time: at('20:12'), from: 'jmp-1', to: 'fs-2', account: 'meridian\\adm.mei', means: 'remote desktop' }),
  ]
  const accesses = [{ account: 'v.kestrel', host: 'vpn-1', time: at('20:00'), strange: true }]
  const astray = followAstray([strange], accesses, moves)
  expect(moves.map((one) => astray.moved(one))).toEqual([true, true, false, false])
  expect(astray.acted(sighting({ time: at('20:30'), host: 'fs-1', account }))).toBe(true)
  expect(astray.acted(sighting({ time: at('20:30'), host: 'app-1', account }))).toBe(false)
})

test('after a session from the usual place the account is its owner’s again', () => {
  const accesses = [
    { account: 'v.kestrel', host: 'vpn-1', time: at('20:00'), strange: true },
    { account: 'v.kestrel', host: 'vpn-1', time: at('21:00'), strange: false },
  ]
  const later = move({ time: at('21:02'), from: 'vpn-1', to: 'jmp-1', account, means: 'remote desktop' })
  expect(followAstray([strange], accesses, [later]).moved(later)).toBe(false)
  const weak = { ...strange, bits: 1 }
  const first = move({ time: at('20:02'), from: 'vpn-1', to: 'jmp-1', account, means: 'remote desktop' })
  expect(followAstray([weak], accesses, [first]).moved(first)).toBe(false)
})

test('what many others did too is worth little, what nobody did is worth much', () => {
  expect(bitsOfRarity(0, 60)).toBeGreaterThan(6)
  expect(bitsOfRarity(20, 60)).toBeLessThan(2)
  expect(bitsOfRarity(0, 1e9)).toBe(10)
  expect(bitsOfRatio(8)).toBe(4)
  expect(bitsOfRatio(1e9)).toBe(8)
  expect(quantile([5, 1, 3], 0.5)).toBe(3)
  expect(quantile([], 0.9)).toBe(0)
})

test('a story of a vendor’s session says so, begins at its address and calls the gateway touched', () => {
  const moves = [
    {
      ...move({ time: at('20:02'), from: 'vpn-1', to: 'jmp-1', account, means: 'remote desktop', control: true }),
      astray: true as const,
    },
  ]
  const on = sighting({ time: at('20:02'), host: 'jmp-1', account, level: 'medium', tactics: ['lateral-movement'], astray: true })
  const [story] = composeStories({ sightings: [strange, on], movements: moves, reads: [], silences: [] }, [[strange, on]])
  expect(story?.initialAccess).toMatchObject({ kind: 'vendor-session', where: '198.51.100.7', text: entry.text })
  expect(story?.hosts.map((host) => [host.name, host.status])).toContainEqual(['jmp-1', 'compromised'])
})

test('a database read from a desk begins at the desk, under an account, and blames nobody', () => {
  const read = sighting({
    time: at('22:00'),
    host: 'crm-db-1',
    account: 'crm_ro',
    from: 'ws-4',
    sourceIp: '10.1.1.4',
    eventClass: 'datastore',
    tactics: ['collection'],
    bits: 8,
  })
  const found = entryOf([read], [])
  expect(found).toMatchObject({ kind: 'valid-account', where: 'ws-4' })
  expect(found?.text).toContain('Who used them is not shown')
  const [story] = composeStories({ sightings: [read], movements: [], reads: [], silences: [] }, [[read]])
  expect(story?.hosts.map((host) => [host.name, host.status])).toEqual([
    ['crm-db-1', 'touched'],
    ['ws-4', 'compromised'],
  ])
})

test('waves of weight join over a pause on a host of their own, not on a shared one, and not where they weigh nothing', () => {
  const wave = (month: string, host: string) => [sighting({ time: `2026-${month}-02T08:00:00.000000Z`, host, account: '' })]
  const join = (host: string, bits: number, shared: boolean) =>
    joinWaves([wave('01', host), wave('05', host)], { weigh: () => bits, shared: () => shared, usualKnown: true })
  expect(join('web-1', 8, false)).toHaveLength(1)
  expect(join('web-1', 2, false)).toHaveLength(2)
  expect(join('jmp-1', 8, true)).toHaveLength(2)
  const apart = joinWaves([wave('01', 'web-1'), wave('05', 'web-2')], { weigh: () => 8, shared: () => false, usualKnown: true })
  expect(apart).toHaveLength(2)
})

test('between two waves the moves of an account are its owner’s; near to what was seen they are the story’s', () => {
  const day = (of: number, clock: string): string => `2026-03-${String(of).padStart(2, '0')}T${clock}:00.000000Z`
  const seen = [2, 20].map((of) => sighting({ time: day(of, '22:00'), host: 'jmp-1', account: 'corp\\adm' }))
  const told = (time: string) => hopsOf(seen, [move({ time, from: 'jmp-1', to: 'srv-1', account: 'corp\\adm' })]).length
  expect(told(day(2, '23:00'))).toBe(1)
  expect(told(day(11, '10:00'))).toBe(0)
})

test('stories below the threshold are leads; short logs show all', () => {
  const story = (score: number) => ({
    ...composeStories({ sightings: [strange], movements: [], reads: [], silences: [] })[0]!,
    score,
  })
  const stories = [story(shownBits), story(shownBits - 0.1)]
  const long = { from: '2026-03-01T00:00:00.000000Z', to: '2026-03-30T00:00:00.000000Z' }
  expect(shownApart(stories, long).stories.map((one) => one.score)).toEqual([shownBits])
  expect(shownApart(stories, long).leads.map((one) => one.score)).toEqual([shownBits - 0.1])
  expect(shownApart(stories, { from: at('00:00'), to: at('23:00') }).stories).toHaveLength(2)
})

test('a count that many addresses share weighs more the longer it is; that of one address weighs by the level of a rule', async () => {
  const counted = async (numbers: number, addresses: number) => {
    const at = ['a'.repeat(64), '', 'line', 1, '2026-03-02 08:00:00.000000'] as const
    const row = {
      host: 'api-1',
      page: '/v1/customers',
      day: '2026-03-02',
      requests: String(numbers),
      numbers: String(numbers),
      addresses: String(addresses),
      bytes: '1000',
      answered: '10',
      first_address: '203.0.113.7',
      first: at,
      last: at,
    }
    const engine = { rows: () => Promise.resolve([row]) } as unknown as Engine
    const period = { loads: [], from: '2026-03-01T00:00:00.000000Z', to: '2026-03-03T00:00:00.000000Z' }
    const [found] = await countedUp({ engine, ...period, nameOf: (one) => one, roles: rolesOf([]), fileOf: (one) => one })
    return found?.bits
  }
  expect(await counted(60, 18)).toBe(8)
  expect(await counted(480, 18)).toBe(11)
  expect(await counted(100_000, 18)).toBe(12)
  expect(await counted(100_000, 1)).toBeUndefined()
})
