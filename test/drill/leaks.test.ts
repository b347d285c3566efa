import { describe, expect, test } from 'vitest'
import { fabricate } from '../../bench/provenance/fabricator.ts'
import { copyFile, drawLeak, drawWorld, ownFile, type Leak, type World } from '../../src/drill/index.ts'

const size = 3_000
const worlds: readonly World[] = Array.from({ length: 6 }, (_, seed) => drawWorld(seed, size))
const drawn: readonly (readonly [World, Leak])[] = worlds.flatMap((world) =>
  Array.from({ length: 25 }, (_, number) => [world, drawLeak(world, number, fabricate)] as const),
)
const keys = ['msisdn', 'imsi', 'imei', 'iccid', 'national_id', 'email', 'contract']
const csv = (text: string): number => text.trimEnd().split('\n').length

describe('worlds', () => {
  test('the same seed gives the same bytes, another seed others', () => {
    const again = drawWorld(3, size)
    const one = worlds[3]
    expect(one).toBeDefined()
    if (one === undefined) return
    expect(ownFile(again).text).toBe(ownFile(one).text)
    expect(again.extracts.map((copy) => copyFile(copy).text)).toEqual(one.extracts.map((copy) => copyFile(copy).text))
    expect(ownFile(drawWorld(4, size)).text).not.toBe(ownFile(one).text)
    for (const number of [0, 7, 19]) expect(drawLeak(again, number, fabricate)).toEqual(drawLeak(one, number, fabricate))
  })

  test('5 to 10 registered extracts, one or two that nobody registered, 4 to 14 fields with an identifier, up to 3 older leaks', () => {
    for (const { extracts, leaks } of worlds) {
      const registered = extracts.filter((copy) => copy.registered).length
      expect(registered).toBeGreaterThanOrEqual(5)
      expect(registered).toBeLessThanOrEqual(10)
      expect([1, 2]).toContain(extracts.length - registered)
      expect(leaks.length).toBeLessThanOrEqual(3)
      for (const { plan } of extracts) {
        const fields = plan.columns.map(({ field }) => field)
        expect(new Set(fields).size).toBe(fields.length)
        expect(fields.length).toBeGreaterThanOrEqual(4)
        expect(fields.length).toBeLessThanOrEqual(14)
        expect(fields.some((field) => keys.includes(field))).toBe(true)
      }
    }
  })

  test('every record of an extract is the version of the own history that was valid on the cut day', () => {
    for (const { extracts, customers } of worlds.slice(0, 2))
      for (const { cut, rows } of extracts)
        for (const { customer, record } of rows.slice(0, 50)) {
          const valid = customers[customer]?.versions.filter(({ from, to }) => from <= cut && (to === undefined || cut < to))
          expect(valid?.map((version) => version.record)).toEqual([record])
        }
  })

  test('history: the versions of a customer follow each other without gap or overlap', () => {
    for (const { customers } of worlds)
      for (const { versions } of customers) {
        expect(versions.length).toBeGreaterThan(0)
        for (const [at, version] of versions.entries()) expect(version.to).toBe(versions[at + 1]?.from)
      }
  })
})

describe('leaks', () => {
  test('all kinds of leaks are drawn, from registered and unregistered copies, by all slices', () => {
    const kinds = new Set(drawn.map(([, { truth }]) => truth.kind))
    expect(kinds).toEqual(new Set(['real', 'recycled', 'fabricated', 'mixed', 'combo', 'merged']))
    expect(new Set(drawn.map(([, { truth }]) => truth.slice))).toEqual(new Set(['contiguous', 'filtered', 'random']))
    expect(drawn.some(([, { truth }]) => truth.from.includes('unregistered'))).toBe(true)
    expect(drawn.some(([, { truth }]) => truth.from.includes('own-crm'))).toBe(true)
    const styles = new Set(drawn.flatMap(([, { truth }]) => truth.invented ?? []))
    expect(styles).toEqual(new Set(['faker-columns', 'seeded', 'recombined', 'plausible']))
  })

  test('a file holds as many rows as the truth says, between 1 and 5,000', () => {
    for (const [, { truth, file }] of drawn) {
      expect(truth.n).toBeGreaterThanOrEqual(1)
      expect(truth.n).toBeLessThanOrEqual(5_000)
      if (file.format.kind === 'csv') expect(csv(file.text)).toBe(truth.n + (file.format.header ? 1 : 0))
      if (file.format.kind === 'json-lines' || file.format.kind === 'login-lines') expect(csv(file.text)).toBe(truth.n)
    }
  })

  test('the truth stands in no file, and generated files are called generated', () => {
    for (const [{ extracts, leaks }, { truth, file }] of drawn) {
      expect(file.name).toMatch(/^generated-\d+-\d+\.(csv|tsv|jsonl|sql|txt)$/)
      for (const { declared } of [...extracts, ...leaks])
        for (const word of [declared.id, declared.holder])
          expect(file.text.includes(word) || file.name.includes(word)).toBe(false)
      expect(file.text).not.toMatch(/unregistered|fabricated|recycled|generated/i)
      expect(truth.leak).toBeGreaterThanOrEqual(0)
    }
    for (const world of worlds) {
      expect(world.generated).toBe(true)
      for (const file of [ownFile(world), ...world.extracts.map((copy) => copyFile(copy))])
        expect(file.name).toMatch(/^generated-/)
    }
  })

  test('noise as stated: damaged cells near the share, none where it is 0, never above a fifth', () => {
    for (const [, { truth }] of drawn) {
      const cells = truth.n * truth.fields.length
      expect(truth.noise).toBeGreaterThanOrEqual(0)
      expect(truth.noise).toBeLessThanOrEqual(0.2)
      const spread = 5 * Math.sqrt(cells * truth.noise * (1 - truth.noise))
      expect(Math.abs(truth.damagedCells - cells * truth.noise)).toBeLessThanOrEqual(spread + 1e-9)
    }
  })

  test('mixing as stated: 5 to 50 % of a mixed leak, less in a real one', () => {
    const shares = (kind: string): number[] => drawn.flatMap(([, { truth }]) => (truth.kind === kind ? [truth.mixing.share] : []))
    for (const share of shares('mixed')) {
      expect(share).toBeGreaterThanOrEqual(0.05)
      expect(share).toBeLessThanOrEqual(0.52)
    }
    for (const share of shares('recycled')) expect(share).toBe(0)
    for (const share of shares('merged')) expect(share).toBeGreaterThanOrEqual(0.1)
  })

  test('an undamaged leak of a copy holds nothing but cells of that copy', () => {
    let seen = 0
    for (const [world, { truth, file }] of drawn) {
      const [from] = truth.from
      const copy = world.extracts.find(({ declared }) => declared.id === (truth.unregistered ?? from))
      if (truth.kind !== 'real' || truth.noise > 0 || truth.mixing.share > 0 || copy === undefined || truth.from.length > 1)
        continue
      const email = truth.fields.indexOf('email')
      if (email < 0 || file.format.kind !== 'csv') continue
      seen += 1
      const held = new Set(copy.rows.map(({ record }) => record.email ?? ''))
      const cells = file.text
        .trimEnd()
        .split('\n')
        .slice(file.format.header ? 1 : 0)
      const mails = cells.flatMap((line) => /[^\s,;|"]+@[^\s,;|"]+/.exec(line)?.[0] ?? [])
      expect(mails.length).toBeGreaterThan(0)
      for (const mail of mails) expect(held.has(mail)).toBe(true)
    }
    expect(seen).toBeGreaterThan(0)
  })

  // Values that no table writes in another way than the base has them.
  const plain: readonly string[] = ['imsi', 'imei', 'iccid', 'contract', 'device', 'postcode', 'cpe_serial']

  test('twins are registered, hold all leaked fields, and every undamaged row with equal values', () => {
    let rows = 0
    for (const [world, { truth, file }] of drawn)
      for (const twin of truth.twins) {
        const copy = [...world.extracts, ...world.leaks].find(({ declared }) => declared.id === twin)
        expect(copy?.registered).toBe(true)
        expect(truth.from).not.toContain(twin)
        const fields = new Set<string>(copy?.plan.columns.map(({ field }) => field))
        for (const field of truth.fields) expect(fields.has(field)).toBe(true)
        if (truth.noise > 0 || truth.kind !== 'real' || truth.mixing.share > 0 || file.format.kind !== 'csv') continue
        const { delimiter, header } = file.format
        const looked = truth.fields.flatMap((field, at) => (plain.includes(field) ? [{ field, at }] : []))
        const held = new Set(
          copy?.rows.map(({ record }) => looked.map(({ field }) => (record as Record<string, string>)[field]).join('|')),
        )
        for (const line of file.text
          .trimEnd()
          .split('\n')
          .slice(header ? 1 : 0)) {
          if (line.includes('"')) continue
          const cells = line.split(delimiter)
          expect(held.has(looked.map(({ at }) => cells[at]).join('|'))).toBe(true)
          rows += 1
        }
      }
    expect(rows).toBeGreaterThan(20)
  })
})
