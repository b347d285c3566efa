import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { fileSource, type Locator } from '../../src/base/index.ts'
import { addExhibit, resolveCite, type Cite } from '../../src/evidence/index.ts'
import { aCase, add, aFile, at } from './a-case.ts'

const cases = join(import.meta.dirname, '../cases/evidence')

async function resolved(path: string, cited: { kind: string; at: Locator }) {
  const { store, aisha } = aCase()
  const { exhibit } = await addExhibit(store, {
    file: path,
    kind: cited.kind,
    role: 'logs',
    mode: 'copied',
    acquisition: {},
    by: aisha,
    at,
  })
  return resolveCite(store, { kind: 'exhibit', sha256: exhibit.sha256, file: path, at: cited.at })
}

for (const name of readdirSync(cases))
  test(`case ${name}`, async () => {
    const folder = join(cases, name)
    const [file = ''] = readdirSync(folder).filter((each) => each.startsWith('in.'))
    const cited = JSON.parse(readFileSync(join(folder, 'cite.json'), 'utf8')) as { kind: string; at: Locator }
    const answer = await resolved(join(folder, file), cited)
    if (answer.kind !== 'exhibit') throw new Error('an exhibit was expected')
    expect(answer.custody.map((entry) => entry.act)).toEqual(['exhibit-acquired'])
    const want = JSON.parse(readFileSync(join(folder, 'want.json'), 'utf8')) as unknown
    expect({ excerpt: answer.excerpt ?? null, note: answer.note }).toEqual(want)
  })

test('bytes that are no text are shown as hex, with a little around them', async () => {
  const one = aCase()
  const { exhibit } = await add(one, aFile(one.folder, 'a.bin', Buffer.from(Array.from({ length: 300 }, (_, n) => n % 256))))
  const cite: Cite = { kind: 'exhibit', sha256: exhibit.sha256, file: 'a.bin', at: { kind: 'bytes', from: 100, to: 104 } }
  const answer = await resolveCite(one.store, cite)
  expect(answer).toMatchObject({ excerpt: { kind: 'bytes', form: 'text', at: 'defg' } })
  const low = await resolveCite(one.store, { ...cite, at: { kind: 'bytes', from: 0, to: 4 } })
  expect(low).toMatchObject({ excerpt: { form: 'hex', before: '', at: '00010203', cut: false } })
  const beyond = await resolveCite(one.store, { ...cite, at: { kind: 'bytes', from: 900, to: 904 } })
  expect(beyond).toMatchObject({ kind: 'exhibit', note: 'E1 has no bytes 900-904 that can be shown.' })
  const region = await resolveCite(one.store, { ...cite, at: { kind: 'region', x: 1, y: 2, width: 3, height: 4 } })
  expect(region).toMatchObject({ excerpt: { kind: 'picture', x: 1, y: 2, width: 3, height: 4 } })
  const whole = await resolveCite(one.store, { ...cite, at: { kind: 'whole' } })
  expect(whole).toMatchObject({ excerpt: { kind: 'bytes', from: 0, to: 300 } })
})

test('cites of the other kinds open through the room in charge, or say why not', async () => {
  const { store } = aCase()
  const cites: Cite[] = [
    { kind: 'reference', file: 'kev.json', version: '2026-10-01', key: 'CVE-2024-0001' },
    { kind: 'inventory', entry: 'system:crm', revision: 1 },
    { kind: 'copy', copy: 'crm-2026-09-30', rows: { kind: 'row', n: 4 } },
    { kind: 'finding', id: 'F_1' },
    { kind: 'decision', id: 'D_1' },
    { kind: 'exhibit', sha256: 'ab'.repeat(32), file: 'x', at: { kind: 'whole' } },
  ]
  for (const cite of cites) {
    const answer = await resolveCite(store, cite)
    expect(answer).toMatchObject({ kind: 'unresolved', why: expect.stringMatching(/\.$/), todo: expect.stringMatching(/\.$/) })
  }
  const inventory = await resolveCite(store, cites[1]!, {
    resolvers: { inventory: (cite) => ({ title: cite.entry, text: 'CRM', note: 'revision 2 exists' }) },
  })
  expect(inventory).toEqual({
    kind: 'record',
    of: 'inventory',
    title: 'system:crm',
    text: 'CRM',
    note: 'revision 2 exists',
    value: undefined,
  })
})

test('an exhibit whose bytes are gone still gives its custody, and says what to do', async () => {
  const one = aCase()
  const path = aFile(one.folder, 'a.log', 'one\n')
  const { exhibit } = await add(one, path, 'referenced')
  rmSync(path)
  const answer = await resolveCite(one.store, { kind: 'exhibit', sha256: exhibit.sha256, file: path, at: { kind: 'line', n: 1 } })
  expect(answer).toMatchObject({ kind: 'exhibit', note: expect.stringContaining('add it again') })
  expect(answer).not.toHaveProperty('excerpt')
})

test("members of archives and formats of the caller's own go through the caller", async () => {
  const one = aCase()
  const { exhibit } = await add(one, aFile(one.folder, 'logs.zip', 'PK'))
  const inside = aFile(one.folder, 'inside.log', 'first\nsecond\n')
  const cite: Cite = {
    kind: 'exhibit',
    sha256: exhibit.sha256,
    file: 'logs.zip',
    member: 'var/inside.log',
    at: { kind: 'line', n: 2 },
  }
  expect(await resolveCite(one.store, cite)).toMatchObject({ note: 'The member of E1 cannot be opened.' })
  const member = async (_: unknown, name: string) => (name === 'var/inside.log' ? fileSource(inside) : undefined)
  const answer = await resolveCite(one.store, cite, { resolvers: { member } })
  expect(answer).toMatchObject({ excerpt: { at: [{ n: 2, text: 'second' }] } })
  const own = await resolveCite(one.store, { ...cite, member: undefined, at: { kind: 'record', n: 7 } } as unknown as Cite, {
    resolvers: {
      decode: async ({ at: place }) => ({
        kind: 'pieces',
        unit: 'record',
        at: [{ n: place.kind === 'record' ? place.n : 0, text: 'own' }],
        left: 0,
      }),
    },
  })
  expect(own).toMatchObject({ excerpt: { at: [{ n: 7, text: 'own' }] } })
})

const samples = resolve(import.meta.dirname, '../../../shared/data/evtx-samples')

test.skipIf(!existsSync(samples))(
  `a Windows event record opens by its ordinal${existsSync(samples) ? '' : ' (skipped: no shared data)'}`,
  async () => {
    const [file] = readdirSync(samples, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.evtx'))
      .sort()
    const answer = await resolved(join(samples, file ?? ''), { kind: 'evtx', at: { kind: 'record', n: 1 } })
    if (answer.kind !== 'exhibit' || answer.excerpt?.kind !== 'pieces') throw new Error('a record was expected')
    expect(answer.excerpt.at[0]?.n).toBe(1)
    expect(Object.keys(answer.excerpt.at[0]?.fields ?? {}).length).toBeGreaterThan(5)
  },
)
