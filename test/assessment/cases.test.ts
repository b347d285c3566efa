import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { assess, type AssessedPart, type ClaimPicture, type Findings, type SampleFindings } from '../../src/assessment/index.ts'
import type { Reading, Thread } from '../../src/claims/index.ts'
import type { Cite } from '../../src/evidence/index.ts'
import type { Entry } from '../../src/inventory/index.ts'
import type { Verdict } from '../../src/provenance/index.ts'

const folder = path.resolve(import.meta.dirname, '../cases/assessment')

/** An invented claim, and what was found. */
interface Given {
  readonly operator: string
  readonly readings: readonly (Pick<Reading, 'kind' | 'text'> & Partial<Reading>)[]
  readonly posts: readonly { readonly day: string; readonly attachments: readonly string[] }[]
  /** Files attached to a post of another claim. */
  readonly elsewhere?: readonly string[]
  readonly inventory: readonly Entry[]
  readonly pictures?: readonly ClaimPicture[]
  readonly samples?: readonly GivenSample[]
}

interface GivenSample {
  readonly name: string
  readonly rows: number
  readonly verdict: Verdict['verdict']
  readonly statement: string
  readonly holder?: string
  readonly asOf?: readonly [string, string]
  readonly cite: Cite
}

interface WantedPart {
  readonly status: string
  readonly strength: string
  readonly ground?: string
  /** Beginnings of the sentences on each side: all of them. */
  readonly for: readonly string[]
  readonly against: readonly string[]
  /** Places among the cites of the grounds. */
  readonly cites: readonly string[]
}

interface Wanted {
  readonly parts: Readonly<Record<string, WantedPart>>
  readonly says: readonly string[]
  readonly never: readonly string[]
}

const read = (name: string, file: string): unknown => JSON.parse(readFileSync(path.join(folder, name, file), 'utf8'))
const post: Cite = { kind: 'exhibit', sha256: 'c'.repeat(64), file: 'post.json', at: { kind: 'record', n: 2 } }

function thread(id: string, given: Pick<Given, 'posts' | 'readings'>): Thread {
  return {
    id: `thread:${id}`,
    actor: id,
    victims: [],
    posts: given.posts.map(({ day, attachments }) => ({
      at: { at: `${day}T08:00:00.000000Z`, zone: 'stated' },
      channel: id,
      source: 'actor',
      text: '',
      attachments: attachments.map((file) => ({ file })),
      cite: post,
    })),
    assertions: [],
    readings: given.readings.map((one, n): Reading => ({ id: `R${n + 1}`, by: 'actor', cite: post, ...one })),
    demands: [],
    deadlines: [],
    statements: [],
    thirdParties: [],
  }
}

function sample({ name, rows, verdict, statement, holder, asOf, cite }: GivenSample): SampleFindings {
  const real = verdict === 'agrees-with-copy'
  const provenance: Verdict = {
    rows,
    read: rows,
    identified: rows,
    columns: [{ name: 'tel', meaning: 'msisdn' }],
    kind: {
      real: real ? 0.9999 : 0,
      recycled: verdict === 'recycled' ? 0.9999 : 0,
      fabricated: verdict === 'fabricated' ? 0.9999 : 0,
      mixed: 0,
      combo: 0,
    },
    sources:
      holder === undefined
        ? []
        : [
            {
              copy: 'k',
              holder,
              system: 'CRM',
              posterior: 1,
              log10LR: 6,
              rowsInside: rows,
              rowsAgreeing: rows,
              ...(asOf === undefined ? {} : { asOf: { day: asOf[0], from: asOf[0], to: asOf[1] } }),
              alsoHeldBy: [],
              fields: [],
              cites: [],
            },
          ],
    unknownCopy: 0,
    knownLeaks: [],
    fabricated: 0,
    padding: { rows: 0 },
    verdict,
    statement,
    grounds: [{ text: 'Row by row.', cites: [cite] }],
    prior: '',
    calibration: '',
  }
  return { name, cite, provenance }
}

function findings(given: Given): Findings {
  return {
    operator: given.operator,
    coverage: { sources: [], gaps: [] },
    inventory: given.inventory.map((one) => ({
      ...one,
      entry: `${one.kind}:${one.id}`,
      revision: 1,
    })) as Findings['inventory'] & {},
    ...(given.pictures === undefined ? {} : { pictures: given.pictures }),
    ...(given.samples === undefined ? {} : { samples: given.samples.map(sample) }),
  }
}

function place(cite: Cite): string {
  if (cite.kind === 'inventory') return cite.entry
  if (cite.kind !== 'exhibit') return cite.kind
  return cite.at.kind === 'region' ? `${cite.file} region ${cite.at.x},${cite.at.y}` : cite.file
}

const names = readdirSync(folder).filter((name) => name !== 'replays')

test.each(names)('A17, A18: %s', (name) => {
  const given = read(name, 'in.json') as Given
  const wanted = read(name, 'want.json') as Wanted
  const other = thread('other', { posts: [{ day: '2026-10-05', attachments: given.elsewhere ?? [] }], readings: [] })
  const threads = [thread('x', given), ...(given.elsewhere === undefined ? [] : [other])]
  const assessment = assess(threads, findings(given))
  const parts = new Map((assessment.threads?.[0]?.parts ?? []).map((one) => [one.part, one] as const))
  const begins = (all: AssessedPart['for'], starts: readonly string[]): void => {
    expect(all.map(({ text }, at) => text.slice(0, starts[at]?.length ?? text.length))).toEqual(starts)
  }
  for (const [kind, want] of Object.entries(wanted.parts)) {
    const part = parts.get(kind as AssessedPart['part'])
    expect([kind, part?.status, part?.strength]).toEqual([kind, want.status, want.strength])
    if (want.ground !== undefined) expect(part?.ground.text).toBe(want.ground)
    begins(part?.for ?? [], want.for)
    begins(part?.against ?? [], want.against)
    const cited = [part?.ground, ...(part?.for ?? []), ...(part?.against ?? [])].flatMap((one) => one?.cites.map(place) ?? [])
    expect(cited).toEqual(expect.arrayContaining([...want.cites]))
    if (part?.status === 'open') expect(part.missing.length).toBeGreaterThan(0)
  }
  const told = [...parts.values()].filter(({ part }) => part in wanted.parts)
  const text = JSON.stringify(told.map((one) => [one.ground, one.for, one.against, one.missing]))
  for (const words of wanted.says) expect(text).toContain(words)
  for (const words of wanted.never) expect(text).not.toContain(words)
})

test('A17: what decides without a picture is neither stronger nor weaker with one', () => {
  const given = read('picture-of-ours', 'in.json') as Given
  const story: NonNullable<Findings['stories']> = {
    stories: [
      {
        id: 'S1',
        score: 45,
        from: '2026-09-02T08:00:00.000000Z',
        to: '2026-09-02T12:00:00.000000Z',
        title: '',
        hosts: [{ name: 'crm-01', status: 'compromised', cites: [post] }],
        accounts: [],
        lateralMovement: [],
        steps: [],
        reached: [],
        gaps: [],
      },
    ],
    detections: 0,
    events: 0,
    unjoined: 0,
  }
  const partsOf = (more: Partial<Findings>) => {
    const parts = assess([thread('x', given)], { ...findings(given), stories: story, ...more }).threads?.[0]?.parts ?? []
    return new Map(parts.map((one) => [one.part, one] as const))
  }
  const [plain, pictured] = [partsOf({ pictures: [] }), partsOf({})]
  for (const kind of ['access', 'system'] as const) {
    expect(pictured.get(kind)).toMatchObject({
      status: 'supported',
      strength: plain.get(kind)?.strength,
      ground: plain.get(kind)?.ground,
    })
  }
  expect(pictured.get('system')?.against).toHaveLength(1)
  expect(plain.get('system')?.against).toEqual([])
})

test('A17: where no words name a system, the one a picture can be of is judged; a picture of another claim says nothing', () => {
  const given = read('picture-of-ours', 'in.json') as Given
  const mute = thread('x', { ...given, readings: [{ kind: 'possession', text: 'We have it all.' }] })
  const systemOf = (threads: readonly Thread[]): AssessedPart | undefined =>
    assess(threads, findings(given)).threads?.[0]?.parts.find(({ part }) => part === 'system')
  expect(systemOf([mute])).toMatchObject({
    proposition: 'It was a system that a picture can be of.',
    asserted: [],
    status: 'open',
    strength: 'weak',
  })
  const without = thread('x', { posts: [{ day: '2026-10-05', attachments: [] }], readings: mute.readings ?? [] })
  expect(systemOf([without, thread('other', { posts: given.posts, readings: [] })])).toBeUndefined()
  // Two exports that both hold a photo_1.png: the bytes tell them apart.
  const held = (id: string, sha256: string, readings: Given['readings']): Thread => {
    const one = thread(id, { posts: given.posts, readings })
    const cite: Cite = { kind: 'exhibit', sha256, file: 'claim/photo_1.png', at: { kind: 'whole' } }
    return { ...one, posts: one.posts.map((posted) => ({ ...posted, attachments: [{ file: 'photo_1.png', cite }] })) }
  }
  const [own, others] = ['a'.repeat(64), 'b'.repeat(64)]
  expect(systemOf([held('x', others, mute.readings ?? []), held('other', own, [])])).toBeUndefined()
  expect(systemOf([held('x', own, mute.readings ?? []), held('other', others, [])])).toMatchObject({ strength: 'weak' })
})

test.each([
  ['can', 'can', 'for', 'weak', 'Tables of CRM can have produced the sample.'],
  ['cannot', 'cannot', 'against', 'weak', 'Tables of CRM cannot have produced the sample: it holds no such column.'],
  ['is not decided', 'not-decided', undefined, 'none', 'Nothing at hand shows or excludes that it was CRM.'],
] as const)(
  'A20: with nothing registered, a system named that %s have produced the sample',
  (_, standing, side, strength, text) => {
    const given = read('picture-of-ours', 'in.json') as Given
    const cite: Cite = { kind: 'exhibit', sha256: 'd'.repeat(64), file: 'sample.csv', at: { kind: 'whole' } }
    const reasons = [{ code: 'field-not-held' as const, text: 'it holds no such column' }]
    const systems = [{ system: 'CRM', standing, reasons, tables: [], foundToday: 0, foundEver: 0 }]
    const one = { name: 'sample.csv', cite, dayOne: { systems, cites: [cite] } }
    const found = assess([thread('x', given)], { ...findings({ ...given, pictures: [] }), samples: [one] })
    const system = found.threads?.[0]?.parts.find(({ part }) => part === 'system')
    expect(system).toMatchObject({ status: 'open', strength })
    expect(system?.ground.text.startsWith(text)).toBe(true)
    expect(system?.for).toHaveLength(side === 'for' ? 1 : 0)
    expect(system?.against).toHaveLength(side === 'against' ? 1 : 0)
  },
)
