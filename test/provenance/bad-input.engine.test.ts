import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { bytesSource, sha256, type ByteSource, type Fault } from '../../src/base/index.ts'
import { identify, openRecords, recordFormatOf, unpackArchive } from '../../src/formats/index.ts'
import { judge, listCopies, type Verdict } from '../../src/provenance/index.ts'
import { cooked, recipeShape } from './bad-input-recipe.ts'
import { openWorld } from './bad-input-world.ts'
import { key } from './desk.ts'

const folder = path.resolve(import.meta.dirname, '../cases/provenance/bad-input')
const scratch = mkdtempSync(path.join(tmpdir(), 'bad-input-'))
const world = await openWorld()
afterAll(async () => {
  await world.desk.close()
  rmSync(scratch, { recursive: true })
})

const bound = z.union([z.int(), z.strictObject({ atLeast: z.int(), atMost: z.int() })])

/** What a case demands of the answer; everything that must be so is stated, and what must not be said. */
const wantShape = z.strictObject({
  /** What the bytes are taken for; of the packed file when it is an archive. */
  kind: z.string(),
  /** Set when no table can be read at all: no verdict is asked for. */
  unreadable: z.literal(true).optional(),
  verdict: z.string().optional(),
  first: z.string().nullable().optional(),
  /** Posterior of the first copy, or of `unknownCopy`, `fabricated`, or a known leak by id. */
  posterior: z.strictObject({ of: z.string(), atLeast: z.number().optional(), atMost: z.number().optional() }).optional(),
  rows: bound.optional(),
  read: bound.optional(),
  identified: bound.optional(),
  repeated: z.int().optional(),
  columns: z.record(z.string(), z.string()).optional(),
  /** Faults by code; the numbers of faults. Codes not named must not occur. */
  faults: z.record(z.string(), bound),
  says: z.array(z.string()).default([]),
  neverSays: z.array(z.string()).min(1),
})
type Want = z.infer<typeof wantShape>

interface Given {
  readonly name: string
  readonly bytes: Uint8Array
  readonly password?: string
}

async function given(at: string): Promise<Given> {
  const recipe = path.join(at, 'recipe.json')
  if (existsSync(recipe)) {
    const asked = recipeShape.parse(JSON.parse(readFileSync(recipe, 'utf8')))
    const password = asked.packed?.password
    return { ...(await cooked(asked, world)), ...(password === undefined ? {} : { password }) }
  }
  const name = readdirSync(at).find((file) => file.startsWith('sample'))
  if (name === undefined) throw new Error(`${at} holds neither sample nor recipe`)
  return { name, bytes: readFileSync(path.join(at, name)) }
}

/** The sample itself: of an archive its only member. */
async function sampleOf(
  file: Given,
  kind: string,
  passwords?: readonly string[],
): Promise<{ source?: ByteSource; faults: readonly Fault[] }> {
  const source = bytesSource(file.name, file.bytes)
  if (kind !== 'zip' && kind !== 'gzip' && kind !== '7z') return { source, faults: [] }
  const { members, faults } = await unpackArchive(source, {
    kind,
    directory: mkdtempSync(path.join(scratch, 'members-')),
    ...(passwords === undefined ? {} : { passwords }),
  })
  expect(members.length).toBeLessThanOrEqual(1)
  return { faults, ...(members[0] === undefined ? {} : { source: members[0].source }) }
}

async function judged(source: ByteSource, bytes: Uint8Array): Promise<Verdict> {
  const { kind } = await identify(source)
  return judge({
    table: await openRecords(source, recordFormatOf(kind) ?? 'csv'),
    exhibit: { sha256: sha256(bytes), file: source.name },
    lake: world.desk.lake,
    key,
    copies: listCopies(world.desk.registry),
    registry: world.desk.registry,
    country: 'MY',
  })
}

function inside(value: number | undefined, want: z.infer<typeof bound>, what: string): void {
  if (typeof want === 'number') expect(value, what).toBe(want)
  else {
    expect(value, what).toBeGreaterThanOrEqual(want.atLeast)
    expect(value, what).toBeLessThanOrEqual(want.atMost)
  }
}

function faultsAre(faults: readonly Fault[], want: Want['faults']): void {
  const found: Record<string, number> = {}
  for (const one of faults) found[one.code] = (found[one.code] ?? 0) + 1
  expect(Object.keys(found).toSorted(), 'codes of faults').toEqual(Object.keys(want).toSorted())
  for (const [code, count] of Object.entries(want)) inside(found[code], count, code)
}

function posteriorOf(verdict: Verdict, of: string): number | undefined {
  if (of === 'unknownCopy' || of === 'fabricated') return verdict[of]
  return (
    verdict.sources.find((source) => source.copy === of)?.posterior ??
    verdict.knownLeaks.find((leak) => leak.leak === of)?.posterior
  )
}

/** Everything a reader is shown in words. */
function wordsOf(verdict: Verdict, faults: readonly Fault[]): string {
  return [
    verdict.statement,
    ...verdict.grounds.map((one) => one.text),
    verdict.prior,
    verdict.calibration,
    ...(verdict.wouldChange ?? []),
    ...(verdict.cannotShow ?? []),
    ...(verdict.signs ?? []).map((one) => one.sentence.text),
    ...verdict.columns.map((one) => `${one.name} is ${one.meaning}`),
    ...faults.map((one) => `${one.what} ${one.todo}`),
  ].join('\n')
}

const never = /leaked by|culprit|stole|guilty|NaN|undefined|Infinity/

describe.each(readdirSync(folder).toSorted())('%s', (name) => {
  const at = path.join(folder, name)
  test('is judged as its case says', async () => {
    const want = wantShape.parse(JSON.parse(readFileSync(path.join(at, 'want.json'), 'utf8')))
    const file = await given(at)
    const source = bytesSource(file.name, file.bytes)
    const { kind } = await identify(source)
    expect(kind).toBe(want.kind)
    if (file.password !== undefined) {
      const closed = await sampleOf(file, kind)
      expect(closed.source).toBeUndefined()
      expect(closed.faults.map((one) => one.code)).toEqual(['archive-encrypted'])
      expect(JSON.stringify((await sampleOf(file, kind, ['another', 'word'])).faults)).not.toContain('another')
    }
    const opened = await sampleOf(file, kind, file.password === undefined ? undefined : ['wrong', file.password])
    if (want.unreadable === true) {
      expect(recordFormatOf(kind)).toBeUndefined()
      return
    }
    if (opened.source === undefined) throw new Error('no member came out')
    const verdict = await judged(opened.source, file.bytes)
    const faults = [...opened.faults, ...(verdict.faults ?? [])]
    const words = wordsOf(verdict, faults)
    expect(words).not.toMatch(never)
    faultsAre(faults, want.faults)
    if (want.verdict !== undefined) expect(verdict.verdict, words).toBe(want.verdict)
    if (want.first !== undefined) {
      const [top] = verdict.sources
      expect((top?.posterior ?? 0) > verdict.unknownCopy + verdict.fabricated ? top?.copy : null, words).toBe(want.first)
    }
    if (want.posterior !== undefined) {
      const { of, atLeast = 0, atMost = 1 } = want.posterior
      const posterior = posteriorOf(verdict, of)
      expect(posterior, words).toBeGreaterThanOrEqual(atLeast)
      expect(posterior, words).toBeLessThanOrEqual(atMost)
    }
    for (const member of ['rows', 'read', 'identified'] as const)
      if (want[member] !== undefined) inside(verdict[member], want[member], member)
    if (want.repeated !== undefined) expect(verdict.repeated).toBe(want.repeated)
    const meanings = Object.fromEntries(verdict.columns.map((column) => [column.name, column.meaning]))
    expect(meanings).toMatchObject(want.columns ?? {})
    for (const said of want.says) expect(words).toContain(said)
    for (const said of want.neverSays) expect(words).not.toContain(said)
    const { real, recycled, fabricated, mixed, combo } = verdict.kind
    expect(real + recycled + fabricated + mixed + combo).toBeCloseTo(1, 9)
    expect(verdict.grounds.every((ground) => ground.cites.length > 0)).toBe(true)
  })
})
