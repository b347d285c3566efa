import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Edge, GraphReader } from '../../../src/intrusion/graph/edge.ts'
import { memoryGraph } from '../../../src/intrusion/graph/memory-graph.ts'
import { hostsOf } from '../../../src/intrusion/search/hosts.ts'
import { searchStories, type SearchAnswer } from '../../../src/intrusion/search/search-stories.ts'
import type { Tree } from '../../../src/intrusion/search/tree.ts'
import { caseOf, search, type Case } from './case.ts'

const kinds = [
  'starts',
  'runs',
  'logon',
  'relay',
  'persists',
  'triggers',
  'web-request',
  'sends',
  'queries',
  'writes',
  'credential',
  'uses',
] as const
const shapes: Readonly<Record<(typeof kinds)[number], readonly [string, string]>> = {
  starts: ['proc', 'proc'],
  runs: ['sess', 'proc'],
  logon: ['proc', 'sess'],
  relay: ['sess', 'host'],
  persists: ['sess', 'keep'],
  triggers: ['keep', 'proc'],
  'web-request': ['web', 'proc'],
  sends: ['proc', 'addr'],
  queries: ['sess', 'obj'],
  writes: ['proc', 'file'],
  credential: ['proc', 'acct'],
  uses: ['acct', 'sess'],
}

function nameOf(kind: string, at: { readonly host: number; readonly n: number }): string {
  if (kind === 'web' || kind === 'addr') return `${kind}:203.0.113.${at.n}`
  if (kind === 'acct') return `acct:corp\\u${at.n}`
  return kind === 'host' ? `host:h-${at.host}` : `${kind}:h-${at.host}|${at.n}`
}

const place = fc.record({ host: fc.integer({ min: 0, max: 4 }), n: fc.integer({ min: 0, max: 4 }) })
const line = fc
  .record({
    kind: fc.constantFrom(...kinds),
    from: place,
    to: place,
    minute: fc.integer({ min: 0, max: 900 }),
    lasts: fc.constantFrom(0, 0, 0, 90),
    bits: fc.integer({ min: 0, max: 9 }),
    sure: fc.constantFrom(0.3, 0.5, 0.9, 1),
    mark: fc.constantFrom(
      '',
      '',
      '',
      '',
      '!low:discovery',
      '!medium:execution',
      '!high:execution',
      '!critical:credential-access',
    ),
  })
  .map(({ kind, from, to, minute, lasts, bits, sure, mark }) => {
    const same = kind !== 'logon' && kind !== 'uses' && kind !== 'web-request'
    const [source, target] = shapes[kind]
    const clock = (at: number): string => `${Math.floor(at / 60)}:${at % 60}`
    const until = lasts === 0 ? '' : `until=${clock(minute + lasts)}`
    const bytes = kind === 'sends' ? 'bytes=5000000' : ''
    return `${clock(minute)} ${nameOf(source, from)} > ${nameOf(target, same ? { ...to, host: from.host } : to)} ${kind} ${until} bits=${bits} sure=${sure} ${bytes} ${mark}`
  })
const cases = fc.uniqueArray(line, { minLength: 5, maxLength: 60 }).map((lines) => caseOf(...lines))

function plain(answer: SearchAnswer): unknown {
  return { ...answer, stories: answer.stories.map((story) => ({ ...story, sightings: [...story.sightings] })) }
}

/** Moments at which an influence can run down the tree, by node; undefined when some edge would have to run backward. */
function arrivals(tree: Tree): ReadonlyMap<string, number> | undefined {
  const into = new Map(tree.edges.map((edge) => [edge.dst, edge]))
  const known = new Map([[tree.entry.node, Number.NEGATIVE_INFINITY]])
  const arrive = (node: string): number => {
    const at = known.get(node)
    if (at !== undefined) return at
    const edge = into.get(node) as Edge
    const before = arrive(edge.src)
    const late = before > Date.parse(edge.t1) + 2_000
    known.set(node, late ? Number.NaN : Math.max(before, Date.parse(edge.t0)))
    return known.get(node) as number
  }
  for (const edge of tree.edges) if (Number.isNaN(arrive(edge.dst))) return undefined
  return known
}

test('every story is a tree of edges that were given, monotone in time from its entry', async () => {
  let joined = 0
  await fc.assert(
    fc.asyncProperty(cases, async (of) => {
      const { stories } = await search(of)
      const given = new Set<Edge>(of.edges)
      for (const story of stories) {
        expect(arrivals(story)).toBeDefined()
        const before = new Set([story.entry.node])
        for (const edge of story.edges) {
          expect(before.has(edge.src)).toBe(true)
          before.add(edge.dst)
        }
        expect(story.nodes.map((node) => node.id).sort()).toEqual(
          [story.entry.node, ...story.edges.map((edge) => edge.dst)].sort(),
        )
        for (const edge of story.edges) if (edge.kind !== 'seen-with') expect(given.has(edge)).toBe(true)
        joined += story.edges.length
      }
    }),
    { numRuns: 300, seed: 11 },
  )
  expect(joined).toBeGreaterThan(100)
})

test('edges and detections in any order give the same stories', async () => {
  await fc.assert(
    fc.asyncProperty(
      cases.chain((of) =>
        fc.record({
          of: fc.constant(of),
          edges: fc.shuffledSubarray([...of.edges], { minLength: of.edges.length }),
          sightings: fc.shuffledSubarray([...of.sightings], { minLength: of.sightings.length }),
        }),
      ),
      async ({ of, edges, sightings }) => {
        const straight = plain(await search(of))
        expect(plain(await search({ edges, sightings }))).toEqual(straight)
        const inside = memoryGraph(edges)
        const turned: GraphReader = {
          ...inside,
          into: async (...asked) => (await inside.into(...asked)).toReversed(),
          outOf: async (...asked) => (await inside.outOf(...asked)).toReversed(),
        }
        expect(plain(await searchStories({ graph: turned, sightings }))).toEqual(straight)
      },
    ),
    { numRuns: 200, seed: 12 },
  )
})

test('without detections there is no story, and no detection is lost or told of twice as unjoined', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async (of) => {
      expect((await search({ ...of, sightings: [] })).stories).toEqual([])
      const { stories, unjoined } = await search(of)
      const told = new Set(stories.flatMap((story) => [...story.sightings.values()].flat()))
      for (const one of of.sightings) expect(told.has(one) !== unjoined.includes(one)).toBe(true)
      for (const one of of.sightings) if (one.level === 'high' || one.level === 'critical') expect(told.has(one)).toBe(true)
    }),
    { numRuns: 200, seed: 13 },
  )
})

const attack = `
  9:00 web:203.0.113.7 > proc:h-0|shell web-request bits=7 sure=0.9 !high:persistence
  9:05 proc:h-0|shell > proc:h-0|dump starts bits=5 !high:credential-access
  9:30 proc:h-0|shell > sess:h-1|evil logon by=corp\\svc bits=6
  9:31 sess:h-1|evil > proc:h-1|tool runs bits=6 !critical:lateral-movement
  9:41 sess:h-1|evil > obj:h-1|crm.people queries bits=5`

test('ordinary edges around a story add no compromised host', async () => {
  const compromised = (stories: readonly Tree[]): string[] =>
    stories.flatMap((story) => hostsOf(story).flatMap(({ name, status }) => (status === 'compromised' ? [name] : []))).sort()
  const noise: fc.Arbitrary<Case> = fc.uniqueArray(line, { minLength: 1, maxLength: 80 }).map((lines) => {
    const ordinary = lines
      .filter((one) => !one.includes('web-request'))
      .map((one) => one.replace(/bits=\d/, 'bits=0').replace(/!\S+/, ''))
    return caseOf(attack, ...ordinary)
  })
  await fc.assert(
    fc.asyncProperty(noise, async (of) => {
      expect(compromised((await search(of)).stories)).toEqual(['h-0', 'h-1'])
    }),
    { numRuns: 300, seed: 14 },
  )
})
