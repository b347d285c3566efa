import { expect, test } from 'vitest'
import { tracePaths } from '../../../src/intrusion/logins/trace-paths.ts'
import { bitsOf, type Sighting } from '../../../src/intrusion/sighting.ts'
import { waysIn } from '../../../src/intrusion/ways-in.ts'
import { memoryGraph } from '../graph/memory-graph.ts'
import { at, sighting } from '../made.ts'
import { session } from './made-edges.ts'

const moved = sighting({
  time: at('10:00'),
  host: 'srv-2',
  account: 'corp\\adm',
  level: 'medium',
  title: 'Controlled from ws-1',
  controlledFrom: 'ws-1',
})
const switched = session('ws-1|0x1', { from: 'host:ws-7', account: 'corp\\noor', at: '09:00', until: '12:00' })

async function traced(given: {
  readonly group?: Sighting[]
  readonly known?: boolean
  readonly usual?: (one: Sighting) => boolean
  readonly homeOf?: (account: string) => number
}) {
  const { groups } = await tracePaths({
    graph: memoryGraph(switched),
    groups: [given.group ?? [moved]],
    known: () => given.known,
    usual: given.usual ?? (() => false),
    ...(given.homeOf === undefined ? {} : { homeOf: given.homeOf }),
  })
  return groups[0] ?? []
}

test('another account and a host new for the first one together add bits; one of them alone, or usual work, adds none', async () => {
  const base = bitsOf('medium')
  expect((await traced({ known: false }))[0]?.bits).toBe(base + 6)
  expect((await traced({ known: true }))[0]?.bits).toBeUndefined()
  expect((await traced({}))[0]?.bits).toBeUndefined()
  expect((await traced({ known: false, usual: () => true }))[0]?.bits).toBeUndefined()
})

test('they add the more bits the more the first account has a home, and none for one that comes from everywhere', async () => {
  const base = bitsOf('medium')
  const homeOf = (share: number) => (account: string) => (account === 'corp\\noor' ? share : 1)
  expect((await traced({ known: false, homeOf: homeOf(0.5) }))[0]?.bits).toBe(base + 3)
  expect((await traced({ known: false, homeOf: homeOf(0.001) }))[0]?.bits).toBeUndefined()
})

test('the step says by which logins it came about', async () => {
  const [one] = await traced({ known: false })
  expect(one?.detail).toContain('ws-7 > ws-1 (noor, ')
  expect(one?.detail).toContain('On ws-1 the account changed from noor to adm.')
  expect(one?.detail).toContain('The account noor, under which that begins, had not been on srv-2 before')
})

test('usual work that logged in from elsewhere is left out of a story; with a story’s own account it stays', async () => {
  const alarm = sighting({ time: at('09:40'), host: 'srv-2', title: 'Web Shell' })
  const usual = (one: Sighting): boolean => one === moved
  expect((await traced({ group: [alarm, moved], usual })).map((one) => one.title)).toEqual(['Web Shell'])
  const own = { ...alarm, account: 'corp\\adm' }
  expect(await traced({ group: [own, moved], usual })).toHaveLength(2)
  expect(await traced({ group: [alarm, moved] })).toHaveLength(2)
})

const cite = moved.cite
const login = { from: '203.0.113.7', to: 'ws-1', account: 'corp\\noor', time: at('09:00'), certainty: 0.8, how: 'type 10', cite }
const path = { logins: [login], certainty: 0.8, switches: [] }

test('logins from outside tell the beginning only where nothing else does; what was seen is then the other reading', () => {
  const first = sighting({ time: at('10:00'), host: 'ws-1' })
  const { entry, alternative } = waysIn({ group: [first], hops: [], path, roles: undefined })
  expect(entry).toMatchObject({ kind: 'rdp', where: '203.0.113.7', certainty: 0.7 })
  expect(alternative).toMatchObject({ kind: 'first-seen', where: 'ws-1' })
  const web = sighting({ time: at('10:00'), host: 'ws-1', techniques: ['T1190'] })
  expect(waysIn({ group: [web], hops: [], path, roles: undefined }).entry).toMatchObject({ kind: 'web-server', where: 'ws-1' })
})

test('logins from inside are no way in but another reading; doubtful ones are not told', () => {
  const first = sighting({ time: at('10:00'), host: 'ws-1' })
  const inside = { ...path, logins: [{ ...login, from: 'ws-7' }], certainty: 0.4 }
  const told = waysIn({ group: [first], hops: [], path: inside, roles: undefined })
  expect(told.entry).toMatchObject({ kind: 'first-seen', where: 'ws-1' })
  expect(told.alternative).toMatchObject({ kind: 'valid-account', where: 'ws-7' })
  const doubtful = { ...inside, certainty: 0.05 }
  expect(waysIn({ group: [first], hops: [], path: doubtful, roles: undefined }).alternative).toBeUndefined()
  expect(waysIn({ group: [first], hops: [], path: undefined, roles: undefined }).alternative).toBeUndefined()
})
