import { expect, test } from 'vitest'
import { blocksOf, placesIn, sizeOf } from '../../web/src/how-in/graph-blocks.ts'
import { neighbour } from '../../web/src/how-in/graph-keys.ts'
import { graphOf } from '../../web/src/how-in/graph-parts.ts'
import { lanesOf, lanesThatSayMost } from '../../web/src/how-in/lanes.ts'
import { madeUpView } from '../sharing/made-up-view.ts'

const made = madeUpView().stories?.stories[0]
if (made === undefined) throw new Error('the made-up case has a story')
const hop = (from: string, to: string, time = '2026-08-20T01:05:00.000000Z', account = 'corp\\adm') => ({
  from,
  to,
  account,
  time,
  means: 'logon',
  certainty: 1,
  cites: [],
})
const story = { ...made, lateralMovement: [hop('web-01', 'app-02'), hop('app-02', 'cdr-db'), hop('web-01', 'aside')] }

test('the way to the data is marked, other moves and the reverse of it are not; labels leave the domain out', () => {
  const { edges } = graphOf(
    { ...story, lateralMovement: [...story.lateralMovement, hop('app-02', 'web-01')] },
    { paths: [['web-01', 'app-02', 'cdr-db']] },
  )
  const marked = edges.flatMap((one) => (one.path ? [`${one.from} ${one.to}`] : []))
  expect(marked).toEqual(['outside host:web-01', 'host:web-01 host:app-02', 'host:app-02 host:cdr-db'])
  expect(edges.at(-1)?.label).toBe('adm')
})

test('where it begins at an address outside, that is the outside; links that are no moves are drawn, moves are not drawn twice', () => {
  const access = { kind: 'vpn', where: '203.0.113.9', time: story.from, certainty: 0.8, text: 'A session.', cites: [] } as const
  const link = (from: string, to: string) => ({ from, to, time: story.from, means: 'control' })
  const { nodes, edges } = graphOf(
    { ...story, initialAccess: access },
    {
      paths: [['203.0.113.9', 'web-01', 'app-02']],
      links: [link('203.0.113.9', 'web-01'), link('web-01', 'app-02'), link('app-02', 'nowhere')],
    },
  )
  expect(nodes.filter((one) => one.shape === 'outside').map((one) => one.label)).toEqual(['203.0.113.9'])
  expect(nodes.some((one) => one.id === 'host:203.0.113.9' || one.id === 'host:nowhere')).toBe(false)
  expect(edges.filter((one) => one.path).map((one) => `${one.from} ${one.to}`)).toEqual([
    'host:web-01 host:app-02',
    'outside host:web-01',
  ])
  expect(edges.filter((one) => one.from === 'host:web-01' && one.to === 'host:app-02').length).toBe(1)
})

test('no node and edge share an id: the drawing would lose one of them', () => {
  const { nodes, edges } = graphOf(story, { open: ['host:web-01', 'host:app-02', 'host:cdr-db'] })
  const ids = [...nodes, ...edges].map((one) => one.id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.length).toBeGreaterThan(10)
})

test('a host unfolds to its accounts, tactics and data; one that is not open shows none of them', () => {
  const reached = [
    { what: 'cdr.voice on cdr-db', kind: 'database object', text: 't', cites: [], data: data('cdr-db', 'read') },
    { what: 'archive on app-02', kind: 'file', text: 't', cites: [], data: data('app-02', 'staged') },
  ]
  const closed = graphOf({ ...story, reached })
  expect(closed.nodes.every((one) => !['account', 'data', 'tactic'].includes(one.shape))).toBe(true)
  const open = graphOf({ ...story, reached }, { open: ['host:cdr-db', 'host:nowhere'] })
  const added = open.nodes.filter((one) => !closed.nodes.some((other) => other.id === one.id))
  expect(added.filter((one) => one.shape === 'data').map((one) => one.label)).toEqual(['cdr.voice'])
  expect(added.some((one) => one.shape === 'account' && one.label === 'adm')).toBe(true)
  const ids = new Set(open.nodes.map((one) => one.id))
  expect(open.edges.every((one) => ids.has(one.from) && ids.has(one.to))).toBe(true)
})

test('of many hosts the path and the compromised come first, the others are folded at the host they were reached from', () => {
  const many = Array.from({ length: 700 }, (_, n) => hop('app-02', `h${n}`))
  const large = { ...story, lateralMovement: [...story.lateralMovement, ...many] }
  const closed = graphOf(large, { paths: [['web-01', 'app-02', 'h699']] })
  expect(closed.nodes.length).toBeLessThan(80)
  expect(closed.nodes.some((one) => one.id === 'host:h699')).toBe(true)
  const [more] = closed.nodes.filter((one) => one.shape === 'more')
  expect(more?.id).toBe('more:app-02')
  expect(closed.left).toBe(0)
  const hidden = Number(more?.label.split(' ')[0])
  expect(hidden + closed.nodes.filter((one) => one.id.startsWith('host:')).length).toBe(lanesOf(large).length)
  const open = graphOf(large, { open: ['more:app-02'] })
  expect(open.nodes.length).toBeGreaterThan(450)
  expect(open.nodes.length).toBeLessThanOrEqual(500)
  const ids = new Set(open.nodes.map((one) => one.id))
  expect(open.edges.every((one) => ids.has(one.from) && ids.has(one.to))).toBe(true)
})

test('what fans out from one host stands in a block whose places do not meet; a chain is no block', () => {
  const fan = graphOf({ ...story, lateralMovement: Array.from({ length: 30 }, (_, n) => hop('web-01', `h${n}`)) })
  const blocks = blocksOf(fan.nodes, fan.edges)
  const [block] = blocks.filter((one) => one.parent === 'host:web-01')
  expect(block?.cells.length).toBe(30)
  if (block === undefined) return
  const places = Object.values(placesIn(block, { x: 0, y: 0 }))
  expect(new Set(places.map(({ x, y }) => `${x} ${y}`)).size).toBe(30)
  const { width, height } = sizeOf(block)
  expect(places.every(({ x, y }) => Math.abs(x) < width / 2 && Math.abs(y) < height / 2)).toBe(true)
  expect(width / height).toBeGreaterThan(0.5)
  const chain = graphOf({ ...story, lateralMovement: Array.from({ length: 30 }, (_, n) => hop(`c${n}`, `c${n + 1}`)) })
  expect(blocksOf(chain.nodes, chain.edges).filter((one) => one.parent !== undefined)).toEqual([])
})

test('arrows lead to the nearest node in their direction and nowhere past the edge; other keys are none of theirs', () => {
  const places = { a: { x: 0, y: 0 }, b: { x: 100, y: 10 }, c: { x: 90, y: 80 }, d: { x: -50, y: 0 } }
  expect(neighbour(places, 'a', 'ArrowRight')).toBe('b')
  expect(neighbour(places, 'a', 'ArrowDown')).toBe('c')
  expect(neighbour(places, 'a', 'ArrowLeft')).toBe('d')
  expect(neighbour(places, 'd', 'ArrowLeft')).toBe('d')
  expect(neighbour(places, 'a', 'j')).toBeUndefined()
  expect(neighbour(places, 'gone', 'ArrowLeft')).toBeUndefined()
})

test('of too many lanes those stay that say most, in the order of all', () => {
  const many = Array.from({ length: 50 }, (_, n) => hop('app-02', `h${n}`, '2026-08-13T01:05:00.000000Z'))
  const lanes = lanesThatSayMost({ ...story, lateralMovement: [...many, ...story.lateralMovement] }, 5)
  expect(lanes.length).toBe(5)
  expect(lanes).toContain('web-01')
  expect(lanes).toContain('app-02')
  const all = lanesOf({ ...story, lateralMovement: [...many, ...story.lateralMovement] })
  expect(lanes).toEqual(all.filter((host) => lanes.includes(host)))
})

function data(host: string, certainty: 'read' | 'staged') {
  return { certainty, host, accounts: ['corp\\adm'], peers: [], records: 1, categories: [] }
}
